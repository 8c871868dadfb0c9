import { AppError } from "../base/error.ts";
import { isDay } from "../japan/day.ts";
import type { Cell, Table } from "../office/table.ts";
import { readTables } from "../office/table-reader.ts";
import { type FaqContent, faqFaults } from "./faq.ts";

/** 取り込む表の一行。 */
export interface FaqReadLine {
  /** 「Sheet1!B4」の形。 */
  cell: string;
  content: FaqContent;
}

export interface FaqReading {
  lines: FaqReadLine[];
  errors: { cell: string; message: string }[];
}

type Field = keyof FaqContent;
const names: Readonly<Record<Field, RegExp>> = {
  question: /^(質問|問い?|問合せ内容|お?問い?合わ?せ|q|設問|ご質問|項目名)(内容|文)?$/i,
  answer: /^(回答|答え?|a|対応|ご回答|返答|案内(文|内容)?)(内容|文|例)?$/i,
  category: /^(分類|カテゴリー?|区分|大分類|種別|category)$/i,
  reading: /^(読み?|よみ(がな)?|ふりがな|フリガナ|カナ|かな|reading)$/i,
  synonyms: /^(同義語|キーワード|言い換え|別名|類語|検索語|synonyms?|keywords?)$/i,
  validFrom: /^(使い始める日|有効開始日?|開始日?|適用開始日?|from)$/i,
  validUntil: /^(使い終わる日|有効終了日?|有効期限|終了日?|期限|until)$/i,
};
const MOST_LINES = 5_000;
const HEAD_ROWS = 20;

/**
 * ＦＡＱの表（.xlsx .csv）を読む。見出しの名と順は自由で、要るのは質問と回答だけ。
 * @throws AppError BAD_INPUT（表でない、見出しがない）、TOO_LARGE
 */
export function readFaqFile(bytes: Uint8Array, fileName: string): FaqReading {
  const reading: FaqReading = { lines: [], errors: [] };
  let found = false;
  for (const table of readTables(bytes, fileName)) {
    if (table.hidden) continue;
    const head = headOf(table);
    if (!head) continue;
    found = true;
    readRows(table, head, reading);
  }
  if (!found)
    throw new AppError(
      "BAD_INPUT",
      "「質問」と「回答」の見出しが見つかりません。一行目に見出しを書き、Excel か CSV で保存してください。",
    );
  return reading;
}

function headOf(table: Table): { row: number; columns: Map<number, Field> } | undefined {
  for (const [row, cells] of table.rows.slice(0, HEAD_ROWS).entries()) {
    const columns = new Map<number, Field>();
    for (const [at, cell] of cells.entries()) {
      const name = cell.text.normalize("NFKC").replace(/[\s　()（）]/gu, "");
      const field = (Object.keys(names) as Field[]).find((one) => names[one].test(name));
      if (field !== undefined && ![...columns.values()].includes(field)) columns.set(at, field);
    }
    const known = [...columns.values()];
    if (known.includes("question") && known.includes("answer")) return { row, columns };
  }
  return undefined;
}

function readRows(
  table: Table,
  { row: headRow, columns }: { row: number; columns: Map<number, Field> },
  reading: FaqReading,
): void {
  let category = "そのほか";
  for (const cells of table.rows.slice(headRow + 1)) {
    const given = new Map<Field, Cell>();
    for (const [at, field] of columns) {
      const cell = cells[at];
      if (cell && cell.text.trim() !== "") given.set(field, cell);
    }
    const text = (field: Field) => given.get(field)?.text.trim() ?? "";
    // 分類の欄は、空なら上の行と同じ（見出しのように一度だけ書く表が多い）。
    if (text("category") !== "") category = text("category");
    if (text("question") === "" && text("answer") === "") continue;
    const place = `${table.name}!${given.get("question")?.ref ?? given.get("answer")?.ref ?? "A1"}`;
    if (reading.lines.length >= MOST_LINES)
      throw new AppError("TOO_LARGE", `ＦＡＱは${MOST_LINES}問までです。ファイルを分けてください。`);
    const from = dayOf(given.get("validFrom"));
    const until = dayOf(given.get("validUntil"));
    const content: FaqContent = {
      ...{ category, question: text("question"), answer: text("answer"), reading: text("reading") },
      ...{ synonyms: text("synonyms"), validFrom: from ?? null, validUntil: until ?? null },
    };
    const faults = faqFaults(content).map((one) => one.message);
    if (from === undefined || until === undefined) faults.push("日が読めません。");
    if (faults.length > 0) reading.errors.push({ cell: place, message: faults.join("") });
    else reading.lines.push({ cell: place, content });
  }
}

/** 日の欄。空は null、読めなければ undefined。 */
function dayOf(cell: Cell | undefined): string | null | undefined {
  if (cell === undefined) return null;
  const text =
    cell.iso?.slice(0, 10) ??
    cell.text
      .normalize("NFKC")
      .replace(/[/.年月]/g, "-")
      .replace(/日$/, "");
  const padded = text.replace(
    /^(\d{4})-(\d{1,2})-(\d{1,2})$/,
    (_, y: string, m: string, d: string) => `${y}-${m.padStart(2, "0")}-${d.padStart(2, "0")}`,
  );
  return isDay(padded) ? padded : undefined;
}
