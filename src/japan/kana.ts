/**
 * カナ。氏名のカナは電話で聞き取ったものを書くので、書き方の揺れ（ひらがな、半角、空白、長音の記号）を
 * ならしてから保存し、探すときはさらに揺れを畳んだ鍵で比べる。
 */

const HIRAGANA = /[ぁ-ゖゝゞ]/g;
const KANA_OFFSET = 0x60;

/** ひらがなを全角カタカナに。ほかの文字は変えない。 */
export function hiraganaToKatakana(text: string): string {
  return text.replace(HIRAGANA, (char) => String.fromCodePoint((char.codePointAt(0) ?? 0) + KANA_OFFSET));
}

/** 全角カタカナをひらがなに（ヴは「ゔ」）。ヷなど、ひらがなのない字はそのまま。 */
export function katakanaToHiragana(text: string): string {
  return text.replace(/[ァ-ヶヽヾ]/g, (char) =>
    String.fromCodePoint((char.codePointAt(0) ?? 0) - KANA_OFFSET),
  );
}

/**
 * カナ欄の標準形。ひらがな・半角カナを全角カタカナに、姓と名の間の空白は全角一つに、
 * カナに続くハイフンの類は長音にする。
 */
export function normalizeKana(text: string): string {
  const full = hiraganaToKatakana(text.normalize("NFKC"));
  return full
    .replace(/(?<=[ァ-ヺー])[-‐‑‒–—―−─]/g, "ー")
    .replace(/[･]/g, "・")
    .replace(/\s+/g, "　")
    .replace(/^　|　$/g, "");
}

/** カナ欄として正しければ undefined、そうでなければ欄の下に出す文。 */
export function kanaFault(text: string): string | undefined {
  const kana = normalizeKana(text);
  if (kana === "") return "カナをご記入ください。";
  if ([...kana].length > 60) return "カナは60文字までです。";
  if (/[^ァ-ヺー・　]/.test(kana))
    return "カナは、カタカナかひらがなでご記入ください。漢字・数字・英字は使えません。";
  if (/^[ーンッャュョァィゥェォヮ・]/.test(kana)) return "カナの始まりの文字をご確認ください。";
  return undefined;
}

const smallToLarge: Readonly<Record<string, string>> = {
  ァ: "ア",
  ィ: "イ",
  ゥ: "ウ",
  ェ: "エ",
  ォ: "オ",
  ッ: "ツ",
  ャ: "ヤ",
  ュ: "ユ",
  ョ: "ヨ",
  ヮ: "ワ",
  ヵ: "カ",
  ヶ: "ケ",
  ヰ: "イ",
  ヱ: "エ",
  ヲ: "オ",
  ヂ: "ジ",
  ヅ: "ズ",
};

/**
 * 探すための鍵。空白・中黒を除き、小さい字は大きく、ヂヅヲはジズオに、長音は除く。濁点は残す。
 * 保存した値の索引（HMAC）にも、同じ人かの見比べにも使う。
 */
export function kanaKey(text: string): string {
  return [...normalizeKana(text)]
    .map((char) => smallToLarge[char] ?? char)
    .join("")
    .replace(/[　・ー]/g, "");
}

/** 濁点・半濁点も畳んだ鍵。「タカハタ」と「タカバタケ」を聞き違えたときの広い探し方に。 */
export function looseKanaKey(text: string): string {
  return kanaKey(text)
    .normalize("NFD")
    .replace(/[\u3099\u309a]/g, "");
}

export type KanaMatch = "exact" | "prefix" | "loose";

/** stored が query に当たるか。近い順に exact（同じ）、prefix（前方）、loose（濁点を問わない前方）。 */
export function matchKana(stored: string, query: string): KanaMatch | undefined {
  const [key, wanted] = [kanaKey(stored), kanaKey(query)];
  if (wanted === "") return undefined;
  if (key === wanted) return "exact";
  if (key.startsWith(wanted)) return "prefix";
  return looseKanaKey(stored).startsWith(looseKanaKey(query)) ? "loose" : undefined;
}

/**
 * 名簿の順。ICU の日本語の照合順（清音・濁音、直音・促音拗音、長音を段階に分けて比べる）で、
 * 姓と名の間の空白は数えない。データベースの照合順は C（符号の順）なので、並べるのはいつもここで行う。
 */
const collator = new Intl.Collator("ja", { ignorePunctuation: true });

export function compareKana(a: string, b: string): number {
  const byKana = collator.compare(normalizeKana(a), normalizeKana(b));
  if (byKana !== 0) return byKana;
  return a < b ? -1 : a > b ? 1 : 0;
}

/** 名簿の見出し。「カ行」の「カ」。カナで始まらなければ「他」。 */
export function kanaRow(text: string): string {
  const first = looseKanaKey(text)[0] ?? "";
  const rows = [
    "アイウエオ",
    "カキクケコ",
    "サシスセソ",
    "タチツテト",
    "ナニヌネノ",
    "ハヒフヘホ",
    "マミムメモ",
    "ヤユヨ",
    "ラリルレロ",
    "ワン",
  ];
  return first === "" ? "他" : (rows.find((row) => row.includes(first))?.[0] ?? "他");
}
