import { readdir, readFile, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { declaredTables } from "../base/column.ts";
import type { Office } from "../platform/office.ts";
import { databaseFile } from "../platform/scrub-database.ts";
import { readWhole } from "./personal-place-store.ts";

/** これだけ見たら、ほかの要求に譲る。 */
const ROWS_A_TURN = 200;
/** これより大きなファイルは探さない（バイト）。 */
const FILE_LIMIT = 512 * 1024 * 1024;

export interface TraceResult {
  /** 探した行とファイルの数。 */
  searched: number;
  /** 探した言葉の数。再開した消去では 0（もうだれにも読めないので、言葉がない）。 */
  needles: number;
  /** 見つかった場所（表.列、ファイル名）。 */
  found: string[];
}

/** 消した方の字が、平文でどこかに残っていないか、復号した全部の行と、事務所のフォルダーの全部のファイルを探す。 */
export async function searchTraces(office: Office, words: readonly string[]): Promise<TraceResult> {
  const needles = new Needles(words.flatMap(shapesOf));
  const found = new Set<string>();
  let searched = 0;
  if (words.length > 0) {
    for (const one of declaredTables().filter(({ name }) => name !== "key"))
      for await (const row of readWhole(office.read, office.db.engine, one)) {
        searched += 1;
        if (searched % ROWS_A_TURN === 0) await new Promise((next) => setImmediate(next));
        for (const [column, value] of Object.entries(row)) {
          const bytes = bytesOf(value);
          if (bytes && needles.isIn(bytes)) found.add(`${one.name}.${column}`);
        }
      }
  }
  const file = await databaseFile(office.db);
  if (file !== undefined)
    for (const path of await filesUnder(dirname(file))) {
      if ((await stat(path)).size > FILE_LIMIT) continue;
      searched += 1;
      const bytes = await readFile(path);
      if (needles.isIn(bytes)) found.add(path.slice(dirname(file).length + 1));
    }
  return { searched, needles: words.length, found: [...found] };
}

/** 何千もの言葉を、一度の走査で探す。はじめの二バイトで振るい、四バイトで引く。 */
class Needles {
  readonly #first = new Uint8Array(65_536);
  readonly #by = new Map<number, Buffer[]>();

  constructor(needles: readonly Buffer[]) {
    for (const needle of needles) {
      if (needle.length < 4) continue;
      this.#first[needle.readUInt16BE(0)] = 1;
      const head = needle.readUInt32BE(0);
      this.#by.set(head, [...(this.#by.get(head) ?? []), needle]);
    }
  }

  isIn(bytes: Buffer): boolean {
    for (let at = 0; at + 4 <= bytes.length; at += 1) {
      if (this.#first[((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0)] === 0) continue;
      const found = this.#by.get(bytes.readUInt32BE(at));
      if (found?.some((needle) => bytes.subarray(at, at + needle.length).equals(needle))) return true;
    }
    return false;
  }
}

function bytesOf(value: unknown): Buffer | undefined {
  if (value instanceof Uint8Array) return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  return typeof value === "string" ? Buffer.from(value, "utf8") : undefined;
}

/** 書いたまま・空白なし・数字だけの、UTF-8 と UTF-16。 */
function shapesOf(word: string): Buffer[] {
  const digits = /^[0-9-]+$/.test(word) ? [word.replace(/-/g, "")] : [];
  const texts = [...new Set([word, word.replace(/\s/gu, ""), ...digits])];
  return texts.flatMap((text) => {
    const wide = Buffer.from(text, "utf16le");
    return [Buffer.from(text, "utf8"), wide, Buffer.from(wide).swap16()];
  });
}

async function filesUnder(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((one) => one.isFile()).map((one) => join(one.parentPath, one.name));
}
