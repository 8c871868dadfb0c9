import { AppError } from "../base/error.ts";
import { readRecords } from "../office/record-reader.ts";
import { readTables } from "../office/table-reader.ts";
import { openZip } from "../office/zip.ts";
import type { CameCell } from "./came-paper.ts";
import { readOpenPaper } from "./inquiry-open-reader.ts";
import { readWordPaper } from "./inquiry-word-reader.ts";
import { halfDigits, readTarget, type UpperItem, yearsIn } from "./upper.ts";

const heads: Readonly<Record<keyof UpperItem, RegExp>> = {
  code: /^(記号|番号|コード|no\.?|項番)$/i,
  title: /^(項目|施策|取組|事業|名称|件名|タイトル)/,
  text: /^(本文|内容|記載|概要|説明)/,
  page: /(頁|ページ|page)/i,
  from: /^(開始|始期|から)/,
  until: /^(終了|終期|まで|期間)/,
  indicator: /^(指標|成果指標|活動指標)/,
  target: /^目標値/,
  targetYear: /^目標年/,
};

/**
 * 上位計画の項目の一覧（Excel、CSV、Word・OpenDocument の表、番号つきの行の文字）を読む。
 * 表は、見出しの名で列を見分ける（記号・項目・本文・ページ・始期・終期・指標・目標値・目標年度）。見出しの上の題や、二枚目のシート、
 * 下へ結合したます目はあってよい。要るのは「項目」だけで、記号がなければ prefix-1, prefix-2 … を付ける。
 * 表がなければ、「１－２　行政手続のデジタル化……24」のような番号つきの行を項目とする。
 * @throws AppError BAD_INPUT（「項目」の列がない、項目がない、同じ記号が二つ）
 */
export function readUpperItems(bytes: Uint8Array, fileName: string, prefix: string): UpperItem[] {
  const { tables, lines } = openList(bytes, fileName);
  const found = tables.map((rows) => tableItems(rows, prefix));
  const own = found.filter((one) => one !== undefined).flat();
  const items = own.length > 0 ? own : lineItems(lines, prefix);
  if (items.length === 0)
    throw new AppError(
      "BAD_INPUT",
      found.some((one) => one !== undefined)
        ? "項目が一つもありません。見出しの行の下に、項目を一行に一つ書いてください。"
        : "「項目」（または施策・取組・事業）の列が見つかりません。見出しの行に、記号・項目・ページ・終期などの名を書いてください。",
    );
  const codes = items.map(({ code }) => code);
  const twice = codes.find((code, at) => codes.indexOf(code) !== at);
  if (twice !== undefined)
    throw new AppError(
      "BAD_INPUT",
      `記号「${twice}」が二度出ています。どちらかを直してから、取り込み直してください。`,
    );
  return items;
}

/** ファイルの表（行とます目の文字）と、表の外の行。 */
function openList(bytes: Uint8Array, fileName: string): { tables: string[][][]; lines: string[] } {
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) {
    const parts = openZip(bytes);
    const mime = new TextDecoder().decode(parts.get("mimetype") ?? new Uint8Array());
    const word = [...parts.keys()].some((name) => name.startsWith("word/"));
    if (word || mime.includes("opendocument")) {
      const paper = word ? readWordPaper(parts) : readOpenPaper(parts);
      return {
        tables: paper.tables.map(({ rows }) => filledDown(rows)),
        lines: paper.outside.flatMap((one) => one.split("\n")),
      };
    }
    return {
      tables: readTables(bytes, fileName).map(({ rows }) => rows.map((row) => row.map(({ text }) => text))),
      lines: [],
    };
  }
  const rows: string[][] = [];
  readRecords(bytes, fileName, (fields) => rows.push(fields));
  return { tables: [rows], lines: rows.map((row) => row.filter(Boolean).join("、")) };
}

/** 下へ結合したます目に、上の文を写す。 */
function filledDown(rows: readonly (readonly CameCell[])[]): string[][] {
  const out: string[][] = [];
  for (const row of rows)
    out.push(row.map(({ text, joined }, at) => (joined === "down" ? (out.at(-1)?.[at] ?? "") : text)));
  return out;
}

/** 見出しの行のある表の項目。見出しがなければ undefined。 */
function tableItems(rows: readonly (readonly string[])[], prefix: string): UpperItem[] | undefined {
  // 「施策の一覧（令和５年度版）」のような一つのます目の題は、見出しではない（一列だけの表の短い見出しは、見出し）。
  const at = rows.findIndex(
    (row) =>
      columnsOf(row) !== undefined &&
      (row.filter((cell) => cell.trim() !== "").length > 1 ||
        (row.length === 1 && (row[0] ?? "").length <= 6)),
  );
  const columns = at < 0 ? undefined : columnsOf(rows[at] ?? []);
  if (!columns) return undefined;
  const items: UpperItem[] = [];
  for (const fields of rows.slice(at + 1)) {
    const value = (name: keyof UpperItem) => (fields[columns.get(name) ?? -1] ?? "").trim();
    if (value("title") === "") continue;
    const span = yearsIn(value("until"));
    const target = value("target");
    items.push({
      ...{
        code: value("code") || `${prefix}-${items.length + 1}`,
        title: value("title"),
        text: value("text"),
      },
      page: halfDigits(value("page")).replace(/[^\d–-]/g, ""),
      from: yearOf(value("from")) ?? (span.length > 1 ? (span[0] ?? null) : null),
      until: span.at(-1) ?? yearOf(value("until")),
      ...{ indicator: value("indicator"), target },
      targetYear: yearOf(value("targetYear")) ?? readTarget(target).year ?? null,
    });
  }
  return items;
}

const NUMBERED =
  /^[\s・]*(?:第\s*(\d+(?:[-.]\d+)*)\s*[章節]?|(\d+(?:[-.]\d+)*)|[(（]([\dア-ンa-z]+)[)）]|([①-⑳]))[\s.:)）]*([\p{L}「『].*)$/u;

/** 番号つきの行。(1)・① は、上の番号に続ける。終わりの点線とページは、ページにする。 */
function lineItems(lines: readonly string[], prefix: string): UpperItem[] {
  let top = "";
  return lines.flatMap((line): UpperItem[] => {
    const plain = halfDigits(line)
      .replace(/[－‐―．]/g, (mark) => (mark === "．" ? "." : "-"))
      .replace(/\u3000/g, " ")
      .trim();
    const [, chapter, number, inner, circled, rest = ""] = NUMBERED.exec(plain) ?? [];
    const [, words = rest, page = ""] = /^(.*?)[\s.…・‥]{2,}(?:p\.?)?(\d{1,3})$/i.exec(rest) ?? [];
    const title = words.trim();
    if (title.length < 2 || /[。]$/.test(title)) return [];
    const own = chapter ?? number;
    if (own !== undefined) top = own;
    const under = circled === undefined ? inner : String((circled.codePointAt(0) ?? 0x2460) - 0x245f);
    const code = own ?? [top, under].filter(Boolean).join("-");
    return [
      {
        ...{ code: `${prefix}-${code}`, title, text: "", page, from: null, until: null },
        ...{ indicator: "", target: "", targetYear: null },
      },
    ];
  });
}

function columnsOf(fields: readonly string[]): Map<keyof UpperItem, number> | undefined {
  const columns = new Map<keyof UpperItem, number>();
  for (const [name, pattern] of Object.entries(heads) as [keyof UpperItem, RegExp][]) {
    const at = fields.findIndex(
      (field, index) => pattern.test(field.trim()) && ![...columns.values()].includes(index),
    );
    if (at >= 0) columns.set(name, at);
  }
  return columns.has("title") ? columns : undefined;
}

function yearOf(text: string): number | null {
  const [year] = yearsIn(text);
  return year ?? null;
}
