import { type Row, sealedColumns, type Table } from "../base/column.ts";
import type { SubjectKey } from "./key.ts";
import { openRow, type PlainRow } from "./sealed-row.ts";

/** 覚えておく行の上限。超えたら、みな忘れて開き直す。 */
const MOST = 150_000;

/**
 * 前に開いた行の文を、封じたものが一字も変わらない間は、開き直さずに使う（記憶だけ。鍵が消去されれば忘れる）。
 * 一万通の意見を、一手ごとに開き直さないため。
 */
export class PlainCache {
  readonly #known = new Map<string, { sealed: unknown[]; plain: unknown[] }>();

  /** openRow と同じ結果。 */
  open<T extends Table>(of: T, key: SubjectKey | undefined, row: Row<T>): PlainRow<T> {
    const columns: readonly string[] = sealedColumns(of);
    const now: Record<string, unknown> = { ...row };
    const mark = `${of.name}|${String(now.id)}`;
    if (key === undefined) {
      this.#known.delete(mark);
      return openRow(of, key, row);
    }
    const known = this.#known.get(mark);
    if (known && columns.every((column, at) => same(known.sealed[at], now[column]))) {
      for (const [at, column] of columns.entries()) now[column] = known.plain[at];
      return now as PlainRow<T>;
    }
    const opened: Record<string, unknown> = openRow(of, key, row);
    if (this.#known.size >= MOST) this.#known.clear();
    this.#known.set(mark, {
      sealed: columns.map((column) => now[column]),
      plain: columns.map((column) => opened[column]),
    });
    return opened as PlainRow<T>;
  }
}

function same(a: unknown, b: unknown): boolean {
  if (a instanceof Uint8Array && b instanceof Uint8Array) return Buffer.compare(a, b) === 0;
  return a === b;
}
