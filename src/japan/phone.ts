import { parsePhoneNumberFromString } from "libphonenumber-js/max";
import { maskWrittenPhone, splitPhone, spokenDigits } from "./phone-digits.ts";

export { spokenDigits, spokenPhoneTail } from "./phone-digits.ts";

/** 発信者番号の種類。番号でないものは、相手を番号で見分けてはならない。 */
export type CallerKind = "number" | "withheld" | "payphone" | "out-of-area" | "none";

export interface Phone {
  /** 国内の書き方「011-211-2136」。日本の番号でなければ「+1 212 555 1212」。 */
  text: string;
  /** 数字だけ（国内は 0 から）。 */
  digits: string;
  /** 「+81112112136」。形が疑わしければ undefined。 */
  e164: string | undefined;
  kind: "fixed" | "mobile" | "toll-free" | "ip" | "navi-dial" | "other";
  extension: string | undefined;
  /** 疑わしいところ。受付を止めず、確かめてもらうための文。 */
  warning: string | undefined;
}

const callerWords: readonly [RegExp, CallerKind][] = [
  [/^(非通知(設定)?|番号非通知|anonymous|private|restricted|withheld|p)$/i, "withheld"],
  [/^(公衆電話|公衆|payphone|coin|c)$/i, "payphone"],
  [/^(表示圏外|圏外|通知不可(能)?|サービス競合|unavailable|unknown|out-?of-?area|o|s)$/i, "out-of-area"],
  [/^(なし|不明|-+)?$/i, "none"],
];

const callerLabels: Readonly<Record<Exclude<CallerKind, "number">, string>> = {
  withheld: "非通知",
  payphone: "公衆電話",
  "out-of-area": "表示圏外",
  none: "番号なし",
};

/** 着信の番号表示の種類。ナンバー・ディスプレイの P・C・O・S も読む。 */
export function callerKind(text: string): CallerKind {
  const plain = text.normalize("NFKC").trim().replace(/^<|>$/g, "");
  return callerWords.find(([word]) => word.test(plain))?.[1] ?? "number";
}

/** 画面に出す着信の表示。番号は伏せる。 */
export function callerLabel(text: string): string {
  const kind = callerKind(text);
  return kind === "number" ? maskPhone(text) : callerLabels[kind];
}

/**
 * 電話番号を読む。全角、括弧、内線、+81 を受ける。数字が一つもなければ undefined。
 * 疑わしい番号も捨てず、warning を付けて返す（番号の検査は受付を止める理由にならない）。
 */
export function readPhone(input: string): Phone | undefined {
  const split = splitPhone(input);
  return split && { ...describe(split.written, split.digits), extension: split.extension };
}

function describe(written: string, digits: string): Omit<Phone, "extension"> {
  if (written.startsWith("+") && !written.startsWith("+81")) return describeForeign(written, digits);
  const mobile = mobileShape(written, digits);
  if (mobile) return mobile;
  const parsed = parsePhoneNumberFromString(digits, "JP");
  if (parsed?.country === "JP" && parsed.isValid()) {
    return {
      text: parsed.formatNational(),
      digits,
      e164: parsed.number,
      kind: kindOf(digits),
      warning: allSame(digits) ? REPEATED : undefined,
    };
  }
  return {
    text: asWritten(written, digits),
    digits,
    e164: undefined,
    kind: kindOf(digits),
    warning: doubt(digits),
  };
}

/**
 * 携帯は 0A0-BCDE-FGHJ。番号の検査器は「080-0000-0000」を 0800-000-0000（着信課金）と読むので、
 * 3-4-4 に区切って書かれた 080 は、その区切りを信じて携帯とし、疑わしいことだけを伝える。
 */
function mobileShape(written: string, digits: string): Omit<Phone, "extension"> | undefined {
  if (!/^0[6789]0\d{8}$/.test(digits)) return undefined;
  const groupedAsMobile = /^\(?0[6789]0\)?[\s-]*\d{4}[\s-]+\d{4}$/.test(written);
  const unassigned = digits[3] === "0";
  if (unassigned && !(groupedAsMobile && /^0[789]0/.test(digits))) return undefined;
  const text = `${digits.slice(0, 3)}-${digits.slice(3, 7)}-${digits.slice(7)}`;
  const e164 = unassigned ? undefined : `+81${digits.slice(1)}`;
  const warning = unassigned
    ? "携帯電話の番号としては使われていない並びです。お確かめください。"
    : allSame(digits)
      ? REPEATED
      : undefined;
  return { text, digits, e164, kind: "mobile", warning };
}

const REPEATED = "同じ数字が続いています。お確かめください。";

function describeForeign(written: string, digits: string): Omit<Phone, "extension"> {
  const parsed = parsePhoneNumberFromString(written);
  const valid = parsed?.isValid() ?? false;
  return {
    text: parsed?.formatInternational() ?? `+${digits}`,
    digits,
    e164: valid ? parsed?.number : undefined,
    kind: "other",
    warning: valid
      ? "海外の番号です。折り返しの可否をお確かめください。"
      : "海外の番号としても読めません。お確かめください。",
  };
}

function kindOf(digits: string): Phone["kind"] {
  if (/^(0120|0800)/.test(digits)) return "toll-free";
  if (/^0570/.test(digits)) return "navi-dial";
  if (/^050/.test(digits)) return "ip";
  if (/^0[6789]0\d{8}$/.test(digits)) return "mobile";
  return /^0[1-9]\d{8}$/.test(digits) ? "fixed" : "other";
}

function allSame(digits: string): boolean {
  return /(\d)\1{6,}$/.test(digits);
}

function doubt(digits: string): string {
  if (!digits.startsWith("0")) return "市外局番からの番号（0から始まる番号）か、お確かめください。";
  if (digits.length < 10) return `電話番号の桁が足りません（${digits.length}桁）。お確かめください。`;
  if (digits.length > 11) return `電話番号の桁が多すぎます（${digits.length}桁）。お確かめください。`;
  return "番号計画にない並びです。お確かめください。";
}

/** 検査を通らない番号は、書かれた区切りを保つ。区切りがなければ区切らない。 */
function asWritten(written: string, digits: string): string {
  const groups = written.split(/\D+/).filter((group) => group !== "");
  return groups.join("") === digits ? groups.join("-") : digits;
}

/** 電話番号を書く形に。読めなければ、前後の空白を除いて返す。 */
export function formatPhone(input: string): string {
  const phone = readPhone(input);
  if (!phone) return input.trim();
  return phone.extension === undefined ? phone.text : `${phone.text}（内線${phone.extension}）`;
}

/** 同じ番号かを見比べる鍵（HMAC に入れる）。E.164、疑わしい番号は数字だけ。番号がなければ undefined。 */
export function phoneKey(input: string): string | undefined {
  const phone = callerKind(input) === "number" ? readPhone(input) : undefined;
  return phone && (phone.e164 ?? phone.digits);
}

/** 「011-***-2136」。最初の組（市外局番）と末尾4桁だけを残す。短い番号は末尾2桁だけ。 */
export function maskPhone(input: string): string {
  const phone = readPhone(input);
  return phone ? maskWrittenPhone(phone.text) : "***";
}

/** 電話番号を組ごとに読む。「ゼロ・イチ・イチ、ニ・イチ・イチ、ニ・イチ・サン・ロク」。 */
export function spokenPhone(input: string): string {
  const phone = readPhone(input);
  if (!phone) return "";
  const spoken = phone.text
    .split(/\D+/)
    .filter((group) => group !== "")
    .map(spokenDigits)
    .join("、");
  return phone.extension === undefined ? spoken : `${spoken}、内線 ${spokenDigits(phone.extension)}`;
}
