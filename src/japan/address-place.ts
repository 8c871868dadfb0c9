import { kanjiNumbersToDigits } from "./kanji-number.ts";
import { lookUpPostalCode, type Municipality, municipalities, type PostalPlace, placesIn } from "./postal.ts";
import { chomeAllowed } from "./postal-code.ts";

/**
 * 見比べるための形。全角半角、空白、ケヶガ、ノの之、大字・字、漢数字の違いをなくす。
 * 「北区北３１条西」と「北区北三十一条西」は同じ。
 */
export function addressKey(text: string): string {
  const folded = text
    .normalize("NFKC")
    .replace(/\s+/g, "")
    .replace(/[‐‑‒–—―−ー]/g, "-");
  return kanjiNumbersToDigits(folded)
    .replace(/[ヶケがガ]/g, "ケ")
    .replace(/[のノ之]/g, "ノ")
    .replace(/大字|字/g, "")
    .replaceAll("澤", "沢")
    .replaceAll("條", "条")
    .replaceAll("龍", "竜");
}

/** 住所の中で、市区町村と町域がどこまでか。町域まで表で確かめられなければ place は undefined。 */
export interface FoundPlace {
  place: PostalPlace | undefined;
  cityEnd: number;
  townEnd: number;
}

/** 住所の始まりとして認める書き方の鍵。県・郡は省かれることがあり、区から書く人もいる。 */
function heads(prefecture: string, city: string): { full: string[]; ward: string[] } {
  const short = city.replace(/^.+郡(?=.)/, "");
  const ward = /市(.+区)$/.exec(city)?.[1];
  return {
    full: [...new Set([prefecture + city, city, prefecture + short, short])].map(addressKey),
    ward: ward ? [addressKey(ward)] : [],
  };
}

interface KeyedPlace {
  place: PostalPlace;
  key: string;
}

/** 市区町村ごとの町域の鍵。いちど作れば何千件でも引ける。持つのは最近の数市だけ。 */
const keyed = new Map<Municipality, KeyedPlace[]>();
const MAX_KEYED = 32;

function keyedPlaces(one: Municipality): KeyedPlace[] {
  const known = keyed.get(one);
  if (known) return known;
  const made = placesIn(one)
    .filter((place) => place.town !== "")
    .map((place) => ({ place, key: addressKey(place.town) }));
  const [oldest] = keyed.keys();
  if (keyed.size >= MAX_KEYED && oldest) keyed.delete(oldest);
  keyed.set(one, made);
  return made;
}

let headIndex: Map<string, { one: Municipality; ward: boolean }[]> | undefined;

function headsToMunicipalities(): Map<string, { one: Municipality; ward: boolean }[]> {
  if (headIndex) return headIndex;
  const index = new Map<string, { one: Municipality; ward: boolean }[]>();
  const add = (head: string, one: Municipality, ward: boolean) => {
    index.set(head, [...(index.get(head) ?? []), { one, ward }]);
  };
  for (const one of municipalities()) {
    const { full, ward } = heads(one.prefecture, one.city);
    for (const head of full) add(head, one, false);
    for (const head of ward) add(head, one, true);
  }
  headIndex = index;
  return index;
}

/** 町域を当てる。番号が分かればその番号の場所を先に、なければ住所の市区町村から。 */
export function findPlace(text: string, postalCode: string | undefined): FoundPlace | undefined {
  const coded =
    postalCode === undefined ? [] : lookUpPostalCode(postalCode).places.filter((place) => !place.office);
  const byCode = pick(
    text,
    coded.filter((place) => place.town !== ""),
  );
  if (byCode) return byCode;
  const candidates = candidateMunicipalities(text);
  const hits = candidates.flatMap(({ one, head }) => townHits(text, one, head));
  const best = Math.max(0, ...hits.map(({ key }) => key.length));
  const found = pick(
    text,
    hits.filter(({ key }) => key.length === best).map(({ place }) => place),
  );
  if (found) return found;
  const [only] = candidates;
  const cityEnd = only && endOf(text, only.head);
  if (cityEnd !== undefined && !candidates.some(({ ward }) => ward))
    return { place: undefined, cityEnd, townEnd: cityEnd };
  return pick(text, coded);
}

/** 住所の始まりに当たる市区町村。最も長く当たるもの（府中市のように二つあれば両方）。 */
function candidateMunicipalities(text: string): { one: Municipality; ward: boolean; head: string }[] {
  const key = addressKey(text);
  for (let length = Math.min(key.length, 16); length >= 2; length--) {
    const head = key.slice(0, length);
    const found = headsToMunicipalities().get(head);
    if (found) return found.map((one) => ({ ...one, head }));
  }
  return [];
}

function townHits(text: string, one: Municipality, head: string): KeyedPlace[] {
  const rest = addressKey(text).slice(head.length);
  return keyedPlaces(one).filter(
    ({ key }) => rest.startsWith(key) && !(/\d$/.test(key) && /^\d/.test(rest.slice(key.length))),
  );
}

/**
 * いくつもの候補から一つに。同じ町域が丁目で番号を分けるとき（北六条東 １〜７丁目／８〜２０丁目）は丁目の合う方。
 * 市区町村の違う候補が残れば（伊達市、府中市、北区）、どれとも決めない。
 */
function pick(text: string, places: readonly PostalPlace[]): FoundPlace | undefined {
  const hits = places.flatMap((place) => {
    const ends = matchPlace(text, place);
    return ends ? [{ place, ...ends }] : [];
  });
  const longest = Math.max(-1, ...hits.map(({ place }) => place.town.length));
  const tied = hits.filter(({ place }) => place.town.length === longest);
  if (new Set(tied.map(({ place }) => place.prefecture + place.city)).size > 1) return undefined;
  return (
    tied.find(({ place }) => chomeFits(text, place) === true) ??
    tied.find(({ place }) => chomeFits(text, place) !== false) ??
    tied[0]
  );
}

/** 市区町村と町域が、住所のどこで終わるか。合わなければ undefined。 */
export function matchPlace(
  text: string,
  place: PostalPlace,
): { cityEnd: number; townEnd: number } | undefined {
  const { full, ward } = heads(place.prefecture, place.city);
  for (const head of [...full, ...ward]) {
    const cityEnd = endOf(text, head);
    if (cityEnd === undefined) continue;
    if (place.town === "") return { cityEnd, townEnd: cityEnd };
    const townEnd = endOf(text, head + addressKey(place.town));
    if (townEnd !== undefined) return { cityEnd, townEnd };
  }
  return undefined;
}

/** 鍵が wanted と同じになる、最も短い先頭部分の長さ。 */
function endOf(text: string, wanted: string): number | undefined {
  if (!addressKey(text).startsWith(wanted)) return undefined;
  for (let end = 1; end <= text.length; end++) {
    if (addressKey(text.slice(0, end)) !== wanted) continue;
    // 「第1」が「第10」の先頭に当たるのを避ける。
    return /\d$/.test(wanted) && /^\s*[\d０-９]/.test(text.slice(end)) ? undefined : end;
  }
  return undefined;
}

/** 住所の丁目が、その番号の丁目の範囲に入るか。丁目が読めないか範囲がなければ undefined。 */
export function chomeFits(text: string, place: PostalPlace): boolean | undefined {
  const ends = matchPlace(text, place);
  const chome = ends && chomeOf(text.slice(ends.townEnd), place.chome);
  return chome === undefined ? undefined : chomeAllowed(place.note, chome);
}

/** 丁目の数。「5丁目」、丁目のある町域なら「5-2」の 5。 */
function chomeOf(rest: string, hasChome: boolean): number | undefined {
  const plain = kanjiNumbersToDigits(rest.normalize("NFKC").trim());
  const found = /^(\d{1,2})丁目/.exec(plain) ?? (hasChome ? /^(\d{1,2})(?:[-ー‐−の]|$)/.exec(plain) : null);
  return found ? Number(found[1]) : undefined;
}
