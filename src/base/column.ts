/**
 * 列の宣言。各室の *-store.ts が表を宣言し、ここから型・暗号化・伏せ字・書き出し・消去・漏れの検査が作られる。
 * 型は閉じている（両方のエンジンで同じに振る舞うものだけ）: text, int32, bytes, day, instant, flag。
 */
export type ColumnType = "text" | "int32" | "bytes" | "day" | "instant" | "flag";

/** plain=そのまま、personal=個人情報（本人または文書の鍵で封じる）、secret=認証などの秘密。 */
export type Care = "plain" | "personal" | "secret";

export interface Column<T, Sealed extends boolean = false> {
  readonly type: ColumnType;
  readonly care: Care;
  readonly nullable: boolean;
  /** 真なら、店の中では文字列、表の中では本人の鍵で封じた bytes。 */
  readonly sealed: Sealed;
  /** 型だけの印。値は持たない。 */
  readonly value?: T;
}

type Columns = Record<string, Column<unknown, boolean>>;

export interface Table<C extends Columns = Columns> {
  readonly name: string;
  readonly columns: C;
}

type ColumnValue<C> =
  C extends Column<infer T, infer S> ? (S extends true ? Exclude<SealedValue<T>, undefined> : T) : never;
type SealedValue<T> = null extends T ? Buffer | null : Buffer;

/** 表の一行（データベースの中の形）。封じた列は Buffer。 */
export type Row<T extends Table> = { [K in keyof T["columns"]]: ColumnValue<T["columns"][K]> };

/** 封じた列の名前。 */
export type SealedColumn<T extends Table> = {
  [K in keyof T["columns"]]: T["columns"][K] extends Column<unknown, true> ? K : never;
}[keyof T["columns"]] &
  string;

/** 表の組から問い合わせの型を作る。 */
export type Schema<T extends Record<string, Table>> = { [K in keyof T]: Row<T[K]> };

const declared = new Map<string, Table>();

/** 表を宣言する。同じ表の一部の列だけを宣言したもの（封を開くための写し）は、広い方に含める。 */
export function table<C extends Columns>(name: string, columns: C): Table<C> {
  const made = { name, columns };
  declared.set(name, { name, columns: { ...declared.get(name)?.columns, ...columns } });
  return made;
}

/** このプログラムが宣言した表の全部（消去と「どこに何があるか」の一覧は、ここから作る）。 */
export function declaredTables(): readonly Table[] {
  return [...declared.values()];
}

function column<T>(type: ColumnType, care: Care): Column<T> {
  return { type, care, nullable: false, sealed: false };
}

export function text<T extends string = string>(care: Care = "plain"): Column<T> {
  return column<T>("text", care);
}

export function int32(): Column<number> {
  return column("int32", "plain");
}

export function bytes(care: Care = "plain"): Column<Buffer> {
  return column("bytes", care);
}

export function day(): Column<string> {
  return column("day", "plain");
}

export function instant(): Column<string> {
  return column("instant", "plain");
}

/** 0 または 1。 */
export function flag(): Column<number> {
  return column("flag", "plain");
}

/** 本人（または文書）の鍵で封じる文字列。表の中では bytes。 */
export function sealed(): Column<string, true> {
  return { type: "bytes", care: "personal", nullable: false, sealed: true };
}

export function nullable<T, S extends boolean>(of: Column<T, S>): Column<T | null, S> {
  return { type: of.type, care: of.care, nullable: true, sealed: of.sealed };
}

const sealedNames = new WeakMap<Table, readonly string[]>();

/** 封じた列の名前の一覧（実行時）。 */
export function sealedColumns(of: Table): readonly string[] {
  const known = sealedNames.get(of);
  if (known) return known;
  const names = Object.entries(of.columns)
    .filter(([, c]) => c.sealed)
    .map(([name]) => name);
  sealedNames.set(of, names);
  return names;
}
