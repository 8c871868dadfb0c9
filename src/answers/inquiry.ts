import type { Fault } from "../base/error.ts";

/** tally=一押し、faq=ＦＡＱで答えた、record=応対記録。 */
export type InquiryHow = "tally" | "faq" | "record";

/** 一つの項目。code は記録に残る符号、label は画面の名。 */
export interface InquiryItem {
  code: string;
  label: string;
  position: number;
  shown: boolean;
}

/** はじめの項目（契約ごとに改められる）。順が Alt+1 からの鍵になる。 */
export const firstItems: readonly InquiryItem[] = (
  [
    ["lesson", "講座の内容"],
    ["place", "会場・道順"],
    ["bring", "持ち物・機種"],
    ["seats", "空席・日程"],
    ["hours", "開設時間"],
    ["card", "受講通知書"],
    ["change", "変更・取消のしかた"],
    ["fee", "費用"],
    ["other", "そのほか"],
  ] as const
).map(([code, label], at) => ({ code, label, position: at + 1, shown: true }));

/** その電話で終わらなかった理由（６(7)「原則、コールセンター内で終結」）。 */
export const pendingReasons = {
  client: "委託者への確認",
  callback: "あとで折り返す約束",
  complaint: "クレームの対応",
  language: "ことば・聞こえの手助け",
  cut: "途中で切れた",
  other: "そのほか",
} as const;
export type PendingReason = keyof typeof pendingReasons;

export const inquiryLimits = { content: 2_000, label: 16, items: 12 } as const;

/** 項目の並びの直すところ。 */
export function itemFaults(items: readonly InquiryItem[]): Fault[] {
  const faults: Fault[] = [];
  if (items.length === 0) faults.push({ field: "label-0", message: "項目を一つは残してください。" });
  if (items.length > inquiryLimits.items)
    faults.push({ field: "label-0", message: `項目は${inquiryLimits.items}までです。` });
  const seen = new Set<string>();
  for (const [at, { code, label }] of items.entries()) {
    if (label.trim() === "" || [...label].length > inquiryLimits.label)
      faults.push({
        field: `label-${at}`,
        message: `項目の名を、${inquiryLimits.label}字までで書いてください。`,
      });
    if (!/^[a-z][a-z0-9-]{0,19}$/.test(code) || seen.has(code))
      faults.push({ field: `label-${at}`, message: "項目の符号が重なっているか、形が違います。" });
    seen.add(code);
  }
  return faults;
}
