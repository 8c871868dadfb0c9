import type { Office } from "../platform/office.ts";
import type { PersonHolder } from "./person-holder.ts";

/** 上の階が渡すもの。 */
export interface ErasureHand {
  /** 言われた契約。言われなければ、ただ一つの契約。 */
  contract(office: Office, id: string | undefined): Promise<string>;
  /** その月の様式１の義務の印。なければ undefined。 */
  monthDuty(office: Office, contract: string, month: string): Promise<string | undefined>;
  /** その契約が、毎月の取扱状況の報告を求めているか。 */
  asksMonthly(office: Office, contract: string): Promise<boolean>;
  /** 一人の方の分だけを消せる所（意見書、委員の名簿）。 */
  holders: readonly PersonHolder[];
  /** 訓練のための、使い捨ての空の事務所。close で跡形もなく消える。 */
  throwaway(): Promise<Throwaway>;
  /** その役割で、その道を開けるか（役割と道の表）。 */
  mayOpen(routeId: string, roles: readonly string[]): boolean;
  /** 帳簿の関門を、使い捨ての事務所で試みる段。 */
  gateAttempts(room: Throwaway): Promise<DrillAttempt[]>;
  /** 記録の種類の、画面での名。 */
  labelOf(kind: string): string | undefined;
}

/** 訓練で試みる一段。 */
export interface DrillAttempt {
  story: DrillStory;
  tried: string;
  gate: string;
  /** 断られれば（AppError）止まった。何も起きずに真か文を返しても止まった。偽を返せば、止められなかった。 */
  run(): Promise<string | boolean>;
}

/** 実際の事件の四つの場面。 */
export const drillStories = {
  usb: "ＵＳＢメモリへの写し",
  hidden: "隠れた再委託",
  copies: "残った写し",
  unlisted: "名簿にない人の入室と操作",
} as const;
export type DrillStory = (typeof drillStories)[keyof typeof drillStories];

export interface Throwaway {
  office: Office;
  contract: string;
  /** 鍵なしで本体のファイルを開いてみる。開けば真。 */
  stolen(): Promise<boolean>;
  close(): Promise<void>;
}
