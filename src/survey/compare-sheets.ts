import type { Codebook, Question } from "../tabulation/codebook.ts";
import { splitList } from "../tabulation/describe-columns.ts";
import { columnsOf } from "./check-answers.ts";

/** 調査票一枚の打ち込み（列の名 → 値）。 */
export type SheetAnswers = Readonly<Record<string, string>>;

/** 打ち込む欄。 */
export interface SheetField {
  column: string;
  question: Question;
  /** 選択肢ごとの列のとき、その選択肢。 */
  option: string | undefined;
  /** 「その他」の言葉の列。 */
  write: boolean;
}

/** 調査票の順の、打ち込む欄。いくつでもの設問は、一つの欄に数字を並べる（選択肢ごとの列には、しまうときに分ける）。 */
export function sheetFields({ questions }: Codebook): SheetField[] {
  return questions.flatMap((question): SheetField[] => {
    if (question.type === "matrix") return [];
    const [column = question.id] = columnsOf(question);
    const writes = question.options.flatMap(({ write }) => write ?? []);
    return [
      { column, question, option: undefined, write: false },
      ...writes.map((name) => ({ column: name, question, option: undefined, write: true })),
    ];
  });
}

export interface SheetDifference {
  column: string;
  first: string;
  second: string;
}

/** 二人の打ち込みの違い。全半角と前後の空白、いくつでもの並びの順は、違いとしない。二人を入れ替えても同じ列が違う。 */
export function compareSheets(
  codebook: Codebook,
  first: SheetAnswers,
  second: SheetAnswers,
): SheetDifference[] {
  return sheetFields(codebook).flatMap(({ column, question, write }) => {
    const [a, b] = [first[column] ?? "", second[column] ?? ""];
    const plain = (value: string) => {
      const text = value.normalize("NFKC").trim();
      return question.type === "ma" && !write ? [...new Set(splitList(text))].sort().join(",") : text;
    };
    return plain(a) === plain(b) ? [] : [{ column, first: a, second: b }];
  });
}

/** 打ち込みを、回答の表の一行に（選択肢ごとの列の設問は、列に分ける）。 */
export function rowOf(
  codebook: Codebook,
  names: readonly string[],
  sheet: string,
  answers: SheetAnswers,
): string[] {
  const values = new Map<string, string>([[codebook.id ?? "番号", sheet]]);
  for (const { column, question, write } of sheetFields(codebook)) {
    const value = (answers[column] ?? "").normalize("NFKC").trim();
    const columns = columnsOf(question);
    if (write || columns.length === 1) values.set(column, write ? (answers[column] ?? "") : value);
    else {
      const chosen = splitList(value);
      for (const [at, name] of columns.entries()) {
        const code = question.options[at]?.code ?? String(at + 1);
        const order = chosen.indexOf(code);
        values.set(name, order < 0 ? "" : question.type === "rank" ? String(order + 1) : "1");
      }
    }
  }
  return names.map((name) => values.get(name) ?? "");
}
