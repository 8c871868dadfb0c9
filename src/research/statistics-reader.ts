import { AppError } from "../base/error.ts";
import { readTables } from "../office/table-reader.ts";
import type { SourceTable } from "./source.ts";

/** 一つの資料に置く表の大きさ。 */
const ROWS = 2_000;
const COLUMNS = 60;

/**
 * 統計の表（e-Stat の CSV・Excel など）を読む。表の上の題と注、単位、見出しの行の数を見分ける（あとで直せる）。
 * 見出しの行は、数のある最初の行の前まで。
 * @throws AppError BAD_INPUT（表でない、数がない）、TOO_LARGE（2,000 行、60 列を超える）
 */
export function readStatistics(bytes: Uint8Array, file: string): SourceTable {
  const [table] = readTables(bytes, file);
  const all = (table?.rows ?? []).map((row) => row.map((cell) => cell.text.trim()));
  const used = all.filter((row) => row.some((text) => text !== ""));
  const wide = Math.max(0, ...used.map((row) => row.length));
  if (used.length > ROWS || wide > COLUMNS)
    throw new AppError(
      "TOO_LARGE",
      `統計の表は ${ROWS.toLocaleString("ja-JP")} 行、${COLUMNS} 列までです。要る所だけを残した表にしてから、もう一度お試しください。`,
    );
  const filled = (row: readonly string[]) => row.filter((text) => text !== "").length;
  const numeric = (row: readonly string[]) => row.slice(1).filter(isFigure).length;
  const wideEnough = Math.max(2, Math.ceil(wide / 2));
  const start = used.findIndex((row) => filled(row) >= Math.min(wideEnough, wide) && wide > 1);
  const first = used.findIndex(
    (row, at) => at > start && numeric(row) > 0 && numeric(row) >= filled(row.slice(1)) / 2,
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
  return {
    ...{ file: file.replace(/^.*[\\/]/, ""), unit, notes: around, headRows: first - start },
    rows: rows.map((row) => Array.from({ length: wide }, (_, at) => row[at] ?? "")),
  };
}

/** 数（「1,234」「-」「…」「X」は、統計の表で数の場所に書かれるもの）。 */
function isFigure(text: string): boolean {
  return /^[-−△▲]?[\d,]+(?:\.\d+)?[%％]?$/.test(text) || /^(?:[-－−–…]|\.{3}|x|X|\*)$/.test(text);
}
