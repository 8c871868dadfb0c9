import type { ResolveAbout } from "../base/about.ts";
import type { Minute } from "../base/time.ts";
import type { BusinessCalendar } from "../japan/business-day.ts";
import type { Office } from "../platform/office.ts";

/** やりとりの両側と、業務の名。 */
export interface Parties {
  /** 業務の名。 */
  title: string;
  /** 委託者。「札幌市」。 */
  client: string;
  /** 委託者の担当の部署。 */
  clientUnit: string;
  /** 受託者の側の名。 */
  contractor: string;
  /** 仕事の終わる時（回答の期限に時刻を省いたとき）。 */
  close: Minute;
  /** 契約の暦（営業日の数え方）。 */
  calendar: BusinessCalendar;
}

/** 届出で果たす、義務の一回分。 */
export interface FiledDuty {
  value: string;
  /** 「6(9) クレームの内容の報告（9月22日の分）　期限 9月24日」。 */
  label: string;
}

/** 協議・届出の室の扉に、上の階が渡すもの。 */
export interface FilingHand {
  parties(office: Office, contract: string): Promise<Parties>;
  /** 何についてかの印から、画面での名と場所。 */
  resolve: ResolveAbout;
  /** この様式で果たせる、いまの義務（どの義務のものかを、作るときに選ぶ）。value は一回分の番号。 */
  duties(office: Office, contract: string, form: string): Promise<readonly FiledDuty[]>;
  /** 言われた契約。言われなければ、ただ一つの契約（二つ以上あれば断る）。 */
  contract(office: Office, id: string | undefined): Promise<string>;
}
