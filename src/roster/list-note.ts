import { partText, type XlsxBook, type XlsxSheet } from "../sheet/xlsx-book.ts";
import { fieldKey } from "./list-field.ts";
import type { GroupField, ListGroup } from "./list-group.ts";
import type { SheetJob } from "./list-plan.ts";
import type { ListMatch, ListTemplate } from "./list-template.ts";

/** 分け方について知らせること。places は、様式で値を書ける欄。 */
export function groupNotes(
  fields: readonly GroupField[],
  places: readonly string[],
  groups: readonly ListGroup[],
): string[] {
  const out: string[] = [];
  const written = new Set(places.map((name) => fieldKey(name) ?? name));
  const timed = ["日時", "受講日", "開始時刻", "時間"].some((name) => written.has(name));
  const unwritten = fields.filter((field) => (field === "日時" ? !timed : !written.has(field)));
  if (unwritten.length > 0)
    out.push(
      `様式に${unwritten.map((field) => `「${field}」`).join("")}を書く所がないため、シートの名でだけ分かるようにしました。`,
    );
  const unknown = groups.filter(
    ({ when, venue, course }) => when.day === undefined && venue === "" && course === "",
  );
  const people = unknown.reduce((sum, group) => sum + group.rows.length, 0);
  if (fields.length > 0 && people > 0)
    out.push(`どの講習会か分からない行が ${people} 行あり、別のシートにまとめました。`);
  return out;
}

/** 日付として読めなかった値のこと（値そのものは書かない）。 */
export function misfitNotes(misfits: ReadonlyMap<string, number>): string[] {
  return [...misfits].map(
    ([header, count]) =>
      `「${header}」の ${count} か所は日付や時刻として読めないため、書かれていた文字のまま入れました。`,
  );
}

/** 作る前に知らせること。 */
export function planNotes(template: ListTemplate, jobs: readonly SheetJob[], match: ListMatch): string[] {
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
