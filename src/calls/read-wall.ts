import type { Actor } from "../base/actor.ts";
import { dayOf, type Instant, instantFromMs } from "../base/time.ts";
import type { Office } from "../platform/office.ts";
import { openContract } from "../terms/open-contract.ts";
import { type CallFigure, figureOf } from "./call-figures.ts";
import { countCalls, listLiveCalls } from "./call-store.ts";

/** 壁の画面。個人情報は含まない。 */
export interface CallWall {
  now: Instant;
  waiting: number;
  /** いちばん長く待っている秒。 */
  longest: number;
  desks: { label: string; state: "talking" | "free"; since: Instant | null }[];
  today: CallFigure;
}

const LIVE_MS = 12 * 60 * 60_000;

/** 待っている電話、いちばん長い待ち、席。一秒ごとに尋ねられる。 */
export async function readWall(office: Office, actor: Actor): Promise<CallWall> {
  const now = office.clock.officeNow(actor.contract);
  const today = dayOf(now);
  const { blueprint } = await openContract(office, actor.contract);
  const [live, counts] = await Promise.all([
    listLiveCalls(office.read, actor.contract, instantFromMs(Date.parse(now) - LIVE_MS)),
    countCalls(office.read, actor.contract, today, today),
  ]);
  const waiting = live.filter((row) => row.state === "waiting" && row.direction === "in");
  const talking = new Map(
    live.filter((row) => row.state === "talking").map((row) => [row.desk, row.answered_at]),
  );
  const seats = blueprint.desk.seats.map(({ id, label }) => {
    const key = [id, label].find((one) => talking.has(one));
    return {
      label,
      state: key === undefined ? ("free" as const) : ("talking" as const),
      since: talking.get(key ?? "") ?? null,
    };
  });
  const known = new Set(blueprint.desk.seats.flatMap(({ id, label }) => [id, label]));
  const others = [...talking].filter(([desk]) => !known.has(desk));
  return {
    now,
    waiting: waiting.length,
    longest: Math.max(
      0,
      ...waiting.map((row) => Math.round((Date.parse(now) - Date.parse(row.arrived_at)) / 1000)),
    ),
    desks: [
      ...seats,
      ...others.map(([desk, since]) => ({ label: desk || "席の名なし", state: "talking" as const, since })),
    ],
    today: figureOf(counts),
  };
}
