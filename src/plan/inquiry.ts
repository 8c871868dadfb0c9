import type { Day, Instant } from "../base/time.ts";

/** 庁内照会の一件: 一つの部署へ、いくつかの部分を送り、Word か Excel で返してもらう。 */
export interface Inquiry {
  id: string;
  number: number;
  department: string;
  subject: string;
  due: Day;
  /** open 送った、returned 返った（決めていない行がある）、closed 決めた。 */
  state: InquiryState;
  at: Instant;
  returnedAt: Instant | null;
  lines: InquiryLine[];
}

export const inquiryStates = ["open", "returned", "closed"] as const;
export type InquiryState = (typeof inquiryStates)[number];

/**
 * waiting 返っていない、same 変わらない、changed 直しが来た、opinion 文は変えずに意見だけ、missing 返った紙にない、
 * broken どの部分の文か読めない、accepted・rejected 決めた。
 */
export type LineState =
  | "waiting"
  | "same"
  | "changed"
  | "opinion"
  | "missing"
  | "broken"
  | "accepted"
  | "rejected";

/** 人が決めるまで残る姿。 */
const openStates: readonly LineState[] = ["changed", "opinion", "missing", "broken"];

/** まだ決めていない行か。 */
export function isToDecide({ state }: { state: LineState }): boolean {
  return openStates.includes(state);
}

export interface InquiryLine {
  id: string;
  block: string;
  position: number;
  /** 送ったときの版。 */
  version: number;
  sent: string;
  came: string | null;
  remark: string;
  state: LineState;
}

export const lineLabels: Readonly<Record<LineState, string>> = {
  waiting: "返っていない",
  same: "変更なし",
  changed: "直しあり",
  opinion: "意見だけ",
  missing: "返った紙にない",
  broken: "読めない",
  accepted: "入れた",
  rejected: "入れない",
};

/** 送った紙に刷る印。返った紙が、この照会のものかを見分ける。 */
export function inquiryCode({ id, number }: Pick<Inquiry, "id" | "number">): string {
  return `${number}-${id.replaceAll("-", "").slice(-8)}`;
}
