import type { Office } from "../platform/office.ts";

/** 意見公募のコマンドに、上の階が渡すもの。 */
export interface CommentHand {
  /** 言われた契約。言われなければ、ただ一つの契約（二つ以上あれば断る）。 */
  contract(office: Office, id: string | undefined): Promise<string>;
}
