import { type Row, type SealedColumn, sealedColumns, type Table } from "../base/column.ts";
import { openText, sealingKey, sealText } from "../sealing/seal.ts";
import type { SubjectKey } from "./key.ts";

/** 封じる前（開いた後）の行。封じた列が文字列になる。 */
export type PlainRow<T extends Table> = {
  [K in keyof Row<T>]: K extends SealedColumn<T>
    ? null extends Row<T>[K]
      ? string | null
      : string
    : Row<T>[K];
};

/** 鍵が消去された行で、封じた列の代わりに見せる文字。 */
export const ERASED = "（消去済み）";

/** 封じた列を本人の鍵で封じる。行の id を追加認証に含めるので、別の行へ移すと開かない。 */
export function sealRow<T extends Table>(of: T, key: SubjectKey, row: PlainRow<T>): Row<T> {
  const out: Record<string, unknown> = { ...row };
  const secret = sealingKey(key.key);
  for (const column of sealedColumns(of)) {
    const plain = out[column];
    if (typeof plain === "string") out[column] = asBuffer(sealText(secret, aad(of, out, column, key), plain));
  }
  return out as Row<T>;
}

/** 封じた列を開く。鍵がなければ（消去済みなら）代わりの文字になる。 */
export function openRow<T extends Table>(of: T, key: SubjectKey | undefined, row: Row<T>): PlainRow<T> {
  const out: Record<string, unknown> = { ...row };
  const secret = key && sealingKey(key.key);
  for (const column of sealedColumns(of)) {
    const cipher = out[column];
    if (cipher instanceof Uint8Array)
      out[column] = key && secret ? openText(secret, aad(of, out, column, key), cipher) : ERASED;
  }
  return out as PlainRow<T>;
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function aad(of: Table, row: Record<string, unknown>, column: string, key: SubjectKey): string {
  return `${of.name}|${String(row.id)}|${column}|${key.id}`;
}
