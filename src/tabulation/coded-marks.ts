import { AppError } from "../base/error.ts";
import { decoder, unknownCode } from "./answer-decoder.ts";
import type { Question } from "./codebook.ts";
import { type CodedQuestion, type CorrectionLog, MISSING } from "./coded-question.ts";

/** 一列に区切って書かれた複数回答（「1,3」「1;3」改行、空白）。順位なら、書かれた順。 */
export function codeList(question: Question, values: readonly string[], log: CorrectionLog): CodedQuestion {
  const decode = decoder(question);
  const labels = separatedLabels(question);
  const other = question.options.findIndex(({ label, code }) => /^(その他|other)/i.test(label || code));
  const coded = emptyMarks(question, values.length);
  for (const [row, value] of values.entries()) {
    const whole = decode(value);
    const parts = whole === undefined ? splitAnswer(value, labels) : [value];
    let order = 0;
    for (const part of parts) {
      // 「その他」に書かれた言葉は、そのまま値になって出てくる。
      const code = decode(part) ?? (other >= 0 && isWriting(part) ? other : undefined);
      if (code === undefined) unknownCode(question, row, log, part);
      else if (code < 0) coded.state[row] = code;
      else {
        order += 1;
        setMark(coded, row, code, order);
      }
    }
    if (order === 0 && (coded.state[row] ?? 0) === 0)
      coded.state[row] = whole === undefined ? MISSING.unknown : MISSING.noAnswer;
    if (order > 0) coded.state[row] = 0;
    checkExclusive(question, coded.marks, row, log);
  }
  return { question, ...coded };
}

/** 区切りの字を含む選択肢の名（「スマートフォン（iPhone, Android など）」）。長い順。 */
function separatedLabels({ options }: Question): string[] {
  return options
    .flatMap(({ label, code }) => [label, code])
    .map((one) => one.normalize("NFKC").trim())
    .filter((one) => SEPARATOR.test(one))
    .toSorted((a, b) => b.length - a.length);
}

const SEPARATOR = /[\n,;、；/|>＞\s]/;

/** 区切る。区切りの字を含む選択肢の名は、先に取り出す。 */
function splitAnswer(value: string, labels: readonly string[]): string[] {
  const parts: string[] = [];
  let rest = value;
  for (const label of labels)
    for (let at = rest.indexOf(label); at >= 0; at = rest.indexOf(label)) {
      parts.push(label);
      rest = `${rest.slice(0, at)}\n${rest.slice(at + label.length)}`;
    }
  const strong = rest.split(/[\n,;、；/|>＞]+/).map((part) => part.trim());
  const split = strong.flatMap((part) => (/^[\w\s]+$/.test(part) ? part.split(/\s+/) : [part]));
  return [...parts, ...split.filter((part) => part !== "")];
}

/** 番号や印でない、書かれた言葉。 */
function isWriting(part: string): boolean {
  return /[\p{L}]{2}/u.test(part);
}

/** 選択肢ごとの列の複数回答。空・0・「非選択」は選ばない、ほかは選んだ。 */
export function codeMarks(
  question: Question,
  columns: readonly (readonly string[])[],
  log: CorrectionLog,
): CodedQuestion {
  if (columns.length !== question.options.length)
    throw new AppError(
      "BAD_INPUT",
      `設問 ${question.id} の列は ${columns.length}、選択肢は ${question.options.length} です。columns を選択肢と同じ数・同じ順に並べてください。`,
    );
  const decode = decoder({ ...question, options: [] });
  const rows = columns[0]?.length ?? 0;
  const coded = emptyMarks(question, rows);
  const off = new Set(isOneTwo(question, columns) ? [...NOT_CHOSEN, "2"] : NOT_CHOSEN);
  for (let row = 0; row < rows; row += 1) {
    let any = false;
    let missing = MISSING.noAnswer;
    for (const [at, values] of columns.entries()) {
      const value = values[row] ?? "";
      if (off.has(value)) continue;
      const state = decode(value);
      if (state !== undefined && state < 0 && value !== "1" && value !== question.options[at]?.code)
        missing = state;
      else {
        any = true;
        setMark(coded, row, at, 0);
      }
    }
    coded.state[row] = any ? 0 : missing;
    checkExclusive(question, coded.marks, row, log);
  }
  return { question, ...coded };
}

/** 選択肢ごとの列で、選ばなかったことを言う値。 */
const NOT_CHOSEN = [
  ...["", "0", "0.0", "非選択", "未選択", "選択なし", "false", "FALSE", "False", "N", "n", "No", "NO", "no"],
  ...["いいえ", "×", "✕", "✗", "オフ", "off", "Unchecked"],
];

/** どの列の値も 1 と 2 だけなら、1 が「はい」、2 が「いいえ」（選択肢の番号の 2 と取り違えない）。 */
function isOneTwo(question: Question, columns: readonly (readonly string[])[]): boolean {
  const elsewhere = columns.some((values, at) => question.options[at]?.code !== "2" && values.includes("2"));
  if (!elsewhere) return false;
  return columns.every((values) => values.every((value) => value === "" || value === "1" || value === "2"));
}

/** 順位ごとの列（1位・2位・3位の列に、選択肢のコードか名）か。そうでなければ、選択肢ごとに順位の数。 */
export function isPlaced(
  question: Question,
  names: readonly string[],
  columns: readonly (readonly string[])[],
): boolean {
  if (columns.length !== question.options.length) return true;
  const placed = /(?:第?[1-9１-９]\s*[位番]|rank\s*\d|\d(?:st|nd|rd|th))/i;
  if (names.every((name) => placed.test(name.normalize("NFKC")))) return true;
  return columns.some((values) => values.some((value) => value !== "" && !/^\d+(\.0+)?$/.test(value)));
}

/** 順位ごとに、選んだ選択肢を書いた列。同じ選択肢が二度あれば、はじめの順位にする。 */
export function codePlaces(
  question: Question,
  columns: readonly (readonly string[])[],
  log: CorrectionLog,
): CodedQuestion {
  const decode = decoder(question);
  const rows = columns[0]?.length ?? 0;
  const coded = emptyMarks(question, rows);
  for (let row = 0; row < rows; row += 1) {
    let any = false;
    let missing = MISSING.noAnswer;
    for (const [at, values] of columns.entries()) {
      const value = values[row] ?? "";
      const code = value === "" || value === "0" ? undefined : decode(value);
      if (code === undefined) {
        if (value !== "" && value !== "0") unknownCode(question, row, log, value);
      } else if (code < 0) missing = code;
      else {
        any = true;
        if (coded.marks[code]?.[row] !== 1) setMark(coded, row, code, at + 1);
        else {
          const message = `「${question.options[code]?.label ?? ""}」が二つの順位に書かれています。上の順位で数えました。`;
          log.add({ row: row + 1, question: question.id, kind: "contradiction", message });
        }
      }
    }
    coded.state[row] = any ? 0 : missing;
  }
  return { question, ...coded };
}

/** 選択肢ごとに順位の数を書いた列。 */
export function codeRanks(
  question: Question,
  columns: readonly (readonly string[])[],
  log: CorrectionLog,
): CodedQuestion {
  const rows = columns[0]?.length ?? 0;
  const coded = emptyMarks(question, rows);
  for (let row = 0; row < rows; row += 1) {
    let any = false;
    for (const [at, values] of columns.entries()) {
      const value = values[row] ?? "";
      if (value === "" || value === "0") continue;
      const order = Number(value);
      if (!Number.isInteger(order) || order < 1 || order > columns.length)
        unknownCode(question, row, log, value);
      else {
        any = true;
        setMark(coded, row, at, order);
      }
    }
    coded.state[row] = any ? 0 : MISSING.noAnswer;
  }
  return { question, ...coded };
}

interface Marks {
  marks: Uint8Array[];
  rank: Uint8Array[];
  state: Int8Array;
}

function emptyMarks(question: Question, rows: number): Marks {
  const each = () => question.options.map(() => new Uint8Array(rows));
  return { marks: each(), rank: question.type === "rank" ? each() : [], state: new Int8Array(rows) };
}

function setMark({ marks, rank }: Marks, row: number, option: number, order: number): void {
  const column = marks[option];
  if (column) column[row] = 1;
  const ranks = rank[option];
  if (ranks) ranks[row] = order;
}

/** 「特にない」とほかを一緒に選んだ回答。直さずに、残して知らせる。 */
function checkExclusive(
  question: Question,
  marks: readonly Uint8Array[],
  row: number,
  log: CorrectionLog,
): void {
  const alone = question.options.findIndex(({ exclusive }, at) => exclusive && marks[at]?.[row] === 1);
  if (alone < 0 || !marks.some((column, at) => at !== alone && column[row] === 1)) return;
  const message = `「${question.options[alone]?.label ?? ""}」と、ほかの選択肢が一緒に選ばれています。そのまま数えました。`;
  log.add({ row: row + 1, question: question.id, kind: "contradiction", message });
}
