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

/** waiting 返っていない、same 変わらない、changed 直しが来た、missing 返った紙にない、broken 読めない、accepted・rejected 決めた。 */
export type LineState = "waiting" | "same" | "changed" | "missing" | "broken" | "accepted" | "rejected";

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
  missing: "返った紙にない",
  broken: "読めない",
  accepted: "入れた",
  rejected: "入れない",
};

/** 返った紙から読んだ一行。 */
export interface CameLine {
  block: string;
  text: string;
  remark: string;
}

/** 返った行を、送った行に結ぶ。知らない id の行は、失わずに unknown に残す。 */
export function matchCame(
  sent: readonly Pick<InquiryLine, "block" | "sent">[],
  came: readonly CameLine[],
): {
  lines: { block: string; state: LineState; came: string | null; remark: string }[];
  unknown: CameLine[];
} {
  const known = new Set(sent.map(({ block }) => block));
  const byBlock = new Map<string, CameLine>();
  const unknown: CameLine[] = [];
  for (const line of came) {
    if (!known.has(line.block) || byBlock.has(line.block)) unknown.push(line);
    else byBlock.set(line.block, line);
  }
  return {
    lines: sent.map(({ block, sent: text }) => {
      const found = byBlock.get(block);
      if (!found) return { block, state: "missing", came: null, remark: "" };
      const same = plain(found.text) === plain(text) || plain(found.text) === "";
      return {
        block,
        state: same ? "same" : "changed",
        came: same ? null : found.text,
        remark: found.remark,
      };
    }),
    unknown,
  };
}

/** Word や Excel を通って変わる、見えない字の違いを除く。 */
function plain(text: string): string {
  return text
    .replace(/\r\n?/g, "\n")
    .replace(/[\u00a0\u200b]/g, " ")
    .replace(/[ \t]+/g, " ")
    .trim();
}
