import { AppError } from "../base/error.ts";
import type { PostalRow } from "./postal-code.ts";

/** 日本郵便の KEN_ALL.CSV / utf_ken_all.csv の大きさの上限（現物は 12–18 MB）。 */
const MAX_BYTES = 64 * 1024 * 1024;

/**
 * 日本郵便の郵便番号表（住所の郵便番号、1レコード1行の UTF-8 版も従来版も）を読む。
 * 従来版は長い町域を何行にも分け、括弧が閉じるまで続くので、つなぐ。文字コードは中身から見分ける。
 */
export function readKenAll(bytes: Uint8Array): PostalRow[] {
  if (bytes.length > MAX_BYTES)
    throw new AppError("TOO_LARGE", "郵便番号の表が大きすぎます（64 MB まで）。ファイルをお確かめください。");
  const rows: PostalRow[] = [];
  let open: PostalRow | undefined;
  for (const [index, line] of decode(bytes).split(/\r?\n/).entries()) {
    if (line.trim() === "") continue;
    const row = toRow(line, index + 1);
    if (open && open.code === row.code) {
      open.town += row.town;
      if (row.town.includes("）")) open = undefined;
      continue;
    }
    rows.push(row);
    open = /（[^）]*$/.test(row.town) ? row : undefined;
  }
  if (rows.length === 0)
    throw new AppError("BAD_INPUT", "郵便番号の表に行がありません。ファイルをお確かめください。");
  return rows;
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("shift_jis").decode(bytes);
  }
}

function toRow(line: string, row: number): PostalRow {
  const columns = line.split(",").map((column) => column.replace(/^"|"$/g, ""));
  const [
    jisCode = "",
    ,
    code = "",
    ,
    ,
    townKana = "",
    prefecture = "",
    city = "",
    town = "",
    ,
    ,
    chome,
    shared,
  ] = columns;
  if (columns.length < 15 || !/^\d{7}$/.test(code) || prefecture === "") {
    const message = `${row}行目が日本郵便の郵便番号表（15列）の形ではありません。`;
    throw new AppError("BAD_INPUT", `${message}「KEN_ALL.CSV」か「utf_ken_all.csv」をお選びください。`, {
      faults: [{ row, message }],
    });
  }
  return {
    code,
    jisCode,
    prefecture,
    city,
    town,
    townKana: townKana.normalize("NFKC"),
    chome: chome === "1",
    shared: shared === "1",
  };
}
