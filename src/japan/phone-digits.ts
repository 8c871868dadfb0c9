/*
 * 電話番号のうち、番号計画の表を要らないところ（数字、伏せ字、読み上げ）。
 * 受付デスクの島はこちらだけを見る。区切りと検査は phone.ts（番号計画の表は、配るには重い）。
 */

const EXTENSION =
  /(?:[,、;；/／(（]*\s*(?:内線|内|ext(?:ension)?[.-]?|x|#)\s*[:：]?\s*)(\d{1,6})\s*[)）]?\s*$/i;
const DASHES = /[‐‑‒–—―−ー－ｰ~〜～.・]/g;
const LONGEST = 80;

/** 番号の区切りに書かれる線や点（全角・半角、長音、マイナス、ダッシュ、中黒）を除いた文。文の中に番号が書かれていないかを探すときに。 */
export function withoutDashes(text: string): string {
  return text.normalize("NFKC").replace(DASHES, "").replaceAll("-", "");
}

export interface WrittenPhone {
  /** 内線と「TEL:」を除いた、書かれたままの番号（半角）。 */
  written: string;
  /** 数字だけ。国内は 0 から、外国は国番号から。 */
  digits: string;
  extension: string | undefined;
}

/** 書かれた番号を分ける。全角、括弧、内線、+81 を受ける。数字が一つもなければ undefined。 */
export function splitPhone(input: string): WrittenPhone | undefined {
  if (input.length > LONGEST) return undefined;
  const plain = input.normalize("NFKC").replace(DASHES, "-").trim();
  const extension = EXTENSION.exec(plain)?.[1];
  const written = (extension === undefined ? plain : plain.replace(EXTENSION, ""))
    .replace(/^(?:tel|電話|でんわ|携帯|自宅|固定|fax)\s*[:：]?\s*/i, "")
    .trim();
  const digits = domesticDigits(written);
  return digits === "" ? undefined : { written, digits, extension };
}

/** 国内の 0 から始まる数字。+81・010-81・81 は 0 に直す。外国の番号は + を落とした数字。 */
function domesticDigits(written: string): string {
  const digits = written.replace(/\D/g, "");
  if (written.startsWith("+81")) return digits.replace(/^810?/, "0");
  if (/^01081/.test(digits) && digits.length >= 14) return digits.replace(/^010810?/, "0");
  if (/^81[1-9]\d{8,9}$/.test(digits)) return `0${digits.slice(2)}`;
  return digits;
}

/** 数字だけ（国内は 0 から）。読めなければ空。 */
export function phoneDigits(input: string): string {
  return splitPhone(input)?.digits ?? "";
}

/**
 * 「011-***-2136」。書かれた最初の組と、末尾4桁だけを残す。短い番号は末尾2桁だけ。
 * 区切らずに書かれた固定電話は、市外局番がどこまでか分からないので、頭も伏せる。
 */
export function maskWrittenPhone(input: string): string {
  const phone = splitPhone(input);
  if (!phone) return "***";
  const { written, digits } = phone;
  if (digits.length < 9) return `***${digits.slice(-2)}`;
  const tail = digits.slice(-4);
  const groups = written.match(/\+?\d+/g) ?? [];
  const first = groups.length > 1 ? (groups[0] ?? "") : knownHead(digits);
  if (first === "") return `***-${tail}`;
  // 市外局番が長いと（01558-2-1234）残りが読めてしまうので、頭は4桁までにする。
  return `${first.length <= 4 ? first : `${first.slice(0, 3)}**`}-***-${tail}`;
}

/** 区切りがなくても分かる頭（携帯、IP、着信課金）。 */
function knownHead(digits: string): string {
  if (/^(?:0120|0800|0570)/.test(digits)) return digits.slice(0, 4);
  return /^0[5-9]0\d{8}$/.test(digits) ? digits.slice(0, 3) : "";
}

const spokenDigit = ["ゼロ", "イチ", "ニ", "サン", "ヨン", "ゴ", "ロク", "ナナ", "ハチ", "キュウ"] as const;

/** 数字を一つずつ読む。「ゼロ・イチ・イチ」。数字でない字は飛ばす。 */
export function spokenDigits(text: string): string {
  return [...text.normalize("NFKC")]
    .flatMap((char) => (/\d/.test(char) ? [spokenDigit[Number(char)]] : []))
    .join("・");
}

/** 末尾4桁を読む。「ヨン・ヨン・ナナ・イチ」。 */
export function spokenPhoneTail(input: string): string {
  return spokenDigits(phoneDigits(input).slice(-4));
}
