import { AppError, type Fault } from "../base/error.ts";
import { readRecords } from "../office/record-reader.ts";

/** 受け取った意見の一行。letter は通、person は人。 */
export interface OpinionRow {
  id: string;
  letter: string;
  person: string;
  text: string;
  /** ほかの列（章、年代、区分など）。見出し → 値。 */
  more: Readonly<Record<string, string>>;
}

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
  let columns: ReturnType<typeof columnsOf> | undefined;
  const rows: OpinionRow[] = [];
  const seen = new Map<string, number>();
  const faults: Fault[] = [];
  readRecords(bytes, fileName, (fields, row) => {
    if (fields.every((field) => field.trim() === "")) return;
    if (!columns) {
      columns = columnsOf(fields);
      return;
    }
    const one = rowOf(columns, fields);
    const before = seen.get(one.id);
    if (one.id === "") faults.push({ row, message: `${row}行目の id がありません。` });
    else if (before !== undefined)
      faults.push({ row, message: `${row}行目の id は、${before}行目と同じです。` });
    else {
      seen.set(one.id, row);
      rows.push(one);
    }
  });
  if (!columns) throw new AppError("BAD_INPUT", "意見の表に、見出しの行がありません。");
  if (faults.length > 0)
    throw new AppError(
      "BAD_INPUT",
      `意見の id に直すところが${faults.length}件あります。${faults[0]?.message ?? ""}`,
      { faults: faults.slice(0, 20) },
    );
  return rows;
}

function columnsOf(head: readonly string[]) {
  const plain = head.map((field) =>
    field
      .replace(/^\ufeff/, "")
      .normalize("NFKC")
      .trim()
      .toLowerCase(),
  );
  const place = (of: readonly string[]) => plain.findIndex((name) => of.includes(name));
  const [id, letter, person, text] = [
    place(names.id),
    place(names.letter),
    place(names.person),
    place(names.text),
  ];
  if (id < 0 || text < 0)
    throw new AppError(
      "BAD_INPUT",
      `意見の表に ${[id < 0 ? "id" : "", text < 0 ? "text" : ""].filter(Boolean).join(" と ")} の列がありません。1行目を「id,letter,person,text」のような見出しにしてください（要るのは id と text だけ）。`,
    );
  const rest = plain.flatMap((name, at) =>
    name === "" || [id, letter, person, text].includes(at) ? [] : [{ name, at }],
  );
  return { id, letter, person, text, rest };
}

function rowOf(columns: ReturnType<typeof columnsOf>, fields: readonly string[]): OpinionRow {
  const at = (place: number) => (place < 0 ? "" : (fields[place] ?? ""));
  return {
    id: at(columns.id).trim(),
    letter: at(columns.letter).trim(),
    person: at(columns.person).trim(),
    text: at(columns.text),
    more: Object.fromEntries(columns.rest.map(({ name, at: place }) => [name, at(place)])),
  };
}
