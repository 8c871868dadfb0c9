import type { FigureGroup } from "../base/figure.ts";
import type { Office } from "../platform/office.ts";

/** 引渡しを止めるもの。 */
export interface Blocker {
  text: string;
  href?: string | undefined;
}

/** 条項ごとの実施の証跡。 */
export interface ClauseProof {
  clause: string;
  title: string;
  /** 「実施」「一部」「期日前」など。 */
  state: string;
  /** 証跡の数。 */
  evidence: number;
}

/** 成果品の室の扉に、上の階が渡すもの。 */
export interface DeliveryHand {
  /** 言われた契約。言われなければ、ただ一つの契約（二つ以上あれば断る）。 */
  contract(office: Office, id: string | undefined): Promise<string>;
  /** その成果品の条項で、遅れている義務。 */
  blockers(
    office: Office,
    contract: string,
    what: { clause: string; obligation: string | null },
  ): Promise<Blocker[]>;
  /** 期別の実績。各室の数。 */
  figures(office: Office, contract: string): Promise<FigureGroup[]>;
  /** 条項ごとの証跡。義務の室がない契約では空。 */
  proofs(office: Office, contract: string): Promise<ClauseProof[]>;
}
