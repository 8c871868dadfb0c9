import { mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { AppError } from "../base/error.ts";
import { instantFromMs } from "../base/time.ts";
import type { Database } from "../platform/database.ts";
import type { Migration } from "../platform/ddl.ts";
import type { KeyHolder } from "../platform/key.ts";
import { destroyKeys } from "../platform/key-store.ts";
import { listTombstones } from "../platform/list-tombstones.ts";
import { migrate } from "../platform/migrate.ts";
import type { OfficeFolder } from "../platform/office-folder.ts";
import type { BackupHead } from "./backup-set.ts";
import { readSealedLines } from "./sealed-file.ts";
import { loadTables, tablesOf } from "./table-store.ts";

export interface RestoreParts {
  /** 本体と鍵の控えのファイル。 */
  readonly data: { file: string; head: BackupHead };
  readonly keys: { file: string; head: BackupHead };
  readonly folder: OfficeFolder;
  /** 保管者の言葉から組み立てた鍵。 */
  readonly holder: KeyHolder;
  readonly migrations: readonly Migration[];
  readonly keyMigrations: readonly Migration[];
  /** 戻す先の、空の二つのデータベースを開く。 */
  open(): Promise<{ db: Database; vault: Database }>;
  readonly systemMs: number;
}

export interface Restored {
  set: string;
  rows: number;
  /** 控えのあとで消された鍵のうち、鍵の控えから取り除いたもの。 */
  forgotten: number;
}

/**
 * 空のフォルダーに、控えから事務所を戻す。失敗すれば、戻しかけのものは残さない。
 * tombstones は、控えのあとで消した人の鍵の id。戻した記録にある墓標も合わせて、消した人は生き返らない。
 */
export async function restoreBackup(
  parts: RestoreParts,
  target: string,
  tombstones: readonly string[],
  progress: (text: string) => void = () => {},
): Promise<Restored> {
  const { data, keys } = parts;
  if (data.head.office !== keys.head.office)
    throw new AppError("BAD_INPUT", "本体の控えと鍵の控えが、別の事務所のものです。");
  if (keys.head.madeAt < data.head.madeAt)
    throw new AppError(
      "BAD_INPUT",
      "鍵の控えが本体の控えより古いので、開けない行が出ます。本体と同じときか、それより後の鍵の控えを指定してください。",
    );
  await refuseUsed(target);
  await mkdir(target, { recursive: true, mode: 0o700 });
  try {
    const opened = await parts.open();
    try {
      const key = await parts.holder.derive(`${data.head.mode}:backup`);
      const load = (db: Database, part: typeof data, migrations: readonly Migration[], what: string) =>
        loadPart(db, part, migrations, key, parts.systemMs, (table) => progress(`${what}: ${table}`));
      const rows = await load(opened.db, data, parts.migrations, "本体");
      await load(opened.vault, keys, parts.keyMigrations, "鍵");
      const now = instantFromMs(parts.systemMs);
      // 渡された墓標のほかに、戻した記録そのものにある墓標も読む（本体の控えが鍵の控えより新しいことがある）。
      const gone = [...new Set([...tombstones, ...(await listTombstones({ q: opened.db.read }))])];
      const forgotten = (await opened.vault.write((q) => destroyKeys({ q }, gone, now))).length;
      // 表札は最後に置く。途中で倒れたフォルダーは、事務所として開かない。
      const plate = join(target, "office.json");
      await writeFile(`${plate}.part`, `${JSON.stringify(parts.folder, null, 2)}\n`, {
        mode: 0o600,
        flush: true,
      });
      await rename(`${plate}.part`, plate);
      return { set: data.head.set, rows, forgotten };
    } finally {
      await opened.db.close();
      await opened.vault.close();
    }
  } catch (cause) {
    for (const name of await readdir(target)) await rm(join(target, name), { recursive: true, force: true });
    throw cause;
  }
}

async function refuseUsed(target: string): Promise<void> {
  const names = await readdir(target).catch(() => []);
  if (names.length > 0)
    throw new AppError(
      "REFUSED",
      "戻す先のフォルダーが空ではありません。空のフォルダーか、まだないフォルダーを --data で指定してください。",
    );
}

async function loadPart(
  db: Database,
  { file, head }: RestoreParts["data"],
  migrations: readonly Migration[],
  key: Uint8Array,
  systemMs: number,
  progress: (table: string) => void,
): Promise<number> {
  const then = migrations.filter(({ name }) => head.migrations.includes(name));
  if (then.length !== head.migrations.length)
    throw new AppError(
      "BAD_INPUT",
      "この控えは、新しい版のまどぐちで取られています。新しい版で戻してください。",
    );
  const applied = await migrate(db, [...then], instantFromMs(systemMs));
  if (applied.length !== then.length)
    throw new AppError(
      "REFUSED",
      "戻す先のデータベースに、もう事務所があります。空のデータベースを指定してください。",
    );
  const counts = await loadTables(db, tablesOf(then), readSealedLines(file, key), progress);
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}
