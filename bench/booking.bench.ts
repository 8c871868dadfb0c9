import { randomBytes } from "node:crypto";
import Sqlite from "better-sqlite3-multiple-ciphers";
import pg from "pg";
import { join } from "node:path";
import { openDesk, type TestDesk } from "../src/testing/open-desk.ts";
import { caller, openReception } from "../src/testing/reception-fixture.ts";
import { takeBooking } from "../src/reception/take-booking.ts";

export const name = "予約（記録・暗号化・fsync つき）と、同じエンジンへの裸の一行挿入";

export interface BenchRow {
  what: string;
  ours: number;
  peer: number;
  ratio: number;
  unit: string;
  note: string;
}

const ROUNDS = 3;
const COUNT = 600;

/** 交互に三回ずつ走らせ、中央値を比べる。 */
export async function run(): Promise<BenchRow[]> {
  const rows: BenchRow[] = [];
  for (const engine of ["sqlite", "postgres"] as const) {
    if (engine === "postgres" && !process.env.MADOGUCHI_TEST_POSTGRES) continue;
    const desk = await openDesk({ engine });
    const actor = desk.actor("op", "operator");
    const classes = Array.from({ length: 50 }, (_, i) => ({ id: `c${i}`, capacity: 100_000, day: `2025-10-${String((i % 28) + 1).padStart(2, "0")}`, start: `${String(9 + (i % 7)).padStart(2, "0")}:${String(i).padStart(2, "0")}` }));
    await openReception(desk.office, actor, classes);
    const peer = engine === "sqlite" ? sqlitePeer(desk) : await postgresPeer(desk);
    let n = 0;
    const book = () => takeBooking(desk.office, actor, caller((n += 1), `c${n % 50}`));
    for (let i = 0; i < 200; i += 1) await book();
    for (const callers of [1, 32, 200]) {
      const ours: number[] = [];
      const bare: number[] = [];
      for (let round = 0; round < ROUNDS; round += 1) {
        ours.push(await rate(callers, book));
        bare.push(await rate(callers, peer.insert));
      }
      rows.push(row(`${engine}・${callers}人同時`, median(ours), median(bare)));
    }
    await peer.close();
    await desk.close();
  }
  return rows;
}

/** 同時に callers 人が続けて頼んだときの、一秒あたりの件数。 */
async function rate(callers: number, one: () => Promise<unknown>): Promise<number> {
  let left = COUNT;
  const started = performance.now();
  await Promise.all(
    Array.from({ length: callers }, async () => {
      while (left > 0) {
        left -= 1;
        await one();
      }
    }),
  );
  return COUNT / ((performance.now() - started) / 1000);
}

function sqlitePeer(desk: TestDesk): { insert: () => Promise<void>; close: () => Promise<void> } {
  const db = new Sqlite(join(desk.place.data, "bare.db"));
  db.pragma("cipher='chacha20'");
  db.pragma(`key='raw:${randomBytes(32).toString("hex")}'`);
  db.pragma("journal_mode=WAL");
  db.pragma("synchronous=FULL");
  db.exec("CREATE TABLE bare (id TEXT PRIMARY KEY, content BLOB NOT NULL, n INTEGER NOT NULL) STRICT");
  const statement = db.prepare("INSERT INTO bare VALUES (?, ?, ?)");
  let n = 0;
  return {
    insert: async () => {
      n += 1;
      statement.run(`row-${n}`, randomBytes(300), n);
    },
    close: async () => {
      db.close();
    },
  };
}

async function postgresPeer(desk: TestDesk): Promise<{ insert: () => Promise<void>; close: () => Promise<void> }> {
  const pool = new pg.Pool({ connectionString: desk.place.url ?? "", max: 16, options: `-c search_path=${desk.place.schema}` });
  await pool.query('CREATE TABLE bare (id TEXT COLLATE "C" PRIMARY KEY, content BYTEA NOT NULL, n INTEGER NOT NULL)');
  let n = 0;
  return {
    insert: async () => {
      n += 1;
      await pool.query("INSERT INTO bare VALUES ($1, $2, $3)", [`row-${n}`, randomBytes(300), n]);
    },
    close: () => pool.end(),
  };
}

function row(what: string, ours: number, peer: number): BenchRow {
  return { what, ours: Math.round(ours), peer: Math.round(peer), ratio: Math.round((ours / peer) * 100) / 100, unit: "件/秒", note: "" };
}

function median(of: number[]): number {
  const sorted = [...of].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
