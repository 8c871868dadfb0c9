import type { Office } from "../platform/office.ts";

/** 上の階が渡すもの。 */
export interface ErasureHand {
  /** 言われた契約。言われなければ、ただ一つの契約。 */
  contract(office: Office, id: string | undefined): Promise<string>;
  /** その月の様式１の義務の印。なければ undefined。 */
  monthDuty(office: Office, contract: string, month: string): Promise<string | undefined>;
  /** 訓練のための、使い捨ての空の事務所。close で跡形もなく消える。 */
  throwaway(): Promise<Throwaway>;
  /** その役割で、その道を開けるか（役割と道の表）。 */
  mayOpen(routeId: string, roles: readonly string[]): boolean;
  /** 記録の種類の、画面での名。 */
  labelOf(kind: string): string | undefined;
}

export interface Throwaway {
  office: Office;
  contract: string;
  /** 鍵なしで本体のファイルを開いてみる。開けば真。 */
  stolen(): Promise<boolean>;
  close(): Promise<void>;
}
