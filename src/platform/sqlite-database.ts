import Sqlite from "better-sqlite3-multiple-ciphers";
import { AppError } from "../base/error.ts";
import type { Database, Queries } from "./database.ts";
import { GroupCommit } from "./group-commit.ts";
import { type Handle, ReadingConnection, SqliteConnection } from "./sqlite-connection.ts";
import { isSqliteError } from "./sqlite-error.ts";

/**
 * 予約一件で二十ほどのページが変わり、ページごとに暗号化して WAL に書く。
 * 4096 では一件ずつの予約が三割ほど遅く、1024 では索引が割れてページが増える。新しいファイルにだけ効く。
 */
const PAGE_BYTES = 2048;
const WRITE_CACHE_KB = 32_000;
const READ_CACHE_KB = 16_000;
/** WAL がこのページ数になったら、書き込みの途中でも本体へ移す。ふだんは手の空いたときに移す。 */
const CHECKPOINT_PAGES = 4000;
export interface SqliteOptions {
  file: string;
  /** 32バイト。ファイル全体を chacha20 で暗号化する。 */
  key: Uint8Array;
}

/** 暗号化した SQLite のファイルを開く。鍵が違えば SEALED。 */
export function openSqlite(options: SqliteOptions): Database {
  const writer = openHandle(options, false);
  const reader = openHandle(options, true);
  const writing = new SqliteConnection(writer);
  const queue = new GroupCommit(writer, writing);
  const read = new ReadingConnection(writing, new SqliteConnection(reader)).queries();
  return {
    engine: "sqlite",
    read,
    write: (fn) => queue.add(fn),
    snapshot: (fn) => readSnapshot(options, fn),
    run: async (sql) => {
      writer.exec(sql);
    },
    close: async () => {
      await queue.close();
      reader.close();
      writer.close();
    },
  };
}

/** 別の接続で読み取りの取引を開く。WAL では、書く人も読む人も待たない。 */
async function readSnapshot<T>(options: SqliteOptions, fn: (q: Queries) => Promise<T>): Promise<T> {
  const handle = openHandle(options, true);
  try {
    handle.exec("BEGIN");
    // BEGIN だけでは、まだ何も見ていない。最初に読んだときに、見える時が決まる。
    handle.prepare("SELECT count(*) FROM sqlite_master").get();
    return await fn(new SqliteConnection(handle).queries());
  } finally {
    handle.close();
  }
}

function openHandle({ file, key }: SqliteOptions, readonly: boolean): Handle {
  const db = new Sqlite(file, { readonly });
  try {
    db.pragma("cipher='chacha20'");
    db.pragma(`key='raw:${Buffer.from(key).toString("hex")}'`);
    // 一時ファイル（SAVEPOINT の控え、大きな整列）は暗号化されないので、ディスクに作らせない。
    db.pragma("temp_store=MEMORY");
    db.pragma(`cache_size=-${readonly ? READ_CACHE_KB : WRITE_CACHE_KB}`);
    if (!readonly) {
      db.pragma(`page_size=${PAGE_BYTES}`);
      db.pragma("journal_mode=WAL");
      // 開き直すと NORMAL に戻っていることがあるので、毎回 FULL にし、そうなったことを確かめる。
      db.pragma("synchronous=FULL");
      db.pragma("secure_delete=ON");
      db.pragma(`wal_autocheckpoint=${CHECKPOINT_PAGES}`);
    }
    db.pragma("foreign_keys=ON");
    db.pragma("busy_timeout=5000");
    if (!readonly && db.pragma("synchronous", { simple: true }) !== 2)
      throw new Error("synchronous is not FULL");
    db.prepare("SELECT count(*) FROM sqlite_master").get();
    return db;
  } catch (cause) {
    db.close();
    if (isSqliteError(cause) && cause.code === "SQLITE_NOTADB")
      throw new AppError(
        "SEALED",
        "データベースを開けません。開封の鍵が違うか、ファイルが壊れています。控えのフォルダーから戻すときは、運用手引の「本物の事務所」をご覧ください。",
      );
    throw cause;
  }
}
