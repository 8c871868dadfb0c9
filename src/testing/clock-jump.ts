import { instantFromMs, instantOf } from "../base/time.ts";
import type { Clock } from "../platform/clock.ts";
import { listNumbered } from "../platform/event-store.ts";
import { numberEvents } from "../platform/number-events.ts";
import { findClass } from "../reception/class-store.ts";
import { holdSeat } from "../reception/hold-seat.ts";
import { takeBooking } from "../reception/take-booking.ts";
import { checkOffice } from "./check-office.ts";
import { nothingKnown } from "./kill-loop.ts";
import { open, openDesk } from "./open-desk.ts";
import { caller, openReception } from "./reception-fixture.ts";

const HOUR = 3_600_000;

/** 二つの時計を別々に動かせる。 */
interface TwoClocks extends Clock {
  system: number;
  office: number;
}

function twoClocks(): TwoClocks {
  const start = Date.parse(instantOf("2025-12-31", "22:00"));
  const clocks = {
    system: start,
    office: start,
    systemMs: () => clocks.system,
    officeNow: () => instantFromMs(clocks.office),
  };
  return clocks;
}

export interface JumpTally {
  jumps: number;
  booked: number;
  faults: string[];
}

/**
 * 事務所の時計とシステムの時計を、年をまたいで何時間も前後に飛ばしながら予約を受ける。
 * 記録の番号は予約した順のまま、仮押さえは飛んだ後もいずれ切れて、席が埋まったままにならない。
 */
export async function jumpClocks(engine: "sqlite" | "postgres", jumps: number): Promise<JumpTally> {
  const desk = await openDesk({ engine });
  const clock = twoClocks();
  const actor = desk.actor("op", "operator");
  const classes = [
    { id: "a", capacity: 1_000_000, day: "2026-03-01" },
    { id: "one", capacity: 1, day: "2026-03-02" },
  ];
  await openReception(desk.office, actor, classes);
  const known = nothingKnown();
  const order: string[] = [];
  const faults: string[] = [];
  let n = 0;
  for (let jump = 0; jump < jumps; jump += 1) {
    // 開き直すたびに役目の持ち主が変わる。時計が戻っても、番号つけは止まらない。
    const office = await open(desk.place, desk.root, clock);
    const holder = `holder-${jump}`;
    for (let i = 0; i < 3; i += 1) {
      n += 1;
      const receipt = await takeBooking(office, actor, caller(n, "a"));
      known.booked.set(receipt.id, { n, number: receipt.number });
      order.push(receipt.id);
    }
    await holdSeat(office, actor, { classId: "one", draftId: `draft-${jump}` }).catch(() =>
      faults.push("切れたはずの仮押さえが席を塞いだ"),
    );
    const numbered = await numberEvents(office, holder);
    if (numbered === 0) faults.push("時計が飛んだ後、番号がつかなかった");
    await office.close();
    clock.system += randomHours();
    clock.office += randomHours();
  }
  const office = await open(desk.place, desk.root, clock);
  const logged = (await listNumbered(office.read, 0, 1_000_000))
    .filter((e) => e.kind === "booking.taken")
    .map((e) => e.about);
  if (logged.join() !== order.join()) faults.push("記録の番号の順が、予約した順と違う");
  if (((await findClass(office.read, desk.contract, "one"))?.held ?? 0) > 1)
    faults.push("仮押さえが定員を超えた");
  faults.push(...(await checkOffice(office, desk.contract, `holder-${jumps - 1}`, known)).faults);
  await office.close();
  await desk.close();
  return { jumps, booked: n, faults };
}

/** 前後に 20分〜6時間（NTP の調整より大きい飛び）。 */
function randomHours(): number {
  return (Math.random() < 0.5 ? -1 : 1) * (HOUR / 3 + Math.random() * 6 * HOUR);
}
