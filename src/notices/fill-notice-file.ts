import { AppError } from "../base/error.ts";
import type { Table } from "../office/table.ts";
import { readTables } from "../office/table-reader.ts";
import { type Merged, mergeDocx } from "../word/docx-merge.ts";
import { compileTemplate, type DocxTemplate } from "../word/docx-template.ts";
import type { MergeData, Misfit } from "../word/merge-data.ts";
import type { FieldKind } from "../word/merge-inventory.ts";
import { resolveField } from "./notice-field.ts";
import { readNoticeList } from "./notice-list.ts";
import type { NoticeList, WantedField } from "./notice-sheet-reader.ts";

/** 差し込む前に見せること。 */
export interface NoticeReport {
  fields: {
    name: string;
    kinds: FieldKind[];
    /** 付いている日付の書式。 */
    pictures: string[];
    /** 使う見出し（または表の上のます目）。なければ一覧にない。 */
    source?: string;
    /** 標準の項目としての名前。 */
    standard?: string;
  }[];
  /** ひな形にあって、一覧にない項目。空のまま差し込まれる。 */
  missing: string[];
  /** 一覧にあって、ひな形のどこにも使われない見出し。 */
  unused: string[];
  unsupported: { type: string; count: number }[];
  people: number;
  /** 一枚（一組）に載る人数。 */
  peoplePerSheet: number;
  /** 一組のページ数（見積もり）。 */
  pagesPerSheet: number;
  sheets: { name: string; people: number }[];
  warnings: string[];
}

export interface FillNoticeInput {
  template: Uint8Array;
  list: Uint8Array;
  /** 一覧のファイル名（拡張子の手がかり）。 */
  listName: string;
  /** 使うシート。省くと、見出しの合うシートを全部使う。 */
  sheet?: string;
  /** DATE フィールドに入る日時（日本時間、2025-08-05T09:00）。 */
  now: string;
}

export interface FilledNotice {
  docx: Uint8Array;
  people: number;
  /** ページ数の見積もり（PDF にしたときは、そのページ数）。 */
  pages: number;
  warnings: string[];
  report: NoticeReport;
}

/** 読み終えたひな形と一覧。 */
export interface PreparedNotice {
  template: DocxTemplate;
  list: NoticeList;
  report: NoticeReport;
}

/**
 * ひな形と一覧を照らし合わせる。まだ何も作らない。
 * @throws AppError BAD_INPUT, TOO_LARGE
 */
export function inspectNotice(template: Uint8Array, tables: Table[], sheet?: string): NoticeReport {
  return prepareNotice(template, tables, sheet).report;
}

/** 照らし合わせた結果を、そのまま差し込みに使える形で返す。 */
export function prepareNotice(templateBytes: Uint8Array, tables: Table[], sheet?: string): PreparedNotice {
  const template = compileTemplate(templateBytes);
  const list = readNoticeList(tables, fieldsOf(template), sheet);
  return { template, list, report: reportOf(template, list) };
}

/**
 * 委託者の Word のひな形に、一覧の全員を差し込む（madoguchi notices fill）。
 * @throws AppError BAD_INPUT, TOO_LARGE
 */
export function fillNoticeFile(input: FillNoticeInput): FilledNotice {
  const prepared = prepareNotice(input.template, readTables(input.list, input.listName), input.sheet);
  const merged = mergePrepared(prepared, { now: input.now });
  return {
    docx: merged.docx,
    people: merged.people,
    pages: pagesOf(prepared.template, merged),
    warnings: [...prepared.report.warnings, ...runWarnings(prepared, merged)],
    report: prepared.report,
  };
}

/** 一人分だけを差し込む（下見のため）。at は 0 から。 */
export function fillOneNotice(prepared: PreparedNotice, at: number, now: string): Uint8Array {
  return mergePrepared(prepared, { now, from: at, sheets: 1, merged: at }).docx;
}

/** 照らし合わせた結果から差し込む。 */
export function mergePrepared(
  { template, list }: PreparedNotice,
  options: {
    now: string;
    from?: number;
    sheets?: number;
    merged?: number;
    landmark?(sheet: number): string;
    oddStart?: boolean;
  },
): Merged {
  const columns = new Map(list.columns.map((name, at) => [name, at]));
  return mergeOrRefuse(
    template,
    { columns: list.columns, rows: list.rows },
    { ...options, columnOf: (name) => columns.get(name) },
  );
}

function mergeOrRefuse(
  template: DocxTemplate,
  data: MergeData,
  options: Parameters<typeof mergeDocx>[2],
): Merged {
  const merged = mergeDocx(template, data, options);
  if (merged.people === 0) {
    throw new AppError(
      "BAD_INPUT",
      "ひな形の条件（SKIPIF）で全員が飛ばされ、差し込む人が残りませんでした。条件と一覧の値を確かめてください。",
    );
  }
  return merged;
}

/** ひな形の差し込み項目。 */
function fieldsOf(template: DocxTemplate): WantedField[] {
  return [...template.inventory.fields.values()].map(({ name, literal }) => ({ name, literal }));
}

function reportOf(template: DocxTemplate, list: NoticeList): NoticeReport {
  const { inventory } = template;
  const fields = [...inventory.fields.values()].map((use) => {
    const source = list.sources.get(use.name);
    const standard = resolveField(use.name)?.name;
    return {
      name: use.name,
      kinds: use.kinds,
      pictures: use.pictures,
      ...(source !== undefined && { source }),
      ...(standard !== undefined && { standard }),
    };
  });
  const { missing, unused } = list;
  const warnings = [...inventory.warnings, ...list.warnings];
  if (missing.length > 0)
    warnings.unshift(`一覧にない項目があり、その場所は空になります: ${missing.join("、")}`);
  if (unused.length > 0) warnings.push(`ひな形で使われない見出しがあります: ${unused.join("、")}`);
  const literal = [...inventory.fields.values()].filter((use) => use.literal && !list.sources.has(use.name));
  if (literal.length > 0) {
    warnings.push(`一覧にない { } は文字のまま残します: ${literal.map((use) => `{${use.name}}`).join("、")}`);
  }
  return {
    fields,
    missing,
    unused,
    unsupported: [...inventory.unsupported].map(([type, count]) => ({ type, count })),
    people: list.rows.length,
    peoplePerSheet: template.peoplePerSheet,
    pagesPerSheet: template.pagesPerSheet,
    sheets: list.sheets,
    warnings,
  };
}

function pagesOf(template: DocxTemplate, merged: Merged): number {
  return template.catalog ? template.pagesPerSheet : merged.sheets * template.pagesPerSheet;
}

/** 差し込んでみて分かったこと。 */
export function runWarnings(
  { list }: Pick<PreparedNotice, "list">,
  merged: Pick<Merged, "misfits" | "skipped">,
): string[] {
  const warnings = merged.misfits
    .filter((one) => list.sources.has(one.field) || one.field === "計算式")
    .map(misfitText);
  if (merged.skipped > 0)
    warnings.push(`ひな形の条件（SKIPIF）により、${merged.skipped} 人を差し込みませんでした。`);
  return warnings;
}

function misfitText({ field, kind, count }: Misfit): string {
  const what = kind === "date" ? "日付や時刻" : "数";
  return `「${field}」に${what}として読めない値が ${count} か所あり、書式を付けずにそのまま入れました。`;
}
