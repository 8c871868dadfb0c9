import type { Actor } from "../base/actor.ts";
import { AppError, type Fault } from "../base/error.ts";
import { newId } from "../base/identifier.ts";
import { type Day, dayOf } from "../base/time.ts";
import { isDay } from "../japan/day.ts";
import { takeNumber } from "../platform/counter-store.ts";
import type { Office } from "../platform/office.ts";
import { type PlaceCount, type Selection, scopeLabels } from "./erasure.ts";
import { refuseRight } from "./erasure-right.ts";
import { insertErasure } from "./erasure-store.ts";
import { columnText, type PersonalPlace, personalPlaces } from "./personal-place.ts";
import {
  findComplaintsOf,
  findPersonsByNumbers,
  findPrints,
  insideOf,
  type KeySpan,
  listKeySpans,
} from "./personal-place-store.ts";

/** 消去の範囲を当てたもの。 */
export interface ErasurePlan {
  counts: PlaceCount[];
  keys: string[];
  /** 残すもの（表の名と理由と件数）。 */
  kept: { label: string; why: string; rows: number }[];
  /** 扱いを決めていない表で、行のあるもの。 */
  undecided: string[];
}

/**
 * 範囲に入る鍵と行を数える。何も変えない。
 * @throws AppError BAD_INPUT（期間の形、知らない受付番号）
 */
export async function drawPlan(office: Office, contract: string, selection: Selection): Promise<ErasurePlan> {
  const all = personalPlaces();
  const spans = new Map<PersonalPlace, KeySpan[]>();
  for (const place of all) spans.set(place, await listKeySpans(office.read, contract, place));
  const places = all.filter((place) => place.fate === "people" || place.fate === "documents");
  const candidates = await chooseKeys(office, contract, selection, places, spans);
  const alive = [...(await office.keys.fingerprints(contract, [...candidates])).keys()];
  const chosen = new Set(alive);
  const of = (place: PersonalPlace) => spans.get(place) ?? [];
  const rowsOf = (place: PersonalPlace) => of(place).reduce((sum, one) => sum + one.rows, 0);
  return {
    keys: alive.sort(),
    counts: places.flatMap((place) => {
      const own = of(place).filter((one) => chosen.has(one.key));
      if (own.length === 0) return [];
      const rows = own.reduce((sum, one) => sum + one.rows, 0);
      return [{ table: place.table, label: place.label, columns: columnText(place), keys: own.length, rows }];
    }),
    kept: all
      .filter((place) => place.fate === "kept" && rowsOf(place) > 0)
      .map((place) => ({ label: place.label, why: place.why, rows: rowsOf(place) })),
    undecided: all
      .filter((place) => place.fate === "undecided" && rowsOf(place) > 0)
      .map((place) => place.table),
  };
}

async function chooseKeys(
  office: Office,
  contract: string,
  selection: Selection,
  places: readonly PersonalPlace[],
  spans: ReadonlyMap<PersonalPlace, KeySpan[]>,
): Promise<Set<string>> {
  const every = places.flatMap((place) => spans.get(place) ?? []);
  if (selection.scope === "contract") return new Set(every.map((one) => one.key));
  if (selection.scope === "period") {
    const { from, to } = selection;
    // 一つの鍵のどの行も期間の中にあるものだけ。次の期にも申し込んだ方は、次の期の終わりに消す。時のない表は数えない。
    const dated = every.filter((one) => one.first !== null);
    const outside = new Set(dated.filter((one) => !insideOf(one, from, to, dayOf)).map((one) => one.key));
    return new Set(dated.map((one) => one.key).filter((key) => !outside.has(key)));
  }
  const found = await findPersonsByNumbers(office.read, contract, selection.numbers);
  const missing = selection.numbers.filter((number) => !found.some((one) => one.number === number));
  if (missing.length > 0)
    throw new AppError("BAD_INPUT", `受付番号 ${missing.slice(0, 5).join("、")} の予約はありません。`, {
      faults: [{ field: "numbers", message: "受付番号を確かめてください。" }],
    });
  const persons = [...new Set(found.map((one) => one.person))];
  // その方が刷られた束のファイルと、その方についてのクレームも、同じときに消す。
  const [complaints, prints] = await Promise.all([
    findComplaintsOf(office.read, contract, persons),
    findPrints(office.read, contract),
  ]);
  return new Set([...persons, ...complaints, ...prints]);
}

export interface NewErasure {
  selection: Selection;
  /** 処理予定日。 */
  plannedDay: Day;
  /** 委託者が立会いを求めているか。 */
  witnessAsked?: boolean | undefined;
}

/**
 * 消去の範囲を決め、鍵を控える（まだ何も消さない）。委託者に申請するのは requestErasure。
 * @throws AppError BAD_INPUT（欄の名つき）、REFUSED（消すものがない、扱いを決めていない表がある）、FORBIDDEN
 */
export async function planErasure(
  office: Office,
  actor: Actor,
  given: NewErasure,
): Promise<{ id: string; number: number; keys: number }> {
  refuseRight("plan", actor);
  const { selection, plannedDay, witnessAsked = false } = given;
  refuseFaults(selection, plannedDay, dayOf(office.clock.officeNow(actor.contract)));
  const plan = await drawPlan(office, actor.contract, selection);
  if (selection.scope === "contract" && plan.undecided.length > 0)
    throw new AppError(
      "REFUSED",
      `消去での扱いを決めていない表があります（${plan.undecided.join("、")}）。システムの担当に伝えてください。`,
    );
  if (plan.keys.length === 0)
    throw new AppError("REFUSED", "その範囲に、消すもの（まだ消していない個人情報）はありません。");
  const fingerprints = await office.keys.fingerprints(actor.contract, plan.keys);
  const id = newId();
  return office.act(actor, async (tx) => {
    const number = await takeNumber(tx, tx.contract, "erasure");
    await insertErasure(
      tx,
      {
        ...{ id, contract_id: tx.contract, number, state: "planned", scope: selection.scope },
        label: labelOf(selection),
        from_day: selection.scope === "period" ? selection.from : null,
        to_day: selection.scope === "period" ? selection.to : null,
        ...{ planned_day: plannedDay, counts: JSON.stringify(plan.counts), filing_id: null },
        ...{ report_id: null, witness: witnessAsked ? "asked" : "", made_by: actor.id, made_at: tx.now },
        ...{ run_by: null, intended_at: null, destroyed_at: null, finished_at: null, result: null },
        edition: 1,
      },
      plan.keys.map((key) => ({ erasure_id: id, key_id: key, fingerprint: fingerprints.get(key) ?? "" })),
    );
    await tx.record({
      kind: "erasure.planned",
      about: `erasure/erasure/${id}`,
      payload: { number, scope: selection.scope, keys: plan.keys.length, plannedDay },
    });
    return { id, number, keys: plan.keys.length };
  });
}

function labelOf(selection: Selection): string {
  if (selection.scope === "period") return selection.label || `${selection.from} から ${selection.to} まで`;
  if (selection.scope === "people") return `申出のあった方 ${selection.numbers.length}件`;
  return scopeLabels.contract;
}

function refuseFaults(selection: Selection, plannedDay: Day, today: Day): void {
  const faults: Fault[] = [];
  const bad = "日を「2025-09-17」の形で入れてください。";
  if (!isDay(plannedDay)) faults.push({ field: "plannedDay", message: bad });
  else if (plannedDay < today)
    faults.push({ field: "plannedDay", message: "処理予定日は、今日か、これからの日です。" });
  if (selection.scope === "period") {
    if (!isDay(selection.from)) faults.push({ field: "from", message: bad });
    if (!isDay(selection.to)) faults.push({ field: "to", message: bad });
    else if (selection.from > selection.to)
      faults.push({ field: "to", message: "終わりの日が、始まりの日より前です。" });
  }
  if (selection.scope === "people" && (selection.numbers.length === 0 || selection.numbers.length > 200))
    faults.push({ field: "numbers", message: "受付番号を、1件から200件まで入れてください。" });
  if (faults.length > 0) throw new AppError("BAD_INPUT", "消去の範囲に直すところがあります。", { faults });
}
