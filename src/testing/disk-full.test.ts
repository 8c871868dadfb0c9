import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openSqlite } from "../platform/sqlite-database.ts";
import { fillDisk, mountSmallDisk } from "./disk-full.ts";

test("ディスクが一杯になったら丁寧に断り、空けばまた受け、答えた予約も下書きも失わない", async (context) => {
  const disk = mountSmallDisk(12);
  if (!disk) return context.skip("tmpfs を付けられない機械");
  try {
    const told = await fillDisk(disk.folder, 200_000);
    expect(told.faults).toEqual([]);
    expect(told.refused).toBeGreaterThan(0);
  } finally {
    disk.remove();
  }
});

test("ファイルがもう大きくなれないとき、まとめて書いた行為はどれも答えず、広げればまた書ける", async () => {
  const folder = mkdtempSync(join(tmpdir(), "madoguchi-full-"));
  const db = openSqlite({ file: join(folder, "a.db"), key: new Uint8Array(randomBytes(32)) });
  try {
    await db.run("CREATE TABLE t (id INTEGER PRIMARY KEY, body BLOB NOT NULL) STRICT");
    await db.run("PRAGMA max_page_count = 40");
    const put = (id: number) =>
      db.write((q) =>
        q
          .insertInto("t")
          .values({ id, body: randomBytes(2000) })
          .execute()
          .then(() => id),
      );
    const answers = await Promise.allSettled(Array.from({ length: 64 }, (_, id) => put(id)));
    const answered = answers.flatMap((a) => (a.status === "fulfilled" ? [a.value] : []));
    const refused = answers.flatMap((a) => (a.status === "rejected" ? [a.reason] : []));
    expect(refused.length).toBeGreaterThan(0);
    for (const cause of refused) expect(cause).toMatchObject({ code: "UNAVAILABLE" });
    await db.run("PRAGMA max_page_count = 1000000");
    await put(1000);
    const kept: { id: number }[] = await db.read.selectFrom("t").select("id").orderBy("id").execute();
    expect(kept.map((row) => row.id)).toEqual([...answered, 1000]);
  } finally {
    await db.close();
    rmSync(folder, { recursive: true, force: true });
  }
});
