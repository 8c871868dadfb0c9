import type { Instant } from "../base/time.ts";

/** 版の段。 */
export const planStages = ["outline", "draft", "comment", "final"] as const;
export type PlanStage = (typeof planStages)[number];

export const stageLabels: Readonly<Record<PlanStage, string>> = {
  outline: "骨子",
  draft: "素案",
  comment: "パブリックコメント用",
  final: "最終原稿",
};

/** 名のある版。 */
export interface PlanVersion {
  id: string;
  number: number;
  stage: PlanStage;
  name: string;
  sequence: number;
  sha256: string;
  note: string;
  by: string;
  at: Instant;
}
