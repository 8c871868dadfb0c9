import { AppError } from "../base/error.ts";
import { readTables } from "../office/table-reader.ts";
import type { SourceTable } from "./source.ts";
import { pivotStatistics } from "./statistics-pivot.ts";

/** 一つの資料に置く表の大きさ。 */
const ROWS = 2_000;
const COLUMNS = 60;

/**
 * 統計の表（e-Stat の CSV・Excel など）を読む。表の上の題と注、単位、見出しの行の数を見分ける（あとで直せる）。
 * 見出しの行は、数のある最初の行の前まで。一行に一つの値の表（データベースの CSV）は、時点を横に並べ直す。
 * 数の場所の全角の数字は、半角にする。
 * @throws AppError BAD_INPUT（表でない、数がない）、TOO_LARGE（2,000 行、60 列を超える）
 */
export function readStatistics(bytes: Uint8Array, file: string): SourceTable {
  const [table] = readTables(bytes, file);
  const all = (table?.rows ?? []).map((row) => row.map((cell) => cell.text.trim()));
  const plain = all.filter((row) => row.some((text) => text !== ""));
  const long = pivotStatistics(plain);
  const used = long?.rows ?? plain;
  const wide = Math.max(0, ...used.map((row) => row.length));
  if (used.length > ROWS || wide > COLUMNS)
    throw new AppError(
      "TOO_LARGE",
      `統計の表は ${ROWS.toLocaleString("ja-JP")} 行、${COLUMNS} 列までです。要る所だけを残した表にしてから、もう一度お試しください。`,
    );
  if (long)
    return {
      ...{ file: file.replace(/^.*[\\/]/, ""), unit: long.unit, notes: long.above, headRows: 1 },
      rows: long.rows.map((row, at) => (at === 0 ? row : row.map(plainFigure))),
    };
  const filled = (row: readonly string[]) => row.filter((text) => text !== "").length;
  const numeric = (row: readonly string[]) => row.slice(1).filter(isFigure).length;
  const wideEnough = Math.max(2, Math.ceil(wide / 2));
  let start = used.findIndex((row) => filled(row) >= Math.min(wideEnough, wide) && wide > 1 && !isAside(row));
  // 結合した大見出し（「人口」の下に「総数 男 女」）は、まばらでも見出しの行。
  while (start > 0 && filled(used[start - 1] ?? []) > 1 && !isAside(used[start - 1] ?? [])) start -= 1;
  const first = used.findIndex(
    (row, at) =>
      at > start &&
      ((numeric(row) > 0 && numeric(row) >= filled(row.slice(1)) / 2) || row.filter(isCounted).length >= 2),
  );
  if (start < 0 || first < 0)
    throw new AppError(
      "BAD_INPUT",
      "数の入った表が見つかりません。1行目に見出し、1列目に項目、ほかの列に数のある表を選んでください。",
    );
  const body = used.slice(first);
  // 表の下の「注」「出典」は、表の行ではない。
  const end = body.findIndex(
    (row) => filled(row) === 1 && /^(?:※|注|（注|\(注|出典|資料)/.test(row[0] ?? ""),
  );
  const rows = [...used.slice(start, first), ...(end < 0 ? body : body.slice(0, end))];
  const around = [...used.slice(0, start), ...(end < 0 ? [] : body.slice(end))].map((row) =>
    row.filter(Boolean).join(" "),
  );
  const unit =
    /[（(［[]?単位\s*[:：]?\s*([^）)\]］\s]+)/.exec(
      [...around, ...rows.slice(0, 2).flat()].join("\n"),
    )?.[1] ?? "";
  const headRows = first - start;
  const codes = codeColumns(rows, headRows, wide);
  const names = codes.map((at) => rows[headRows - 1]?.[at] ?? "");
  return {
    ...{ file: file.replace(/^.*[\\/]/, ""), unit, headRows },
    notes: names.length > 0 ? [...around, `コードの列（${names.join("、")}）は除きました。`] : around,
    rows: rows.map((row, line) =>
      Array.from({ length: wide }, (_, at) => at)
        .filter((at) => !codes.includes(at))
        .map((at, index) => (line < headRows || index === 0 ? (row[at] ?? "") : plainFigure(row[at] ?? ""))),
    ),
  };
}

/** 「地域コード」「時間軸コード」のような、数字の番号だけの列（中身の列が右にあるもの）。 */
function codeColumns(rows: readonly (readonly string[])[], headRows: number, wide: number): number[] {
  return Array.from({ length: wide - 1 }, (_, at) => at).filter(
    (at) =>
      rows.slice(0, headRows).some((row) => /コード$|_code$/i.test(row[at] ?? "")) &&
      rows.slice(headRows).every((row) => /^[0-9A-Za-z_-]*$/.test(row[at] ?? "")),
  );
}

/** 表の上の題・単位・時点の行（見出しではない）。 */
function isAside(row: readonly string[]): boolean {
  // 「注：…」「統計名 …」のような、題と中身だけの行。
  if (
    /^(?:※|[（(]?注|備考|統計名|表題|表番号|実施年月|資料|出典)/.test(row[0] ?? "") &&
    !row.slice(3).some(Boolean)
  )
    return true;
  return row.some((text) =>
    /単位|現在[）)]?$|^(?:第[\d０-９]+表|表[\d０-９]|[\d０-９]+[-－‐][\d０-９]+[\s　])/.test(text),
  );
}

/** 数え方の付いた数（「1,200件」「85％」「3基」）。取組と指標の表の値。年・月などは、見出しにもなるので入れない。 */
function isCounted(text: string): boolean {
  const plain = text.normalize("NFKC").replaceAll("−", "-").trim();
  return (
    /^[-△▲]?[\d,]+(?:\.\d+)?(?:%|ポイント|\p{Script=Han}{1,3}|か所|箇所|ha|km)?$/u.test(plain) &&
    !/[年月日歳期第]/.test(plain)
  );
}

/** 全角の数字と記号で書いた数を、半角に。数でなければ、そのまま。 */
function plainFigure(text: string): string {
  return isFigure(text)
    ? text
        .normalize("NFKC")
        .replaceAll("−", "-")
        .replace(/^\.\.\.$/, "…")
    : text;
}

/** 数（「1,234」「１２，３４５」「△0.4」「-」「…」「x」「***」「r123」は、統計の表で数の場所に書かれるもの）。 */
function isFigure(text: string): boolean {
  const plain = text.normalize("NFKC").replaceAll("−", "-");
  return /^[rp]?[-△▲]?[\d,]+(?:\.\d+)?[%]?$/.test(plain) || /^(?:[-–‐]|\.{3}|x|X|χ|\*+|0\.0)$/.test(plain);
}
