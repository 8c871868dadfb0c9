import type { Actor } from "../base/actor.ts";
import type { Office } from "../platform/office.ts";

/** 資料を引いている、計画の部分。 */
export interface SourceUse {
  /** 「第２章２(1)」のような場所。 */
  place: string;
  href: string;
}

/** 上の階（計画の室）から渡されるもの。 */
export interface ResearchHand {
  /** 「S-01」→ 引いている部分。計画がなければ空。 */
  usage(office: Office, actor: Actor): Promise<ReadonlyMap<string, readonly SourceUse[]>>;
  contract(office: Office, wanted: string | undefined): Promise<string>;
}
