import type { ResolveAbout } from "../base/about.ts";
import type { Office } from "../platform/office.ts";

/** 条項と義務の室の扉に、上の階が渡すもの。 */
export interface ContractHand {
  /** 記録の種類の名（全室の）。証跡を言葉で示す。 */
  labelOf(kind: string): string | undefined;
  /** 何についてかの印から、画面での名と場所。 */
  resolve: ResolveAbout;
  /** 言われた契約。言われなければ、ただ一つの契約（二つ以上あれば断る）。 */
  contract(office: Office, id: string | undefined): Promise<string>;
  /** 開いたままの預かりもの（7(2)、特記 第13条）。ある間は、ふつうの終わりを記録できない。 */
  holdings?(office: Office, contract: string): Promise<readonly { text: string }[]>;
}
