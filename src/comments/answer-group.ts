import type { Actor } from "../base/actor.ts";
import { AppError, type Fault } from "../base/error.ts";
import type { Office } from "../platform/office.ts";
import { refuseComment } from "./comment-right.ts";
import { updateGroup } from "./group-store.ts";
import { putGroup, requireOpinion } from "./join-opinions.ts";
import { updateOpinion } from "./opinion-store.ts";
import { type CommentBook, type DraftChange, type Group, readBook } from "./read-book.ts";
import { refusePublished } from "./read-period.ts";
import { stale } from "./split-opinions.ts";

/** 答えに書くこと。省いたものは変えない。 */
export interface AnswerChange {
  summary?: string | undefined;
  answer?: string | undefined;
  status?: string | undefined;
  /** 計画の変更の id。空ならはずす。 */
  changeRef?: string | undefined;
  change?: DraftChange | undefined;
}

export const answerLimits = { summary: 1_000, answer: 4_000 } as const;

/**
 * 意見の答えを書く。まとまりにいなければ、その意見だけのまとまりを作る。
 * 一度決まった答えを直すと、もう一度確認が要る（draft に戻る）。
 */
export async function answerOpinion(
  office: Office,
  actor: Actor,
  opinion: string,
  change: AnswerChange,
): Promise<{ group: string }> {
  refuseComment("work", actor);
  const book = await readBook(office, actor.contract);
  refusePublished(book.period);
  const one = requireOpinion(book, opinion);
  const known = one.group === null ? undefined : book.groupOf.get(one.group);
  if (known) {
    await answerGroup(office, actor, known.id, change);
    return { group: known.id };
  }
  checkChange(book, change);
  const key = await office.keys.fresh(actor.contract);
  return office.act(actor, async (tx) => {
    const group = await putGroup(tx, key, book.period.id, [one], columnsOf(change));
    if (!(await updateOpinion(tx, one.row, { group_id: group }))) throw stale();
    await tx.record({
      kind: "comment.answered",
      about: group,
      payload: { status: change.status ?? null, opinions: 1 },
    });
    return { group };
  });
}

/** まとまりの答えを書く。answerGroups の一つだけのもの。edition は、読んだときの版。 */
export async function answerGroup(
  office: Office,
  actor: Actor,
  id: string,
  change: AnswerChange,
  edition?: number,
): Promise<void> {
  await answerGroups(office, actor, [{ id, change, edition }]);
}

/**
 * いくつかのまとまりの答えを、一度に書く（一つでも書けなければ、どれも書かない）。
 * @throws AppError BAD_INPUT（長すぎる、ない区分）、REFUSED（確認中）、CONFLICT、FORBIDDEN
 */
export async function answerGroups(
  office: Office,
  actor: Actor,
  given: readonly { id: string; change: AnswerChange; edition?: number | undefined }[],
): Promise<void> {
  refuseComment("work", actor);
  const book = await readBook(office, actor.contract);
  refusePublished(book.period);
  const work = given.map(({ id, change, edition }) => {
    const group = requireGroup(book, id);
    if (group.state === "asked")
      throw new AppError(
        "REFUSED",
        `No.${group.number} は部局に確認中なので直せません。回答が届いてから直してください。`,
      );
    if (edition !== undefined && edition !== group.edition) throw stale();
    checkChange(book, change);
    return { group, change };
  });
  const keys = await office.keys.get(
    actor.contract,
    work.map(({ group }) => group.id),
  );
  await office.act(actor, async (tx) => {
    for (const { group, change } of work) {
      const key = keys.get(group.id);
      // 考え方を書いたか、読んで残したなら、下書きを認めたことになる。
      const drafted = change.answer === undefined ? group.row.drafted : 0;
      const columns = { ...columnsOf(change), state: "draft" as const, drafted };
      if (!key || !(await updateGroup(tx, key, group.row, columns))) throw stale();
      await tx.record({
        kind: "comment.answered",
        about: group.id,
        payload: {
          ...{ number: group.number, status: change.status ?? group.status },
          opinions: group.members.length,
        },
      });
    }
  });
}

export function requireGroup(book: CommentBook, id: string): Group {
  const group = book.groupOf.get(id);
  if (group) return group;
  throw new AppError("NOT_FOUND", "その答えはありません。一覧から選び直してください。");
}

function columnsOf({ summary, answer, status, changeRef, change }: AnswerChange) {
  return {
    ...(summary === undefined ? {} : { summary: summary.trim() || null }),
    ...(answer === undefined ? {} : { answer: answer.trim() || null }),
    ...(status === undefined ? {} : { status: status || null }),
    ...(changeRef === undefined ? {} : { change_ref: changeRef.trim() || null }),
    ...(change === undefined ? {} : { change: isEmpty(change) ? null : JSON.stringify(change) }),
  };
}

function isEmpty(change: DraftChange): boolean {
  return Object.values(change).every((one) => one.trim() === "");
}

function checkChange({ period }: CommentBook, change: AnswerChange): void {
  const faults: Fault[] = [];
  for (const field of ["summary", "answer"] as const)
    if ((change[field] ?? "").length > answerLimits[field])
      faults.push({ field, message: `${answerLimits[field]}字までで書いてください。` });
  if (change.status && !period.statuses.some(({ code }) => code === change.status))
    faults.push({ field: "status", message: "その区分はありません。選び直してください。" });
  if (faults.length > 0) throw new AppError("BAD_INPUT", "答えに直すところがあります。", { faults });
}

/** 「修正する」なのに、案の変更（計画の変更か、場所・後・理由のそろった変更）がない。 */
export function lacksChange(
  { statuses }: CommentBook["period"],
  { status, changeRef, change }: Pick<Group, "status" | "changeRef" | "change">,
): boolean {
  if (!statuses.find(({ code }) => code === status)?.needsChange) return false;
  if (changeRef !== null) return false;
  return !change || change.place.trim() === "" || change.after.trim() === "" || change.reason.trim() === "";
}
