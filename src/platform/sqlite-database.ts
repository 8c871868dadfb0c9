import Sqlite from "better-sqlite3-multiple-ciphers";
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Driver,
  Kysely,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from "kysely";
import { type Database, offerDirect, type Queries } from "./database.ts";
import { AppError } from "./error.ts";

type Handle = InstanceType<typeof Sqlite>;

/** 一度の fsync にまとめる取引の上限。これを超えた分は次のまとまりへ。 */
const GROUP_LIMIT = 256;
/** まとめている間にほかを待たせる時間の上限（ミリ秒）。 */
const GROUP_MS = 20;

/**
 * 予約一件で二十ほどのページが変わり、ページごとに暗号化して WAL に書く。
 * 4096 では一件ずつの予約が三割ほど遅く、1024 では索引が割れてページが増える。新しいファイルにだけ効く。
 */
const PAGE_BYTES = 2048;
const WRITE_CACHE_KB = 32_000;
const READ_CACHE_KB = 16_000;
/** WAL がこのページ数になったら、書き込みの途中でも本体へ移す。ふだんは手の空いたときに移す。 */
const CHECKPOINT_PAGES = 4000;
/** 手が空いてからこれだけ待って（ミリ秒）、まとまりがこれだけたまっていれば、本体へ移す。 */
const IDLE_MS = 200;
const IDLE_GROUPS = 64;

export interface SqliteOptions {
  file: string;
  /** 32バイト。ファイル全体を chacha20 で暗号化する。 */
  key: Uint8Array;
}

/** 暗号化した SQLite のファイルを開く。鍵が違えば SEALED。 */
export function openSqlite(options: SqliteOptions): Database {
  const writer = openHandle(options, false);
  const reader = openHandle(options, true);
  const queue = new GroupCommit(writer);
  const read = kyselyOn(reader);
  return {
    engine: "sqlite",
    read,
    write: (fn) => queue.add(fn),
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

interface Waiting {
  fn: (q: Queries) => Promise<unknown>;
  resolve: (value: unknown) => void;
  reject: (cause: unknown) => void;
}

/** 待っている取引をまとめて書く。答えは COMMIT のあとだけ。 */
class GroupCommit {
  readonly #db: Handle;
  readonly #begin: Statement;
  readonly #savepoint: Statement;
  readonly #release: Statement;
  readonly #commit: Statement;
  readonly #q: Queries;
  #waiting: Waiting[] = [];
  #pumping: Promise<void> | undefined;
  #groups = 0;
  #idle: NodeJS.Timeout | undefined;

  constructor(db: Handle) {
    this.#db = db;
    this.#begin = db.prepare("BEGIN IMMEDIATE");
    this.#savepoint = db.prepare("SAVEPOINT act");
    this.#release = db.prepare("RELEASE act");
    this.#commit = db.prepare("COMMIT");
    this.#q = kyselyOn(db);
  }

  add<T>(fn: (q: Queries) => Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.#waiting.push({ fn, resolve: resolve as (value: unknown) => void, reject });
      this.#pumping ??= this.#pump().finally(() => {
        this.#pumping = undefined;
        this.#whenIdle();
      });
    });
  }

  async close(): Promise<void> {
    while (this.#pumping) await this.#pumping;
    clearTimeout(this.#idle);
  }

  /** 手が空いたら WAL を本体へ移す。読み手が残っていれば、移せるところまで。 */
  #whenIdle(): void {
    clearTimeout(this.#idle);
    if (this.#groups < IDLE_GROUPS) return;
    this.#idle = setTimeout(() => {
      if (this.#pumping) return;
      this.#groups = 0;
      try {
        this.#db.pragma("wal_checkpoint(PASSIVE)");
      } catch {
        // ほかのプロセスが移している、ディスクに空きがないなど。WAL に残っているので、次に移せばよい。
      }
    }, IDLE_MS).unref();
  }

  async #pump(): Promise<void> {
    // 同じ一巡で届く取引を待ってから始めると、まとまりが大きくなる。
    await Promise.resolve();
    while (this.#waiting.length > 0) {
      await this.#group();
      // まとまりの間に、届いた要求を受け取れるようにする。
      if (this.#waiting.length === 0) await new Promise((next) => setImmediate(next));
    }
  }

  async #group(): Promise<void> {
    try {
      this.#begin.run();
    } catch (cause) {
      for (const one of this.#waiting.splice(0)) one.reject(translate(cause));
      return;
    }
    this.#groups += 1;
    const first = this.#waiting.shift();
    if (first && this.#waiting.length === 0) return this.#alone(first);
    if (first) this.#waiting.unshift(first);
    const answers: (() => void)[] = [];
    const members: Waiting[] = [];
    const started = performance.now();
    while (members.length < GROUP_LIMIT && performance.now() - started < GROUP_MS) {
      const one = this.#waiting.shift();
      if (!one) break;
      members.push(one);
      answers.push(await this.#single(one));
      if (!this.#db.inTransaction) break;
    }
    this.#finish(members, answers);
  }

  /** 待っているのが一つなら、取引がその行為。SAVEPOINT は、失敗を仲間から切り離すためのものなので要らない。 */
  async #alone(one: Waiting): Promise<void> {
    let value: unknown;
    try {
      value = await settledNow(one.fn(this.#q));
    } catch (cause) {
      if (this.#db.inTransaction) this.#db.exec("ROLLBACK");
      one.reject(translate(cause));
      return;
    }
    this.#finish([one], [() => one.resolve(value)]);
  }

  async #single(one: Waiting): Promise<() => void> {
    this.#savepoint.run();
    try {
      const value = await settledNow(one.fn(this.#q));
      this.#release.run();
      return () => one.resolve(value);
    } catch (cause) {
      // 容量切れなどで SQLite が取引全体を捨てたときは、もう SAVEPOINT がない。
      if (this.#db.inTransaction) this.#db.exec("ROLLBACK TO act; RELEASE act");
      return () => one.reject(translate(cause));
    }
  }

  #finish(members: Waiting[], answers: (() => void)[]): void {
    try {
      if (!this.#db.inTransaction) throw new Error("the transaction was rolled back by the engine");
      this.#commit.run();
    } catch (cause) {
      if (this.#db.inTransaction) this.#db.exec("ROLLBACK");
      const told = translate(cause);
      const full = told instanceof AppError ? told : unavailable();
      for (const one of members) one.reject(full);
      return;
    }
    for (const answer of answers) answer();
  }
}

/** 取引の中でデータベース以外を待つと、ほかの全員を待たせる。次の一巡までに終わらなければ不具合。 */
function settledNow<T>(promise: Promise<T>): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const watch = setImmediate(() => reject(new Error("an act awaited something other than the database")));
    promise.then(
      (value) => {
        clearImmediate(watch);
        resolve(value);
      },
      (cause) => {
        clearImmediate(watch);
        reject(cause);
      },
    );
  });
}

function isSqliteError(cause: unknown): cause is Error & { code: string } {
  return (
    cause instanceof Error &&
    "code" in cause &&
    typeof cause.code === "string" &&
    cause.code.startsWith("SQLITE")
  );
}

function unavailable(): AppError {
  return new AppError(
    "UNAVAILABLE",
    "いま記録を書き込めません。入力した内容はこの画面に残っています。ディスクの空きを確かめて、もう一度お試しください。",
  );
}

function translate(cause: unknown): unknown {
  if (!isSqliteError(cause)) return cause;
  if (
    cause.code === "SQLITE_FULL" ||
    cause.code.startsWith("SQLITE_IOERR") ||
    cause.code === "SQLITE_READONLY"
  )
    return unavailable();
  if (cause.code.startsWith("SQLITE_BUSY"))
    return new AppError(
      "UNAVAILABLE",
      "ほかの処理が記録を使っています。数秒おいて、もう一度お試しください。",
    );
  return cause;
}

function kyselyOn(db: Handle): Queries {
  const connection = new HandleConnection(db);
  const driver: Driver = {
    init: async () => {},
    acquireConnection: async () => connection,
    beginTransaction: async () => {
      throw new Error("use Database.write");
    },
    commitTransaction: async () => {},
    rollbackTransaction: async () => {},
    releaseConnection: async () => {},
    destroy: async () => {},
  };
  const q: Queries = new Kysely({
    dialect: {
      createAdapter: () => new SqliteAdapter(),
      createDriver: () => driver,
      createIntrospector: (on) => new SqliteIntrospector(on),
      createQueryCompiler: () => new SqliteQueryCompiler(),
    },
  });
  offerDirect(q, (sql, parameters) => connection.run(sql, parameters));
  return q;
}

type Statement = ReturnType<Handle["prepare"]>;

class HandleConnection implements DatabaseConnection {
  readonly #db: Handle;
  readonly #statements = new Map<string, Statement>();

  constructor(db: Handle) {
    this.#db = db;
  }

  /** 組み立て済みの一文を、その場で動かす。 */
  run(sql: string, parameters: readonly unknown[]): unknown[] {
    try {
      const statement = this.#statement(sql);
      if (statement.reader) return statement.all(...parameters);
      statement.run(...parameters);
      return [];
    } catch (cause) {
      throw translate(cause);
    }
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    try {
      const statement = this.#statement(query.sql);
      const parameters = query.parameters as unknown[];
      if (statement.reader) return { rows: statement.all(...parameters) as R[] };
      const { changes } = statement.run(...parameters);
      return { rows: [], numAffectedRows: BigInt(changes) };
    } catch (cause) {
      throw translate(cause);
    }
  }

  async *streamQuery<R>(query: CompiledQuery): AsyncIterableIterator<QueryResult<R>> {
    const statement = this.#db.prepare(query.sql);
    for (const row of statement.iterate(...(query.parameters as unknown[]))) yield { rows: [row as R] };
  }

  #statement(sql: string): Statement {
    const known = this.#statements.get(sql);
    if (known) return known;
    const made = this.#db.prepare(sql);
    // 動的な IN(…) で増え続けないように、古いものから捨てる。
    if (this.#statements.size >= 500) this.#statements.delete(this.#statements.keys().next().value as string);
    this.#statements.set(sql, made);
    return made;
  }
}
