/**
 * 氏名の扱い。氏名は書かれたとおりに保つ。
 * NFKC はもちろん NFC も使わない：NFC でも「塚」（U+FA10）や「神」（U+FA19）は別の字に置き換わり、
 * 本人の字でなくなる。異体字セレクタ（IVS）も残す。
 */

const VARIATION_SELECTORS = /[\ufe00-\ufe0f\u{e0100}-\u{e01ef}]/gu;

/** 保存する形：制御文字を除き、空白は全角一つ、前後の空白を除く。字は変えない。 */
export function cleanName(text: string): string {
  return text
    .replace(/[\s\u0085\u200b\u2060\ufeff]+/gu, "　")
    .replace(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, "")
    .replace(/^　+|　+$/gu, "");
}

/**
 * 見比べるときだけ同じとみなす字。左が探すときの形。印刷や保存には使わない。
 * 塚（U+FA10）など CJK 互換漢字は、鍵の NFKC が畳むのでここには要らない。
 */
const variants: readonly string[] = [
  "高髙",
  "崎﨑嵜碕",
  "浜濱濵",
  "辺邊邉",
  "斉齊斎齋",
  "沢澤",
  "広廣",
  "国國",
  "島嶋嶌",
  "吉𠮷",
  "徳德",
  "富冨",
  "条條",
  "恵惠",
  "栄榮",
  "桜櫻",
  "真眞",
  "豊豐",
  "関關",
  "黒黑",
  "滝瀧",
  "芦蘆",
  "竜龍",
  "実實",
  "寿壽",
  "礼禮",
  "静靜",
  "館舘",
  "峰峯",
  "万萬",
  "与與",
  "円圓",
  "学學",
  "巌巖",
  "薮藪",
  "桧檜",
];

const folded = new Map(
  variants.flatMap((group) => {
    const [base = "", ...others] = [...group];
    return others.map((other) => [other, base] as const);
  }),
);

/** 探すための鍵。異体字・全角半角・空白の違いを畳む。「髙﨑 一」と「高崎一」は同じ鍵。 */
export function nameKey(text: string): string {
  const bare = cleanName(text).replace(VARIATION_SELECTORS, "").replaceAll("　", "");
  return [...bare]
    .map((char) => folded.get(char) ?? char)
    .join("")
    .normalize("NFKC")
    .toLowerCase();
}

/** 書けない字を、重ねずに挙げる。canWrite は、書体や Shift_JIS にその字があるかを答える関数。 */
export function unusualCharacters(text: string, canWrite: (char: string) => boolean): string[] {
  return [
    ...new Set(
      [...new Intl.Segmenter("ja", { granularity: "grapheme" }).segment(text)].map((s) => s.segment),
    ),
  ].filter((char) => !/^\s$/u.test(char) && !canWrite(char));
}
