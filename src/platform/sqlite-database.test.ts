import { randomBytes } from "node:crypto";
import { mkdtempSync, readdirSync, readlinkSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CompiledQuery } from "kysely";
import { afterEach, expect, test } from "vitest";
import type { Database, Queries } from "./database.ts";
import { openSqlite } from "./sqlite-database.ts";

const opened: Database[] = [];
const folders: string[] = [];

afterEach(async () => {
  for (const db of opened.splice(0)) await db.close();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function place() {
  const folder = mkdtempSync(join(tmpdir(), "madoguchi-sqlite-"));
  folders.push(folder);
  return { file: join(folder, "a.db"), key: new Uint8Array(randomBytes(32)) };
}

function open(options: { file: string; key: Uint8Array }): Database {
  const db = openSqlite(options);
  opened.push(db);
  return db;
}

async function withTable(): Promise<{ db: Database; options: { file: string; key: Uint8Array } }> {
  const options = place();
  const db = open(options);
  await db.run("CREATE TABLE t (id INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT");
  return { db, options };
}

const put =
  (id: number, body = "x") =>
  (q: Queries) =>
    q.insertInto("t").values({ id, body }).execute();
const ids = async (q: Queries) =>
  (await q.selectFrom("t").select("id").orderBy("id").execute()).map((r) => r.id);

async function pragma(q: Queries, name: string): Promise<unknown> {
  const { rows } = await q.executeQuery<Record<string, unknown>>(CompiledQuery.raw(`PRAGMA ${name}`));
  return Object.values(rows[0] ?? {})[0];
}

test("開くたびに、書き終えるまで待つ設定で、一時ファイルを作らせない", async () => {
  const { db, options } = await withTable();
  await db.close();
  opened.splice(0);
  const again = open(options);
  await again.write(async (q) => {
    expect(await pragma(q, "synchronous")).toBe(2);
    expect(await pragma(q, "temp_store")).toBe(2);
    expect(await pragma(q, "secure_delete")).toBe(1);
  });
  expect(await pragma(again.read, "temp_store")).toBe(2);
  await expect(put(1)(again.read)).rejects.toThrow();
});

test("鍵が違えば、中を見せずに断る", async () => {
  const { db, options } = await withTable();
  await db.close();
  opened.splice(0);
  expect(() => openSqlite({ ...options, key: new Uint8Array(32) })).toThrow(
    expect.objectContaining({ code: "SEALED" }),
  );
});

test("別紙1 5(6) 大きな行為や整列の途中でも、暗号化されない一時ファイルが開かれない", async (context) => {
  if (process.platform !== "linux") return context.skip();
  const { db } = await withTable();
  const body = "秘".repeat(500);
  await db.write(async (q) => {
    for (let id = 0; id < 2000; id += 1) await put(id, body)(q);
  });
  await Promise.all([
    db.write(async (q) => {
      await q
        .updateTable("t")
        .set({ body: `${body}。` })
        .execute();
      expect(temporaryFiles()).toEqual([]);
    }),
    db.write((q) => put(9999)(q)),
  ]);
  for await (const _ of db.read.selectFrom("t").selectAll().orderBy("body").orderBy("id", "desc").stream())
    expect(temporaryFiles()).toEqual([]);
});

function temporaryFiles(): string[] {
  return readdirSync("/proc/self/fd")
    .map((fd) => {
      try {
        return readlinkSync(`/proc/self/fd/${fd}`);
      } catch {
        return ""; // 一覧を読むために開いた口は、もう閉じている
      }
    })
    .filter((to) => to.includes("etilqs"));
}

test("一つだけの行為が失敗しても何も残らず、次の行為は続けられる", async () => {
  const { db } = await withTable();
  await expect(
    db.write(async (q) => {
      await put(1)(q);
      throw new Error("断る");
    }),
  ).rejects.toThrow("断る");
  await db.write(put(2));
  expect(await ids(db.read)).toEqual([2]);
});

test("まとめて書くときも、失敗した行為だけが消える", async () => {
  const { db } = await withTable();
  const done = await Promise.allSettled([
    db.write(put(1)),
    db.write(put(1)),
    db.write(put(2)),
    db.write(async (q) => {
      await put(3)(q);
      await put(2)(q);
    }),
  ]);
  expect(done.map((d) => d.status)).toEqual(["fulfilled", "rejected", "fulfilled", "rejected"]);
  expect(await ids(db.read)).toEqual([1, 2]);
});

test("読む接続には、確定したものだけが見える。取引の途中でも、直後でも", async () => {
  const { db } = await withTable();
  await db.write(put(1));
  await Promise.all([
    db.write(async (q) => {
      await put(2)(q);
      expect(await ids(db.read)).toEqual([1]);
      expect(await ids(q)).toEqual([1, 2]);
    }),
    db.write((q) => put(3)(q)),
  ]);
  expect(await ids(db.read)).toEqual([1, 2, 3]);
});

test("ほかのプロセス（別の取っ手）が書いたものも、すぐに見える", async () => {
  const { db, options } = await withTable();
  const other = open(options);
  for (let id = 0; id < 20; id += 1) {
    await (id % 2 ? db : other).write(put(id));
    expect((await ids(db.read)).length).toBe(id + 1);
    expect((await ids(other.read)).length).toBe(id + 1);
  }
});

test("行為の中でデータベース以外を待てば不具合として断り、何も残さない", async () => {
  const { db } = await withTable();
  const slow = db.write(async (q) => {
    await put(1)(q);
    await new Promise((next) => setTimeout(next, 5));
  });
  await expect(slow).rejects.toThrow("an act awaited something other than the database");
  await db.write(put(2));
  expect(await ids(db.read)).toEqual([2]);
});

test("手が空けば、WAL は本体へ移る", async () => {
  const { db, options } = await withTable();
  for (let id = 0; id < 80; id += 1) await db.write(put(id));
  await expect
    .poll(async () => {
      const other = open(options);
      const { rows } = await other.read.executeQuery<{ log: number; checkpointed: number }>(
        CompiledQuery.raw("PRAGMA wal_checkpoint(NOOP)"),
      );
      return rows[0]?.log === rows[0]?.checkpointed;
    })
    .toBe(true);
});
