import type { Day } from "../base/time.ts";

export type DueKind = "absolute" | "relative" | "recurring" | "immediate" | "before" | "retain" | "none";

/** 期限。text は仕様書の言葉のまま。none で text があれば、期日に直せない言葉（適宜など）。 */
export interface Due {
  kind: DueKind;
  /** 期日がある、または計算できるとき。下旬は末日、中旬は 20 日、上旬は 10 日。 */
  date?: Day;
  /**
   * 機械が読む形: 「P7D after 申込受付終了」「-P7D before 受講日」「next-business-day」「end-of-next-month after …」
   * 「monthly」「each 期」「P1Y keep after 契約期間終了」など。
   */
  rule?: string;
  text: string;
  /** 「（予定）」「頃」。 */
  tentative?: boolean;
}

/** 年のない日付を補う期間（履行期間）。 */
export interface DueContext {
  within?: { from?: Day; to: Day };
}
