import type { Office } from "../platform/office.ts";

/** 調査の室に、上の階が渡すもの。 */
export interface SurveyHand {
  /** 言われた契約。言われなければ、ただ一つの契約（二つ以上あれば断る）。 */
  contract(office: Office, id: string | undefined): Promise<string>;
  /** 調査票のファイル（.txt、.docx、.pdf）の文。読めなければ BAD_INPUT。 */
  text(bytes: Uint8Array, fileName: string): Promise<string>;
}
