import { nameHandlers } from "../access/name-handlers.ts";
import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import { dayOf, type Instant } from "../base/time.ts";
import { type ListedFiling, listFilings } from "../filings/list-filings.ts";
import { prepareFiling } from "../filings/prepare-filing.ts";
import { formatWareki } from "../japan/wareki.ts";
import { listEvents } from "../platform/event-store.ts";
import type { Office } from "../platform/office.ts";
import { refuseRight } from "./erasure-right.ts";
import { listErased } from "./list-erased.ts";
import {
  countFigure,
  eventsOf,
  fieldText,
  isMonth,
  type Month,
  type MonthFigure,
  monthFigures,
  monthSpan,
} from "./month.ts";

export interface OpenMonth {
  month: Month;
  values: { figure: MonthFigure; value: number }[];
  /** その月の様式１。 */
  filing: ListedFiling | undefined;
  /** 月が終わっているか（途中の月でも見られるが、提出は終わってから）。 */
  over: boolean;
}

const LIMIT = 500_000;
const SHOWN = 500;
const kinds = [...new Set(monthFigures.flatMap((one) => one.kinds))];
const standingKinds = [...new Set(monthFigures.flatMap((one) => (one.standing ? one.kinds : [])))];

/** その月の数を、記録から数える。氏名は開かない。 */
export async function readMonth(office: Office, contract: string, month: Month): Promise<OpenMonth> {
  refuseMonth(month);
  const { from, to, last } = monthSpan(month);
  const [events, before, filings] = await Promise.all([
    listEvents(office.read, { contract, kinds, from, to, limit: LIMIT }),
    listEvents(office.read, { contract, kinds: standingKinds, to, limit: LIMIT }),
    listFilings(office, { contract, roles: ["system"] }, { form: "monthly-privacy-report" }),
  ]);
  return {
    month,
    values: monthFigures
      .map((figure) => ({ figure, value: countFigure(figure, figure.standing ? before : events) }))
      .filter(({ figure, value }) => !figure.special || value > 0),
    filing: filings.find((one) => isOf(one, month)),
    over: dayOf(office.clock.officeNow(contract)) > last,
  };
}

export interface MonthRow {
  id: string;
  at: Instant;
  kind: string;
  who: string;
  about: string | null;
}

/** 一つの数のもとの行（新しい順、500行まで）。 */
export async function readMonthRows(
  office: Office,
  contract: string,
  month: Month,
  key: string,
): Promise<{ figure: MonthFigure; value: number; rows: MonthRow[]; erased: string[] }> {
  refuseMonth(month);
  const figure = monthFigures.find((one) => one.key === key);
  if (!figure) throw new AppError("NOT_FOUND", "その数はありません。月の画面から選び直してください。");
  const { from, to } = monthSpan(month);
  const [events, names, erased] = await Promise.all([
    listEvents(office.read, {
      ...{ contract, kinds: [...figure.kinds], to, limit: LIMIT },
      ...(figure.standing ? {} : { from }),
    }),
    nameHandlers(office, contract),
    listErased(office, contract, from, to),
  ]);
  return {
    figure,
    erased,
    value: countFigure(figure, events),
    rows: eventsOf(figure, events)
      .slice(0, SHOWN)
      .map(({ id, at, kind, actor, about }) => ({
        ...{ id, at, kind, about },
        who: names.get(actor)?.number ?? "－",
      })),
  };
}

/** 様式１の欄。 */
export function monthFields({ month, values }: OpenMonth): Record<string, string> {
  const handlers = values.find((one) => one.figure.key === "handlers")?.value ?? 0;
  const incidents = values.find((one) => one.figure.key === "incidents")?.value ?? 0;
  return {
    month: monthTitle(month),
    handled: fieldText("handled", values),
    handlers: String(handlers),
    measures: fieldText("measures", values),
    incidents: incidents === 0 ? "なし" : `あり（${fieldText("incidents", values)}）`,
    training: fieldText("training", values),
    moves: fieldText("moves", values),
  };
}

/**
 * 様式１（個人情報取扱状況報告書）の下書きを作る。人が書いた欄は変えない。提出は協議・届出の画面から。
 * @param obligation その月の義務の印（上の階が渡す）
 * @throws AppError REFUSED（月が終わっていない）、FORBIDDEN
 */
export async function prepareMonth(
  office: Office,
  actor: Actor,
  month: Month,
  obligation: string | undefined,
): Promise<{ filing: string; number: number; made: boolean }> {
  refuseRight("month", actor);
  const open = await readMonth(office, actor.contract, month);
  if (!open.over)
    throw new AppError("REFUSED", "まだその月が終わっていません。数を確かめるだけなら、この画面でできます。");
  const made = await prepareFiling(office, actor, {
    form: "monthly-privacy-report",
    title: `個人情報取扱状況報告書（${monthTitle(month)}）`,
    about: { room: "erasure", kind: "month", id: month },
    fields: monthFields(open),
    obligation,
  });
  await office.act(actor, (tx) =>
    tx.record({
      kind: "privacy-month.prepared",
      about: `erasure/month/${month}`,
      payload: { month, filing: made.id },
    }),
  );
  return { filing: made.id, number: made.number, made: made.made };
}

/** その月の様式１か（義務の印か、件名の月で分かる）。 */
function isOf({ state, obligation, title }: ListedFiling, month: Month): boolean {
  if (state === "withdrawn") return false;
  return obligation?.endsWith(`@${month}`) === true || title.includes(monthTitle(month));
}

/** 「令和7年8月」。 */
export function monthTitle(month: Month): string {
  return formatWareki(`${month}-01`).replace(/1日.*$/u, "");
}

function refuseMonth(month: string): void {
  if (!isMonth(month)) throw new AppError("BAD_INPUT", "月を「2025-08」の形で入れてください。");
}
