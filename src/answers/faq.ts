import { AppError, type Fault } from "../base/error.ts";
import type { Day } from "../base/time.ts";

/** 一つの問いの、一つの版。draft → submitted → approved（または returned）。次が承認されると old。 */
export type FaqState = "draft" | "submitted" | "approved" | "returned" | "old";
export const faqStateLabels: Record<FaqState, string> = {
  draft: "下書き",
  submitted: "承認待ち",
  approved: "最新",
  returned: "差戻し",
  old: "前の版",
};

/** はじめの分類。分類は自由な言葉で、ここにないものも書ける。 */
export const faqCategories = [
  "申込み",
  "講座の内容",
  "会場・交通",
  "持ち物・機種",
  "受講通知書",
  "変更・取消",
  "費用",
  "個人情報",
  "そのほか",
] as const;

/** 問いの中身。 */
export interface FaqContent {
  category: string;
  question: string;
  /** 答え。`{{term.2.deskTo}}` のような印は、読むときに契約の約束ごとに置き換わる。 */
  answer: string;
  /** 問いの読み（かな）。 */
  reading: string;
  /** 同じ意味の言葉（「、」区切り）。 */
  synonyms: string;
  validFrom: Day | null;
  validUntil: Day | null;
}

export const faqLimits = { category: 20, question: 120, answer: 1_500, reading: 200, synonyms: 200 } as const;

export function faqFaults(given: FaqContent): Fault[] {
  const faults: Fault[] = [];
  if (given.question.trim() === "") faults.push({ field: "question", message: "問いを書いてください。" });
  if (given.answer.trim() === "") faults.push({ field: "answer", message: "答えを書いてください。" });
  if (given.category.trim() === "") faults.push({ field: "category", message: "分類を書いてください。" });
  for (const field of Object.keys(faqLimits) as (keyof typeof faqLimits)[])
    if ([...given[field]].length > faqLimits[field])
      faults.push({ field, message: `${faqLimits[field]}字までで書いてください。` });
  if (
    given.reading !== "" &&
    /[^\p{Script=Hiragana}\p{Script=Katakana}ー・、\s　0-9A-Za-z]/u.test(given.reading)
  )
    faults.push({ field: "reading", message: "読みは、かなで書いてください。" });
  if (given.validFrom !== null && given.validUntil !== null && given.validUntil < given.validFrom)
    faults.push({ field: "validUntil", message: "終わりの日が始まりの日より前です。" });
  return faults;
}

/** その日に使ってよいか。 */
export function validOn(
  { validFrom, validUntil }: Pick<FaqContent, "validFrom" | "validUntil">,
  day: Day,
): boolean {
  return (validFrom === null || validFrom <= day) && (validUntil === null || day <= validUntil);
}

export type FaqAct = "edit" | "submit" | "approve" | "return";
const allowed: Record<FaqAct, readonly FaqState[]> = {
  edit: ["draft", "returned"],
  submit: ["draft", "returned"],
  approve: ["submitted"],
  return: ["submitted"],
};
const actLabels: Record<FaqAct, string> = {
  edit: "直すこと",
  submit: "承認に回すこと",
  approve: "承認すること",
  return: "差し戻すこと",
};

export function faqAllows(act: FaqAct, state: FaqState): boolean {
  return allowed[act].includes(state);
}

export function refuseFaqAct(act: FaqAct, state: FaqState): void {
  if (faqAllows(act, state)) return;
  throw new AppError(
    "REFUSED",
    `この版は「${faqStateLabels[state]}」なので、${actLabels[act]}はできません。画面を開き直してください。`,
  );
}
