import type { Fault } from "../base/error.ts";
import type { Office } from "../platform/office.ts";
import type { PageParts, Seated } from "../platform/route.ts";

/** 失敗の画面に書くこと。 */
export interface ErrorNotice {
  readonly status: number;
  readonly title: string;
  readonly message: string;
  readonly faults: readonly Fault[];
  /** 不具合の受付番号。 */
  readonly incident?: string | undefined;
  readonly next: readonly { readonly href: string; readonly label: string }[];
}

/** 枠のない画面（着席の前、閉じた画面）。 */
export type BareParts = Pick<PageParts, "title" | "body" | "islands" | "icons" | "status">;

/** 部品から一枚の HTML を描く者。main が渡す（platform は画面の部品を知らない）。 */
export interface PageFrame {
  page(given: { office: Office; seated: Seated; parts: PageParts }): Promise<string>;
  bare(parts: BareParts): Promise<string>;
  /** 着席していれば枠の中に、していなければ一枚で。 */
  error(given: { office: Office; seated?: Seated | undefined; notice: ErrorNotice }): Promise<string>;
}
