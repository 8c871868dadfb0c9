import type { Day } from "../base/time.ts";
import { hasHouseNumber, postalMatchesAddress, splitAddress } from "../japan/address.ts";
import { addressKey } from "../japan/address-place.ts";
import { nameKey, unusualCharacters } from "../japan/person-name.ts";
import { formatPostalCode, readPostalCode } from "../japan/postal-code.ts";
import { formatMonthDay } from "../japan/wareki.ts";
import { bookingNumber } from "../reception/booking.ts";
import { cardFontHas } from "./card-character.ts";
import { familyName, maskName } from "./notice-card.ts";

/** 一通の内容のうち、確かめに要るもの。 */
export interface CardFacts {
  id: string;
  number: number;
  name: string;
  postal: string;
  address: string;
  building: string;
  largePrint: boolean;
  classId: string;
  day: Day;
  venue: string;
  /** 束に入れた後で内容が変わった。 */
  changed: boolean;
  /** 同じ方に前に戻ってきたはがき（「7月29日「転居先不明」」）。 */
  returned?: string;
  /** 様式に差し込んで実際に組んだページの数（絵を作ったときに分かる）。 */
  pages?: { made: number; expected: number };
}

export type ExceptionCode =
  | "too-late"
  | "missing"
  | "no-house-number"
  | "postal-differs"
  | "postal-unknown"
  | "returned"
  | "twice"
  | "same-home"
  | "overflow"
  | "font"
  | "changed"
  | "large-print";

/** late=このままでは届かない、due=人が見て決める、wait=知っておけばよい。 */
export type ExceptionTone = "late" | "due" | "wait";

/** 確かめるもの一つ。detail は一覧に出るので、氏名・番地を含まない。 */
export interface CardException {
  code: ExceptionCode;
  tone: ExceptionTone;
  title: string;
  detail: string;
  /** 直す候補（郵便番号の数字7桁など）。個人名を含まない。 */
  suggested?: string[];
}

export interface CheckContext {
  /** 次の集荷で出すと、受講日の何日前に届くか。 */
  daysBeforeClass(day: Day): number;
  /** 様式が印字する項目のうち、この通の内容が空のもの。 */
  missingFields(id: string): readonly string[];
  /** まどぐちの標準のはがきに組んだ結果。委託者の様式なら undefined。 */
  ownLayout?(id: string): { overflow: readonly string[]; missing: readonly string[] } | undefined;
  /** 大きな文字の様式が登録されているか。 */
  hasLargeTemplate: boolean;
  /** 同じ宛先を探す相手（ほかの束の通も含めてよい）。 */
  neighbours: readonly CardFacts[];
}

const tones: readonly ExceptionTone[] = ["late", "due", "wait"];
/** はがき（幅 100 mm）に、読める大きさの全角で無理なく入る字数。 */
export const cardRoom = { name: 14, address: 24, building: 22 } as const;

/** 一通の確かめるもの。悪いものから。 */
export function checkCard(card: CardFacts, context: CheckContext): CardException[] {
  const own = context.ownLayout?.(card.id);
  const found = [
    ...lateness(card, context),
    ...missing(card, context),
    ...houseNumber(card),
    ...postal(card),
    ...returns(card),
    ...twins(card, context.neighbours),
    ...(own ? ownOverflow(own.overflow) : overflow(card)),
    ...(own ? oddCharacters(own.missing) : characters(card)),
    ...changes(card),
    ...largePrint(card, context.hasLargeTemplate),
  ];
  return found.sort((a, b) => tones.indexOf(a.tone) - tones.indexOf(b.tone));
}

/** 束の全部。同じ重さの中では受付番号の順に並べるために、比べる関数も出す。 */
export function compareExceptions(
  a: { exceptions: readonly CardException[]; number: number },
  b: { exceptions: readonly CardException[]; number: number },
): number {
  const rank = (one: { exceptions: readonly CardException[] }) => {
    const tone = one.exceptions[0]?.tone;
    return tone ? tones.indexOf(tone) : tones.length;
  };
  return rank(a) - rank(b) || a.number - b.number;
}

function lateness(card: CardFacts, context: CheckContext): CardException[] {
  const left = context.daysBeforeClass(card.day);
  if (left > 0) return [];
  return [
    {
      code: "too-late",
      tone: "late",
      title: "はがきでは受講日に間に合いません",
      detail: `${formatMonthDay(card.day, { weekday: true })}の講習会です。お電話でお知らせください`,
    },
  ];
}

function missing(card: CardFacts, context: CheckContext): CardException[] {
  const names = context.missingFields(card.id);
  if (names.length === 0) return [];
  return [
    {
      code: "missing",
      tone: "late",
      title: "印字する項目が空です",
      detail: `${names.join("、")}がありません`,
    },
  ];
}

function houseNumber(card: CardFacts): CardException[] {
  const address = card.address.trim();
  if (address === "" || hasHouseNumber(`${address} ${card.building}`, card.postal)) return [];
  return [
    {
      code: "no-house-number",
      tone: "late",
      title: "番地がありません",
      detail: `${maskName(card.name)}　住所が「${addressTail(address, card.postal)}」で終わっています`,
    },
  ];
}

/** 住所の終わり。丁目までか町名で、番地は（ないので）含まない。 */
function addressTail(address: string, postalCode: string): string {
  const { street, town, ward, city } = splitAddress(address, postalCode);
  const last = street || town || ward || city || address;
  return [...last].slice(-8).join("");
}

function postal(card: CardFacts): CardException[] {
  if (card.postal.trim() === "")
    return card.address.trim() === "" ? [] : [unknownPostal("郵便番号が入力されていません")];
  const found = postalMatchesAddress(card.postal, card.address);
  if (found.state === "match") return [];
  if (found.state === "unknown") {
    const readable = readPostalCode(card.postal) !== undefined;
    const shared = readable && /いくつかの町域/.test(found.message);
    return [
      {
        ...unknownPostal(found.message),
        ...(shared ? { tone: "due" as const, title: "郵便番号を確かめられません" } : {}),
      },
    ];
  }
  const hint = found.suggested[0];
  return [
    {
      code: "postal-differs",
      tone: "late",
      title: "郵便番号と住所が合いません",
      detail: hint ? `${found.message}候補は〒${formatPostalCode(hint)}` : found.message,
      ...(found.suggested.length > 0 ? { suggested: found.suggested } : {}),
    },
  ];
}

function unknownPostal(detail: string): CardException {
  return { code: "postal-unknown", tone: "late", title: "郵便番号が分かりません", detail };
}

function returns(card: CardFacts): CardException[] {
  if (card.returned === undefined) return [];
  return [
    {
      code: "returned",
      tone: "due",
      title: "前の通知書が返戻されています",
      detail: `${card.returned}。宛先を確かめてから承認してください`,
    },
  ];
}

/** 同じ住所・同じ姓。同じ方の二重の予約か、ご家族の別の予約か。 */
function twins(card: CardFacts, neighbours: readonly CardFacts[]): CardException[] {
  const home = homeKey(card);
  if (home === "") return [];
  const same = neighbours.filter((one) => one.id !== card.id && homeKey(one) === home);
  // 二通で一つの確かめなので、二重の予約は後の通に、ご家族は先の通に出す。
  const again = same.find(
    (one) => one.number < card.number && one.day === card.day && nameKey(one.name) === nameKey(card.name),
  );
  if (again)
    return [
      {
        code: "twice",
        tone: "due",
        title: "同じ方に、同じ日の2通",
        detail: `${bookingNumber(again.number)} と同じ方・同じ日です。二重の予約でないかご確認ください`,
      },
    ];
  const family = familyName(card.name);
  const kin = same.find(
    (one) =>
      one.number > card.number &&
      family &&
      familyName(one.name) &&
      nameKey(familyName(one.name) ?? "") === nameKey(family) &&
      nameKey(one.name) !== nameKey(card.name),
  );
  if (!kin) return [];
  const together = kin.day === card.day;
  return [
    {
      code: "same-home",
      tone: "due",
      title: "同じ住所・同じ姓に2通",
      detail: `${bookingNumber(kin.number)} と${together ? "同日。ご夫婦の別予約とみられます" : "別の日。ご家族の別予約とみられます"}`,
    },
  ];
}

/** 束の全員を全員と比べるので、鍵は一通に一度だけ作る。 */
const homes = new WeakMap<CardFacts, string>();

function homeKey(card: CardFacts): string {
  const known = homes.get(card);
  if (known !== undefined) return known;
  const address = addressKey(card.address);
  const key = address === "" ? "" : `${address}|${addressKey(card.building)}`;
  homes.set(card, key);
  return key;
}

/** 全角を1、半角を0.5と数えた幅。 */
export function printWidth(text: string): number {
  return [...text].reduce((sum, char) => sum + (/^[\u0020-\u007e\uff61-\uff9f]$/.test(char) ? 0.5 : 1), 0);
}

function overflow(card: CardFacts): CardException[] {
  if (card.pages) {
    const { made, expected } = card.pages;
    if (made > expected)
      return [
        {
          code: "overflow",
          tone: "late",
          title: "はがきに入りきりません",
          detail: `様式に組むと${made}ページになります（${expected}ページのはず）`,
        },
      ];
  }
  const long = (["name", "address", "building"] as const).filter(
    (field) => printWidth(card[field]) > cardRoom[field],
  );
  if (long.length === 0) return [];
  const labels = { name: "氏名", address: "住所", building: "建物名" };
  return [
    {
      code: "overflow",
      tone: "due",
      title: "はがきに入りきらないおそれ",
      detail: long
        .map(
          (field) =>
            `${labels[field]}が${Math.ceil(printWidth(card[field]))}字（めやす${cardRoom[field]}字）`,
        )
        .join("、"),
    },
  ];
}

/** 標準のはがきは、組んでみて入りきらないものだけを言う。 */
function ownOverflow(fields: readonly string[]): CardException[] {
  if (fields.length === 0) return [];
  return [
    {
      code: "overflow",
      tone: "late",
      title: "はがきに入りきりません",
      detail: `${fields.join("、")}が、いちばん小さな文字でも入りません`,
    },
  ];
}

function characters(card: CardFacts): CardException[] {
  return oddCharacters(unusualCharacters(`${card.name}${card.address}${card.building}`, cardFontHas));
}

function oddCharacters(odd: readonly string[]): CardException[] {
  if (odd.length === 0) return [];
  return [
    {
      code: "font",
      tone: "due",
      title: "はがきの書体にない字",
      detail: `${odd.slice(0, 3).map(describe).join("、")}。字は変えずに印字します。絵で字形をご確認ください`,
    },
  ];
}

function describe(grapheme: string): string {
  const codes = [...grapheme].map((char) => char.codePointAt(0) ?? 0);
  const variant = codes.some(
    (code) => (code >= 0xfe00 && code <= 0xfe0f) || (code >= 0xe0100 && code <= 0xe01ef),
  );
  const hex = codes.map((code) => `U+${code.toString(16).toUpperCase().padStart(4, "0")}`).join(" ");
  return variant ? `「${grapheme}」は異体字（${hex}）` : `「${grapheme}」（${hex}）`;
}

function changes(card: CardFacts): CardException[] {
  if (!card.changed) return [];
  return [
    {
      code: "changed",
      tone: "due",
      title: "束を作った後で予約が変わりました",
      detail: `いまは${formatMonthDay(card.day, { weekday: true })} ${card.venue}。承認すると今の内容で印刷します`,
    },
  ];
}

function largePrint(card: CardFacts, hasTemplate: boolean): CardException[] {
  if (!card.largePrint) return [];
  return hasTemplate
    ? [
        {
          code: "large-print",
          tone: "wait",
          title: "大きな文字の通知書を希望",
          detail: "配慮事項により別の版で印刷します",
        },
      ]
    : [
        {
          code: "large-print",
          tone: "due",
          title: "大きな文字の通知書を希望",
          detail: "大きな文字の様式が登録されていません。通常の版で印刷されます",
        },
      ];
}
