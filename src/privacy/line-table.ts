import { readTime } from "../japan/clock-time.ts";
import { readDate } from "../japan/written-date.ts";
import type { Cell } from "../office/table.ts";
import { readTables } from "../office/table-reader.ts";
import { foldEntryLog } from "./entry-log.ts";
import type { Register, RegisterField } from "./register-field.ts";

/** ほかの道具や台帳から取り込む表。heads は見出し、rows は見出しの下の行（どれも文字）。 */
export interface LineTable {
  heads: string[];
  rows: string[][];
  /** 読まなかったもの（題、空の行、断られた入室など）を、人に言う文。 */
  left: string[];
}

/** 取り込める欄。ふつうの欄のほか、その場で結べる帳簿では結びの欄（名は「close.名」）。 */
export interface TableField extends RegisterField {
  closing: boolean;
}

/** 一度に取り込める行。 */
export const MOST_ROWS = 1_000;
const MOST_COLUMNS = 40;
const HEAD_WITHIN = 20;

/** 一件ごとに写しか承認の要る帳簿は、まとめては取り込めない。 */
export function mayImport({ file, first, later }: Register): boolean {
  return file?.required !== true && first?.need !== "approved" && later?.need !== "approved";
}

export function tableFields({ fields, close }: Register): TableField[] {
  const closing = close === undefined || close.byOther ? [] : close.fields;
  return [
    ...fields.map((field) => ({ ...field, closing: false })),
    ...closing.map((field) => ({ ...field, name: `close.${field.name}`, closing: true })),
  ];
}

/**
 * 表のファイル（.xlsx、CSV。Shift_JIS も）を読み、見出しの行を探す。題の行・空の行・合計と注の行は読まない。
 * 入退室簿では、「入室」と「退室」が別々の行の記録（カードリーダーの書き出し）を、一行ずつに組む。
 * @throws AppError BAD_INPUT（読めない形式）
 */
export function readLineTable(register: Register, bytes: Uint8Array, fileName: string): LineTable {
  const fields = tableFields(register);
  const best = readTables(bytes, fileName)
    .filter((one) => one.hidden !== true)
    .map(({ rows }) => ({ rows, ...headOf(fields, rows) }))
    .sort((a, b) => b.score - a.score)[0];
  if (best === undefined) return { heads: [], rows: [], left: [] };
  const heads = (best.rows[best.at] ?? []).slice(0, MOST_COLUMNS).map((cell) => plain(cell.text));
  const below = best.rows.slice(best.at + 1).map((row) => heads.map((_, at) => textOf(row[at])));
  const rows = below.filter((row) => isRecord(row, heads));
  const left = [
    ...(best.at > 0 ? [`見出しの上の${best.at}行は、題として読みませんでした。`] : []),
    ...(below.some((row) => isNote(row))
      ? [`合計・注の${below.filter((row) => isNote(row)).length}行は読みませんでした。`]
      : []),
  ];
  const table = { heads, rows: rows.slice(0, MOST_ROWS), left };
  if (rows.length > MOST_ROWS)
    table.left.push(`一度に取り込めるのは${MOST_ROWS}行までです。残りの行は、分けて取り込んでください。`);
  return register.code === "entry" ? foldEntryLog(table) : table;
}

function headOf(fields: readonly TableField[], rows: readonly Cell[][]): { at: number; score: number } {
  const scored = rows.slice(0, HEAD_WITHIN).map((row, at) => {
    const texts = [...new Set(row.map((cell) => plain(cell.text)))].filter((text) => text !== "");
    // 日・時刻・数のある行は、見出しではない。
    if (texts.some((text) => /^\d[\d:./-]*$/.test(text))) return { at, score: 0 };
    return { at, score: fields.filter((field) => texts.some((text) => likes(field, text))).length };
  });
  // 上下に結合した見出しは、下の行から値が始まる。
  return scored.reduce((best, one) => (one.score >= best.score && one.score > 0 ? one : best), {
    ...{ at: 0, score: 0 },
  });
}

const plain = (text: string) => text.normalize("NFKC").replace(/\s+/g, " ").trim();

function textOf(cell: Cell | undefined): string {
  if (cell === undefined) return "";
  const isWhen = cell.kind === "date" || cell.kind === "time" || cell.kind === "datetime";
  return plain(isWhen ? (cell.iso ?? cell.text) : cell.text);
}

function isRecord(row: readonly string[], heads: readonly string[]): boolean {
  const said = row.filter((text) => text !== "");
  const again = row.every((text, at) => text === "" || text === heads[at]);
  return said.length >= Math.min(2, heads.filter((head) => head !== "").length) && !again && !isNote(row);
}

function isNote(row: readonly string[]): boolean {
  const first = row.find((text) => text !== "") ?? "";
  return /^(合計|小計|総計|計$|※|\(注\)|注[)0-9:]|以上$|以下余白)/.test(first);
}

/** 見出しの言い方。欄の名（帳簿を問わない）から。 */
const words: Readonly<Record<string, RegExp>> = {
  handler:
    /(従業者|社員|職員|スタッフ|個人).?(番号|コード|ID)|^(ID|番号)$|氏名|名前|従業者|従事者|取扱者|受講者|担当者/i,
  employment: /雇用|身分|就業形態|契約形態/,
  work: /従事.*(事務|業務|内容)|担当業務|業務内容|事務|職務|^業務$/,
  scope: /範囲|個人情報の(種類|項目|内容)|取扱い?情報/,
  from: /開始|従事.*日|配属|就任|着任|いつから|^自$|から$/,
  flowdown: /遵守|義務|措置/,
  course: /研修名|研修|講座|科目|講習/,
  day: /年月日|日付|^日$|実施日|受講日|入室日|利用日|日時|発生日|^date/i,
  score: /点|得点|成績|スコア/,
  area: /区域|部屋|室名|扉|ドア|ゲート|場所|リーダー|door|gate|reader/i,
  who: /氏名|名前|入室者|利用者|来訪者|カード名義|会社|^user|^name$/i,
  kind: /区分|種別/,
  purpose: /用件|目的|理由|用務/,
  in: /入室.*(時|日)|入室$|入館|IN$|開始時刻/i,
  "close.out": /退室|退館|OUT$|終了時刻/i,
  badge: /札|バッジ|来客証|入館証/,
  attendant: /立会|立ち会|付添|案内者/,
  name: /媒体名|機器名|研修名|講座名|区域名|文書名|規程名|名称|品名|管理番号|資産番号|^名$|件名|物品|^もの$/,
  use: /使い道|用途|使用目的/,
  users: /使用者|利用者|使える/,
  encrypted: /暗号/,
  storage: /保管|格納|しまう/,
  quantity: /数量|個数|部数/,
  received: /受領|受けた日|借用日|貸与日/,
  due: /期限|返却予定/,
  holder: /所持|保管者|持って|使用者/,
  personal: /個人情報/,
  system: /講師|体制|責任者/,
  content: /内容|カリキュラム/,
  "close.last": /終了日|離任|退職|最後の日|^至$/,
};

function likes(field: TableField, head: string): boolean {
  const label = plain(field.label).replace(/[(（].*$/, "");
  const bare = head.replace(/[(（].*$/, "").trim();
  return bare === label || bare === field.name || (words[field.name]?.test(head) ?? false);
}

/** 欄の名 → 列の番号（0 から）。見出しの合う列のうち、値の読める行の多いもの。同じ列は、日と時刻のほかでは二度使わない。 */
export function guessColumns(
  fields: readonly TableField[],
  { heads, rows }: Pick<LineTable, "heads" | "rows">,
  readable: (field: TableField, text: string) => boolean,
): Record<string, number> {
  const columns: Record<string, number> = {};
  const used = new Set<number>();
  const isWhen = (field: TableField) => field.type === "day" || field.type === "time";
  const sample = rows.slice(0, 50);
  const fits = (field: TableField, at: number) =>
    sample.filter((row) => row[at] !== "" && readable(field, row[at] ?? "")).length;
  for (const field of fields) {
    const exact = plain(field.label);
    const found = heads
      .map((head, at) => ({ at, head, fit: fits(field, at) }))
      .filter(({ at, head }) => head !== "" && (isWhen(field) || !used.has(at)) && likes(field, head))
      .sort((a, b) => Number(b.head === exact) - Number(a.head === exact) || b.fit - a.fit)[0];
    if (found === undefined || (isWhen(field) && found.fit === 0 && sample.length > 0)) continue;
    columns[field.name] = found.at;
    if (!isWhen(field)) used.add(found.at);
  }
  // 「入室日時」のように、日が時刻の列にだけある表。
  const clock = fields.find((field) => field.type === "time" && columns[field.name] !== undefined);
  const day = fields.find((field) => field.name === "day");
  const at = clock === undefined ? undefined : columns[clock.name];
  if (day && at !== undefined && columns.day === undefined && fits(day, at) > 0) columns.day = at;
  return columns;
}

/** 選ぶ欄の、ほかの言い方。 */
const choiceWords: Readonly<Record<string, RegExp>> = {
  regular: /正社員|正規|^社員$|直接雇用|常勤/,
  contract: /契約/,
  part: /パート|アルバイト|臨時|非常勤/,
  dispatch: /派遣/,
  handler: /従業者|社員|職員|権限者|内部/,
  visitor: /来客|外来|部外|来訪|業者|外部/,
  yes: /^(○|〇|◯|有|あり|はい|済|含む|している|yes|true|1)$/i,
  no: /^(×|無|なし|いいえ|未|含まない|していない|no|false|0)$/i,
};

/**
 * 一つのます目を、帳簿の値にする。日は和暦・全角も読み、時刻は日時からも読む。読めなければそのまま（あとの確かめが断る）。
 * @param known 従業者かほかの帳簿の一件の、言い方 → id
 * @param today 年のない日付を補う日
 */
export function lineValue(
  field: TableField,
  text: string,
  known: (field: TableField, text: string) => string | undefined,
  today: string,
): string {
  const said = plain(text);
  switch (field.type) {
    case "day": {
      const read = readDate(said, { near: today });
      return "day" in read ? read.day : said;
    }
    case "time": {
      const day = readDate(said, { near: today });
      if ("day" in day && day.time !== undefined) return day.time;
      const time = readTime(said.replace(/^(\d{1,2}:\d{2}):\d{2}$/, "$1"));
      return "time" in time ? time.time : said;
    }
    case "number":
      return said.replace(/[,，]/g, "").replace(/(\.0+)?\s*(点|件|部|本|枚|人)?$/, "");
    case "choice":
      return choiceOf(field, said) ?? said;
    case "handler":
    case "line-of":
      return known(field, said) ?? said;
    default:
      return said;
  }
}

function choiceOf({ choices = {} }: TableField, said: string): string | undefined {
  const all = Object.entries(choices);
  const bare = (label: string) => plain(label).replace(/\(.*$/, "");
  return (
    all.find(([key, label]) => key === said || plain(label) === said || bare(label) === said)?.[0] ??
    all.find(([key]) => choiceWords[key]?.test(said))?.[0]
  );
}
