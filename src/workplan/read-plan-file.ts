import { AppError } from "../base/error.ts";
import { readTables } from "../office/table-reader.ts";
import { readCellMarks } from "./cell-mark-reader.ts";
import type { PlanSheet, PlanWorld } from "./plan-sheet.ts";
import { taskLimits } from "./plan-task.ts";
import { readBarTable } from "./read-bar-table.ts";
import { readListTable } from "./read-list-table.ts";

/** 受けるファイルの大きさの上限（バイト）。 */
export const PLAN_FILE_BYTES = 20_000_000;

/**
 * 市の「想定業務スケジュール」を読む（.xlsx .csv）。一行に日のある表も、月・旬・週の列に印や色や矢印で線を引いた表も。
 * 作業の多いシートを選ぶ。読めないます目は faults に。
 * @throws AppError BAD_INPUT（工程の表が見つからない）、TOO_LARGE
 */
export function readPlanFile(bytes: Uint8Array, fileName: string, world: PlanWorld): PlanSheet {
  const limits = { cells: 300_000, rows: 20_000, tables: 60 };
  const tables = readTables(bytes, fileName, limits).filter((table) => !table.hidden);
  const marks = readCellMarks(bytes);
  const sheets = tables.flatMap((table) => {
    const list = readListTable(table, world);
    const bars = readBarTable(table, marks.get(table.name), world);
    return [list, bars].filter((one) => one !== undefined && (one.tasks.length > 0 || one.faults.length > 0));
  });
  const best = sheets
    .filter((one) => one !== undefined)
    .toSorted((a, b) => b.tasks.length + b.faults.length - (a.tasks.length + a.faults.length))[0];
  if (best === undefined)
    throw new AppError(
      "BAD_INPUT",
      "工程の表が見つかりません。一行に作業の名と始まり・終わりの日を書いた表か、月や旬の列に■や色で線を引いた表にしてください。",
    );
  if (best.tasks.length > taskLimits.tasks)
    throw new AppError("TOO_LARGE", `作業が多すぎます（上限 ${taskLimits.tasks}）。表を分けてください。`);
  return best;
}
