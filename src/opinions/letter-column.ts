/** 意見の表の列。 */
export type LetterColumn =
  | "text"
  | "channel"
  | "day"
  | "age"
  | "ward"
  | "name"
  | "address"
  | "contact"
  | "signers"
  | "kids"
  | "source"
  | "row"
  | "place";

/** 列の見出しの言い方。上の組ほど、はっきり言っている。書き方は町ごとに違うので、そろえた見出しに当てる。 */
const patterns: readonly (readonly [LetterColumn, RegExp])[] = [
  ["text", /^(?:ご?意見(?:等|など)?(?:の|・)?(?:内容|本文|原文|全文)|(?:内容|本文|原文)|text|comment)$/],
  ["text", /^ご?意見(?:等|など)?(?:[・、及びおよびご要望]*要望)?(?:欄|\(自由記述\))?$/],
  ["source", /^(?:受付|受理|収受|整理|提出|文書|書簡|通)(?:番号|no\.?|№|順)?$|^通番号$/],
  ["row", /^(?:id|no\.?|№|番号|通し番号|通番|連番|項番|意見(?:番号|no\.?|id))$/],
  [
    "channel",
    /^(?:ご?提出|受付|送付|応募|受領|届出|収受)(?:方法|手段|区分|形態|媒体)$|^送り方$|^方法$|^媒体$|^channel$/,
  ],
  [
    "day",
    /^(?:受付|受理|受領|収受|提出|届いた|投稿|送信|応募|到着|記入)(?:年月日|月日|日時|日付|日)$|^(?:消印|日付|月日|年月日|日時|タイムスタンプ|day|date|timestamp)(?:\(消印\)|日)?$/,
  ],
  ["age", /^(?:ご?年齢層?|年代|age)(?:\(.*\))?$/],
  ["ward", /^(?:区|行政区|地区|居住区|居住地区?|お?住ま?い(?:の区|の地域)?|住んでいる区|ward)$/],
  [
    "name",
    /^(?:ご?氏名|お?名前|提出者(?:名|氏名)?|ご?芳名|団体名|name|person)(?:\(.*\)|又は団体名|・団体名)?$/,
  ],
  ["address", /^(?:ご?住所|所在地|address)(?:\(.*\)|又は所在地|・所在地)?$/],
  ["contact", /^(?:ご?連絡先|電話(?:番号)?|tel|メール(?:アドレス)?|e-?mail|mail|contact|phone)(?:\(.*\))?$/],
  ["signers", /^(?:人数|連名の?人数|連名者?数|signers)$/],
  ["kids", /^(?:こども|子ども|子供|キッズ|キッズコメント|kids)$/],
  ["place", /^(?:該当(?:箇所|か所|ヵ所|ページ|頁|項目|部分)|対象(?:箇所|項目)|章|施策|項目)(?:.*)$/],
  ["text", /^ご?意見.{0,6}(?:概要|要旨|要約)$|^(?:概要|要旨|コメント|自由記述|自由意見|ご?要望|ご?提案)$/],
];
/** どれでもない列。意見という字があっても、文ではない。 */
const never = /市の考え方|回答|対応|件数|分類|種別|区分$|枚数|有無|備考|同意|確認/;

/** 見出しをそろえる: 幅、空白、改行、「（必須）」「※」「：」を除く。 */
export function plainHead(head: string): string {
  return head
    .replace(/^\ufeff/, "")
    .normalize("NFKC")
    .replace(/\s+/g, "")
    .replace(/[(〔【［[](?:必須|任意|複数可|.{0,4}字以内)[)〕】］\]]|[※*:。]/g, "")
    .toLowerCase();
}

/** 見出しから列を見つける。意見の列はいくつもあってよい（「ご意見①」「ご意見②」）。 */
export function letterColumns(heads: readonly string[]): Map<LetterColumn, number[]> {
  const found = new Map<LetterColumn, number[]>();
  const plain = heads.map(plainHead);
  for (const [column, pattern] of patterns) {
    if (found.has(column)) continue;
    const at = plain.flatMap((head, place) => (fits(column, pattern, head) ? [place] : []));
    const free = at.filter((place) => ![...found.values()].some((taken) => taken.includes(place)));
    if (free.length > 0)
      found.set(column, column === "text" || column === "contact" ? free : free.slice(0, 1));
  }
  return found;
}

function fits(column: LetterColumn, pattern: RegExp, head: string): boolean {
  if (head === "" || (never.test(head) && column === "text")) return false;
  const bare = column === "text" ? head.replace(/(?:その)?(?:\d{1,2}|[一二三四五六七八九])$/, "") : head;
  return pattern.test(head) || (bare !== "" && bare !== head && pattern.test(bare));
}
