/** 整合表の下に並ぶ指摘。行いは一つだけ。 */
export interface PlanRemark {
  id: string;
  tone: "late" | "due" | "wait";
  kind: string;
  block: string;
  /** 「目標年次が違います」。 */
  title: string;
  /** 「表３」「96字」。 */
  where: string;
  /** なぜ、代わりに何か。 */
  text: string;
  /** その場の行い: 部分の文を、この文に替える（label は「分ける」「合わせる」「替える」）。 */
  fix?: { label: string; text: string; reason: string };
}
