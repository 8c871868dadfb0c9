import { readTables } from "../office/table-reader.ts";
import type { ClassSchedule } from "./class.ts";
import { readClassSchedule, type ScheduleOptions } from "./class-schedule-reader.ts";

/**
 * 市の講習会日程表のファイル（.xlsx .xlsm .csv .tsv）を読む。窓口のデータもサーバも要らない。
 * @throws AppError BAD_INPUT（表でない、日程表がない）、TOO_LARGE
 */
export function readClassFile(
  bytes: Uint8Array,
  fileName: string,
  options: Omit<ScheduleOptions, "fileName"> = {},
): ClassSchedule {
  return readClassSchedule(readTables(bytes, fileName), { ...options, fileName });
}
