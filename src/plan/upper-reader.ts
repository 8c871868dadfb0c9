import { AppError } from "../base/error.ts";
import { readRecords } from "../office/record-reader.ts";
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
 * 上位計画の項目の一覧（Excel、CSV）を読む。見出しの名で列を見分ける（記号・項目・本文・ページ・始期・終期・指標・目標値・目標年度）。
 * 要るのは「項目」だけで、記号がなければ prefix-1, prefix-2 … を付ける。
 * @throws AppError BAD_INPUT（「項目」の列がない、項目がない、同じ記号が二つ）
 */
export function readUpperItems(bytes: Uint8Array, fileName: string, prefix: string): UpperItem[] {
  let columns: Map<keyof UpperItem, number> | undefined;
  const items: UpperItem[] = [];
  readRecords(bytes, fileName, (fields) => {
    if (!columns) {
      columns = columnsOf(fields);
      return;
    }
    const value = (name: keyof UpperItem) => (fields[columns?.get(name) ?? -1] ?? "").trim();
    if (value("title") === "") return;
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
  });
  if (!columns)
    throw new AppError(
      "BAD_INPUT",
      "「項目」（または施策・取組・事業）の列が見つかりません。見出しの行に、記号・項目・ページ・終期などの名を書いてください。",
    );
  if (items.length === 0)
    throw new AppError(
      "BAD_INPUT",
      "項目が一つもありません。見出しの行の下に、項目を一行に一つ書いてください。",
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
