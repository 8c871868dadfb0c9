import type { Actor } from "../base/actor.ts";
import { AppError, type Fault } from "../base/error.ts";
import { newId } from "../base/identifier.ts";
import type { Instant } from "../base/time.ts";
import { takeNumbers } from "../platform/counter-store.ts";
import type { Office } from "../platform/office.ts";
import { type AnswerFix, answerFix, EXCLUDE } from "./answer-fix.ts";
import { insertFixes, listFixRows, openFixRow, undoFixRow } from "./fix-store.ts";
import { openSurvey, staleSurvey } from "./open-survey.ts";
import { openAnswers } from "./open-survey-data.ts";
import { updateSurvey } from "./survey-store.ts";

/** 直したいこと。rule は、見つけた決まりの名（手で直すときは manual）。 */
export interface FixInput {
  respondent: string;
  /** 列の名。EXCLUDE なら、回答を集計から外す。 */
  column: string;
  after: string;
  reason: string;
  rule?: string;
}

export interface FixRecord extends AnswerFix {
  id: string;
  number: number;
  rule: string;
  madeBy: string;
  madeAt: Instant;
  undoneBy: string | null;
  undoneAt: Instant | null;
}

const MOST = 5_000;

/**
 * 回答を直す。一つずつ、だれが・いつ・前・後・理由を残し、取り消せる。どれか一つでも使えなければ、何も直さない。
 * @throws AppError BAD_INPUT（知らない回答・列、理由がない、変わらない）、FORBIDDEN、CONFLICT
 */
export async function fixAnswers(
  office: Office,
  actor: Actor,
  surveyId: string,
  fixes: readonly FixInput[],
): Promise<{ numbers: [first: number, last: number] }> {
  const { row, key } = await openSurvey(office, actor, surveyId, "work");
  const { before, beforeIds, data, ids } = await openAnswers(office, actor, surveyId);
  const known = new Map(beforeIds.map((id, at) => [id, at]));
  const now = new Map(ids.map((id, at) => [id, at]));
  refuseFaults(fixes, (id) => known.has(id), new Set(before.names));
  const people = (await office.keys.get(actor.contract, [row.people_key])).get(row.people_key);
  if (!people) throw new AppError("NOT_FOUND", "この調査の回答は消去されています。");
  const cellOf = ({ respondent, column }: FixInput) => {
    const at = now.get(respondent);
    if (column === EXCLUDE) return at === undefined ? "外した" : "含める";
    return (
      (at === undefined ? before.raw(column)?.[known.get(respondent) ?? 0] : data.raw(column)?.[at]) ?? ""
    );
  };
  const bodies = fixes.map((fix) => ({
    rule: fix.rule ?? "manual",
    body: {
      ...{ respondent: fix.respondent, column: fix.column, before: cellOf(fix) },
      ...{ after: fix.column === EXCLUDE ? "外した" : fix.after, reason: fix.reason.trim() },
    },
  }));
  const same = bodies.find(({ body }) => body.before === body.after);
  if (same)
    throw new AppError("BAD_INPUT", "直す前と後が同じ値です。直した後の値をお確かめください。", {
      faults: [{ field: "after", message: "前と同じ値です。" }],
    });
  return office.act(actor, async (tx) => {
    if (!(await updateSurvey(tx, key, row, { changed_at: tx.now }))) throw staleSurvey();
    const first = await takeNumbers(tx, tx.contract, `survey-fix/${surveyId}`, bodies.length);
    await insertFixes(
      tx,
      people,
      bodies.map(({ rule, body }, at) => ({
        ...{ id: newId(), contract_id: tx.contract, survey_id: surveyId, key_id: people.id },
        ...{ number: first + at, rule, body: JSON.stringify(body) },
        ...{ made_by: tx.actor.id, made_at: tx.now, undone_by: null, undone_at: null },
      })),
    );
    const payload = { number: row.number, fixes: bodies.length, first };
    await tx.record({ kind: "survey.fixed", about: surveyId, payload });
    return { numbers: [first, first + bodies.length - 1] };
  });
}

/** 直したことを取り消す（記録は残る）。 */
export async function undoFix(office: Office, actor: Actor, surveyId: string, fixId: string): Promise<void> {
  const { row, key } = await openSurvey(office, actor, surveyId, "work");
  const found = (await listFixRows(office.read, actor.contract, surveyId)).find(({ id }) => id === fixId);
  if (!found) throw new AppError("NOT_FOUND", "その直しはありません。直した記録から選び直してください。");
  await office.act(actor, async (tx) => {
    const by = { undone_by: tx.actor.id, undone_at: tx.now };
    if (!(await undoFixRow(tx, tx.contract, fixId, by)))
      throw new AppError("CONFLICT", "その直しは、もう取り消されています。");
    if (!(await updateSurvey(tx, key, row, { changed_at: tx.now }))) throw staleSurvey();
    await tx.record({ kind: "survey.unfixed", about: surveyId, payload: { fix: found.number } });
  });
}

/** 直した記録（新しい順）。取り消したものも残る。 */
export async function listFixes(office: Office, actor: Actor, surveyId: string): Promise<FixRecord[]> {
  const { row } = await openSurvey(office, actor, surveyId, "look");
  const people = (await office.keys.get(actor.contract, [row.people_key])).get(row.people_key);
  if (!people) return [];
  const rows = await listFixRows(office.read, actor.contract, surveyId);
  return rows
    .map((one) => ({
      ...answerFix.parse(JSON.parse(openFixRow(people, one).body)),
      ...{ id: one.id, number: one.number, rule: one.rule, madeBy: one.made_by, madeAt: one.made_at },
      ...{ undoneBy: one.undone_by, undoneAt: one.undone_at },
    }))
    .toReversed();
}

function refuseFaults(
  fixes: readonly FixInput[],
  known: (respondent: string) => boolean,
  columns: ReadonlySet<string>,
): void {
  const faults: Fault[] = [];
  for (const [at, { respondent, column, reason, after }] of fixes.entries()) {
    const row = at + 1;
    if (!known(respondent))
      faults.push({ row, field: "respondent", message: "その番号の回答はありません。" });
    if (column !== EXCLUDE && !columns.has(column))
      faults.push({ row, field: "column", message: `列「${column}」は、回答の表にありません。` });
    if (reason.trim() === "" || reason.length > 300)
      faults.push({ row, field: "reason", message: "理由を 1 字から 300 字で書いてください。" });
    if (after.length > 10_000)
      faults.push({ row, field: "after", message: "値は 10,000 字までにしてください。" });
  }
  if (fixes.length === 0 || fixes.length > MOST)
    faults.push({
      field: "fixes",
      message: `一度に直せるのは、1 件から ${MOST.toLocaleString("ja-JP")} 件です。`,
    });
  const [first] = faults;
  if (first) throw new AppError("BAD_INPUT", first.message, { faults: faults.slice(0, 20) });
}
