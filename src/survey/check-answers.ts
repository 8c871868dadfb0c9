import { AppError } from "../base/error.ts";
import type { Codebook, Question } from "../tabulation/codebook.ts";
import { codeAnswers } from "../tabulation/coded-answer.ts";
import type { CodedQuestion, Correction } from "../tabulation/coded-question.ts";
import type { SurveyData } from "../tabulation/survey-data.ts";
import { EXCLUDE } from "./answer-fix.ts";

/** 確かめの決まり。 */
export const checkRules = {
  misfit: "コードブックと合わない",
  duplicate: "同じ番号の回答",
  same: "まったく同じ回答",
  logic: "食い違う組合せ",
  contradiction: "「特にない」とほかを一緒に",
  "not-asked": "聞かれないのに答えた",
  "out-of-range": "範囲の外の数",
  "not-a-number": "数でない",
  "unknown-code": "選択肢にない値",
} as const;
export type CheckRule = keyof typeof checkRules;

/** 見つけたこと一つ。 */
export interface Finding {
  rule: CheckRule;
  /** 回答の番号。コードブック全体のことなら空。 */
  respondent: string;
  /** 回答の表の行（1 から、見出しを除く）。0 は全体。 */
  row: number;
  question: string;
  column: string;
  value: string;
  /** 何が起きているか、このままだとどう数えるか。 */
  message: string;
  /** 直し方の案（after は直した後の値、column が EXCLUDE なら外す）。 */
  fixes: { column: string; after: string; label: string }[];
}

export interface CheckedAnswers {
  findings: Finding[];
  counts: Record<CheckRule, number>;
}

/** 一つの決まりで並べる数。数は全部数える。 */
const SHOWN = 300;

/**
 * 回答を、コードブックに照らして確かめる。何も直さない。直し方の案を添える。
 * コードブックの側の誤り（列がない、選択肢と合わない）も、一つずつ言う。
 */
export function checkAnswers(data: SurveyData, ids: readonly string[], codebook: Codebook): CheckedAnswers {
  const findings: Finding[] = [];
  const counts = Object.fromEntries(
    Object.keys(checkRules).map((rule) => [rule, 0]),
  ) as CheckedAnswers["counts"];
  const add = (finding: Finding) => {
    counts[finding.rule] += 1;
    if (counts[finding.rule] <= SHOWN) findings.push(finding);
  };
  const byId = new Map(codebook.questions.map((one) => [one.id, one]));
  const coded = new Map<string, CodedQuestion>();
  for (const question of codebook.questions)
    checkQuestion({ data, ids, codebook, byId, coded, add }, question);
  checkLogic(data, ids, codebook, coded, add);
  checkDuplicates(data, ids, codebook, add);
  const order = Object.keys(checkRules);
  findings.sort((a, b) => order.indexOf(a.rule) - order.indexOf(b.rule) || a.row - b.row);
  return { findings, counts };
}

interface Checking {
  data: SurveyData;
  ids: readonly string[];
  codebook: Codebook;
  byId: ReadonlyMap<string, Question>;
  coded: Map<string, CodedQuestion>;
  add: (finding: Finding) => void;
}

function checkQuestion(world: Checking, question: Question): void {
  const { data, ids, codebook, byId, coded, add } = world;
  const columns = columnsOf(question);
  if (question.type === "matrix") return;
  const missing = columns.filter((name) => data.column(name) === undefined);
  const whole = { respondent: "", row: 0, question: question.id, value: "", fixes: [] };
  if (missing.length > 0) {
    const message = `列「${missing.join("」「")}」が、回答の表にありません。コードブックの列の名を直すか、表の見出しをご確認ください。`;
    add({ ...whole, rule: "misfit", column: missing[0] ?? "", message });
    return;
  }
  if (question.type === "text") return;
  const gate = question.when && byId.get(question.when.question);
  try {
    const found = codeAnswers(data, { ...codebook, questions: gate ? [gate, question] : [question] });
    const own = found.questions.get(question.id);
    if (own) coded.set(question.id, own);
    for (const one of found.corrections)
      if (one.question === question.id) add(findingOf(question, one, data, ids, own));
  } catch (cause) {
    if (!(cause instanceof AppError)) throw cause;
    add({ ...whole, rule: "misfit", column: columns[0] ?? "", message: cause.message });
  }
}

/** 設問の列。表の形の設問そのものには列がない。 */
export function columnsOf(question: Question): readonly string[] {
  if (question.type === "matrix") return [];
  return question.columns ?? [question.id];
}

function findingOf(
  question: Question,
  { row, kind }: Correction,
  data: SurveyData,
  ids: readonly string[],
  own: CodedQuestion | undefined,
): Finding {
  const at = row - 1;
  const columns = columnsOf(question);
  const filled = columns.filter((name) => !["", "0"].includes(data.column(name)?.[at] ?? ""));
  const column = filled[0] ?? columns[0] ?? question.id;
  const value = data.raw(column)?.[at] ?? "";
  const empty = filled.map((name) => ({ column: name, after: "", label: `${name} を空にする` }));
  const base = { rule: kind, respondent: ids[at] ?? "", row, question: question.id, column, value };
  const blank = { column, after: "", label: "無回答にする" };
  if (kind === "not-asked") {
    const message = `聞かれない人の答えです。このままなら「非該当」として数えます。`;
    return { ...base, message, fixes: empty.length === 1 ? [{ ...blank, label: "答えを消す" }] : empty };
  }
  if (kind === "contradiction") return { ...base, ...contradiction(question, own, at, column, columns) };
  const { min, max } = question.range ?? {};
  const said = {
    "out-of-range": `範囲（${min ?? ""}～${max ?? ""}）の外です。このままなら「不明」として数えます。`,
    "not-a-number": "数ではありません。このままなら「不明」として数えます。",
    "unknown-code": "選択肢にない値です。このままなら「不明」として数えます。",
  }[kind];
  return { ...base, message: said, fixes: [blank] };
}

function contradiction(
  question: Question,
  own: CodedQuestion | undefined,
  at: number,
  column: string,
  columns: readonly string[],
): Pick<Finding, "message" | "fixes"> {
  const chosen = question.options.filter((_, option) => own?.marks?.[option]?.[at] === 1);
  const alone = chosen.filter(({ exclusive }) => exclusive);
  const others = chosen.filter(({ exclusive }) => !exclusive);
  const codes = (options: readonly { code: string }[]) => options.map(({ code }) => code).join(",");
  const message = `「${alone[0]?.label ?? ""}」と、ほかの${others.length}つが一緒に選ばれています。このままなら、どちらも数えます。`;
  if (columns.length > 1) {
    const place = question.options.findIndex(({ exclusive }) => exclusive);
    const target = columns[place] ?? column;
    return { message, fixes: [{ column: target, after: "", label: `「${alone[0]?.label ?? ""}」を外す` }] };
  }
  return {
    message,
    fixes: [
      { column, after: codes(others), label: `「${alone[0]?.label ?? ""}」を外す` },
      { column, after: codes(alone), label: `「${alone[0]?.label ?? ""}」だけにする` },
    ],
  };
}

/** コードブックの logic: ある設問の答えの人が、別の設問でこう答えるはずはない。 */
function checkLogic(
  data: SurveyData,
  ids: readonly string[],
  { logic, questions }: Codebook,
  coded: ReadonlyMap<string, CodedQuestion>,
  add: (finding: Finding) => void,
): void {
  for (const { when, never, say } of logic) {
    const [a, b] = [coded.get(when.question), coded.get(never.question)];
    const question = questions.find((one) => one.id === never.question);
    if (!a || !b || !question) continue;
    const column = columnsOf(question)[0] ?? question.id;
    for (let row = 0; row < data.rows; row += 1) {
      if (!chose(a, when.codes, row) || !chose(b, never.codes, row)) continue;
      const message =
        say ??
        `設問 ${when.question} の答えと、設問 ${never.question} の答えが食い違います。このまま数えます。`;
      add({
        ...{ rule: "logic", respondent: ids[row] ?? "", row: row + 1, question: never.question, column },
        ...{ value: data.raw(column)?.[row] ?? "", message },
        fixes: [{ column, after: "", label: `${never.question} を無回答にする` }],
      });
    }
  }
}

function chose({ question, single, marks }: CodedQuestion, codes: readonly string[], row: number): boolean {
  return question.options.some(
    ({ code }, at) => codes.includes(code) && (single ? single[row] === at : marks?.[at]?.[row] === 1),
  );
}

/** 番号の重なりと、番号のほかがまったく同じ回答。 */
function checkDuplicates(
  data: SurveyData,
  ids: readonly string[],
  codebook: Codebook,
  add: (finding: Finding) => void,
): void {
  const column = codebook.id;
  const numbers = column === undefined ? undefined : data.column(column);
  const used = codebook.questions.flatMap(columnsOf).flatMap((name) => {
    const values = name === column ? undefined : data.column(name);
    return values ? [values] : [];
  });
  const firstId = new Map<string, number>();
  const firstRow = new Map<string, number>();
  for (let row = 0; row < data.rows; row += 1) {
    const answers = used.map((values) => values[row] ?? "");
    const key = answers.join("\u0001");
    const number = numbers?.[row] ?? "";
    const twin = number === "" ? undefined : firstId.get(number);
    // 空の多い回答どうしが同じなのは、偶然かもしれない。
    const copy = answers.filter((one) => one !== "").length >= 8 ? firstRow.get(key) : undefined;
    if (twin === undefined && number !== "") firstId.set(number, row);
    if (copy === undefined) firstRow.set(key, row);
    const before = twin ?? copy;
    if (before === undefined) continue;
    const place = `${before + 1}行目`;
    const message =
      twin === undefined
        ? `${place}とまったく同じ回答です。このままなら、二つとも数えます。`
        : copy === twin
          ? `${place}と番号も答えも同じです（二度送られたもの）。このままなら、二つとも数えます。`
          : `${place}と番号が同じで、答えが違います。調査票をご確認ください。このままなら、二つとも数えます。`;
    add({
      ...{ rule: twin === undefined ? "same" : "duplicate", respondent: ids[row] ?? "", row: row + 1 },
      ...{ question: "", column: column ?? "", value: "", message },
      fixes: [{ column: EXCLUDE, after: "", label: "この回答を集計から外す" }],
    });
  }
}
