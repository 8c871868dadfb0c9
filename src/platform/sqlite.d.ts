// パッケージの exports に型の項目がないので、使う分だけをここに書く。
declare module "better-sqlite3-multiple-ciphers" {
  export interface SqliteStatement {
    readonly reader: boolean;
    readonly readonly: boolean;
    all(...parameters: unknown[]): unknown[];
    get(...parameters: unknown[]): unknown;
    run(...parameters: unknown[]): { changes: number };
    iterate(...parameters: unknown[]): IterableIterator<unknown>;
  }
  export default class Sqlite {
    constructor(file: string, options?: { readonly?: boolean; fileMustExist?: boolean; timeout?: number });
    readonly inTransaction: boolean;
    pragma(source: string, options?: { simple?: boolean }): unknown;
    prepare(sql: string): SqliteStatement;
    exec(sql: string): this;
    close(): this;
  }
}
