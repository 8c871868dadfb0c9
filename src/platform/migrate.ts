import { CompiledQuery } from "kysely";
import { AppError } from "../base/error.ts";
import type { Database } from "./database.ts";
import { createTable, type Migration } from "./ddl.ts";

const journal = createTable("migration", {
  columns: { name: "text", applied_at: "instant" },
  primary: ["name"],
});

/**
 * まだ当てていない移行を、順に、一つずつの取引で当てる。当てた名前を返す。
 * 二つのプロセスが同時に始めても、名前の主キーがぶつかった方が待って読み直す。
 */
export async function migrate(db: Database, migrations: Migration[], now: string): Promise<string[]> {
  await db.run(journal(db.engine).replace("CREATE TABLE", "CREATE TABLE IF NOT EXISTS"));
  const applied: string[] = [];
  for (const one of migrations) {
    const done = await appliedNames(db);
    refuseUnknown(done, migrations);
    if (done.includes(one.name)) continue;
    try {
      await applyOne(db, one, now);
      applied.push(one.name);
    } catch (cause) {
      // ほかのプロセスが先に当てていれば、それでよい。
      if (!(await appliedNames(db)).includes(one.name)) throw cause;
    }
  }
  return applied;
}

async function appliedNames(db: Database): Promise<string[]> {
  const rows: { name: string }[] = await db.read.selectFrom("migration").select("name").execute();
  return rows.map((row) => row.name);
}

function refuseUnknown(done: string[], migrations: Migration[]): void {
  const known = new Set(migrations.map((m) => m.name));
  if (done.some((name) => !known.has(name)))
    throw new AppError(
      "UNAVAILABLE",
      "この事務所のデータは、新しい版のまどぐちで作られています。新しい版で開いてください。",
    );
}

async function applyOne(db: Database, one: Migration, now: string): Promise<void> {
  const statements = one.statements.map((statement) => statement(db.engine));
  await db.write(async (q) => {
    await q.insertInto("migration").values({ name: one.name, applied_at: now }).execute();
    for (const sql of statements) await q.executeQuery(CompiledQuery.raw(sql));
  });
}
