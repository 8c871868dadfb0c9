import { AppError } from "../base/error.ts";
import type { Codebook, MissingKind, Question } from "./codebook.ts";
import type { SurveyData } from "./survey-data.ts";

/** 答えのないことの印（選択肢の番号の代わりに置く、負の数）。 */
export const MISSING: Record<MissingKind, number> = {
  noAnswer: -1,
  notApplicable: -2,
  unknown: -3,
  dontKnow: -4,
};

/** コードにした回答。 */
export interface CodedQuestion {
  readonly question: Question;
  /** sa: 選択肢の番号（0 から）か MISSING。 */
  readonly single?: Int16Array;
  /** ma・rank: 選択肢ごとに、選んだら 1。 */
  readonly marks?: readonly Uint8Array[];
  /** ma・rank・number: 答えていれば 0、いなければ MISSING。 */
  readonly state?: Int8Array;
  /** number: 値。答えていなければ NaN。 */
  readonly value?: Float64Array;
  /** rank: 選択肢ごとの順位（1 から）。選ばれなければ 0。 */
  readonly rank?: readonly Uint8Array[];
}

/** 直したこと・食い違い。row は回答の行（1 から、見出しを除く）。 */
export interface Correction {
  row: number;
  question: string;
  kind: "unknown-code" | "out-of-range" | "not-asked" | "contradiction" | "not-a-number";
  /** 何をどうしたか。 */
  message: string;
}

/** 一つの種類で覚えておく数。残りは数だけ。 */
const KEPT = 1000;

export interface CodedSurvey {
  readonly rows: number;
  readonly questions: ReadonlyMap<string, CodedQuestion>;
  readonly corrections: Correction[];
  /** 種類ごとの、直した総数。 */
  readonly counts: Record<Correction["kind"], number>;
}

/**
 * 回答をコードにし、範囲・枝分かれ・矛盾を調べる。直したことは、一つずつ残す。
 * @throws AppError BAD_INPUT（列がない。コードブックと合わない値が答えの一割を超える）
 */
export function codeAnswers(data: SurveyData, codebook: Codebook): CodedSurvey {
  const log = new CorrectionLog();
  const questions = new Map<string, CodedQuestion>();
  for (const question of codebook.questions) {
    if (question.type === "text" || question.type === "matrix") continue;
    const coded = codeQuestion(data, question, log);
    refuseMisfit(question, coded, data.rows, log);
    questions.set(question.id, coded);
  }
  for (const question of codebook.questions) applyBranch(question, questions, log);
  return { rows: data.rows, questions, corrections: log.kept, counts: log.counts };
}

class CorrectionLog {
  readonly kept: Correction[] = [];
  readonly counts: Record<Correction["kind"], number> = {
    ...{ "unknown-code": 0, "out-of-range": 0, "not-asked": 0, contradiction: 0, "not-a-number": 0 },
  };
  add(correction: Correction): void {
    this.counts[correction.kind] += 1;
    if (this.counts[correction.kind] <= KEPT) this.kept.push(correction);
  }
}

function codeQuestion(data: SurveyData, question: Question, log: CorrectionLog): CodedQuestion {
  const names = question.columns ?? [question.id];
  const columns = names.map((name) => {
    const values = data.column(name);
    if (!values)
      throw new AppError(
        "BAD_INPUT",
        `設問 ${question.id} の列「${name}」が、回答の表にありません。コードブックの columns か、表の見出しをご確認ください。`,
      );
    return values;
  });
  const [first = []] = columns;
  if (question.type === "number") return codeNumber(question, first, log);
  if (question.type === "sa") return codeSingle(question, first, log);
  if (question.type === "rank" && columns.length > 1) return codeRanks(question, columns, log);
  return columns.length > 1 ? codeMarks(question, columns, log) : codeList(question, first, log);
}

/** 値 → 選択肢の番号か、答えのない印。知らない値は undefined。 */
function decoder(question: Question): (value: string) => number | undefined {
  const known = new Map<string, number>();
  for (const [at, { code, label }] of question.options.entries()) {
    known.set(plain(code), at);
    if (!known.has(plain(label))) known.set(plain(label), at);
  }
  for (const kind of ["noAnswer", "notApplicable", "unknown", "dontKnow"] as const)
    for (const code of question.missing[kind as keyof typeof question.missing] ?? [])
      known.set(plain(String(code)), MISSING[kind]);
  if (!known.has("")) known.set("", MISSING.noAnswer);
  return (value) => known.get(value) ?? known.get(plain(value));
}

/** 「1.0」「01」「１」は 1 と同じコード。 */
function plain(code: string): string {
  const text = code.normalize("NFKC").trim();
  return /^0*\d+(\.0+)?$/.test(text) ? String(Number(text)) : text;
}

function codeSingle(question: Question, values: readonly string[], log: CorrectionLog): CodedQuestion {
  const decode = decoder(question);
  const single = new Int16Array(values.length);
  for (const [row, value] of values.entries()) {
    const code = decode(value);
    if (code === undefined) unknownCode(question, row, log);
    single[row] = code ?? MISSING.unknown;
  }
  return { question, single };
}

function unknownCode(question: Question, row: number, log: CorrectionLog): void {
  const message = `選択肢にない値を「不明」としました。`;
  log.add({ row: row + 1, question: question.id, kind: "unknown-code", message });
}

/** 一列に区切って書かれた複数回答（「1,3」「1;3」改行、空白）。順位なら、書かれた順。 */
function codeList(question: Question, values: readonly string[], log: CorrectionLog): CodedQuestion {
  const decode = decoder(question);
  const coded = emptyMarks(question, values.length);
  for (const [row, value] of values.entries()) {
    const whole = decode(value);
    const parts =
      whole === undefined ? value.split(/[\n,;、；/|]+|\s+/).filter((part) => part !== "") : [value];
    let order = 0;
    for (const part of parts) {
      const code = decode(part);
      if (code === undefined) unknownCode(question, row, log);
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

/** 選択肢ごとの列の複数回答。空・0・「非選択」は選ばない、ほかは選んだ。 */
function codeMarks(
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
  for (let row = 0; row < rows; row += 1) {
    let any = false;
    let missing = MISSING.noAnswer;
    for (const [at, values] of columns.entries()) {
      const value = values[row] ?? "";
      if (value === "" || value === "0" || value === "非選択" || value === "false" || value === "FALSE")
        continue;
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

/** 選択肢ごとに順位の数を書いた列。 */
function codeRanks(
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
      if (!Number.isInteger(order) || order < 1 || order > columns.length) unknownCode(question, row, log);
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

function codeNumber(question: Question, values: readonly string[], log: CorrectionLog): CodedQuestion {
  const decode = decoder(question);
  const value = new Float64Array(values.length).fill(Number.NaN);
  const state = new Int8Array(values.length);
  const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = question.range ?? {};
  for (const [row, text] of values.entries()) {
    const missing = decode(text);
    const number = Number(text.replace(/,/g, ""));
    if (missing !== undefined && missing < 0) state[row] = missing;
    else if (!Number.isFinite(number)) {
      state[row] = MISSING.unknown;
      log.add({
        row: row + 1,
        question: question.id,
        kind: "not-a-number",
        message: "数でない値を「不明」としました。",
      });
    } else if (number < min || number > max) {
      state[row] = MISSING.unknown;
      const message = `範囲（${min}～${max}）の外の値を「不明」としました。`;
      log.add({ row: row + 1, question: question.id, kind: "out-of-range", message });
    } else value[row] = number;
  }
  return { question, value, state };
}

/** 聞かれなかった人は非該当。聞かれなかったのに答えがあれば、答えを外して残す。 */
function applyBranch(question: Question, all: ReadonlyMap<string, CodedQuestion>, log: CorrectionLog): void {
  const coded = all.get(question.id);
  const gate = question.when && all.get(question.when.question);
  if (!coded || !gate || !question.when) return;
  const wanted = new Set(question.when.codes.map(plain));
  const open = gate.question.options.flatMap(({ code }, at) => (wanted.has(plain(code)) ? [at] : []));
  const passes = (row: number) =>
    gate.single ? open.includes(gate.single[row] ?? -1) : open.some((at) => gate.marks?.[at]?.[row] === 1);
  const rows = (coded.single ?? coded.state)?.length ?? 0;
  for (let row = 0; row < rows; row += 1) {
    if (passes(row)) continue;
    const answered = (coded.single?.[row] ?? coded.state?.[row] ?? MISSING.noAnswer) >= 0;
    if (answered) {
      const message = "聞かれないはずの人の答えを「非該当」としました。";
      log.add({ row: row + 1, question: question.id, kind: "not-asked", message });
    }
    if (coded.single) coded.single[row] = MISSING.notApplicable;
    if (coded.state) coded.state[row] = MISSING.notApplicable;
    if (coded.value) coded.value[row] = Number.NaN;
    for (const column of [...(coded.marks ?? []), ...(coded.rank ?? [])]) column[row] = 0;
  }
}

/** 列の意味が変わっている（別の設問の列を指している）ときは、黙って「不明」にしない。 */
function refuseMisfit(question: Question, _coded: CodedQuestion, rows: number, log: CorrectionLog): void {
  if (question.type === "number") return;
  const wrong = log.kept.filter(
    ({ question: id, kind }) => id === question.id && kind === "unknown-code",
  ).length;
  if (wrong < 5 || wrong * 10 <= rows) return;
  const [first] = log.kept.filter(({ question: id }) => id === question.id);
  throw new AppError(
    "BAD_INPUT",
    `設問 ${question.id} の列に、選択肢にない値が${rows}行のうち${wrong}行以上あります（はじめは${first?.row ?? 1}行目）。列の取り違えか、選択肢の漏れです。コードブックの columns と options をご確認ください。`,
  );
}
