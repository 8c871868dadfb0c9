import { setTimeout as sleep } from "node:timers/promises";
import { CompiledQuery } from "kysely";
import type { Database } from "./database.ts";

/** 取引の切れ目を待って試す回数と間（ミリ秒）。 */
const TRIES = 100;
const WAIT_MS = 30;

/**
 * 消した値の跡（WAL、空きページ、死んだ行）をファイルから消す。書き込みの合間に行い、終わるまで返らない。
 * SQLite は secure_delete に加えて WAL を空にして詰め直し、PostgreSQL は表を書き直す。
 */
export async function scrubDatabase(db: Database, names: readonly string[]): Promise<void> {
  const statements =
    db.engine === "sqlite"
      ? ["PRAGMA wal_checkpoint(TRUNCATE)", "VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"]
      : names.map((name) => `VACUUM FULL "${name}"`);
  for (const statement of statements) await runBetween(db, statement);
}

/** まだ使われていない（消した跡の残りうる）ページの数。PostgreSQL では数えられないので undefined。 */
export async function freePages(db: Database): Promise<number | undefined> {
  if (db.engine !== "sqlite") return undefined;
  const { rows } = await db.read.executeQuery<{ freelist_count: number }>(
    CompiledQuery.raw("PRAGMA freelist_count"),
  );
  return rows[0]?.freelist_count;
}

/** 取引の途中では動かない文を、途切れるまで待って動かす。 */
async function runBetween(db: Database, statement: string): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await db.run(statement);
    } catch (cause) {
      if (tries >= TRIES || db.engine !== "sqlite") throw cause;
      await sleep(WAIT_MS);
    }
  }
}

/** データベースのファイルの場所（SQLite）。 */
export async function databaseFile(db: Database): Promise<string | undefined> {
  if (db.engine !== "sqlite") return undefined;
  const { rows } = await db.read.executeQuery<{ name: string; file: string }>(
    CompiledQuery.raw("PRAGMA database_list"),
  );
  return rows.find((row) => row.name === "main")?.file || undefined;
}
