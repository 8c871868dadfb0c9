import type { ResolveAbout } from "../base/about.ts";
import type { Office } from "../platform/office.ts";

/** 登録簿の室に、上の階が渡すもの。 */
export interface RegisterHand {
  resolve: ResolveAbout;
  /** 言われた契約。言われなければ、ただ一つの契約。 */
  contract(office: Office, id: string | undefined): Promise<string>;
}
