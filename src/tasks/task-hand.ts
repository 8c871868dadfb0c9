import type { ResolveAbout } from "../base/about.ts";
import type { Office } from "../platform/office.ts";
import type { TaskTerms } from "./task.ts";

/** 仕事の室の扉に、上の階が渡すもの。 */
export interface TaskHand {
  /** 契約の暦と仕事の時間。 */
  terms(office: Office, contract: string): Promise<TaskTerms>;
  /** 何についてかの印から、画面での名と場所。 */
  resolve: ResolveAbout;
  /** 仕事になっていない、遅れている義務の数と、それの並ぶ場所（業務ホームは、仕事と義務の両方を数える）。 */
  lateDuties(
    office: Office,
    contract: string,
    told: readonly string[],
  ): Promise<{ count: number; href: string }>;
  /** 言われた契約。言われなければ、ただ一つの契約（二つ以上あれば断る）。 */
  contract(office: Office, id: string | undefined): Promise<string>;
}
