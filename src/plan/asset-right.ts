import type { Day } from "../base/time.ts";

/** 画像・図の権利。 */
export interface AssetRight {
  /** どこから（撮影者、作成者、URL、統計の名）。 */
  source: string;
  /** 権利者。 */
  holder: string;
  /** 利用の条件（CC BY 4.0、譲渡、許諾書の番号など）。 */
  licence: string;
  /** 使ってよい範囲（計画と概要版、ウェブを含む など）。 */
  scope: string;
  /** 使ってよい終わりの日。空は、期限なし。 */
  expiry: string;
  /** 図版の代わりの文（原稿の部分にあれば、そちらが正しい）。 */
  alt: string;
}

export const blankRight: AssetRight = { source: "", holder: "", licence: "", scope: "", expiry: "", alt: "" };

/** 権利一覧の一行。 */
export interface Asset {
  name: string;
  /** picture 写真・絵・アイコン、figure データから描く図。 */
  kind: "picture" | "figure";
  sha256: string;
  size: number;
  right: AssetRight;
  /** 使っているところ（部分の id と、画面での名）。空なら、どこにも出ない。 */
  uses: { block: string; label: string }[];
  alt: string;
  /** 足りないもの。空なら、公開できる。 */
  lacks: string[];
}

/**
 * 足りないもの。写真・絵は、出所・権利者・利用の条件・使ってよい範囲・代わりの文が要る（委託契約の権利の条項、JIS X 8341-3 1.1.1）。
 * データから描く図は受託者が作るので、出所（出典）と代わりの文だけ。期限は、過ぎたら足りない。
 */
export function lackingRights(
  kind: Asset["kind"],
  { source, holder, licence, scope, expiry }: AssetRight,
  alt: string,
  today: Day,
): string[] {
  const picture = kind === "picture";
  return [
    source.trim() === "" ? "出所" : "",
    picture && holder.trim() === "" ? "権利者" : "",
    picture && licence.trim() === "" ? "利用の条件" : "",
    picture && scope.trim() === "" ? "使ってよい範囲" : "",
    alt.trim() === "" ? "代わりの文" : "",
    expiry !== "" && expiry < today ? "期限（過ぎています）" : "",
  ].filter(Boolean);
}

/** 画像のファイルの名か。 */
export function isPictureName(name: string): boolean {
  return /\.(?:png|jpe?g|gif|svg|webp)$/i.test(name);
}
