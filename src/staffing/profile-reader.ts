import { AppError, type Fault } from "../base/error.ts";
import type { Cell, Table } from "../office/table.ts";
import { readTables } from "../office/table-reader.ts";
import type { ProfilePart } from "./staffing-plan.ts";

const startNames = ["start", "開始", "時間帯", "時刻", "時間"];
const shareNames = ["share", "割合", "比率", "構成比"];
const countNames = ["calls", "count", "件数", "入電", "入電数", "呼数"];
/** 割合の和が 1（百分率なら 100）からこれだけ離れてよい。丸めた割合を受けるため。 */
const SHARE_SLACK = 0.005;

/**
 * 一日の入電の分かれ方（半時間ごと）を読む。列は start と share。割合は 0–1 か百分率。
 * 件数の列（件数、calls）なら、和で割って割合にする。
 * @throws AppError BAD_INPUT（列がない、時刻や数が読めない、重なり、和が 1 でない）。行を言う。
 */
export function readProfile(bytes: Uint8Array, fileName: string): ProfilePart[] {
  const table = readTables(bytes, fileName)[0];
  const header = table?.rows.findIndex((row) => row.some((cell) => isNamed(cell, startNames)));
  if (!table || header === undefined || header < 0)
    throw new AppError(
      "BAD_INPUT",
      "時間帯のファイルに start の列が見つかりません。1行目を「start,share」とし、その下に「09:00,0.12」のように半時間ごとに書いてください。",
    );
  const head = table.rows[header] ?? [];
  const start = head.findIndex((cell) => isNamed(cell, startNames));
  const share = head.findIndex((cell) => isNamed(cell, shareNames));
  const count = head.findIndex((cell) => isNamed(cell, countNames));
  if (share < 0 && count < 0)
    throw new AppError("BAD_INPUT", "時間帯のファイルに share（割合）か calls（件数）の列がありません。");
  return toShares(readRows(table, header + 1, start, share >= 0 ? share : count), share >= 0);
}

function isNamed(cell: Cell, names: readonly string[]): boolean {
  return names.includes(cell.text.normalize("NFKC").trim().toLowerCase());
}

interface Part {
  start: string;
  value: number;
}

function readRows(table: Table, from: number, start: number, value: number): Part[] {
  const faults: Fault[] = [];
  const parts = table.rows.slice(from).flatMap((row, i): Part[] => {
    if (row.every((cell) => cell.text.trim() === "")) return [];
    const number = from + i + 1;
    const time = readStart(row[start]);
    const amount = readAmount(row[value]);
    if (!time)
      faults.push({
        row: number,
        message: `${number}行目の時刻が「09:00」「09:30」の形（毎時0分か30分）でありません。`,
      });
    if (amount === undefined)
      faults.push({ row: number, message: `${number}行目の割合（件数）が、0以上の数でありません。` });
    return time && amount !== undefined ? [{ start: time, value: amount }] : [];
  });
  for (const [i, part] of parts.entries())
    if (parts.findIndex(({ start: other }) => other === part.start) < i)
      faults.push({ message: `${part.start} が二度書かれています。` });
  if (parts.length === 0) faults.push({ message: "時間帯が一つも書かれていません。" });
  if (faults.length > 0)
    throw new AppError("BAD_INPUT", `時間帯のファイルに直すところがあります。${faults[0]?.message ?? ""}`, {
      faults: faults.slice(0, 20),
    });
  return parts.sort((a, b) => (a.start < b.start ? -1 : 1));
}

/** 「9:00」「09:00:00」「０９：００」「9時」「9:00～9:30」→「09:00」。 */
function readStart(cell: Cell | undefined): string | undefined {
  const text = (cell?.iso ?? cell?.text ?? "").normalize("NFKC").trim();
  const found =
    /^(?:.*T)?(\d{1,2}):(\d{2})(?::00)?(?:\s*[~〜\-–—から].*)?$/.exec(text) ??
    /^(\d{1,2})時(?:(\d{2})分?)?/.exec(text);
  if (!found) return undefined;
  const [hour, minute] = [Number(found[1]), Number(found[2] ?? 0)];
  if (hour > 23 || (minute !== 0 && minute !== 30)) return undefined;
  return `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
}

function readAmount(cell: Cell | undefined): number | undefined {
  const text = (cell?.text ?? "").normalize("NFKC").replace(/[,\s件]/g, "");
  const percent = text.endsWith("%");
  const number = Number(percent ? text.slice(0, -1) : text);
  if (text === "" || !Number.isFinite(number) || number < 0) return undefined;
  return percent ? number / 100 : number;
}

function toShares(parts: readonly Part[], shares: boolean): ProfilePart[] {
  const all = parts.reduce((sum, { value }) => sum + value, 0);
  if (all <= 0) throw new AppError("BAD_INPUT", "時間帯の割合（件数）が、すべて0です。");
  const near = (whole: number) => Math.abs(all / whole - 1) <= SHARE_SLACK;
  if (shares && !near(1) && !near(100))
    throw new AppError(
      "BAD_INPUT",
      `時間帯の割合の和が ${Number(all.toPrecision(6))} です。和が 1（百分率なら 100）になるように直すか、件数なら列の名を calls にしてください。`,
    );
  return parts.map(({ start, value }) => ({ start, share: value / all }));
}
