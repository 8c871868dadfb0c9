import { AppError } from "../base/error.ts";
import { partText, tree, type XlsxBook, type XlsxSheet } from "../sheet/xlsx-book.ts";
import { cloneSheets } from "../sheet/xlsx-clone.ts";
import { dropCachedValues, fillSheet } from "../sheet/xlsx-fill.ts";
import { openGrid } from "../sheet/xlsx-grid.ts";
import { relationshipsOf } from "../sheet/xlsx-link.ts";
import { mentions } from "../sheet/xlsx-part.ts";
import { renameSheet } from "../sheet/xlsx-rename.ts";
import { closeStrings } from "../sheet/xlsx-text.ts";
import { recalculateOnLoad, saveBook } from "../sheet/xlsx-workbook.ts";
import { localName } from "../sheet/xlsx-xml.ts";
import { type ListGroup, titleOf } from "./list-group.ts";
import { misfitNotes, planNotes } from "./list-note.ts";
import { planSheets, type SheetJob } from "./list-plan.ts";
import { fieldValue, type ListIndex } from "./list-row.ts";
import type { ListMatch, ListTemplate } from "./list-template.ts";

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
const MOST_SHEETS = 500;

interface WriteOptions {
  /** 講習会ごとに分けた（シートの名を講習会のものにする）。 */
  split: boolean;
  match: ListMatch;
  warnings: readonly string[];
}

/** 様式に名簿を書いて、ブックにする。 */
export function writeLists(
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
  const warnings = [...options.warnings, ...planNotes(template, jobs, options.match)];
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
    warnings: [...warnings, ...misfitNotes(tools.misfits)],
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
