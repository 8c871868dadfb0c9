import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import { newId } from "../base/identifier.ts";
import { type MarkedOpinion, markRange, opinionText } from "../opinions/split-letter.ts";
import type { Office } from "../platform/office.ts";
import { refuseComment } from "./comment-right.ts";
import { updateLetter } from "./letter-store.ts";
import { noteSorted } from "./note-sorted.ts";
import { replaceOpinions } from "./opinion-store.ts";
import { readBook } from "./read-book.ts";
import { refusePublished } from "./read-period.ts";
import { stale } from "./split-opinions.ts";

/** ほかの道具で分けてきた一通。words は原文のとおりの文、from は文の中の位置（負なら、はじめに現れる所）。 */
export interface SortedLetter {
  letter: string;
  opinions: readonly { words: string; from?: number | undefined; code: string }[];
}

/**
 * 分けて分類したものを、まとめて入れる（ほかの表で整理してきたとき）。もう分けてある通は断る。入れた通は整理済みになる。
 * @throws AppError BAD_INPUT（文が原文にない、ない分類。どの号かを言う）、REFUSED（もう分けてある）、FORBIDDEN
 */
export async function takeSorted(
  office: Office,
  actor: Actor,
  given: readonly SortedLetter[],
): Promise<{ letters: number; opinions: number }> {
  refuseComment("work", actor);
  const book = await readBook(office, actor.contract);
  refusePublished(book.period);
  const split = new Set(book.opinions.map(({ letter }) => letter));
  const codes = new Set(book.period.frame.map(({ code }) => code));
  const work = given.map(({ letter: id, opinions }) => {
    const letter = book.letterOf.get(id);
    if (!letter) throw new AppError("NOT_FOUND", "ない意見書が入っています。番号を確かめてください。");
    const say = (what: string) => new AppError("BAD_INPUT", `第${letter.name}号: ${what}`);
    if (split.has(id)) throw new AppError("REFUSED", `第${letter.name}号は、もう分けてあります。`);
    let marked: MarkedOpinion[] = [];
    const codeOf = new Map<string, string>();
    for (const { words, from = -1, code } of opinions) {
      if (!codes.has(code)) throw say(`分類「${code}」がありません。`);
      const at = from >= 0 ? from : letter.text.indexOf(words);
      const opinion = newId();
      const next =
        at < 0 || at + words.length > letter.text.length
          ? undefined
          : markRange(marked, letter.text, [at, at + words.length], opinion);
      if (next === undefined) throw say("文が原文にありません。");
      marked = next;
      codeOf.set(opinion, code);
    }
    return { letter, marked, codeOf };
  });
  const keys = await office.keys.get(
    actor.contract,
    work.map(({ letter }) => letter.id),
  );
  await office.act(actor, async (tx) => {
    for (const { letter, marked, codeOf } of work) {
      const key = keys.get(letter.id);
      if (!key || !(await updateLetter(tx, key, letter.row, { state: "sorted", masked: 1 }))) throw stale();
      await replaceOpinions(
        tx,
        key,
        letter.row,
        marked.map(({ id, ranges }, position) => ({
          ...{
            id,
            contract_id: tx.contract,
            period_id: book.period.id,
            letter_id: letter.id,
            key_id: letter.id,
          },
          ...{ position, ranges: JSON.stringify(ranges), body: opinionText(letter.text, ranges) },
          ...{ code: codeOf.get(id) ?? null, also: null, block: null, group_id: null },
          ...{ made_by: tx.actor.id, made_at: tx.now, edition: 1 },
        })),
      );
      await tx.record({
        kind: "comment.sorted",
        about: letter.id,
        payload: { number: letter.number, opinions: marked.length },
      });
    }
    await noteSorted(tx, book.period.id);
  });
  return { letters: work.length, opinions: work.reduce((sum, { marked }) => sum + marked.length, 0) };
}
