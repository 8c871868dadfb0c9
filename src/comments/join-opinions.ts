import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import { takeNumber } from "../platform/counter-store.ts";
import type { SubjectKey } from "../platform/key.ts";
import type { Office, Tx } from "../platform/office.ts";
import { refuseComment } from "./comment-right.ts";
import { insertGroup, type OpenGroupRow, putApart } from "./group-store.ts";
import { updateOpinion } from "./opinion-store.ts";
import { type CommentBook, type Opinion, readBook } from "./read-book.ts";
import { refusePublished } from "./read-period.ts";
import { stale } from "./split-opinions.ts";

/**
 * 意見を分類する（code と、計画の部分 block）。省いたものは変えない。add は二つめからの分類に足し、drop は除く。
 * 数えるのは code だけで、add はまだ分類のない意見では code になる。
 */
export async function codeOpinion(
  office: Office,
  actor: Actor,
  id: string,
  given: { code?: string | null; block?: string | null; add?: string; drop?: string },
): Promise<void> {
  refuseComment("work", actor);
  const book = await readBook(office, actor.contract);
  refusePublished(book.period);
  const opinion = requireOpinion(book, id);
  for (const own of [given.code, given.add])
    if (own != null && !book.period.frame.some(({ code }) => code === own))
      throw new AppError("BAD_INPUT", "その分類は、分類の一覧にありません。選び直してください。");
  const change = codesOf(opinion, given);
  await office.act(actor, async (tx) => {
    if (!(await updateOpinion(tx, opinion.row, change))) throw stale();
    await tx.record({
      kind: "comment.coded",
      about: id,
      payload: {
        ...{ code: change.code ?? opinion.code, block: change.block ?? opinion.block },
        also: change.also ?? null,
      },
    });
  });
}

/** 分類は重ならない。code に選んだものは、二つめからは除く。 */
function codesOf(
  opinion: Opinion,
  { add, drop, ...change }: Parameters<typeof codeOpinion>[3],
): { code?: string | null; block?: string | null; also: string | null } {
  const first = add !== undefined && opinion.code === null && change.code == null ? add : change.code;
  const code = first === undefined ? opinion.code : first;
  const also = [...new Set([...opinion.also, ...(add === undefined ? [] : [add])])].filter(
    (one) => one !== code && one !== drop,
  );
  return { ...change, ...(first === undefined ? {} : { code: first }), also: also.join("\n") || null };
}

export function requireOpinion(book: CommentBook, id: string): Opinion {
  const opinion = book.opinions.find((one) => one.id === id);
  if (opinion) return opinion;
  throw new AppError("NOT_FOUND", "その意見はありません。画面を開き直してください。");
}

/**
 * 意見を一つにまとめる（答えは一つ、人数・通数・意見数は減らない）。どれかがもうまとまりにいれば、そのまとまりに入る。
 * 二つのまとまりをまたぐときは、番号の小さい方に移る。分類のない意見には、はじめの意見の分類が付く。
 * @throws AppError BAD_INPUT（二つ未満）、REFUSED（確認中・決まった答えを動かす）、FORBIDDEN
 */
export async function joinOpinions(
  office: Office,
  actor: Actor,
  ids: readonly string[],
): Promise<{ group: string }> {
  refuseComment("work", actor);
  const book = await readBook(office, actor.contract);
  refusePublished(book.period);
  const opinions = [...new Set(ids)].map((id) => requireOpinion(book, id));
  if (opinions.length < 2) throw new AppError("BAD_INPUT", "まとめる意見を二つ以上選んでください。");
  const groups = [...new Set(opinions.flatMap(({ group }) => (group === null ? [] : [group])))]
    .flatMap((id) => book.groupOf.get(id) ?? [])
    .sort((a, b) => a.number - b.number);
  const [target, ...others] = groups;
  if (others.some(({ state }) => state !== "draft"))
    throw new AppError("REFUSED", "確認中か、決まった答えのある意見は、ほかのまとまりへ移せません。");
  const moving = new Set([...opinions, ...others.flatMap(({ members }) => members)]);
  const key = target === undefined ? await office.keys.fresh(actor.contract) : undefined;
  return office.act(actor, async (tx) => {
    const group = target?.id ?? (await putGroup(tx, key as SubjectKey, book.period.id, opinions));
    const code = opinions.find((one) => one.code !== null)?.code ?? null;
    for (const one of moving)
      if (
        one.group !== group &&
        !(await updateOpinion(tx, one.row, { group_id: group, code: one.code ?? code }))
      )
        throw stale();
    await tx.record({
      kind: "comment.joined",
      about: group,
      payload: { opinions: moving.size, from: others.map(({ number }) => number) },
    });
    return { group };
  });
}

/** まとまりを作る（中身はまだない）。 */
export async function putGroup(
  tx: Tx,
  key: SubjectKey,
  period: string,
  opinions: readonly Opinion[],
  given: Partial<OpenGroupRow> = {},
): Promise<string> {
  await insertGroup(tx, key, {
    ...{ id: key.id, contract_id: tx.contract, period_id: period },
    number: await takeNumber(tx, period, "comment-group"),
    ...{ summary: null, answer: null, status: null, state: "draft" as const },
    ...{ code: opinions.find(({ code }) => code !== null)?.code ?? null, round_id: null },
    ...{ change_ref: null, change: null, drafted: 0, made_by: tx.actor.id, made_at: tx.now, edition: 1 },
    ...given,
  });
  return key.id;
}

/** 「別の意見」と決める。まとまりにいたら、そこから出る。次からは、似た意見に出ない。 */
export async function partOpinions(office: Office, actor: Actor, id: string, other: string): Promise<void> {
  refuseComment("work", actor);
  const book = await readBook(office, actor.contract);
  refusePublished(book.period);
  const [one, two] = [requireOpinion(book, id), requireOpinion(book, other)];
  const together = one.group !== null && one.group === two.group;
  if (together && book.groupOf.get(one.group ?? "")?.state !== "draft")
    throw new AppError("REFUSED", "確認中か、決まった答えのある意見は、まとまりから出せません。");
  await office.act(actor, async (tx) => {
    const made = { made_by: tx.actor.id, made_at: tx.now };
    const put = await putApart(
      tx,
      { contract_id: tx.contract, period_id: book.period.id, ...made },
      id,
      other,
    );
    if (together && !(await updateOpinion(tx, one.row, { group_id: null }))) throw stale();
    if (!put && !together) return tx.nothingHappened();
    await tx.record({ kind: "comment.parted", about: id, payload: { other, left: together } });
  });
}
