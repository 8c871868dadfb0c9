import { AppError } from "../base/error.ts";
import type { XlsxBook } from "../sheet/xlsx-book.ts";
import { partText } from "../sheet/xlsx-book.ts";
import { formulaOf, openGrid, textAt } from "../sheet/xlsx-grid.ts";
import { findLayout } from "../sheet/xlsx-layout.ts";
import { relationshipsOf } from "../sheet/xlsx-link.ts";
import type { BookTools, ListLayout } from "../sheet/xlsx-list.ts";
import { placeholdersOf } from "../sheet/xlsx-placeholder.ts";
import { openStyles } from "../sheet/xlsx-style.ts";
import { openStrings } from "../sheet/xlsx-text.ts";
import { findTitles, type TitleSlot } from "../sheet/xlsx-title.ts";
import { unescapeXml } from "../sheet/xlsx-xml.ts";
import { fieldKey } from "./list-field.ts";
import { finderFor } from "./list-finder.ts";
import type { ListIndex } from "./list-row.ts";
import { sourcesOf } from "./list-row.ts";

/** 名簿の一枚の様式。 */
export interface ListForm {
  layout: ListLayout;
  titles: TitleSlot[];
  /** 差込みの印の名。 */
  marks: string[];
  /** 表題にすでに書かれている値（会場ごとに用意されたシートの、会場の名など）。 */
  said: string[];
  /** 本体がほかのシートを写す数式ばかりで、値を書く列がない。 */
  derived: boolean;
  /** 数式の列（値は書かない）。 */
  formulas: ReadonlySet<number>;
}
export interface ListTemplate {
  tools: BookTools;
  forms: ListForm[];
}

const EXAMPLE = /記入例|記載例|入力例|見本|サンプル|作成例|記入方法|注意事項/;

/** 様式に書かれている文字（名簿の見出しの行を見分ける手がかり）。 */
export function templateWords(book: XlsxBook): string[] {
  const strings = relationshipsOf(book, book.workbook).filter(({ kind }) => kind === "sharedStrings");
  const paths = [
    ...strings.map(({ target }) => target),
    ...book.sheets.filter(({ cells }) => cells).map(({ path }) => path),
  ];
  const texts = paths.flatMap((path) => [
    ...partText(book, path).matchAll(/<(?:\w+:)?t(?:\s[^>]*)?>([^<]{1,30})</g),
  ]);
  return texts.map(([, text = ""]) => unescapeXml(text));
}

/** 様式を開き、名簿のシートを見つける。名簿が一枚もなければ断る。 */
export function openTemplate(book: XlsxBook, index: ListIndex): ListTemplate {
  const tools: BookTools = {
    book,
    strings: openStrings(book),
    styles: openStyles(book),
    finder: finderFor(index),
    misfits: new Map(),
  };
  const found = listSheets(book).flatMap((sheet) => findLayout(tools, sheet) ?? []);
  const forms = found.map((layout) => readForm(tools, layout, index));
  const person = (form: ListForm) =>
    [...form.layout.columns.flatMap(({ field }) => field ?? []), ...form.marks].some((field) =>
      tools.finder.person(field),
    );
  const people = forms.filter(person);
  const chosen = people.length > 0 ? people : forms;
  const proper = chosen.filter((form) => !EXAMPLE.test(form.layout.sheet.name));
  if (chosen.length === 0) {
    throw new AppError(
      "BAD_INPUT",
      "様式の中に、名簿の見出しの行が見つかりません。見出し（氏名、電話番号 など）のある行が様式にあるか、名簿の列の名と同じかをお確かめください。",
    );
  }
  return { tools, forms: proper.length > 0 ? proper : chosen };
}

/** 隠れていないシートを先に探す。隠れたシートしかなければ、それを使う。 */
function listSheets(book: XlsxBook) {
  const sheets = book.sheets.filter((sheet) => sheet.cells);
  const shown = sheets.filter((sheet) => !sheet.hidden);
  return shown.length > 0 ? shown : sheets;
}

function readForm(tools: BookTools, layout: ListLayout, index: ListIndex): ListForm {
  const grid = openGrid(tools.book, layout.sheet);
  const formulas = new Set(
    layout.columns
      .filter(
        ({ column, offset }) =>
          layout.blocks > 0 && formulaOf(grid, layout.first + offset, column) !== undefined,
      )
      .map(({ column }) => column),
  );
  const marks = new Set<string>();
  for (const [row, { cells }] of grid.rows)
    for (const column of cells.keys())
      for (const name of placeholdersOf(textAt(grid, tools.strings, row, column))) marks.add(name);
  numberByReception(layout, formulas, index, (column) => textAt(grid, tools.strings, layout.first, column));
  const named = layout.columns.filter(({ field }) => field !== undefined);
  const derived = named.length > 0 && named.every(({ column }) => formulas.has(column)) && marks.size === 0;
  const titles = findTitles(tools, grid, layout);
  const said = titles
    .filter(({ inside }) => !inside)
    .map(({ row, column }) => textAt(grid, tools.strings, row, column))
    .filter((text) => !/[〔［【〕］】]/.test(text));
  return { layout, titles, marks: [...marks], said, derived, formulas };
}

/** 受付番号の列がなく、空の「No.」の列だけがある様式では、「No.」に受付番号を入れる。 */
function numberByReception(
  layout: ListLayout,
  formulas: ReadonlySet<number>,
  index: ListIndex,
  sample: (column: number) => string,
): void {
  if (layout.columns.some(({ field }) => field !== undefined && fieldKey(field) === "受付番号")) return;
  const column = layout.columns.find(
    ({ serial, field, column: at }) =>
      serial && field === undefined && !formulas.has(at) && sample(at) === "",
  );
  if (column && index.byKey.has("受付番号")) column.field = "受付番号";
}

/** 様式と名簿の列の突き合わせ。 */
export interface ListMatch {
  /** 様式にあって名簿にない欄（空欄のまま残る）。 */
  missing: string[];
  /** 名簿にあって様式に入れる所のない列。 */
  unused: string[];
  columns: { sheet: string; header: string; source: string | null }[];
}

/** 何がどこに入り、何が余るかを、作る前に調べる。grouping は、分けるのに使う欄。 */
export function matchColumns(
  template: ListTemplate,
  index: ListIndex,
  grouping: readonly string[],
): ListMatch {
  const used = new Set<string>(grouping.flatMap((field) => sourcesOf(index, field) ?? []));
  const missing = new Set<string>();
  const columns: ListMatch["columns"] = [];
  const nameOf = (folded: string) => index.headers.find((header) => header.folded === folded)?.name ?? folded;
  const need = (field: string | undefined, label: string): string | null => {
    const sources = field === undefined ? undefined : sourcesOf(index, field);
    for (const source of sources ?? []) used.add(source);
    if (!sources && fieldKey(label) !== "予約数") missing.add(label);
    return sources ? sources.map(nameOf).join("・") : null;
  };
  for (const { layout, titles, marks, formulas } of template.forms) {
    for (const { header, field, serial, column } of layout.columns) {
      if (formulas.has(column) || (serial && field === undefined)) continue;
      const label = header.replace(/\s+/g, "");
      columns.push({ sheet: layout.sheet.name, header: label, source: need(field, label) });
    }
    for (const { field, label } of titles) need(field, label);
    for (const mark of marks) need(template.tools.finder.column(mark, ""), mark);
  }
  const whole = usedWholes(index, used);
  const unused = index.headers
    .filter(({ folded }) => !used.has(folded) && !whole.has(folded))
    .map(({ name }) => name.replace(/\s+/g, ""));
  return { missing: [...missing], unused, columns };
}

/** 「日時」を使えば「受講日」「開始時刻」も用が済む、といった、別の形で使われた列。 */
function usedWholes(index: ListIndex, used: ReadonlySet<string>): Set<string> {
  const whole = new Set<string>();
  const sets = [
    ["日時", "受講日", "開始時刻", "終了時刻", "時間"],
    ["氏名", "姓", "名"],
    ["フリガナ", "セイ", "メイ"],
  ];
  for (const set of sets) {
    const folded = set.flatMap((key) => index.byKey.get(key) ?? []);
    if (folded.some((name) => used.has(name))) for (const name of folded) whole.add(name);
  }
  return whole;
}
