import type Sqlite from "better-sqlite3-multiple-ciphers";
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
import { type Direct, offerDirect, type Queries } from "./database.ts";
import { translate } from "./sqlite-error.ts";

export type Handle = InstanceType<typeof Sqlite>;
export type Statement = ReturnType<Handle["prepare"]>;

/** 一つの接続。文は組み立てたものを覚えておく。 */
export class SqliteConnection implements DatabaseConnection {
  readonly #db: Handle;
  readonly #statements = new Map<string, Statement>();

  constructor(db: Handle) {
    this.#db = db;
  }

  queries(): Queries {
    return kyselyOn(this, (sql, parameters) => this.run(sql, parameters));
  }

  /** 取引の途中か。 */
  get busy(): boolean {
    return this.#db.inTransaction;
  }

  /** 読むだけの文か。 */
  isRead(sql: string): boolean {
    return this.#statement(sql).readonly;
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

/**
 * 読むための接続。ふだんは書く接続で読む: 読むだけの接続は、書き込みのたびにページの控えをすべて捨て、
 * 次の問い合わせで復号し直すので、毎秒の空席の更新が重くなる。
 * 取引の途中（まだ確定していないものが見える）と、書こうとする文（断られる）は、読むだけの接続に回す。
 */
export class ReadingConnection implements DatabaseConnection {
  readonly #writer: SqliteConnection;
  readonly #reader: SqliteConnection;

  constructor(writer: SqliteConnection, reader: SqliteConnection) {
    this.#writer = writer;
    this.#reader = reader;
  }

  queries(): Queries {
    return kyselyOn(this, (sql, parameters) => this.#for(sql).run(sql, parameters));
  }

  executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    return this.#for(query.sql).executeQuery(query);
  }

  /** 少しずつ読むあいだ、書く接続は空けておく。 */
  streamQuery<R>(query: CompiledQuery): AsyncIterableIterator<QueryResult<R>> {
    return this.#reader.streamQuery(query);
  }

  #for(sql: string): SqliteConnection {
    return !this.#writer.busy && this.#writer.isRead(sql) ? this.#writer : this.#reader;
  }
}

function kyselyOn(connection: DatabaseConnection, run: Direct): Queries {
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
  offerDirect(q, run);
  return q;
}
