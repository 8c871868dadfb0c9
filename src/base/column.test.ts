// @engine both
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { CompiledQuery } from "kysely";
import { afterEach, expect, test } from "vitest";
import { openDesk, type TestDesk } from "../testing/open-desk.ts";
import { sealedColumns, type Table } from "./column.ts";

/** すべての *-store.ts が宣言した表。同じ表を二つの店が宣言していれば、どちらも確かめる。 */
async function declaredTables(): Promise<Table[]> {
  const src = join(import.meta.dirname, "..");
  const files = readdirSync(src, { recursive: true, encoding: "utf8" }).filter((file) =>
    file.endsWith("-store.ts"),
  );
  const modules = await Promise.all(
    files.map((file) => import(join(src, file)) as Promise<Record<string, unknown>>),
  );
  return modules.flatMap((module) => Object.values(module).filter(isTable));
}

function isTable(value: unknown): value is Table {
  return (
    typeof value === "object" &&
    value !== null &&
    "name" in value &&
    "columns" in value &&
    typeof value.columns === "object"
  );
}

interface LiveColumn {
  type: string;
  nullable: boolean;
}

let desk: TestDesk;
afterEach(() => desk?.close());

async function liveTables(): Promise<Map<string, Map<string, LiveColumn>>> {
  const { engine, read } = desk.office.db;
  const sql =
    engine === "sqlite"
      ? `SELECT m.name AS "table", c.name AS "column", lower(c.type) AS "type", c."notnull" = 0 AS "nullable" FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table'`
      : `SELECT table_name AS "table", column_name AS "column", data_type AS "type", CASE is_nullable WHEN 'YES' THEN 1 ELSE 0 END AS "nullable" FROM information_schema.columns WHERE table_schema = current_schema()`;
  const { rows } = await read.executeQuery<{ table: string; column: string; type: string; nullable: number }>(
    CompiledQuery.raw(sql),
  );
  const tables = new Map<string, Map<string, LiveColumn>>();
  for (const row of rows) {
    const columns = tables.get(row.table) ?? new Map<string, LiveColumn>();
    tables.set(row.table, columns.set(row.column, { type: row.type, nullable: Boolean(row.nullable) }));
  }
  return tables;
}

const stored: Record<string, Record<string, string>> = {
  sqlite: { text: "text", int32: "integer", bytes: "blob", day: "text", instant: "text", flag: "integer" },
  postgres: {
    text: "text",
    int32: "integer",
    bytes: "bytea",
    day: "text",
    instant: "text",
    flag: "smallint",
  },
};

test("別紙1 5(6) 店の宣言と、実際の表が一致する（列、型、空を許すか）", async () => {
  desk = await openDesk();
  const live = await liveTables();
  const declared = (await declaredTables()).filter((one) => one.name !== "key"); // 鍵の保管庫は別のデータベース
  expect(declared.length).toBeGreaterThan(15);
  for (const one of declared) {
    const columns = live.get(one.name);
    expect(columns, `${one.name} の表`).toBeDefined();
    for (const [name, column] of Object.entries(one.columns)) {
      const found = columns?.get(name);
      expect({ at: `${one.name}.${name}`, type: found?.type, nullable: found?.nullable }).toEqual({
        at: `${one.name}.${name}`,
        type: stored[desk.office.db.engine]?.[column.type],
        nullable: column.nullable,
      });
    }
    const undeclared = [...(columns?.keys() ?? [])].filter((name) => !Object.hasOwn(one.columns, name));
    expect({ table: one.name, undeclared }).toEqual({ table: one.name, undeclared: [] });
  }
  const known = new Set(declared.map((one) => one.name));
  const orphans = [...live.keys()].filter(
    (name) => !known.has(name) && name !== "migration" && !name.startsWith("sqlite_"),
  );
  expect(orphans).toEqual([]);
});

test("別紙1 5(6) 氏名・住所・電話の列は、どの表でも封じてある", async () => {
  const telling = /^(name|kana|address|building|phone|postal|needs|memo)$/;
  const plain = (await declaredTables())
    // 会場と講習会の電話・住所は公表されているもの、blob の名は個人名を含まないファイル名、lease の名は役目の名。
    // plan_* の名は、原稿のファイル・版・上位計画の名。
    .filter(
      (one) =>
        !["venue", "class", "counter", "lease", "plan_file", "plan_version", "plan_upper"].includes(one.name),
    )
    .flatMap((one) =>
      Object.keys(one.columns)
        .filter((name) => telling.test(name) && !sealedColumns(one).includes(name))
        .map((name) => `${one.name}.${name}`),
    );
  expect(plain).toEqual([]);
});
