import type { Table } from "../office/table.ts";
import { readTables } from "../office/table-reader.ts";
import { partText, tree, type XlsxBook, type XlsxSheet } from "../office/xlsx-book.ts";
import { cloneSheets } from "../office/xlsx-clone.ts";
import { dropCachedValues, fillSheet } from "../office/xlsx-fill.ts";
import { openGrid } from "../office/xlsx-grid.ts";
import { relationshipsOf } from "../office/xlsx-link.ts";
import { mentions } from "../office/xlsx-part.ts";
import { renameSheet } from "../office/xlsx-rename.ts";
import { closeStrings } from "../office/xlsx-text.ts";
import type { FillValue } from "../office/xlsx-value.ts";
import { recalculateOnLoad, saveBook } from "../office/xlsx-workbook.ts";
import { localName } from "../office/xlsx-xml.ts";
import { AppError } from "../platform/error.ts";
import { foldName, isCount, isPlain } from "./list-field.ts";
import { groupFields, groupRows, type ListGroup, titleOf } from "./list-group.ts";
import { planSheets, type SheetJob } from "./list-plan.ts";
import { readList } from "./list-reader.ts";
import { fieldValue, indexHeaders, type ListIndex, type ListRow, listHeader, whenOf } from "./list-row.ts";
import { type ListMatch, type ListTemplate, matchColumns, openTemplate } from "./list-template.ts";

/** できた名簿。 */
export interface FilledList {
  xlsx: Uint8Array;
  /** マクロを含む様式からは xlsm。この拡張子で保存しないと Excel が開かない。 */
  extension: "xlsx" | "xlsm";
  rows: number;
  sheets: number;
  sheetNames: string[];
  warnings: string[];
  /** 様式にあって名簿にない欄、名簿にあって様式にない列。 */
  missing: string[];
  unused: string[];
}
/** 作る前の調べ。 */
export interface ListInspection extends ListMatch {
  sheets: { name: string; people: number }[];
  rows: number;
  warnings: string[];
}

const MOST_SHEETS = 500;

/** 市の様式に名簿を書く。名簿は .csv か .xlsx で、見出しの行の名が様式の見出しに当たる。 */
export function fillListFile(input: {
  template: Uint8Array;
  list: Uint8Array;
  listName: string;
}): FilledList {
  return fillTables(input.template, readTables(input.list, input.listName));
}

/** 読みこんだ表から名簿を書く。 */
export function fillTables(templateBytes: Uint8Array, tables: readonly Table[]): FilledList {
  const { template, index, groups, split, match, warnings } = prepare(templateBytes, tables);
  return write(template, index, groups, { split, match, warnings });
}

/** 作る前に、何がどこに入り、何が余り、何枚になるかを調べる。 */
export function inspectList(templateBytes: Uint8Array, tables: readonly Table[]): ListInspection {
  const { template, index, groups, split, match, warnings } = prepare(templateBytes, tables);
  const jobs = planSheets(template, index, groups, split);
  const rows = groups.reduce((sum, group) => sum + group.rows.length, 0);
  return {
    ...match,
    rows,
    sheets: jobs.map(({ name, group }) => ({ name, people: group.rows.length })),
    warnings: [...warnings, ...notes(template, jobs, match)],
  };
}

function prepare(templateBytes: Uint8Array, tables: readonly Table[]) {
  const source = readList(tables, []);
  const index = indexHeaders(source.headers);
  const template = openTemplate(templateBytes, index);
  const columns = template.forms.flatMap((form) => form.layout.columns.flatMap(({ field }) => field ?? []));
  const titles = template.forms.flatMap((form) => [
    ...form.titles.map(({ field }) => field),
    ...form.marks.flatMap((mark) => template.tools.finder.title(mark) ?? []),
  ]);
  const fields = groupFields(index, columns, titles);
  const groups = groupRows(index, source.rows, fields);
  return {
    template,
    index,
    groups,
    split: fields.length > 0,
    match: matchColumns(template, index, fields),
    warnings: source.warnings,
  };
}

/** 事務局の中で作るときに渡す値。 */
export type GivenValue = string | number | { day: string } | { instant: string } | null | undefined;
export interface GivenGroup {
  /** 表題に書く値（会場、日時、講座名、定員 …）。 */
  fields: Record<string, GivenValue>;
  rows: Record<string, GivenValue>[];
}

/** 講習会ごとの名簿を、市の様式に書く。人のいない講習会も一枚になる。 */
export function fillList(templateBytes: Uint8Array, given: readonly GivenGroup[]): FilledList {
  if (given.length === 0) throw new AppError("BAD_INPUT", "名簿にする講習会がありません。");
  const rowNames = new Set(given.flatMap((group) => group.rows.flatMap((row) => Object.keys(row))));
  const fieldNames = new Set(given.flatMap((group) => Object.keys(group.fields)));
  const index = indexHeaders([...rowNames].map(listHeader));
  const all = indexHeaders([...new Set([...rowNames, ...fieldNames])].map(listHeader));
  const fields = indexHeaders([...fieldNames].map(listHeader));
  const template = openTemplate(templateBytes, all);
  const groups = given.map((group): ListGroup => {
    const values = givenRow(group.fields);
    const text = (name: string) => fieldValue(fields, values, name)?.text ?? "";
    return {
      when: whenOf(fields, values),
      venue: text("会場"),
      course: text("講座名"),
      rows: group.rows.map(givenRow),
      given: { index: fields, values },
    };
  });
  return write(template, index, groups, {
    split: true,
    match: matchColumns(template, all, ["日時", "会場", "講座名"]),
    warnings: [],
  });
}

function givenRow(values: Record<string, GivenValue>): ListRow {
  return new Map(Object.entries(values).map(([name, value]) => [foldName(name), givenValue(name, value)]));
}

function givenValue(name: string, value: GivenValue): FillValue {
  if (value === null || value === undefined) return { text: "" };
  if (typeof value === "number") return { text: String(value), number: value };
  if (typeof value !== "string")
    return "day" in value
      ? momentValue(value.day)
      : momentValue(new Date(Date.parse(value.instant) + 9 * 3_600_000).toISOString().slice(0, 16));
  const key = listHeader(name).key ?? "";
  if (isPlain(key)) return { text: value, plain: true };
  return isCount(key) && /^(0|[1-9]\d{0,8})$/.test(value)
    ? { text: value, number: Number(value) }
    : { text: value };
}

function momentValue(iso: string): FillValue {
  const [day = "", clock] = iso.split("T");
  const shown = day.replaceAll("-", "/").replaceAll("/0", "/");
  return { text: clock === undefined ? shown : `${shown} ${clock.replace(/^0/, "")}`, iso };
}

interface WriteOptions {
  split: boolean;
  match: ListMatch;
  warnings: readonly string[];
}

function write(
  template: ListTemplate,
  index: ListIndex,
  groups: readonly ListGroup[],
  options: WriteOptions,
): FilledList {
  const { tools } = template;
  const { book } = tools;
  const jobs = planSheets(template, index, groups, options.split);
  if (jobs.length > MOST_SHEETS) {
    throw new AppError(
      "BAD_INPUT",
      `名簿が ${jobs.length} 枚になり、一つのブックには多すぎます（上限 ${MOST_SHEETS} 枚）。日時や会場の列の書き方が行ごとに違っていないか、お確かめください。`,
    );
  }
  const warnings = [...options.warnings, ...notes(template, jobs, options.match)];
  const calculates = book.sheets.some(
    (sheet) => sheet.cells && /<(\w+:)?f[\s>]/.test(partText(book, sheet.path)),
  );
  const placed = placeSheets(book, jobs);
  const clones = new Set(placed.filter(({ job }) => !job.first).map(({ sheet }) => sheet));
  const originals = book.sheets.filter((sheet) => !clones.has(sheet) && sheet.cells);
  // 数式だけのシートは、指している名簿の行が決まったあとに書く。
  for (const { job, sheet, set } of [...placed].sort(
    (a, b) => Number(a.job.form.derived) - Number(b.job.form.derived),
  )) {
    const layout = { ...job.form.layout, sheet };
    const rows = job.group.rows.map((row) => (field: string) => fieldValue(index, row, field));
    fillSheet(
      tools,
      layout,
      { title: (field) => titleOf(index, job.group, field), rows },
      job.first ? originals : set,
    );
  }
  finish(
    template,
    placed.map(({ sheet }) => sheet),
    calculates,
  );
  return {
    xlsx: saveBook(book),
    extension: book.macros ? "xlsm" : "xlsx",
    rows: groups.reduce((sum, group) => sum + group.rows.length, 0),
    sheets: jobs.length,
    sheetNames: jobs.map(({ name }) => name),
    warnings,
    missing: options.match.missing,
    unused: options.match.unused,
  };
}

interface Placed {
  job: SheetJob;
  sheet: XlsxSheet;
  /** 同じ講習会の写しの一組（互いを指す数式がありうる）。 */
  set: XlsxSheet[];
}

/** 写しを作り、様式のシートそのものに名をつける。 */
function placeSheets(book: XlsxBook, jobs: readonly SheetJob[]): Placed[] {
  const placed: Placed[] = [];
  const last = new Map<XlsxSheet, XlsxSheet>();
  // まだ何も書かれていないうちに、全部を写す。
  const copies = jobs.filter((job) => !job.first);
  for (const set of Map.groupBy(copies, ({ group }) => group.id).values()) {
    const sources = [...new Set(set.map((job) => job.form.layout.sheet))];
    const made = cloneSheets(
      book,
      sources,
      set.map((job) => job.name),
      sources.map((source) => last.get(source) ?? source),
    );
    for (const [at, sheet] of made.entries()) {
      const job = set[at];
      const source = sources[at];
      if (source) last.set(source, sheet);
      if (job) placed.push({ job, sheet, set: made });
    }
  }
  const scope = book.sheets.filter((sheet) => sheet.cells && !placed.some((one) => one.sheet === sheet));
  for (const job of jobs.filter(({ first }) => first)) {
    const { sheet } = job.form.layout;
    renameSheet(book, sheet, job.name, scope);
    placed.push({
      job,
      sheet,
      set: placed.filter((one) => one.job.group.id === job.group.id).map((one) => one.sheet),
    });
  }
  return placed;
}

/** 数式の控えを捨てて計算し直させ、シートの名の控え（app.xml）の古いものを除く。 */
function finish(template: ListTemplate, filled: readonly XlsxSheet[], calculates: boolean): void {
  const { book } = template.tools;
  closeStrings(template.tools.strings);
  const done = new Set(filled);
  if (calculates) {
    for (const sheet of book.sheets) {
      if (!sheet.cells || done.has(sheet) || !filled.some((other) => mentions(book, sheet.path, other.name)))
        continue;
      dropCachedValues(openGrid(book, sheet));
    }
    recalculateOnLoad(book);
  }
  const app = relationshipsOf(book, "").find(({ kind }) => kind === "extended-properties")?.target;
  if (app === undefined || !book.parts.has(app)) return;
  const root = tree(book, app).root;
  root.children = root.children.filter(
    (node) => typeof node === "string" || !/^(HeadingPairs|TitlesOfParts)$/.test(localName(node.name)),
  );
}

/** 作る前に知らせること。 */
function notes(template: ListTemplate, jobs: readonly SheetJob[], match: ListMatch): string[] {
  const { book } = template.tools;
  const out: string[] = [];
  const list = (names: readonly string[]) => names.map((name) => `「${name}」`).join("");
  if (match.missing.length > 0)
    out.push(`様式の ${list(match.missing)} に当たる列が名簿にないため、様式のままにしました。`);
  if (match.unused.length > 0)
    out.push(`名簿の ${list(match.unused)} は、様式に入れる所がないため使いませんでした。`);
  if (book.macros)
    out.push(
      "様式にマクロがあるため、.xlsm のまま保存します。写したシートにはシートごとのマクロは付きません。",
    );
  const copied = jobs.filter(({ first }) => !first).map(({ form }) => form.layout.sheet);
  const own = new Set(template.forms.map((form) => form.layout.sheet));
  for (const sheet of book.sheets) {
    if (!sheet.cells || own.has(sheet) || !copied.some((source) => mentionsLoosely(book, sheet, source)))
      continue;
    out.push(`シート「${sheet.name}」の数式は、最初の名簿だけを数えます。ほかの名簿の分は含まれません。`);
  }
  return out;
}

function mentionsLoosely(book: XlsxBook, sheet: XlsxSheet, source: XlsxSheet): boolean {
  const text = partText(book, sheet.path);
  return /<(\w+:)?f[\s>]/.test(text) && text.includes(source.name);
}
