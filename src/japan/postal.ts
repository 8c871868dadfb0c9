import { builtInPostalBook, type PostalBook } from "./postal-book.ts";
import { type PostalOffice, type PostalRow, readPostalCode, townNames } from "./postal-code.ts";
import { sharedPlaces } from "./shared-postal-code.ts";

/** 郵便番号の指す場所の一つ。注記は town に混ぜず note に分ける。 */
export interface PostalPlace {
  code: string;
  prefecture: string;
  /** 「札幌市北区」「石狩郡当別町」。 */
  city: string;
  town: string;
  /** 「１〜１９丁目」「その他」。操作する人への注記で、宛名には書かない。 */
  note?: string;
  chome: boolean;
  /** 町域の定まらない代表番号。 */
  representative: boolean;
  office?: PostalOffice;
}

export interface PostalLookup {
  code: string;
  /** すべての候補。見つからなければ空。 */
  places: PostalPlace[];
  /** false なら、同じ市区町村のほかの町域にも使われる番号で、候補に出ていない町域がある。 */
  complete: boolean;
}

/** 郵便番号から場所。読めない番号・ない番号は places が空。 */
export function lookUpPostalCode(text: string, book: PostalBook = builtInPostalBook()): PostalLookup {
  const code = readPostalCode(text);
  if (!code) return { code: "", places: [], complete: true };
  const rows = book.rows(code.slice(0, 3)).filter((row) => row.code === code);
  const extra = book.lossy ? sharedPlaces(code) : [];
  const added = extra.flatMap(({ prefecture, city, town }) => {
    const [first] = rows;
    return first ? [{ ...first, prefecture, city, town: town ?? first.town }] : [];
  });
  const complete = !book.lossy || extra.length > 0 || !rows.some((row) => row.shared);
  return { code, places: unique([...rows, ...added].flatMap(placesOf)), complete };
}

function placesOf(row: PostalRow): PostalPlace[] {
  const { code, prefecture, city, chome, office } = row;
  return townNames(row.town).map((name) => ({
    code,
    prefecture,
    city,
    chome,
    ...name,
    ...(office === undefined ? {} : { office }),
  }));
}

function unique(places: PostalPlace[]): PostalPlace[] {
  const seen = new Set<string>();
  return places.filter((place) => {
    const key = [place.prefecture, place.city, place.town, place.note, place.office?.name].join("/");
    return !seen.has(key) && seen.add(key);
  });
}

/** 宛名の先頭に書く形。「北海道札幌市北区北三十一条西」。事業所の番号なら番地まで。 */
export function placeText(place: PostalPlace): string {
  return `${place.prefecture}${place.city}${place.town}${place.office?.street ?? ""}`;
}

/** 市区町村と、その番号の頭3桁。住所から番号を引くために、一度だけ全体をなめて作る。 */
export interface Municipality {
  prefecture: string;
  city: string;
  prefixes: Set<string>;
}

const indexes = new WeakMap<PostalBook, Municipality[]>();

export function municipalities(book: PostalBook = builtInPostalBook()): readonly Municipality[] {
  const known = indexes.get(book);
  if (known) return known;
  const found = new Map<string, Municipality>();
  for (const prefix of book.prefixes()) {
    for (const row of book.rows(prefix)) {
      if (row.office) continue;
      const one = found.get(row.prefecture + row.city) ?? {
        prefecture: row.prefecture,
        city: row.city,
        prefixes: new Set(),
      };
      one.prefixes.add(prefix);
      found.set(row.prefecture + row.city, one);
    }
  }
  // 長い名を先に当てる（「札幌市」より「札幌市北区」）。
  const sorted = [...found.values()].sort((a, b) => b.city.length - a.city.length);
  indexes.set(book, sorted);
  return sorted;
}

/** ある市区町村のすべての場所（事業所の番号を除く）。 */
export function placesIn(one: Municipality, book: PostalBook = builtInPostalBook()): PostalPlace[] {
  return [...one.prefixes].flatMap((prefix) =>
    book
      .rows(prefix)
      .filter((row) => !row.office && row.prefecture === one.prefecture && row.city === one.city)
      .flatMap(placesOf),
  );
}
