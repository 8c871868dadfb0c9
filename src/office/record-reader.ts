import { readCsvRecords } from "./csv-reader.ts";
import { readTables } from "./table-reader.ts";

const MAX_BYTES = 1024 * 1024 * 1024;
const TABLE_LIMITS = { cells: 20_000_000, rows: 1_048_576, tables: 50 };

/**
 * 大きな一枚の表を、上から一行ずつ渡す（row は 1 から、見出しも空の行も）。CSV（UTF-8、Shift_JIS など）は流して読み、
 * 事務のファイル（.xlsx など）は最初の表を読む。
 * @throws AppError BAD_INPUT（1 GiB や、ます目 2,000 万を超える、読めない）
 */
export function readRecords(
  bytes: Uint8Array,
  fileName: string,
  receive: (fields: string[], row: number) => void,
): void {
  const office = (bytes[0] === 0x50 && bytes[1] === 0x4b) || bytes[0] === 0xd0 || bytes[0] === 0x25;
  if (!office) {
    readCsvRecords(bytes, MAX_BYTES, receive);
    return;
  }
  const [table] = readTables(bytes, fileName, TABLE_LIMITS);
  for (const [at, row] of (table?.rows ?? []).entries())
    receive(
      row.map((cell) => cell.text),
      at + 1,
    );
}
