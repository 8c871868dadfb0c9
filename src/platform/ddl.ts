import type { ColumnType } from "../base/column.ts";

/**
 * 移行だけが使う、表を作る文の語彙。列は「型」または「型?」（空を許す）。
 * 一度出した移行は変えないので、ここの出力も変えない。
 */
export type ColumnSpec = ColumnType | `${ColumnType}?`;

export interface TableSpec {
  columns: Record<string, ColumnSpec>;
  primary: string[];
  unique?: string[][];
  foreign?: { columns: string[]; table: string; references: string[] }[];
  checks?: string[];
}

export type Engine = "sqlite" | "postgres";
export type Statement = (engine: Engine) => string;

export interface Migration {
  /** 「0001-ground」の形。この順に一度だけ当てる。 */
  readonly name: string;
  readonly statements: Statement[];
}

const types: Record<Engine, Record<ColumnType, string>> = {
  sqlite: { text: "TEXT", int32: "INTEGER", bytes: "BLOB", day: "TEXT", instant: "TEXT", flag: "INTEGER" },
  postgres: {
    text: 'TEXT COLLATE "C"',
    int32: "INTEGER",
    bytes: "BYTEA",
    day: 'TEXT COLLATE "C"',
    instant: 'TEXT COLLATE "C"',
    flag: "SMALLINT",
  },
};

export function createTable(name: string, spec: TableSpec): Statement {
  return (engine) => {
    const lines = Object.entries(spec.columns).map(([column, type]) => columnLine(engine, column, type));
    lines.push(`PRIMARY KEY (${list(spec.primary)})`);
    for (const unique of spec.unique ?? []) lines.push(`UNIQUE (${list(unique)})`);
    for (const f of spec.foreign ?? [])
      lines.push(`FOREIGN KEY (${list(f.columns)}) REFERENCES "${f.table}" (${list(f.references)})`);
    for (const check of spec.checks ?? []) lines.push(`CHECK (${check})`);
    return `CREATE TABLE "${name}" (\n  ${lines.join(",\n  ")}\n)${engine === "sqlite" ? " STRICT" : ""}`;
  };
}

export function createIndex(name: string, on: string, columns: string[], where?: string): Statement {
  return () => `CREATE INDEX "${name}" ON "${on}" (${list(columns)})${where ? ` WHERE ${where}` : ""}`;
}

/** 列を一つ足す。空を許すか、既定値を持つ列だけ（既にある行が困らないように）。 */
export function addColumn(
  tableName: string,
  column: string,
  type: ColumnSpec,
  fallback?: string | number,
): Statement {
  return (engine) => {
    const value =
      fallback === undefined
        ? ""
        : ` DEFAULT ${typeof fallback === "number" ? fallback : `'${fallback.replaceAll("'", "''")}'`}`;
    return `ALTER TABLE "${tableName}" ADD COLUMN ${columnLine(engine, column, type)}${value}`;
  };
}

function columnLine(engine: Engine, column: string, spec: ColumnSpec): string {
  const optional = spec.endsWith("?");
  const type = (optional ? spec.slice(0, -1) : spec) as ColumnType;
  const check = type === "flag" ? ` CHECK ("${column}" IN (0, 1))` : "";
  return `"${column}" ${types[engine][type]}${optional ? "" : " NOT NULL"}${check}`;
}

function list(columns: string[]): string {
  return columns.map((c) => `"${c}"`).join(", ");
}
