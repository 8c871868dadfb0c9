import { AppError, type Fault } from "../base/error.ts";
import { readRecords } from "../office/record-reader.ts";
import { type LetterColumn, letterColumns, plainHead } from "./letter-column.ts";

/** 受け取った意見の一行。letter は通、person は人。 */
export interface OpinionRow {
  id: string;
  letter: string;
  person: string;
  text: string;
  /** ほかの列（章、年代、区分など）。見出し → 値。 */
  more: Readonly<Record<string, string>>;
}

/** 見出しを探す行の数。 */
const HEAD_ROWS = 20;

const names: Record<"id" | "letter" | "person" | "text", readonly string[]> = {
  id: ["id", "no", "番号", "意見番号", "意見id", "通し番号", "通番"],
  letter: ["letter", "通", "通番号", "受付番号", "書簡", "提出番号"],
  person: ["person", "人", "提出者", "提出者番号", "氏名", "名前"],
  text: ["text", "意見", "意見の内容", "意見内容", "本文", "内容", "コメント", "comment"],
};

/**
 * 意見の表（CSV、.xlsx）を読む。id と text だけは要る。letter がなければ一つの意見が一通、
 * person がなければ一通が一人。文は一字も直さない。
 * @throws AppError BAD_INPUT（列がない、id がない・重なる）。行を言う。
 */
export function readOpinions(bytes: Uint8Array, fileName: string): OpinionRow[] {
  let columns: Columns | undefined;
  let first: readonly string[] | undefined;
  const rows: OpinionRow[] = [];
  const seen = new Map<string, number>();
  const faults: Fault[] = [];
  readRecords(bytes, fileName, (fields, row) => {
    if (fields.every((field) => field.trim() === "")) return;
    if (!columns) {
      // 題や説明の行のあとに見出しがあることがある。
      columns = columnsOf(fields);
      first ??= fields;
      if (columns === undefined && row > HEAD_ROWS) throw lacking(first);
      return;
    }
    const one = rowOf(columns, fields);
    if (/^(?:合計|総計|小計|計)$/.test(one.id)) return;
    const before = seen.get(one.id);
    if (one.id === "") faults.push({ row, message: `${row}行目の id がありません。` });
    else if (before !== undefined)
      faults.push({ row, message: `${row}行目の id は、${before}行目と同じです。` });
    else {
      seen.set(one.id, row);
      rows.push(one);
    }
  });
  if (!columns)
    throw first ? lacking(first) : new AppError("BAD_INPUT", "意見の表に、見出しの行がありません。");
  if (faults.length > 0)
    throw new AppError(
      "BAD_INPUT",
      `意見の id に直すところが${faults.length}件あります。${faults[0]?.message ?? ""}`,
      { faults: faults.slice(0, 20) },
    );
  return rows;
}

type Columns = NonNullable<ReturnType<typeof columnsOf>>;

/** 見出しの列。決まった言い方がなければ、意見書の表と同じ読みかたで探す。id か text がなければ undefined。 */
function columnsOf(head: readonly string[]) {
  const plain = head.map(plainHead);
  const loose = letterColumns(head);
  const place = (of: readonly string[], ...like: LetterColumn[]) => {
    const at = plain.findIndex((name) => of.includes(name));
    return at >= 0 ? at : (like.flatMap((column) => loose.get(column) ?? [])[0] ?? -1);
  };
  const text = place(names.text, "text");
  const exact = place(names.id, "row");
  // 番号の列が一つだけなら、それが意見の番号。
  const id = exact >= 0 ? exact : place([], "source");
  const letter = exact >= 0 ? place(names.letter, "source") : plain.findIndex((name) => name === "通");
  const person = place(names.person, "name");
  if (id < 0 || text < 0) return undefined;
  const rest = plain.flatMap((name, at) =>
    name === "" || [id, letter, person, text].includes(at) ? [] : [{ name, at }],
  );
  return { id, letter, person, text, rest };
}

function lacking(head: readonly string[]): AppError {
  const found = letterColumns(head);
  const lost = [found.has("row") || found.has("source") ? "" : "id", found.has("text") ? "" : "text"];
  return new AppError(
    "BAD_INPUT",
    `意見の表に ${lost.filter(Boolean).join(" と ")} の列がありません。見出しの行を「id,letter,person,text」のようにしてください（要るのは id と text だけ）。`,
  );
}

function rowOf(columns: Columns, fields: readonly string[]): OpinionRow {
  const at = (place: number) => (place < 0 ? "" : (fields[place] ?? ""));
  return {
    id: at(columns.id).trim(),
    letter: at(columns.letter).trim(),
    person: at(columns.person).trim(),
    text: at(columns.text),
    more: Object.fromEntries(columns.rest.map(({ name, at: place }) => [name, at(place)])),
  };
}
