import {
  type DatabaseConnection,
  Kysely,
  PostgresAdapter,
  PostgresDriver,
  PostgresIntrospector,
  PostgresQueryCompiler,
} from "kysely";
import pg from "pg";
import { AppError } from "../base/error.ts";
import type { Database, Queries } from "./database.ts";

/** 直列化の失敗とデッドロック。取引は何度でもやり直せるように書いてある。 */
const RETRY = new Set(["40001", "40P01"]);
const RETRIES = 8;

/** PostgreSQL（15以上）。schema は鍵の置き場を分けるときに使う。 */
export function openPostgres(url: string, schema: string, connections = 16): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    // count(*) は bigint。int32 の範囲しか使わないので数にする。
    types: {
      getTypeParser: (oid: number, format?: "text" | "binary") =>
        oid === 20 ? Number : pg.types.getTypeParser(oid, format),
    } as pg.CustomTypesConfig,
    options: `-c search_path=${schema} -c synchronous_commit=on -c lock_timeout=5000`,
  });
  // 待機中の接続が切れても、プロセスを落とさない。次の取引が新しい接続を開く。
  pool.on("error", () => {});
  // 取引の途中で切れた接続も同じ。取引の失敗は、待っている問い合わせの方へ届く。
  pool.on("connect", (client) => client.on("error", () => {}));
  const kysely: Queries = new Kysely({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => new PlainSpokenDriver({ pool }),
      createIntrospector: (on) => new PostgresIntrospector(on),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
  });
  return {
    engine: "postgres",
    read: kysely,
    write: (fn) => withRetry(() => kysely.transaction().execute(fn)),
    snapshot: (fn) =>
      kysely.transaction().setIsolationLevel("repeatable read").setAccessMode("read only").execute(fn),
    run: async (sql) => {
      await pool.query(sql);
    },
    close: () => kysely.destroy(),
  };
}

/** サーバーへ届かないことは、読むときも書くときも、同じ一文で伝える。 */
class PlainSpokenDriver extends PostgresDriver {
  readonly #spoken = new WeakSet<DatabaseConnection>();

  override async acquireConnection(
    ...args: Parameters<PostgresDriver["acquireConnection"]>
  ): Promise<DatabaseConnection> {
    const connection = await super.acquireConnection(...args).catch(speak);
    if (this.#spoken.has(connection)) return connection;
    this.#spoken.add(connection);
    const execute = connection.executeQuery.bind(connection);
    connection.executeQuery = <R>(...query: Parameters<DatabaseConnection["executeQuery"]>) =>
      execute<R>(...query).catch(speak);
    return connection;
  }
}

function speak(cause: unknown): never {
  throw translate(cause, errorCode(cause));
}

async function withRetry<T>(fn: () => Promise<T>): Promise<T> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await fn();
    } catch (cause) {
      const code = errorCode(cause);
      if (code && RETRY.has(code) && attempt < RETRIES) {
        await new Promise((next) => setTimeout(next, Math.random() * 10 * 2 ** attempt));
        continue;
      }
      throw translate(cause, code);
    }
  }
}

function errorCode(cause: unknown): string | undefined {
  return cause instanceof Error && "code" in cause && typeof cause.code === "string" ? cause.code : undefined;
}

/** サーバーへ届かない、途中で切れた。 */
const LOST = new Set(["ECONNREFUSED", "ECONNRESET", "EPIPE", "ETIMEDOUT", "ENOTFOUND"]);

/** node-postgres は、切れた接続の誤りに符号を付けない。 */
function isLostConnection(cause: unknown): boolean {
  return (
    cause instanceof Error &&
    /^(Connection terminated|Client has encountered a connection error|Client was closed|timeout expired)/.test(
      cause.message,
    )
  );
}

function translate(cause: unknown, code: string | undefined): unknown {
  if (
    code === "53100" ||
    code === "55P03" ||
    code?.startsWith("08") ||
    code?.startsWith("57P") ||
    (code !== undefined && LOST.has(code)) ||
    (code === undefined && isLostConnection(cause))
  )
    return new AppError(
      "UNAVAILABLE",
      "いま記録を書き込めません。入力した内容はこの画面に残っています。数秒おいて、もう一度お試しください。",
    );
  return cause;
}
