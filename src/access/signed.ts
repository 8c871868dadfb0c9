import type { Office } from "../platform/office.ts";

/** 機械からの要求。着席も合い札もなく、署名だけで確かめる。確かめるのは、道の handle。 */
export interface SignedAsk {
  readonly office: Office;
  param(name: string): string;
  header(name: string): string | undefined;
  /** 本文の、届いたままの文字列（署名はこれに付く）。 */
  readonly body: string;
}

/** 署名で入る道（電話システムの知らせ）。いつも JSON で答える。 */
export interface SignedRoute {
  readonly id: string;
  readonly method: "POST";
  readonly path: string;
  readonly summary: string;
  /** 答える JSON。 */
  handle(ask: SignedAsk): Promise<unknown>;
}
