import { AppError } from "../base/error.ts";
import type { Table } from "../office/table.ts";
import { foldFieldName, resolveField } from "./notice-field.ts";
import { type Header, type NoticeList, SheetReader, type WantedField } from "./notice-sheet-reader.ts";

const HEADER_SEARCH_ROWS = 60;

/**
 * 表から、差し込む人を読む。見出しの行は、ひな形の項目名と最もよく合う行。
 * 見出しが同じ名前（全角半角の違いは同じとみなす）の列を使い、なければ標準の項目として同じ意味の列を使って、そう知らせる。
 * @throws AppError BAD_INPUT 合う見出しがない、人がいない
 */
export function readNoticeList(tables: Table[], fields: WantedField[], sheet?: string): NoticeList {
  const headers = chooseHeaders(tables, fields, sheet);
  const list: NoticeList = {
    columns: fields.map((field) => field.name),
    rows: [],
    places: [],
    sources: new Map(),
    missing: [],
    unused: [],
    sheets: [],
    warnings: [],
  };
  const unused = new Map<string, boolean>();
  for (const header of headers) new SheetReader(header, fields, list, unused).read();
  list.unused = [...unused].filter(([, used]) => !used).map(([name]) => name);
  list.missing = fields
    .filter((field) => !field.literal && !list.sources.has(field.name))
    .map((field) => field.name);
  keepFound(list);
  if (list.rows.length === 0) {
    throw new AppError(
      "BAD_INPUT",
      "一覧に差し込む人がいません。見出しの下に一行ずつ入っているか確かめてください。",
    );
  }
  if (list.sheets.length > 1) {
    const counts = list.sheets.map((one) => `${one.name} ${one.people}人`).join("、");
    list.warnings.unshift(`${list.sheets.length}枚のシートの人を続けて差し込みます（${counts}）。`);
  }
  return list;
}

function chooseHeaders(tables: Table[], fields: WantedField[], sheet: string | undefined): Header[] {
  const seen = tables.filter((table) => (sheet === undefined ? !table.hidden : table.name === sheet));
  if (sheet !== undefined && seen.length === 0) {
    throw new AppError(
      "BAD_INPUT",
      `一覧に「${sheet}」というシートがありません。シート名を確かめてください。`,
    );
  }
  const headers = seen.flatMap((table) => headerOf(table, fields) ?? []);
  const best = Math.max(0, ...headers.map((header) => header.score));
  if (best === 0) throw noHeader(seen, fields);
  // 会場の一覧のような、たまたま一つ二つ同じ見出しのあるシートは使わない。
  return headers.filter((header) => header.score >= best * 0.7);
}

function headerOf(table: Table, fields: WantedField[]): Header | undefined {
  let found: Header | undefined;
  for (let row = 0; row < Math.min(table.rows.length, HEADER_SEARCH_ROWS); row += 1) {
    const cells = table.rows[row] ?? [];
    const names = new Set(cells.map((cell) => foldFieldName(cell.text)).filter(Boolean));
    const keys = new Set(cells.flatMap((cell) => resolveField(cell.text)?.key ?? []));
    let score = 0;
    for (const field of fields) {
      const key = resolveField(field.name)?.key;
      if (names.has(foldFieldName(field.name))) score += 1;
      else if (key && keys.has(key)) score += 0.6;
    }
    // 二段の見出しは、縦に結合されて同じ名前が続く。下の段を見出しとし、その次から人とする。
    const continued =
      found && found.score === score && row === found.row + 1 && cells.some((cell) => cell.mergedFrom);
    if (score > 0 && (!found || score > found.score || continued)) found = { table, row, score };
  }
  return found;
}

function noHeader(tables: Table[], fields: WantedField[]): AppError {
  const some = tables.flatMap(
    (table) => table.rows.find((row) => row.filter((cell) => cell.text).length > 1) ?? [],
  );
  const seen = some.map((cell) => cell.text.replace(/\s+/g, "")).filter((text) => text.length <= 12);
  const wanted = fields.map((field) => field.name).join("、");
  // 見出しがなく、いきなり人の行で始まる一覧かもしれない。名前を漏らさないよう、見出しらしいものだけを挙げる。
  const known = seen.filter((text) => resolveField(text));
  return new AppError(
    "BAD_INPUT",
    `一覧に、ひな形の項目（${wanted}）と同じ名前の見出しが見つかりません。${known.length > 0 ? `一覧の見出しは ${known.join("、")} です。` : ""}一覧の一行目に、ひな形の項目と同じ名前の見出しを入れてください。`,
  );
}

/** 見つかった項目だけを列に残す（見つからない項目は、ひな形の側の決まりで空か文字のままになる）。 */
function keepFound(list: NoticeList): void {
  const kept = list.columns.flatMap((name, at) => (list.sources.has(name) ? [at] : []));
  list.rows = list.rows.map((row) => kept.map((at) => row[at] ?? { text: "" }));
  list.columns = kept.map((at) => list.columns[at] ?? "");
}
