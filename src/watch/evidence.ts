import type { Instant } from "../base/time.ts";
import type { Coverage } from "../contract/coverage.ts";
import type { DutyState } from "../contract/duty.ts";
import type { Sample } from "./draw-sample.ts";

/** 条項の義務一つと、その証跡の数。 */
export interface ClauseLine {
  clause: string;
  title: string;
  duty: string;
  state: DutyState;
  done: number;
  late: number;
  /** まどぐちの中の場所。 */
  href: string;
}

/** 申請・承諾・報告などの一件。受けた日が受領の控えになる。 */
export interface ReceiptLine {
  number: number;
  kind: string;
  clause: string;
  title: string;
  state: string;
  submittedAt: Instant | null;
  decidedAt: Instant | null;
}

/** 一式に入るもの。 */
export interface Evidence {
  contract: { title: string; client: string; contractor: string };
  madeAt: Instant;
  /** 作った人の従業者番号（氏名は入れない）。 */
  by: string;
  clauses: ClauseLine[];
  receipts: ReceiptLine[];
  sample: Sample;
  log: { entries: number; root: string };
}

/** 覆いから、条項ごとの行を作る。 */
export function clauseLines(coverage: Coverage): ClauseLine[] {
  return coverage.groups.flatMap((group) =>
    group.clauses.flatMap((clause) =>
      clause.obligations.map((one) => ({
        ...{ clause: clause.number, title: clause.title, duty: one.title, state: one.state },
        ...{ done: one.counts.done ?? 0, late: one.counts.late ?? 0 },
        href: one.key === undefined ? "/contract" : `/contract/duties/${encodeURIComponent(one.key)}`,
      })),
    ),
  );
}
