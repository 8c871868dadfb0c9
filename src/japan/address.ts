import { chomeFits, findPlace, matchPlace } from "./address-place.ts";
import { kanjiNumberPattern, kanjiNumbersToDigits } from "./kanji-number.ts";
import { lookUpPostalCode, type PostalPlace } from "./postal.ts";
import { formatPostalCode } from "./postal-code.ts";

/** 分けた住所。つなげば元の住所（空白を除く）になる。分からない所は空。 */
export interface AddressParts {
  prefecture: string;
  /** 「札幌市」「石狩郡当別町」。特別区と、区から書かれた住所では空。 */
  city: string;
  /** 政令市の区、特別区。「北区」。 */
  ward: string;
  town: string;
  /** 丁目・番地・号（小字があればそれも）。 */
  street: string;
  /** 方書。建物の名と部屋。 */
  building: string;
  /** 町域まで表で確かめられたとき、その場所。 */
  place: PostalPlace | undefined;
}

/** 住所の長さの上限（文字）。これより後は読まない。 */
export const MAX_ADDRESS_LENGTH = 300;

const PREFECTURE = /^(北海道|東京都|(?:京都|大阪)府|(?:神奈川|和歌山|鹿児島|[^\s都道府県]{2})県)/;

/** 住所を分ける。郵便番号が分かれば渡す（その番号の市区町村と町域を先に当てる）。 */
export function splitAddress(address: string, postalCode?: string): AddressParts {
  const text = address.trim().slice(0, MAX_ADDRESS_LENGTH);
  const found = findPlace(text, postalCode);
  const prefecture = PREFECTURE.exec(text)?.[1] ?? "";
  const cityEnd =
    found?.cityEnd ?? prefecture.length + (CITY.exec(text.slice(prefecture.length))?.[0].length ?? 0);
  const { city, ward } = cityAndWard(text.slice(prefecture.length, cityEnd).trim());
  const rest = text.slice(cityEnd);
  const townLength = found?.place ? found.townEnd - cityEnd : (TOWN.exec(rest)?.[0].length ?? 0);
  return {
    prefecture,
    city,
    ward,
    town: rest.slice(0, townLength).trim(),
    ...splitStreet(rest.slice(townLength)),
    place: found?.place,
  };
}

/** 表で確かめられないとき、書き方だけから見る市区町村と町域。 */
const CITY =
  /^\s*(?:[^\s\d市区町村]{1,6}郡[^\s\d町村]{1,6}[町村]|[^\s\d]{1,6}?市(?:[^\s\d市区町村]{1,4}区)?|[^\s\d市区町村]{1,5}[区町村])/;
const TOWN = new RegExp(
  `^[^\\d０-９]*?(?:[\\d０-９]+条[東西南北]?)?(?=[\\d０-９]|${kanjiNumberPattern}(?:丁目|番|号)|$)`,
);

function cityAndWard(name: string): { city: string; ward: string } {
  const designated = /^(.+?市)(.+区)$/.exec(name);
  if (designated) return { city: designated[1] ?? "", ward: designated[2] ?? "" };
  return /^.{1,4}区$/.test(name) ? { city: "", ward: name } : { city: name, ward: "" };
}

const N = `(?:[0-9０-９]+|${kanjiNumberPattern}(?=丁|番|号|地割|線|の|ノ|[-‐−－]))`;
const UNIT =
  "(?:丁目|丁|番地の?|番町|番|号(?!室|棟|館)|地割|線[東西南北]?|条[東西南北]?|[-‐‑‒–—―−－ー]|[のノ](?=[0-9０-９一二三四五六七八九十]))";
const NUMBERS = `(?:${N}${UNIT}?)+`;
const BUILDING_WORD = "(?:荘|寮|団地|住宅|会館|ビル|コーポ|ハイツ|マンション)";
const AZA = `(?:(?!.{0,12}${BUILDING_WORD})[^0-9０-９A-Za-zＡ-Ｚａ-ｚァ-ヶー]{1,14})`;
const NO_NUMBER = "(?:官有)?無番地|番外地";
// 地割の後には、もう一度小字が来る（第二十一地割大淵川480）。線の後には方角が来る（南七線 西28）。
const STREET = new RegExp(
  `^\\s*(?:${NO_NUMBER}|(?:${AZA})?${NUMBERS}(?:(?<=地割|線)\\s*${AZA}${NUMBERS})?(?:${NO_NUMBER})?)`,
);

/** 町域の後を、番地までと方書に分ける。 */
function splitStreet(rest: string): { street: string; building: string } {
  const street = STREET.exec(rest)?.[0] ?? "";
  return { street: street.trim(), building: rest.slice(street.length).trim() };
}

/**
 * 番地があるか。「北31条西5丁目」で終わる住所は配達されない。
 * 丁目のある町域では、一つ目の数を丁目とみて、その後に数があるかを見る。
 */
export function hasHouseNumber(address: string, postalCode?: string): boolean {
  const { street, place, town } = splitAddress(address, postalCode);
  const plain = kanjiNumbersToDigits(street.normalize("NFKC"));
  if (/無番地|番外地/.test(plain)) return true;
  const firstIsChome = /\d+丁目/.test(plain) || (place?.chome ?? /条[東西南北]?$/.test(town));
  const numbers = plain.match(/\d+/g)?.length ?? 0;
  return numbers - (firstIsChome ? 1 : 0) >= 1;
}

export type PostalAgreement =
  | { state: "match"; place: PostalPlace }
  | { state: "differs"; what: "city" | "town" | "chome"; message: string; suggested: string[] }
  | { state: "unknown"; message: string };

/**
 * 郵便番号と住所が合うか。合わなければ、番号の指す場所と、住所から引いた番号の候補（数字7桁）を添える。
 * 文には番号と町名だけが入り、番地や氏名は入らない。
 */
export function postalMatchesAddress(postalCode: string, address: string): PostalAgreement {
  const { code, places, complete } = lookUpPostalCode(postalCode);
  const shown = `〒${formatPostalCode(code)}`;
  if (code === "") return { state: "unknown", message: "郵便番号は数字7桁でご記入ください。" };
  if (places.length === 0)
    return { state: "unknown", message: `${shown}は郵便番号の表にありません。番号をお確かめください。` };
  const text = address.trim().slice(0, MAX_ADDRESS_LENGTH);
  const suggested = () => postalCodesFor(text).filter((one) => one !== code);
  const hits = places.filter((place) => matchPlace(text, place));
  const hit = hits.find((place) => chomeFits(text, place) !== false);
  // 代表の番号は町域を問わず当たるので、町域の番号がほかにあるなら、そちらが正しい。
  const better = hit?.representative ? suggested() : [];
  if (hit && better.length === 0) return { state: "match", place: hit };
  if (hit)
    return differs("town", `${shown}は町域の定まらない番号です。この町名には別の番号があります。`, better);
  if (hits[0])
    return differs("chome", `${shown}は${placeName(hits[0])}です。住所の丁目と合いません。`, suggested());
  const sameCity = places.find((place) => matchPlace(text, { ...place, town: "" }));
  if (!sameCity)
    return differs(
      "city",
      `${shown}は${placeName(places[0])}です。住所の市区町村と合いません。`,
      suggested(),
    );
  if (!complete && suggested().length === 0) {
    return {
      state: "unknown",
      message: "この郵便番号はいくつかの町域で使われています。町名をお確かめください。",
    };
  }
  return differs("town", `${shown}は${placeName(sameCity)}です。住所の町名と合いません。`, suggested());
}

function differs(what: "city" | "town" | "chome", message: string, suggested: string[]): PostalAgreement {
  return { state: "differs", what, message, suggested };
}

function placeName(place: PostalPlace | undefined): string {
  if (!place) return "";
  const note = place.note && /丁目/.test(place.note) ? `（${place.note}）` : "";
  return `${place.city}${place.town}${note}`;
}

/** 住所から引いた郵便番号（数字7桁）。町域まで一つに決まらなければ空。 */
export function postalCodesFor(address: string): string[] {
  const { place } = splitAddress(address);
  return place && place.town !== "" ? [place.code] : [];
}
