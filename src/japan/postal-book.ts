import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { inflateRawSync } from "node:zlib";
import type { PostalRow } from "./postal-code.ts";

/** 郵便番号の表。番号の頭3桁ごとに読む。 */
export interface PostalBook {
  prefixes(): readonly string[];
  rows(prefix: string): readonly PostalRow[];
  /** 一番号一行に詰められた表か（ほかの市区町村の行が落ちている）。 */
  readonly lossy: boolean;
}

/** 解いて持っておく頭3桁の数。一つの市の受付に要る分には足り、全国を引いても記憶は増え続けない。 */
const MAX_KEPT = 96;

const require = createRequire(import.meta.url);
let builtIn: PostalBook | undefined;

/**
 * 同梱の表（yubin）。初めて引いたときに読む。
 * パッケージの関数を呼ばずに中の表を読むのは、import するだけで 24 MB を持つことになり、
 * 全体をなめる（市区町村の一覧を作る）手だてもないため。
 */
export function builtInPostalBook(): PostalBook {
  builtIn ??= openYubin(require.resolve("yubin"));
  return builtIn;
}

function openYubin(path: string): PostalBook {
  // 中身は base64 なので、一文字一バイトの文字列として持てば 4.5 MB で済む。
  const source = readFileSync(path, "latin1");
  const chunks = new Map<string, string>();
  for (const [, prefix = "", packed = ""] of source.matchAll(/"(\d{3})": ?"([A-Za-z0-9+/=]+)"/g))
    chunks.set(prefix, packed);
  if (chunks.size === 0) throw new Error("郵便番号の表（yubin）の形が変わっています。版を確かめてください。");
  const kept = new Map<string, readonly PostalRow[]>();
  return {
    lossy: true,
    prefixes: () => [...chunks.keys()],
    rows(prefix) {
      const known = kept.get(prefix);
      if (known) return known;
      const packed = chunks.get(prefix);
      const rows = packed === undefined ? [] : unpack(packed);
      const [oldest] = kept.keys();
      if (kept.size >= MAX_KEPT && oldest !== undefined) kept.delete(oldest);
      kept.set(prefix, rows);
      return rows;
    },
  };
}

function unpack(packed: string): PostalRow[] {
  const text = inflateRawSync(Buffer.from(packed, "base64")).toString("utf8");
  return text.split("\n").flatMap((line) => (line === "" ? [] : [toRow(line.split(","))]));
}

function toRow(columns: string[]): PostalRow {
  const [kind, code = "", , jisCode = "", prefecture = "", ...rest] = columns;
  if (kind === "j") {
    const [city = "", town = "", street = "", name = "", kana = "", postOffice = "", type] = rest;
    const office = { name, kana: kana.normalize("NFKC"), street, postOffice, poBox: type === "1" };
    return { code, jisCode, prefecture, city, town, chome: false, shared: false, office };
  }
  const [, city = "", , town = "", townKana = "", , , chome, shared] = rest;
  return { code, jisCode, prefecture, city, town, townKana, chome: chome === "1", shared: shared === "1" };
}

/** 取り込んだ行から表を作る（日本郵便の新しい表、試験）。 */
export function postalBookOf(rows: readonly PostalRow[]): PostalBook {
  const byPrefix = Map.groupBy(rows, (row) => row.code.slice(0, 3));
  return { lossy: false, prefixes: () => [...byPrefix.keys()], rows: (prefix) => byPrefix.get(prefix) ?? [] };
}
