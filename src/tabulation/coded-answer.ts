import { AppError } from "../base/error.ts";
import { decoder, numberIn, plain, unknownCode } from "./answer-decoder.ts";
import type { Codebook, Question } from "./codebook.ts";
import { codeList, codeMarks, codePlaces, codeRanks, isPlaced } from "./coded-marks.ts";
import { type CodedQuestion, type Correction, CorrectionLog, MISSING } from "./coded-question.ts";
import type { SurveyData } from "./survey-data.ts";

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
    refuseMisfit(question, data.rows, log);
    questions.set(question.id, coded);
  }
  for (const question of codebook.questions) applyBranch(question, questions, log);
  return { rows: data.rows, questions, corrections: log.kept, counts: log.counts };
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
  if (question.type === "rank" && columns.length > 1)
    return isPlaced(question, names, columns)
      ? codePlaces(question, columns, log)
      : codeRanks(question, columns, log);
  return columns.length > 1 ? codeMarks(question, columns, log) : codeList(question, first, log);
}

function codeSingle(question: Question, values: readonly string[], log: CorrectionLog): CodedQuestion {
  const decode = decoder(question);
  const single = new Int16Array(values.length);
  for (const [row, value] of values.entries()) {
    const code = decode(value);
    if (code === undefined) unknownCode(question, row, log, value);
    single[row] = code ?? MISSING.unknown;
  }
  return { question, single };
}

function codeNumber(question: Question, values: readonly string[], log: CorrectionLog): CodedQuestion {
  const decode = decoder(question);
  const value = new Float64Array(values.length).fill(Number.NaN);
  const state = new Int8Array(values.length);
  const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = question.range ?? {};
  for (const [row, text] of values.entries()) {
    const missing = decode(text);
    const number = numberIn(text);
    if (missing !== undefined && missing < 0) state[row] = missing;
    else if (!Number.isFinite(number)) {
      state[row] = MISSING.unknown;
      const message = "数でない値を「不明」としました。";
      log.add({ row: row + 1, question: question.id, kind: "not-a-number", message });
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
  const open = gate.question.options.flatMap(({ code, label }, at) =>
    wanted.has(plain(code)) || wanted.has(plain(label)) ? [at] : [],
  );
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
function refuseMisfit(question: Question, rows: number, log: CorrectionLog): void {
  if (question.type === "number") return;
  const wrong = log.misfits(question.id);
  if (wrong.rows < 5 || wrong.rows * 10 <= rows) return;
  throw new AppError(
    "BAD_INPUT",
    `設問 ${question.id} の列に、選択肢にない値が${rows}行のうち${wrong.rows}行あります（はじめは${wrong.first}行目）。列の取り違えか、選択肢の漏れです。コードブックの columns と options をご確認ください。`,
  );
}
