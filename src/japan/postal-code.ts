import { AppError } from "../base/error.ts";

/** 郵便番号の表の一行。町域は表に書かれたまま（「北一条西（１〜１９丁目）」）。 */
export interface PostalRow {
  code: string;
  jisCode: string;
  prefecture: string;
  city: string;
  town: string;
  townKana?: string;
  /** 丁目のある町域か。 */
  chome: boolean;
  /** 一つの番号が、ほかの町域にも使われているか。 */
  shared: boolean;
  /** 大口事業所・私書箱の個別番号なら、その事業所。 */
  office?: PostalOffice;
}

export interface PostalOffice {
  name: string;
  kana: string;
  /** 小字・丁目・番地。 */
  street: string;
  postOffice: string;
  poBox: boolean;
}

/** 宛名に書ける町域。注記（括弧の中）は note に分け、town には決して残さない。 */
export interface TownName {
  town: string;
  note?: string;
  /** 町域の定まらない代表番号（以下に掲載がない場合、一円、次に番地がくる場合）。 */
  representative: boolean;
}

/** 郵便番号を数字7桁に。〒、全角、空白、ハイフンの揺れを除く。7桁にならなければ undefined。 */
export function readPostalCode(text: string): string | undefined {
  if (text.length > 30) return undefined;
  const digits = text.normalize("NFKC").replace(/[〒\s\-‐‑‒–—―−ー]/g, "");
  return /^\d{7}$/.test(digits) ? digits : undefined;
}

/** readPostalCode と同じ。読めなければ BAD_INPUT。 */
export function parsePostalCode(text: string): string {
  const code = readPostalCode(text);
  if (code) return code;
  const message = "郵便番号は数字7桁（例：060-8611）でご記入ください。";
  throw new AppError("BAD_INPUT", message, { faults: [{ field: "postalCode", message }] });
}

/** 「060-8611」。読めなければ、前後の空白を除いて返す。 */
export function formatPostalCode(text: string): string {
  const code = readPostalCode(text);
  return code ? `${code.slice(0, 3)}-${code.slice(3)}` : text.trim();
}

/**
 * 表の町域を、宛名に書ける町域に。二つの町域が並ぶ行（「甲、乙（大木戸）」）は二つに分ける。
 * 「種市第１５地割〜第２１地割（鹿糠）」のような幅は、番号の前まで（種市）を町域とする。
 */
export function townNames(raw: string): TownName[] {
  if (/以下に掲載がない場合|の次に.*場合/.test(raw)) {
    const rule = /^.*の次に/.test(raw) ? raw.replace(/（.*$/, "") : undefined;
    return [{ town: "", representative: true, ...(rule === undefined ? {} : { note: rule }) }];
  }
  if (/.一円$/.test(raw)) return [{ town: "", representative: true }];
  const paren = /（(.*)$/.exec(raw);
  const note = paren?.[1]?.replace(/）$/, "").replaceAll("）（", "・");
  const bare = raw.replace(/（.*$/, "");
  const ranged = /[〜、].*地割|地割[〜、]/.test(bare) ? bare.replace(/第?[０-９0-9]+地割.*$/, "") : bare;
  const towns = ranged.split(/[、〜]/).filter((town) => town !== "");
  return (towns.length === 0 ? [""] : towns).map((town) => ({
    town,
    representative: false,
    ...(note === undefined || note === "" ? {} : { note }),
  }));
}

/** 注記が丁目の範囲（「１〜１９丁目」「１、３丁目」）なら、その丁目を含むか。範囲でなければ undefined。 */
export function chomeAllowed(note: string | undefined, chome: number): boolean | undefined {
  const plain = note
    ?.normalize("NFKC")
    .replace(/[〜～−–—]/g, "~")
    .replace(/(\d)-(\d)/g, "$1~$2");
  if (!plain || !/^[\d~、,]+丁目$/.test(plain)) return undefined;
  return plain
    .replace("丁目", "")
    .split(/[、,]/)
    .some((part) => {
      const [from = "", to = from] = part.split("~");
      return chome >= Number(from) && chome <= Number(to);
    });
}
