import { randomBytes } from "node:crypto";
import { join } from "node:path";
import Sqlite from "better-sqlite3-multiple-ciphers";
import pg from "pg";
import { takeBooking } from "../src/reception/take-booking.ts";
import { openDesk, type TestDesk } from "../src/testing/open-desk.ts";
import { caller, openReception } from "../src/testing/reception-fixture.ts";
import { type BenchRow, median } from "./bench-row.ts";

export const name = "予約（記録・封緘・同じ要求の控え・fsync つき）と、同じエンジンへの裸の一行挿入";

const ROUNDS = 5;
const COUNT = 400;
const CLASSES = 50;

type Engine = "sqlite" | "postgres";

export function run(): Promise<BenchRow[]> {
  return measureBooking(process.env.MADOGUCHI_TEST_POSTGRES ? ["sqlite", "postgres"] : ["sqlite"]);
}

/** 交互に五回ずつ走らせ、中央値を比べる。どちらも一件ごとに fsync を待ってから数える。 */
export async function measureBooking(engines: readonly Engine[]): Promise<BenchRow[]> {
  const rows: BenchRow[] = [];
  for (const engine of engines) {
    const desk = await openDesk({ engine });
    const peer = engine === "sqlite" ? sqlitePeer(desk) : await postgresPeer(desk);
    try {
      const book = await openBusyDesk(desk);
      for (const callers of [1, 32, 200]) rows.push(await compare(engine, callers, book, peer.insert));
    } finally {
      await peer.close();
      await desk.close();
    }
  }
  return rows;
}

type One = () => Promise<unknown>;

async function openBusyDesk(desk: TestDesk): Promise<One> {
  const actor = desk.actor("op", "operator");
  const classes = Array.from({ length: CLASSES }, (_, i) => ({
    id: `c${i}`,
    capacity: 100_000,
    day: `2025-10-${String((i % 28) + 1).padStart(2, "0")}`,
    start: `${String(9 + (i % 7)).padStart(2, "0")}:${String(i).padStart(2, "0")}`,
  }));
  await openReception(desk.office, actor, classes);
  let n = 0;
  const book = () => {
    n += 1;
    return takeBooking(desk.office, actor, { ...caller(n, `c${n % CLASSES}`), onceKey: `key-${n}` });
  };
  await rate(8, 400, book);
  return book;
}

async function compare(engine: string, callers: number, book: One, bare: One): Promise<BenchRow> {
  const ours: number[] = [];
  const theirs: number[] = [];
  const busy: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const before = process.cpuUsage();
    ours.push(await rate(callers, COUNT, book));
    const { user, system } = process.cpuUsage(before);
    busy.push((user + system) / COUNT);
    theirs.push(await rate(callers, COUNT, bare));
  }
  const [a, b] = [median(ours), median(theirs)];
  return {
    what: `${engine}・${callers}人同時`,
    ours: Math.round(a),
    peer: Math.round(b),
    ratio: a / b,
    unit: "件/秒",
    note: `一件に CPU ${Math.round(median(busy))} µs`,
  };
}

/** 同時に callers 人が続けて頼んだときの、一秒あたりの件数。 */
async function rate(callers: number, count: number, one: One): Promise<number> {
  let left = count;
  const started = performance.now();
  const work = async () => {
    while (left > 0) {
      left -= 1;
      await one();
    }
  };
  await Promise.all(Array.from({ length: callers }, work));
  return count / ((performance.now() - started) / 1000);
}

interface Peer {
  insert: One;
  close(): Promise<void>;
}

/** まどぐちと同じ設定（暗号、ページ、WAL、synchronous=FULL）の、一行を入れるだけの表。 */
function sqlitePeer(desk: TestDesk): Peer {
  const db = new Sqlite(join(desk.place.data, "bare.db"));
  db.pragma("cipher='chacha20'");
  db.pragma(`key='raw:${randomBytes(32).toString("hex")}'`);
  for (const setting of [
    "temp_store=MEMORY",
    "page_size=2048",
    "journal_mode=WAL",
    "synchronous=FULL",
    "wal_autocheckpoint=4000",
  ])
    db.pragma(setting);
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

async function postgresPeer(desk: TestDesk): Promise<Peer> {
  const pool = new pg.Pool({
    connectionString: desk.place.url ?? "",
    max: 16,
    options: `-c search_path=${desk.place.schema}`,
  });
  await pool.query(
    'CREATE TABLE bare (id TEXT COLLATE "C" PRIMARY KEY, content BYTEA NOT NULL, n INTEGER NOT NULL)',
  );
  let n = 0;
  return {
    insert: async () => {
      n += 1;
      await pool.query("INSERT INTO bare VALUES ($1, $2, $3)", [`row-${n}`, randomBytes(300), n]);
    },
    close: () => pool.end(),
  };
}
