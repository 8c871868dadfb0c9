import type { ResolveAbout } from "../base/about.ts";
import type { Office } from "../platform/office.ts";

/** 計画の室に、上の階が渡すもの。 */
export interface PlanHand {
  /** 言われた契約。言われなければ、ただ一つの契約（二つ以上あれば断る）。 */
  contract(office: Office, id: string | undefined): Promise<string>;
  /** つながりの先（意見の答えなど）の、画面での名と場所。 */
  resolve: ResolveAbout;
}
