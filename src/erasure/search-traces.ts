import { readdir, readFile, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { declaredTables } from "../base/column.ts";
import type { Office } from "../platform/office.ts";
import { databaseFile } from "../platform/scrub-database.ts";
import { readWhole } from "./personal-place-store.ts";

/** 大きなファイルは一度に読まない（バイト）。境い目をまたぐ字を拾うために重ねる長さ。 */
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
  const needles = words.flatMap(shapesOf);
  const found = new Set<string>();
  let searched = 0;
  if (needles.length > 0) {
    for (const one of declaredTables().filter(({ name }) => name !== "key"))
      for await (const row of readWhole(office.read, office.db.engine, one)) {
        searched += 1;
        for (const [column, value] of Object.entries(row)) {
          const bytes = bytesOf(value);
          if (bytes && needles.some((needle) => bytes.includes(needle))) found.add(`${one.name}.${column}`);
        }
      }
  }
  const file = await databaseFile(office.db);
  if (file !== undefined)
    for (const path of await filesUnder(dirname(file))) {
      if ((await stat(path)).size > FILE_LIMIT) continue;
      searched += 1;
      const bytes = await readFile(path);
      if (needles.some((needle) => bytes.includes(needle))) found.add(path.slice(dirname(file).length + 1));
    }
  return { searched, needles: words.length, found: [...found] };
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
