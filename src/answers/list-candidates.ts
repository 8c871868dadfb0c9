import type { Actor } from "../base/actor.ts";
import { dayOf } from "../base/time.ts";
import { addDays } from "../japan/day.ts";
import type { Office } from "../platform/office.ts";
import { listMisses } from "./faq-store.ts";
import { countInquiries } from "./inquiry-store.ts";
import { listFaqEntries } from "./list-faqs.ts";
import { itemLabel, listItems } from "./list-items.ts";
import { listQuestionRows, openQuestionRow } from "./question-store.ts";
import { itemOfCategory } from "./use-faq.ts";

/** ＦＡＱに加える候補。why は人が読む理由。 */
export interface FaqCandidate {
  source: "miss" | "question" | "item";
  /** 問いの案。 */
  question: string;
  /** 答えの案（委託者の指示があったもの）。 */
  answer: string;
  count: number;
  why: string;
}

const DAYS = 30;
/** ＦＡＱで答えた割合がこれより低い項目は、足りないとみなす。 */
const ENOUGH = 0.5;
const FEW = 10;

/**
 * 候補: 見つからなかった言葉、委託者に確認して答えの出た問い、
 * 件数が多いのにＦＡＱで答えられていない項目（直近30日）。多い順。
 */
export async function listCandidates(
  office: Office,
  actor: Pick<Actor, "contract">,
): Promise<FaqCandidate[]> {
  const { contract } = actor;
  const today = dayOf(office.clock.officeNow(contract));
  const [misses, questions, counts, items, entries] = await Promise.all([
    listMisses(office.read, contract),
    listQuestionRows(office.read, contract),
    countInquiries(office.read, contract, addDays(today, -DAYS), today),
    listItems(office, contract),
    listFaqEntries(office, actor),
  ]);
  const asked = new Set(entries.map((one) => one.content.question));
  const keys = await office.keys.get(
    contract,
    questions.map((row) => row.id),
  );
  const fromQuestions = questions.flatMap((row): FaqCandidate[] => {
    const { ask, answer } = openQuestionRow(keys.get(row.id), row);
    if (answer === null || asked.has(ask.slice(0, 120))) return [];
    const why = `確認第${row.number}号で委託者の指示があった`;
    return [{ source: "question", question: ask.slice(0, 120), answer, count: 1, why }];
  });
  const fromItems = items.flatMap(({ code, label }): FaqCandidate[] => {
    const own = counts.filter((row) => row.item === code);
    const n = own.reduce((sum, row) => sum + row.n, 0);
    const byFaq = own.filter((row) => row.how === "faq").reduce((sum, row) => sum + row.n, 0);
    if (n < FEW || byFaq / n >= ENOUGH) return [];
    const have = entries.filter((one) => itemOfCategory(items, one.content.category) === code).length;
    const why = `直近${DAYS}日に${n}件、うちＦＡＱで答えたのは${byFaq}件（この項目の問いは${have}つ）`;
    return [
      { source: "item", question: `${itemLabel(items, code) || label}について`, answer: "", count: n, why },
    ];
  });
  const fromMisses = misses.map(
    (row): FaqCandidate => ({
      ...{ source: "miss", question: row.words, answer: "", count: row.count },
      why: `探しても見つからなかった（${row.count}回）`,
    }),
  );
  return [...fromQuestions, ...fromMisses, ...fromItems];
}
