import type { Actor } from "../base/actor.ts";
import type { Office } from "../platform/office.ts";

/** 資料を引いている、計画の部分。 */
export interface SourceUse {
  /** 「第２章２(1)」のような場所。 */
  place: string;
  href: string;
}

/** 計画の中の、出典のない文。 */
export interface UnsourcedUse extends SourceUse {
  sentence: string;
  /** なぜ出典が要ると見たか。 */
  why: string;
}

/** 計画の原稿と資料のつながり。計画がなければ空。 */
export interface CitedPlans {
  /** 「S-01」→ 引いている部分。 */
  usage: ReadonlyMap<string, readonly SourceUse[]>;
  /** よそのこと・調べたこと・手で打った数を、出典なしに言う文。 */
  unsourced: readonly UnsourcedUse[];
}

/** 上の階（計画の室）から渡されるもの。 */
export interface ResearchHand {
  cited(office: Office, actor: Actor): Promise<CitedPlans>;
  contract(office: Office, wanted: string | undefined): Promise<string>;
}
