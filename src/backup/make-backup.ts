import { mkdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { systemActor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import { instantFromMs } from "../base/time.ts";
import type { Database, Queries } from "../platform/database.ts";
import type { Migration } from "../platform/ddl.ts";
import type { KeyHolder } from "../platform/key.ts";
import type { Office } from "../platform/office.ts";
import type { OfficeFolder } from "../platform/office-folder.ts";
import { type BackupHead, fileOf, type Part, setName } from "./backup-set.ts";
import { SealedFileWriter } from "./sealed-file.ts";
import { dumpTables, tablesOf } from "./table-store.ts";

/** 控えに要る、事務所の部品。鍵の保管庫を直に読むのは、控えと消去だけ。 */
export interface BackupParts {
  readonly office: Office;
  readonly vault: Database;
  readonly holder: KeyHolder;
  readonly folder: OfficeFolder;
  readonly migrations: readonly Migration[];
  readonly keyMigrations: readonly Migration[];
  /** 控えたことを残す契約。 */
  readonly contracts: readonly string[];
}

export interface MadePart {
  file: string;
  bytes: number;
  sha256: string;
  rows: number;
}

export interface MadeBackup {
  set: string;
  data: MadePart;
  keys: MadePart;
  /** 本体と鍵を同じ場所に書いた。 */
  together: boolean;
}

/**
 * 本体と鍵の保管庫を、開いたまま控える。書き込みは止めない。
 * 鍵は使う行より先に書かれるので、本体 → 鍵の順に写せば、本体のどの行の鍵も鍵の控えにある。
 * @param out 本体の控えのフォルダー
 * @param keysOut 鍵の控えのフォルダー（別の媒体）
 */
export async function makeBackup(
  parts: BackupParts,
  { out, keysOut }: { out: string; keysOut: string },
  progress: (text: string) => void = () => {},
): Promise<MadeBackup> {
  const set = setName(parts.office.clock.systemMs());
  for (const folder of [out, keysOut]) await mkdir(folder, { recursive: true, mode: 0o700 });
  const data = await writePart(parts, "data", set, out, progress);
  const keys = await writePart(parts, "keys", set, keysOut, progress);
  const together = (await stat(out)).dev === (await stat(keysOut)).dev;
  for (const contract of parts.contracts)
    await parts.office.act(systemActor(contract), (tx) =>
      tx.record({
        kind: "backup.made",
        payload: { set, together, data: data.sha256, keys: keys.sha256, rows: data.rows },
      }),
    );
  return { set, data, keys, together };
}

async function writePart(
  parts: BackupParts,
  part: Part,
  set: string,
  folder: string,
  progress: (text: string) => void,
): Promise<MadePart> {
  const db = part === "data" ? parts.office.db : parts.vault;
  const migrations = part === "data" ? parts.migrations : parts.keyMigrations;
  const file = join(folder, fileOf(part, set));
  if (await stat(file).catch(() => undefined))
    throw new AppError("CONFLICT", "同じ秒に取った控えがもうあります。一秒おいて、もう一度お試しください。");
  const key = await parts.holder.derive(`${parts.folder.mode}:backup`);
  const head: BackupHead = {
    ...{ format: "madoguchi-backup/1", part, set, office: parts.folder.id, mode: parts.folder.mode },
    madeAt: instantFromMs(parts.office.clock.systemMs()),
    migrations: migrations.map(({ name }) => name),
    nameplate: parts.folder,
  };
  const writer = await SealedFileWriter.create(file, key, head);
  try {
    const counts = await db.snapshot((q: Queries) =>
      dumpTables(db.engine, q, tablesOf(migrations), writer, (table) =>
        progress(`${part === "data" ? "本体" : "鍵"}: ${table}`),
      ),
    );
    await writer.line({ counts });
    const rows = Object.values(counts).reduce((sum, count) => sum + count, 0);
    return { file, ...(await writer.finish()), rows };
  } catch (cause) {
    await writer.abandon();
    throw cause;
  }
}
