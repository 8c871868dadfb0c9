import { AppError } from "../base/error.ts";
import type { Codebook, Question } from "./codebook.ts";

/** クロス集計に尋ねること。URL と図が同じ形で持つ。個人の情報を含まない。 */
export interface CrossAsk {
  /** 表側の設問。二つなら、nested のとき重ね、そうでなければ縦に並べる。 */
  rows: readonly string[];
  nested: boolean;
  /** 表頭の設問。 */
  column: string;
  /** 絞り込み。設問ごとに、どれかに当てはまる人。 */
  filters: readonly CrossFilter[];
  /** ウエイトを使う。 */
  weighted: boolean;
  /** 無回答などの列を出し、分母に入れる。 */
  withMissing: boolean;
  /** 有意な差に印。 */
  marks: boolean;
  /** 区分どうしの差の文字。 */
  letters: boolean;
}

export interface CrossFilter {
  question: string;
  codes: readonly string[];
}

/** 一度に並べる軸の数。画面では三つまで、集計表では全部。 */
const AXES = 12;

/** 尋ねられたものを、その調査にあるものだけにする。なければ、はじめの軸とはじめの設問。 */
export function settleAsk(given: Partial<CrossAsk>, codebook: Codebook, hasWeight: boolean): CrossAsk {
  const column = findQuestion(codebook, given.column) ?? firstColumn(codebook);
  const rows = (given.rows ?? []).filter((id) => id !== column.id && mayBeAxis(codebook, id));
  const fallback = codebook.axes.flat().find((id) => id !== column.id && mayBeAxis(codebook, id));
  const first = rows.length > 0 ? rows : fallback === undefined ? [] : [fallback];
  return {
    rows: [...new Set(first)].slice(0, AXES),
    nested: given.nested ?? false,
    column: column.id,
    filters: (given.filters ?? []).filter((one) => findOptions(codebook, one).length > 0),
    weighted: hasWeight && (given.weighted ?? true),
    withMissing: given.withMissing ?? column.base !== "answered",
    marks: given.marks ?? true,
    letters: given.letters ?? false,
  };
}

function firstColumn(codebook: Codebook): Question {
  const axes = new Set(codebook.axes.flat());
  const found =
    codebook.questions.find((one) => mayBeColumn(one) && !axes.has(one.id)) ??
    codebook.questions.find(mayBeColumn);
  if (!found)
    throw new AppError(
      "REFUSED",
      "集計できる設問がありません。コードブックに選択肢のある設問を足してください。",
    );
  return found;
}

function findQuestion(codebook: Codebook, id: string | undefined): Question | undefined {
  return codebook.questions.find((one) => one.id === id && mayBeColumn(one));
}

/** 絞り込みの選択肢（設問にあるものだけ）。 */
export function findOptions<T extends { code: string }>(
  codebook: { questions: readonly { id: string; options: readonly T[] }[] },
  filter: CrossFilter,
): T[] {
  const question = codebook.questions.find(({ id }) => id === filter.question);
  return question?.options.filter(({ code }) => filter.codes.includes(code)) ?? [];
}

/** 表頭にできる設問（自由記述のほか）。 */
export function mayBeColumn({ type }: Question): boolean {
  return type !== "text" && type !== "matrix";
}

/** 表側にできる設問（選択肢のあるもの）。 */
export function mayBeAxis(codebook: Codebook, id: string): boolean {
  const question = codebook.questions.find((one) => one.id === id);
  return question !== undefined && mayBeColumn(question) && question.options.length > 0;
}

/** URL の問い合わせにする。並びが同じなら文字も同じ。 */
export function writeAsk(ask: CrossAsk): string {
  const query = new URLSearchParams();
  for (const [at, id] of ask.rows.entries()) query.set(at === 0 ? "row" : `row${at + 1}`, id);
  if (ask.nested) query.set("nest", "1");
  query.set("column", ask.column);
  if (ask.filters.length > 0) query.set("f", writeFilters(ask.filters));
  query.set("w", ask.weighted ? "1" : "0");
  query.set("na", ask.withMissing ? "1" : "0");
  query.set("m", ask.marks ? "1" : "0");
  if (ask.letters) query.set("l", "1");
  return query.toString();
}

export function writeFilters(filters: readonly CrossFilter[]): string {
  return filters
    .map(({ question, codes }) => [question, ...codes].map(encodeURIComponent).join(":"))
    .join(";");
}

/** URL の問い合わせを読む。書いていないことは undefined（form のチェックは、set=1 のとき無いことが「いいえ」）。 */
export function readAsk(query: (name: string) => string | undefined): Partial<CrossAsk> {
  const form = query("set") === "1";
  const flag = (name: string) => {
    const value = query(name);
    return value === undefined ? (form ? false : undefined) : value === "1";
  };
  const rows = ["row", "row2", "row3"].flatMap((name) => query(name) || []);
  const filters = addFilter(readFilters(query("f") ?? ""), query("add") ?? "");
  const nested = flag("nest");
  const [weighted, withMissing, marks, letters] = [flag("w"), flag("na"), flag("m"), flag("l")];
  const swap = query("swap") === "1";
  const column = query("column");
  const [first, ...rest] = rows;
  return {
    ...(rows.length > 0 ? { rows: swap && column ? [column, ...rest] : rows } : {}),
    ...(column ? { column: swap && first ? first : column } : {}),
    filters,
    ...(nested === undefined ? {} : { nested }),
    ...(weighted === undefined ? {} : { weighted }),
    ...(withMissing === undefined ? {} : { withMissing }),
    ...(marks === undefined ? {} : { marks }),
    ...(letters === undefined ? {} : { letters }),
  };
}

function readFilters(text: string): CrossFilter[] {
  return text.split(";").flatMap((part): CrossFilter[] => {
    const [question = "", ...codes] = part.split(":").map(decode);
    return question === "" || codes.length === 0 ? [] : [{ question, codes }];
  });
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** 「F4:3」を足す。同じ設問の条件があれば、どちらかに当てはまる人にする。 */
export function addFilter(filters: readonly CrossFilter[], added: string): CrossFilter[] {
  const [one] = readFilters(added);
  if (!one) return [...filters];
  const found = filters.find(({ question }) => question === one.question);
  if (!found) return [...filters, one];
  const codes = [...new Set([...found.codes, ...one.codes])];
  return filters.map((each) => (each === found ? { ...each, codes } : each));
}
