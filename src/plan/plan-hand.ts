import type { ResolveAbout } from "../base/about.ts";
import type { Actor } from "../base/actor.ts";
import type { Office } from "../platform/office.ts";

/** 計画の室に、上の階が渡すもの。 */
export interface PlanHand {
  /** 言われた契約。言われなければ、ただ一つの契約（二つ以上あれば断る）。 */
  contract(office: Office, id: string | undefined): Promise<string>;
  /** つながりの先（意見の答えなど）の、画面での名と場所。 */
  resolve: ResolveAbout;
  /** 変更のもと（意見への答えなど、「室/種類/番号」）から、そのもとと、その先へ。知らないものは入らない。 */
  traced?(office: Office, actor: Actor, refs: readonly string[]): Promise<ReadonlyMap<string, TracedLink>>;
  /** この部分に上の室が結んだもの（委員の指摘など）。答えのないものから。 */
  raised?(office: Office, actor: Actor, plan: string, block: string): Promise<readonly RaisedOnBlock[]>;
}

/** 変更のもとの、さらにもと（届いた意見）と、先（公表する資料の所）。 */
export interface TracedLink {
  summary: string;
  answer: string;
  from: readonly { label: string; href: string }[];
  to: readonly { label: string; href: string }[];
}

/** 計画の部分への指摘。 */
export interface RaisedOnBlock {
  label: string;
  text: string;
  href: string;
  /** まだ答えていない。 */
  open: boolean;
  /** 答え。なければ空。 */
  answer: string;
}
