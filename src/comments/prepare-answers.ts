import type { Actor } from "../base/actor.ts";
import type { Office } from "../platform/office.ts";
import { opinionKey } from "../tabulation/opinion-text.ts";
import { refuseComment } from "./comment-right.ts";
import { putGroup } from "./join-opinions.ts";
import { updateOpinion } from "./opinion-store.ts";
import { type Opinion, readBook } from "./read-book.ts";
import { refusePublished } from "./read-period.ts";
import { stale } from "./split-opinions.ts";

/**
 * まだ答えの欄のない意見（分類の済んだもの）に、欄を作る。表記だけ違う意見は一つの欄に、ほかは一件ずつ。
 * 概要には、意見の文を入れておく（人が短くする）。
 */
export async function prepareAnswers(
  office: Office,
  actor: Actor,
): Promise<{ made: number; opinions: number }> {
  refuseComment("work", actor);
  const book = await readBook(office, actor.contract);
  refusePublished(book.period);
  const open = book.opinions.filter(
    ({ group, code, letter }) =>
      group === null && code !== null && book.letterOf.get(letter)?.standing === "counted",
  );
  const bundles = [
    ...Map.groupBy(open, ({ id, text, code }) => {
      const key = opinionKey(text);
      return key === "" ? id : `${code} ${key}`;
    }).values(),
  ];
  if (bundles.length === 0) return { made: 0, opinions: 0 };
  const keys = await Promise.all(bundles.map(() => office.keys.fresh(actor.contract)));
  return office.act(actor, async (tx) => {
    for (const [at, bundle] of bundles.entries()) {
      const key = keys[at];
      if (!key) throw stale();
      const group = await putGroup(tx, key, book.period.id, bundle, { summary: summaryOf(bundle) });
      for (const one of bundle) if (!(await updateOpinion(tx, one.row, { group_id: group }))) throw stale();
    }
    await tx.record({
      kind: "comment.joined",
      about: book.period.id,
      payload: { groups: bundles.length, opinions: open.length },
    });
    return { made: bundles.length, opinions: open.length };
  });
}

function summaryOf([first]: readonly Opinion[]): string {
  const plain = (first?.text ?? "").replace(/\s*\n\s*/g, "").trim();
  return [...plain].slice(0, 1_000).join("");
}
