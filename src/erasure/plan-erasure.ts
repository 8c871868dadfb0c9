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
import { listRecordings, type Recording } from "./list-recordings.ts";
import type { PersonHolder, PersonPick } from "./person-holder.ts";
import { columnText, type PersonalPlace, personalPlaces } from "./personal-place.ts";
import {
  findComplaintsOf,
  findPersonsByNumbers,
  findPrints,
  insideOf,
  type KeySpan,
  listKeySpans,
} from "./personal-place-store.ts";
import { pickedKeys } from "./pick-person.ts";

/** 表ではないが、一行を持つもの（PlaceCount.table）。 */
export const RECORDING = "recording";

/** 消去の範囲を当てたもの。 */
export interface ErasurePlan {
  counts: PlaceCount[];
  keys: string[];
  /** 申出のあった方の文書で、選んだもの（証明書に書く言葉つき）。 */
  picks: (PersonPick & { label: string })[];
  /** 事務所の外の媒体にある、会議の録音。 */
  recordings: Recording[];
  /** 残すもの（表の名と理由と件数）。 */
  kept: { label: string; why: string; rows: number }[];
  /** 扱いを決めていない表で、行のあるもの。 */
  undecided: string[];
}

/**
 * 範囲に入る鍵と行を数える。何も変えない。
 * @throws AppError BAD_INPUT（期間の形、知らない受付番号）
 */
export async function drawPlan(
  office: Office,
  contract: string,
  selection: Selection,
  holders: readonly PersonHolder[] = [],
): Promise<ErasurePlan> {
  const all = personalPlaces();
  const spans = new Map<PersonalPlace, KeySpan[]>();
  for (const place of all) spans.set(place, await listKeySpans(office.read, contract, place));
  const places = all.filter((place) => place.fate === "people" || place.fate === "documents");
  const picked = await pickedKeys(
    office,
    contract,
    selection.scope === "people" ? (selection.picks ?? []) : [],
    holders,
  );
  const candidates = await chooseKeys(office, contract, selection, places, spans);
  for (const key of picked.keys) candidates.add(key);
  const recordings = recordingsIn(selection, await listRecordings(office, contract));
  const alive = [...(await office.keys.fingerprints(contract, [...candidates])).keys()];
  const chosen = new Set(alive);
  const of = (place: PersonalPlace) => spans.get(place) ?? [];
  const rowsOf = (place: PersonalPlace) => of(place).reduce((sum, one) => sum + one.rows, 0);
  return {
    keys: alive.sort(),
    ...{ picks: picked.picks, recordings },
    counts: [
      ...places.flatMap((place) => {
        const own = of(place).filter((one) => chosen.has(one.key));
        const rows = own.reduce((sum, one) => sum + one.rows, 0) - (picked.spared[place.table] ?? 0);
        if (own.length === 0 || rows <= 0) return [];
        return [
          { table: place.table, label: place.label, columns: columnText(place), keys: own.length, rows },
        ];
      }),
      ...recordingCount(recordings),
    ],
    kept: all
      .filter((place) => place.fate === "kept" && rowsOf(place) > 0)
      .map((place) => ({ label: place.label, why: place.why, rows: rowsOf(place) })),
    undecided: all
      .filter((place) => place.fate === "undecided" && rowsOf(place) > 0)
      .map((place) => place.table),
  };
}

/** 会議の録音は、契約の終わりには全部、期間では、その間に開いた会議のもの。一人の方の声だけは消せない。 */
function recordingsIn(selection: Selection, all: readonly Recording[]): Recording[] {
  if (selection.scope === "contract") return [...all];
  if (selection.scope === "people") return [];
  return all.filter(({ heldOn }) => heldOn >= selection.from && heldOn <= selection.to);
}

function recordingCount(recordings: readonly Recording[]): PlaceCount[] {
  if (recordings.length === 0) return [];
  const label = "会議の録音（事務所の外の録音機・ファイル）";
  return [
    { table: RECORDING, label, columns: "委員・事務局・傍聴の方の声", keys: 0, rows: recordings.length },
  ];
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
  if (selection.numbers.length === 0) return new Set();
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
  holders: readonly PersonHolder[] = [],
): Promise<{ id: string; number: number; keys: number }> {
  refuseRight("plan", actor);
  const { selection, plannedDay, witnessAsked = false } = given;
  refuseFaults(selection, plannedDay, dayOf(office.clock.officeNow(actor.contract)));
  const plan = await drawPlan(office, actor.contract, selection, holders);
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
      [
        ...plan.picks.map((one) => ({ erasure_id: id, ...one })),
        ...plan.recordings.map(({ meeting, label }) => ({
          ...{ erasure_id: id, holder: RECORDING, ref: meeting, how: "outside", label },
        })),
      ],
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
  if (selection.scope === "people") {
    const { numbers, picks = [] } = selection;
    return `申出のあった方（${[
      ...(numbers.length > 0 ? [`予約${numbers.length}件`] : []),
      ...(picks.length > 0 ? [`文書${new Set(picks.map(({ ref }) => ref.split("/")[0])).size}件`] : []),
    ].join("、")}）`;
  }
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
  if (selection.scope === "people") {
    const { numbers, picks = [] } = selection;
    if (numbers.length + picks.length === 0 || numbers.length > 200 || picks.length > 200)
      faults.push({
        field: "numbers",
        message: "受付番号を入れるか、探して見つかった文書を選んでください（それぞれ200件まで）。",
      });
  }
  if (faults.length > 0) throw new AppError("BAD_INPUT", "消去の範囲に直すところがあります。", { faults });
}
