/** 報告に刷る数の一つ。個人情報は含まない。 */
export interface Figure {
  /** 「予約」「発送した受講通知書」。 */
  readonly label: string;
  readonly value: number;
  /** 「件」「通」「％」。 */
  readonly unit: string;
  /** 期の番号。期によらない数は省く。 */
  readonly term?: string;
  /** どこから数えたか（「予約の記録」）。 */
  readonly basis: string;
}

/** 数のまとまり。各室が一つずつ出し、main が集めて、報告を作る室に渡す。 */
export interface FigureGroup {
  /** 「申込みの受付」。 */
  readonly title: string;
  /** 根拠の条項。 */
  readonly clause: string;
  readonly figures: readonly Figure[];
}
