import type { Kysely } from "kysely";
import type { Schema, Table } from "../base/column.ts";

/** 閉じた列の語彙だけを使う問い合わせ。実際の型は tables() で絞る。 */
// biome-ignore lint/suspicious/noExplicitAny: 室ごとの型は tables() が与える。ここは入口なので型を持てない。
export type Queries<DB = any> = Kysely<DB>;

/** 読むための取っ手。書くための Tx はこれを広げたもの。 */
export interface Read {
  readonly q: Queries;
}

/**
 * 一つのデータベース。書き込みは一つの取引ごとに、COMMIT のあとで答える。
 * SQLite では待っている取引をまとめて一度の fsync で書く（取引ごとに SAVEPOINT）。
 */
export interface Database {
  readonly engine: "sqlite" | "postgres";
  /** 読み取り専用の接続。 */
  readonly read: Queries;
  /**
   * 一つの取引。fn の中ではデータベース以外を待たない（待つと不具合として断る）。
   * 失敗すればその取引だけが消える。
   */
  write<T>(fn: (q: Queries) => Promise<T>): Promise<T>;
  /** ある時の全部を、ほかの書き込みを止めずに読む（控え）。fn の中では、いつまでも同じものが見える。 */
  snapshot<T>(fn: (q: Queries) => Promise<T>): Promise<T>;
  /** 生の SQL（移行と点検だけが使う）。 */
  run(sql: string): Promise<void>;
  close(): Promise<void>;
}

/** 表の組で型のついた問い合わせ。 */
export type On<T extends Record<string, Table>> = Queries<Schema<T>>;

/** 表の組で型をつける。 */
export function tables<T extends Record<string, Table>>(read: Read): On<T> {
  return read.q as On<T>;
}

/** 一文をその場で動かし、行を返す（SQLite）。組み立て済みの文のための近道。 */
export type Direct = (sql: string, parameters: readonly unknown[]) => unknown[];
const directs = new WeakMap<Queries, Direct>();

export function offerDirect(q: Queries, direct: Direct): void {
  directs.set(q, direct);
}

export function directOf(q: Queries): Direct | undefined {
  return directs.get(q);
}
