import type { FigureGroup } from "../base/figure.ts";
import type { Day } from "../base/time.ts";
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
  /** 「実施」「実施中」「期日前」など。 */
  state: string;
  /** 果たした回の数。 */
  evidence: number;
  /** 実施したこと（「骨子の提出（7月31日 受領を記録した）」）。 */
  done: readonly string[];
}

/** 役割ごとの人数（業務の体制から）。direct は、うち直接雇用。 */
export interface RoleCount {
  role: string;
  people: number;
  direct: number;
}

/** 提案簿の一件（12(6)）。 */
export interface ProposalLine {
  number: string;
  title: string;
  state: string;
  on: Day | null;
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
  /** その日の体制。体制の登録がない契約では空（アカウントの役割で数える）。 */
  staff(office: Office, contract: string): Promise<RoleCount[]>;
  /** 提案簿に書いた提案。 */
  proposals(office: Office, contract: string): Promise<ProposalLine[]>;
}
