import { AppError } from "../base/error.ts";
import type { Table } from "../office/table.ts";
import { readTables } from "../office/table-reader.ts";
import { dropMacros, openBook } from "../sheet/xlsx-workbook.ts";
import { type GivenGroup, givenRow } from "./list-given.ts";
import { groupFields, groupRows, type ListGroup } from "./list-group.ts";
import { groupNotes, planNotes } from "./list-note.ts";
import { planSheets } from "./list-plan.ts";
import { readList } from "./list-reader.ts";
import { fieldValue, indexHeaders, listHeader, whenOf } from "./list-row.ts";
import { type ListMatch, matchColumns, openTemplate, templateWords } from "./list-template.ts";
import { type FilledList, writeLists } from "./list-workbook.ts";

/** 作る前の調べ。 */
export interface ListInspection extends ListMatch {
  sheets: { name: string; people: number }[];
  rows: number;
  warnings: string[];
}

/** 市の様式に名簿を書く。名簿は .csv か .xlsx で、見出しの行の名が様式の見出しに当たる。 */
export function fillListFile(input: {
  template: Uint8Array;
  list: Uint8Array;
  listName: string;
}): FilledList {
  return fillTables(input.template, readTables(input.list, input.listName));
}

/**
 * 読みこんだ表から名簿を書く。様式のマクロは残すので、拡張子は結果の extension に従う。
 * macros が false なら、マクロを除いて必ず .xlsx にし、除いたことを知らせる。
 */
export function fillTables(
  templateBytes: Uint8Array,
  tables: readonly Table[],
  options: { macros?: boolean } = {},
): FilledList {
  const { template, index, groups, split, match, warnings } = prepare(templateBytes, tables);
  const { book } = template.tools;
  if (book.macros && options.macros === false) {
    dropMacros(book);
    warnings.push("様式のマクロは除きました。マクロを残すには、書き出し先の名を .xlsm で終えてください。");
  }
  return writeLists(template, index, groups, { split, match, warnings });
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
    warnings: [...warnings, ...planNotes(template, jobs, match)],
  };
}

function prepare(templateBytes: Uint8Array, tables: readonly Table[]) {
  const book = openBook(templateBytes);
  const source = readList(tables, templateWords(book));
  const index = indexHeaders(source.headers);
  const template = openTemplate(book, index);
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
    warnings: [...source.warnings, ...groupNotes(fields, [...columns, ...titles], groups)],
  };
}

/** 講習会ごとの名簿を、市の様式に書く。人のいない講習会も一枚になる。 */
export function fillList(templateBytes: Uint8Array, given: readonly GivenGroup[]): FilledList {
  if (given.length === 0) throw new AppError("BAD_INPUT", "名簿にする講習会がありません。");
  const rowNames = new Set(given.flatMap((group) => group.rows.flatMap((row) => Object.keys(row))));
  const fieldNames = new Set(given.flatMap((group) => Object.keys(group.fields)));
  const index = indexHeaders([...rowNames].map(listHeader));
  const all = indexHeaders([...new Set([...rowNames, ...fieldNames])].map(listHeader));
  const fields = indexHeaders([...fieldNames].map(listHeader));
  const template = openTemplate(openBook(templateBytes), all);
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
  const match = matchColumns(template, all, ["日時", "会場", "講座名"]);
  // 事務局は持っている欄を全部渡すので、様式に無い欄が余るのはふつうのこと。知らせにはせず、登録の画面だけが言う。
  const filled = writeLists(template, index, groups, {
    split: true,
    match: { ...match, unused: [] },
    warnings: [],
  });
  return { ...filled, unused: match.unused };
}
