import { AppError } from "../base/error.ts";

/** 返戻の理由。郵便局の付箋・印の言葉。 */
export const returnReasons = {
  unknown: "あて所に尋ねあたりません",
  moved: "転居先不明",
  absent: "受取人不在（保管期間経過）",
  incomplete: "あて名不完全",
  refused: "受取拒絶",
  other: "そのほか",
} as const;
export type ReturnReason = keyof typeof returnReasons;

/** 返戻の後始末。phone=電話で案内した、resend=作り直して送る。 */
export type ReturnOutcome = "phone" | "resend";

export function isReturnReason(text: string): text is ReturnReason {
  return Object.hasOwn(returnReasons, text);
}

/**
 * はがきの受付番号。手で打っても、読み取り機（前後に空白や「受付」が付く）でもよい。
 * @throws AppError BAD_INPUT（欄 number）
 */
export function readCardNumber(text: string): number {
  const digits = text.normalize("NFKC").replace(/受付|番号|No\.?|[\s:：*#-]/gi, "");
  if (/^\d{1,9}$/.test(digits) && Number(digits) > 0) return Number(digits);
  const message = "はがきに印字された受付番号（数字）を入れてください。";
  throw new AppError("BAD_INPUT", message, { faults: [{ field: "number", message }] });
}

/** 電話で案内する仕事のきっかけ。返戻の電話は、戻った一通につき一つ。 */
export function returnCause(noticeId: string): string {
  return `returned-card/${noticeId}`;
}
