import { AppError } from "../base/error.ts";
import { readRecords } from "../office/record-reader.ts";
import type { Table } from "../office/table.ts";
import { readTables } from "../office/table-reader.ts";
import { findHead, HEAD_ROWS, isTotalRow, isValue } from "./answer-head.ts";

/** 回答の表。列ごとに持つ（同じ文字は一つだけ覚える）。 */
export interface SurveyData {
  readonly rows: number;
  readonly names: readonly string[];
  /** 列の値（前後の空白を除き、全角の英数字を半角にしたもの）。なければ undefined。 */
  column(name: string): readonly string[] | undefined;
  /** ファイルのままの値（自由記述）。 */
  raw(name: string): readonly string[] | undefined;
  /** 二段の見出しの、下の段（設問文など）。 */
  title(name: string): string | undefined;
  /** 見出しや合計の行をどう読んだか。人が確かめるもの。 */
  readonly notes: readonly string[];
}

/**
 * 回答の表（CSV: UTF-8、Shift_JIS など、.xlsx）を読む。題の行、二段の見出し、終わりの合計の行は見分け、
 * どう読んだかを notes に残す。
 * @throws AppError BAD_INPUT（空、列の名が空・重なる、行の列の数が違う）。行を言う。
 */
export function readSurveyData(bytes: Uint8Array, fileName: string): SurveyData {
  const reader = new AnswerReader();
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) {
    const tables = readTables(bytes, fileName, LIMITS);
    const table = answerTable(tables);
    if (table && table !== tables[0]) reader.note(`「${table.name}」のシートを読みました。`);
    for (const [at, row] of (table?.rows ?? []).entries())
      reader.take(
        row.map((cell) => cell.text),
        at + 1,
      );
  } else readRecords(bytes, fileName, (fields, row) => reader.take(fields, row));
  return reader.finish();
}

const LIMITS = { cells: 20_000_000, rows: 1_048_576, tables: 50 };

/** 回答のシート。はじめのシートが表紙や説明（三行に満たない表、ずっと小さな表）なら、いちばん大きなもの。 */
function answerTable(tables: readonly Table[]): Table | undefined {
  const sizes = tables.map(({ rows }) =>
    rows.filter((row) => row.filter((one) => one.text !== "").length > 1),
  );
  const cells = sizes.map((rows) => rows.reduce((sum, row) => sum + row.length, 0));
  const most = cells.indexOf(Math.max(...cells));
  const first = cells[0] ?? 0;
  return (sizes[0]?.length ?? 0) < 3 || first * 5 < (cells[most] ?? 0) ? tables[most] : tables[0];
}

/** 一行ずつ受け取り、はじめの数行で見出しを決めてから、列ごとにためる。 */
class AnswerReader {
  readonly #early: { fields: string[]; row: number }[] = [];
  readonly #raws: string[][] = [];
  readonly #pool = new Map<string, string>();
  readonly #notes: string[] = [];
  #names: string[] | undefined;
  #titles: string[] = [];
  #rows = 0;
  /** 終わりの合計かもしれない行。後に回答が続けば、ただの回答。 */
  #held: { fields: string[]; row: number }[] = [];

  note(text: string): void {
    this.#notes.push(text);
  }

  take(fields: string[], row: number): void {
    if (this.#names) this.#answer(fields, row);
    else if (this.#early.push({ fields, row }) >= HEAD_ROWS) this.#settleHead();
  }

  finish(): SurveyData {
    if (!this.#names) this.#settleHead();
    const names = this.#names;
    for (const { fields, row } of this.#held)
      if (this.#isGiven(fields)) this.#keep(fields, row);
      else this.#notes.push(`終わりの${row}行目は、合計などの行とみて、読みませんでした。`);
    if (!names || this.#rows === 0) throw new AppError("BAD_INPUT", "回答の表に、回答の行がありません。");
    const kept = names.flatMap((name, at) => (this.#isUnused(name, at) ? [] : [at]));
    const pick = <T>(from: readonly T[]) => kept.flatMap((at) => (from[at] === undefined ? [] : [from[at]]));
    const used = pick(names);
    checkNames(names, used);
    const titles = this.#titles.length > 0 ? pick(names.map((_, at) => this.#titles[at] ?? "")) : [];
    return surveyDataOf(used, pick(this.#raws), this.#rows, { titles, notes: this.#notes });
  }

  /** 「N」は人数の行の名でもあるが、同じ列に同じ値の回答があれば、Y・N で答えた回答。 */
  #isGiven(fields: readonly string[]): boolean {
    const at = fields.findIndex((field) => field.trim() !== "");
    const word = (fields[at] ?? "").trim();
    return isValue(word) && (this.#raws[at] ?? []).some((value) => value.trim() === word);
  }

  #isUnused(name: string, at: number): boolean {
    return name === "" && (this.#raws[at] ?? []).every((value) => value.trim() === "");
  }

  #settleHead(): void {
    const head = findHead(this.#early.map(({ fields }) => fields));
    if (!head) {
      this.#early.length = 0;
      return;
    }
    this.#names = head.names;
    this.#titles = head.titles;
    for (const _ of head.names) this.#raws.push([]);
    const rowOf = (at: number) => this.#early[at]?.row ?? at + 1;
    if (head.from > 0 || head.to > head.from + 1) {
      const [first, last] = [rowOf(head.from), rowOf(head.to - 1)];
      this.#notes.push(`${first === last ? first : `${first}～${last}`}行目を見出しと読みました。`);
    }
    for (const { fields, row } of this.#early.splice(0).slice(head.to)) this.#answer(fields, row);
  }

  #answer(fields: string[], row: number): void {
    if (fields.every((field) => field.trim() === "")) return;
    if (isTotalRow(fields)) {
      this.#held.push({ fields, row });
      return;
    }
    for (const held of this.#held.splice(0)) this.#keep(held.fields, held.row);
    this.#keep(fields, row);
  }

  #keep(fields: string[], row: number): void {
    const names = this.#names ?? [];
    if (fields.length > names.length && fields.slice(names.length).some((field) => field.trim() !== ""))
      throw new AppError(
        "BAD_INPUT",
        `回答の表の${row}行目の列が、見出しより多くあります（${fields.length} と ${names.length}）。値の中の「,」が引用符で囲まれているかご確認ください。`,
      );
    for (const [at, values] of this.#raws.entries()) values.push(this.#short(fields[at] ?? ""));
    this.#rows += 1;
  }

  /** 切り出した文字列は元の全文を抱えるので、短いものは写しを一つだけ覚える。 */
  #short(value: string): string {
    if (value.length > 40) return value;
    const known = this.#pool.get(value);
    if (known !== undefined) return known;
    const copy = Buffer.from(value).toString();
    this.#pool.set(copy, copy);
    return copy;
  }
}

/** 列ごとの値から、回答の表を作る（値は写さない）。 */
export function surveyDataOf(
  names: readonly string[],
  raws: readonly (readonly string[])[],
  rows: number,
  { titles = [], notes = [] }: { titles?: readonly string[]; notes?: readonly string[] } = {},
): SurveyData {
  const plain = new Map<number, string[]>();
  const clean = new Map<string, string>();
  const cleaned = (value: string) => {
    const known = clean.get(value);
    if (known !== undefined) return known;
    const made = value.normalize("NFKC").trim();
    clean.set(value, made);
    return made;
  };
  const place = (name: string) => {
    const exact = names.indexOf(name);
    if (exact >= 0) return exact;
    const near = names.findIndex((one) => sameName(one, name));
    return near >= 0 ? near : aliasPlace(titles, name);
  };
  return {
    ...{ rows, names, notes },
    title: (name) => titles[names.indexOf(name)] || undefined,
    raw: (name) => raws[place(name)],
    column: (name) => {
      const at = place(name);
      const values = raws[at];
      if (!values) return undefined;
      const known = plain.get(at) ?? values.map(cleaned);
      plain.set(at, known);
      return known;
    },
  };
}

function sameName(a: string, b: string): boolean {
  const plain = (text: string) => text.normalize("NFKC").replace(/\s/g, "").toLowerCase();
  return plain(a) === plain(b);
}

/** 二段めの見出しで呼ばれたとき。一つに決まらなければ、ないものとする。 */
function aliasPlace(titles: readonly string[], name: string): number {
  const first = titles.findIndex((one) => one !== "" && sameName(one, name));
  return first >= 0 && titles.findLastIndex((one) => sameName(one, name)) === first ? first : -1;
}

function checkNames(all: readonly string[], names: readonly string[]): void {
  if (names.includes(""))
    throw new AppError(
      "BAD_INPUT",
      `回答の表の${all.indexOf("") + 1}列目に、列の名がありません。1行目に列の名を書いてください。`,
    );
  const twice = names.find((name, at) => names.indexOf(name) < at);
  if (twice !== undefined) throw new AppError("BAD_INPUT", `回答の表に、列「${twice}」が二つあります。`);
}
