import { CompiledQuery } from "kysely";
import { z } from "zod";
import { AppError } from "../base/error.ts";
import type { Database, Queries } from "../platform/database.ts";
import type { Engine, Migration } from "../platform/ddl.ts";
import type { SealedFileWriter } from "./sealed-file.ts";

/** 控えに入れない表。着席と役の貸し借りは、戻した先で始め直す。 */
const passing = new Set(["session", "lease"]);
const PAGE = 500;

/** 移行が作る表の名を、作る順に（参照される表が先）。 */
export function tablesOf(migrations: readonly Migration[]): string[] {
  return migrations.flatMap(({ statements }) =>
    statements.flatMap((statement) => /^CREATE TABLE "([^"]+)"/.exec(statement("sqlite"))?.[1] ?? []),
  );
}

/** 表の全部の行を書き出す。行は列の名と値の組、バイト列は base64。表ごとの行数を返す。 */
export async function dumpTables(
  engine: Engine,
  q: Queries,
  names: readonly string[],
  writer: SealedFileWriter,
  progress: (table: string) => void,
): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const table of names) {
    if (passing.has(table)) continue;
    progress(table);
    let count = 0;
    for await (const rows of pages(engine, q, table))
      for (const row of rows) {
        await writer.line({ t: table, r: Object.fromEntries(Object.entries(row).map(pack)) });
        count += 1;
      }
    counts[table] = count;
  }
  return counts;
}

type StoredRow = Record<string, unknown>;

async function* pages(engine: Engine, q: Queries, table: string): AsyncGenerator<StoredRow[]> {
  if (engine === "sqlite") {
    let page: StoredRow[] = [];
    for await (const row of q.selectFrom(table).selectAll().stream()) {
      page.push(row);
      if (page.length < PAGE) continue;
      yield page;
      page = [];
    }
    yield page;
    return;
  }
  await q.executeQuery(
    CompiledQuery.raw(`DECLARE copy_cursor NO SCROLL CURSOR FOR SELECT * FROM "${table}"`),
  );
  for (;;) {
    const { rows } = await q.executeQuery<StoredRow>(CompiledQuery.raw(`FETCH ${PAGE} FROM copy_cursor`));
    if (rows.length === 0) break;
    yield rows;
  }
  await q.executeQuery(CompiledQuery.raw("CLOSE copy_cursor"));
}

function pack([column, value]: [string, unknown]): [string, unknown] {
  return [column, value instanceof Uint8Array ? { b: Buffer.from(value).toString("base64") } : value];
}

function unpack(value: z.infer<typeof valueSchema>): unknown {
  return typeof value === "object" && value !== null ? Buffer.from(value.b, "base64") : value;
}

const valueSchema = z.union([z.string(), z.number(), z.null(), z.strictObject({ b: z.string() })]);
const lineSchema = z.object({ t: z.string(), r: z.record(z.string(), valueSchema) });
const endSchema = z.object({ counts: z.record(z.string(), z.number()) });

/**
 * 行を空のデータベースに入れる。最後の行の数え上げと合わなければ断る。
 * @returns 表ごとの行数
 */
export async function loadTables(
  db: Database,
  names: readonly string[],
  lines: AsyncIterable<unknown>,
  progress: (table: string) => void,
): Promise<Record<string, number>> {
  const known = new Set(names);
  const counts: Record<string, number> = {};
  let waiting: { table: string; rows: StoredRow[] } = { table: "", rows: [] };
  let end: Record<string, number> | undefined;
  const flush = async () => {
    const { table, rows } = waiting;
    waiting = { table: "", rows: [] };
    if (rows.length > 0) await db.write((q) => q.insertInto(table).values(rows).execute());
  };
  for await (const line of lines) {
    const row = lineSchema.safeParse(line);
    if (!row.success) {
      end = endSchema.parse(line).counts;
      continue;
    }
    const { t: table, r } = row.data;
    if (!known.has(table)) throw new Error("a table of the copy is not in its migrations");
    if (table !== waiting.table || waiting.rows.length >= rowsAtOnce(r)) {
      if (table !== waiting.table) progress(table);
      await flush();
      waiting.table = table;
    }
    waiting.rows.push(
      Object.fromEntries(Object.entries(r).map(([column, value]) => [column, unpack(value)])),
    );
    counts[table] = (counts[table] ?? 0) + 1;
  }
  await flush();
  if (!end || Object.entries(end).some(([table, count]) => (counts[table] ?? 0) !== count))
    throw new AppError(
      "BAD_INPUT",
      "控えの行の数が、控えたときの数と合いません。ほかの控えでお試しください。",
    );
  return end;
}

/** 一文に入れられる値の数（SQLite は 32766、PostgreSQL は 65535）に収まる行数。 */
function rowsAtOnce(row: object): number {
  return Math.max(1, Math.min(PAGE, Math.floor(30_000 / Math.max(1, Object.keys(row).length))));
}
