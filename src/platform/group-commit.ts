import { AppError } from "../base/error.ts";
import type { Queries } from "./database.ts";
import type { Handle, SqliteConnection, Statement } from "./sqlite-connection.ts";
import { translate, unavailable } from "./sqlite-error.ts";

/** 一度の fsync にまとめる取引の上限。これを超えた分は次のまとまりへ。 */
const GROUP_LIMIT = 256;
/** まとめている間にほかを待たせる時間の上限（ミリ秒）。 */
const GROUP_MS = 20;

/** 手が空いてからこれだけ待って（ミリ秒）、まとまりがこれだけたまっていれば、本体へ移す。 */
const IDLE_MS = 200;
const IDLE_GROUPS = 64;

interface Waiting {
  fn: (q: Queries) => Promise<unknown>;
  resolve: (value: unknown) => void;
  reject: (cause: unknown) => void;
}

/** 待っている取引をまとめて書く。答えは COMMIT のあとだけ。 */
export class GroupCommit {
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

  constructor(db: Handle, connection: SqliteConnection) {
    this.#db = db;
    this.#begin = db.prepare("BEGIN IMMEDIATE");
    this.#savepoint = db.prepare("SAVEPOINT act");
    this.#release = db.prepare("RELEASE act");
    this.#commit = db.prepare("COMMIT");
    this.#q = connection.queries();
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
