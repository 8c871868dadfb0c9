import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import { newId } from "../base/identifier.ts";
import { proposeSplit } from "../opinions/propose-split.ts";
import {
  type MarkedOpinion,
  markRange,
  mergeOpinions,
  moveRange,
  opinionText,
  type TextRange,
  without,
} from "../opinions/split-letter.ts";
import type { SubjectKey } from "../platform/key.ts";
import type { Office, Tx } from "../platform/office.ts";
import { refuseComment } from "./comment-right.ts";
import { findLetterRow, type OpenLetterRow, openLetterRow, updateLetter } from "./letter-store.ts";
import {
  insertStep,
  listLetterOpinions,
  listSteps,
  markUndone,
  type OpenOpinionRow,
  openOpinionRow,
  replaceOpinions,
} from "./opinion-store.ts";
import { refusePublished, requirePeriod } from "./read-period.ts";

/**
 * 分け方の一手。mark=範囲を一つの意見に、move=範囲をほかの意見に移す、clear=意見でない所に戻す、merge=つなげる、
 * remove=意見を一つ外す、find=写した文を一つの意見に、propose=機械の案のとおり。
 */
export type SplitAct =
  | { act: "mark"; range: TextRange }
  | { act: "move"; range: TextRange; to: string }
  | { act: "clear"; range: TextRange }
  | { act: "merge"; into: string; from: string }
  | { act: "remove"; opinion: string }
  | { act: "find"; words: string }
  | { act: "propose" };

export const splitLabels: Readonly<Record<SplitAct["act"], string>> = {
  mark: "分けた",
  move: "移した",
  clear: "外した",
  merge: "つなげた",
  remove: "意見から外した",
  find: "文を写して分けた",
  propose: "案のとおり分けた",
};

export interface OpenLetterWork {
  row: OpenLetterRow;
  key: SubjectKey;
  opinions: OpenOpinionRow[];
}

/** 一通と、その意見を開く。なければ NOT_FOUND。 */
export async function openLetter(office: Office, contract: string, id: string): Promise<OpenLetterWork> {
  const row = await findLetterRow(office.read, contract, id);
  const key = row && (await office.keys.get(contract, [row.id])).get(row.id);
  if (!row || !key) throw new AppError("NOT_FOUND", "その意見書はありません。一覧から選び直してください。");
  const opinions = await listLetterOpinions(office.read, contract, id);
  return { row: openLetterRow(key, row), key, opinions: opinions.map((one) => openOpinionRow(key, one)) };
}

/**
 * 一通の分け方を一手進める。前の形を残すので、いくつでも戻せる。残った意見の分類とまとまりは変わらない。
 * @throws AppError BAD_INPUT（範囲が空、ない意見）、CONFLICT（先に変わった）、FORBIDDEN
 */
export async function splitLetter(
  office: Office,
  actor: Actor,
  id: string,
  given: SplitAct,
  edition?: number,
): Promise<{ edition: number }> {
  refuseComment("work", actor);
  refusePublished(await requirePeriod(office, actor.contract));
  const work = await openLetter(office, actor.contract, id);
  if (edition !== undefined && edition !== work.row.edition) throw stale();
  const before: MarkedOpinion[] = work.opinions.map((one) => ({
    id: one.id,
    ranges: JSON.parse(one.ranges) as TextRange[],
  }));
  const after = applyAct(before, work.row.body, given);
  if (after === undefined)
    throw new AppError(
      "BAD_INPUT",
      "選んだ範囲に文字がありません。意見の文を選んで、もう一度お試しください。",
    );
  return putSplit(office, actor, work, after, given.act);
}

function applyAct(before: MarkedOpinion[], text: string, given: SplitAct): MarkedOpinion[] | undefined {
  if (given.act === "mark") return markRange(before, text, given.range, newId());
  if (given.act === "move") return moveRange(before, text, given.range, given.to);
  if (given.act === "merge") return mergeOpinions(before, given.into, given.from);
  if (given.act === "clear") return without(before, given.range);
  if (given.act === "remove") return before.filter(({ id }) => id !== given.opinion);
  if (given.act === "find") {
    const words = given.words.trim().replace(/\r\n?/g, "\n");
    const at = words === "" ? -1 : text.replace(/\r\n?/g, "\n").indexOf(words);
    return at < 0 ? undefined : markRange(before, text, [at, at + words.length], newId());
  }
  let opinions: MarkedOpinion[] = [];
  for (const range of proposeSplit(text)) opinions = markRange(opinions, text, range, newId()) ?? opinions;
  return opinions.length > 0 ? opinions : undefined;
}

async function putSplit(
  office: Office,
  actor: Actor,
  work: OpenLetterWork,
  after: readonly MarkedOpinion[],
  act: string,
): Promise<{ edition: number }> {
  const { row, key } = work;
  const steps = await listSteps(office.read, key, actor.contract, row.id);
  return office.act(actor, async (tx) => {
    if (!(await updateLetter(tx, key, row, { state: "new" }))) throw stale();
    await insertStep(tx, key, {
      ...{
        id: newId(),
        contract_id: tx.contract,
        period_id: row.period_id,
        letter_id: row.id,
        key_id: row.id,
      },
      ...{ number: (steps.at(-1)?.number ?? 0) + 1, act, before: JSON.stringify(work.opinions), undone: 0 },
      ...{ made_by: tx.actor.id, made_at: tx.now },
    });
    await replaceOpinions(tx, key, row, rowsOf(tx, work, after));
    await tx.record({
      kind: "comment.split",
      about: row.id,
      payload: { number: row.number, act, opinions: after.length },
    });
    return { edition: row.edition + 1 };
  });
}

function rowsOf(
  tx: Tx,
  { row, opinions }: OpenLetterWork,
  after: readonly MarkedOpinion[],
): OpenOpinionRow[] {
  const known = new Map(opinions.map((one) => [one.id, one]));
  return after.map(({ id, ranges }, position) => {
    const before = known.get(id);
    return {
      ...{ id, contract_id: row.contract_id, period_id: row.period_id, letter_id: row.id, key_id: row.id },
      ...{ position, ranges: JSON.stringify(ranges), body: opinionText(row.body, ranges) },
      ...{
        code: before?.code ?? null,
        also: before?.also ?? null,
        block: before?.block ?? null,
        group_id: before?.group_id ?? null,
      },
      ...{ made_by: before?.made_by ?? tx.actor.id, made_at: before?.made_at ?? tx.now },
      edition: (before?.edition ?? 0) + 1,
    };
  });
}

/** 一手戻す。戻すものがなければ REFUSED。 */
export async function undoSplit(office: Office, actor: Actor, id: string): Promise<{ edition: number }> {
  refuseComment("work", actor);
  refusePublished(await requirePeriod(office, actor.contract));
  const { row, key } = await openLetter(office, actor.contract, id);
  const steps = await listSteps(office.read, key, actor.contract, id);
  const last = steps.findLast(({ undone }) => undone === 0);
  if (last === undefined) throw new AppError("REFUSED", "戻せる手がありません。");
  const opinions = JSON.parse(last.before) as OpenOpinionRow[];
  return office.act(actor, async (tx) => {
    if (!(await updateLetter(tx, key, row, { state: "new" }))) throw stale();
    if (!(await markUndone(tx, tx.contract, last.id))) throw stale();
    await replaceOpinions(
      tx,
      key,
      row,
      // 前の形は範囲と分類だけを使い、文は、いまの伏せた文から取り直す（あとから伏せた所を、元に戻さない）。
      opinions.map((one) => ({
        ...{ ...one, also: one.also ?? null, edition: one.edition + 2 },
        body: opinionText(row.body, JSON.parse(one.ranges) as TextRange[]),
      })),
    );
    await tx.record({
      kind: "comment.undone",
      about: id,
      payload: { number: row.number, step: last.number, opinions: opinions.length },
    });
    return { edition: row.edition + 1 };
  });
}

export function stale(): AppError {
  return new AppError("CONFLICT", "ほかの画面で先に変わりました。開き直してください。");
}
