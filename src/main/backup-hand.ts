import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { keyMigrations, migrations } from "../../migrations/all.ts";
import { type BackupHead, findPart, readBackupHead } from "../backup/backup-set.ts";
import { type Drill, drillBackup } from "../backup/drill-backup.ts";
import type { BackupParts } from "../backup/make-backup.ts";
import type { RestoreParts } from "../backup/restore-backup.ts";
import { AppError } from "../base/error.ts";
import type { KeyHolder } from "../platform/key.ts";
import { localKeyHolder } from "../platform/local-key-holder.ts";
import type { Office } from "../platform/office.ts";
import { folderSchema, isRootOf, type OfficeFolder } from "../platform/office-folder.ts";
import { openMain, openVault, type Place } from "../platform/open-office.ts";
import { openShare } from "../sealing/passphrase.ts";
import { joinShares } from "../sealing/shamir.ts";
import { listContracts } from "../terms/list-contracts.ts";
import { openFolderWith, placeOf } from "./open-folder.ts";

/** 開いている事務所から、控えに要る部品をそろえる。鍵の保管庫は、使い終えたら閉じる。 */
export async function withBackupParts<T>(
  { data, folder, holder, office }: { data: string; folder: OfficeFolder; holder: KeyHolder; office: Office },
  work: (parts: BackupParts) => Promise<T>,
): Promise<T> {
  const vault = await openVault({ place: placeOf(data), holder, mode: folder.mode });
  try {
    const contracts = (await listContracts(office)).map(({ id }) => id);
    return await work({ office, vault, holder, folder, migrations, keyMigrations, contracts });
  } finally {
    await vault.close();
  }
}

export interface ChosenBackup {
  data: { file: string; head: BackupHead };
  keys: { file: string; head: BackupHead };
  folder: OfficeFolder;
}

/** 控えの組を選ぶ。from はフォルダーか本体の控え、keys は省けば同じ場所。 */
export async function chooseBackup(from: string, keys: string | undefined): Promise<ChosenBackup> {
  const dataFile = await findPart(from, "data");
  const head = await readBackupHead(dataFile, "data");
  const keysFile = await findPart(keys ?? from, "keys", head.set);
  const plate = folderSchema.safeParse(head.nameplate);
  if (!plate.success) throw new AppError("BAD_INPUT", "控えの表札が読めません。ほかの控えでお試しください。");
  return {
    data: { file: dataFile, head },
    keys: { file: keysFile, head: await readBackupHead(keysFile, "keys") },
    folder: plate.data,
  };
}

/** 控えの表札と保管者の言葉から鍵を組み立てる。デモの鍵は表札にある。 */
export async function holderFromWords(
  folder: OfficeFolder,
  ask: (holder: string) => Promise<string>,
): Promise<KeyHolder> {
  const root = folder.mode === "demo" ? demoRoot(folder) : await gather(folder, ask);
  if (root.length !== 32 || !isRootOf(folder, root))
    throw new AppError("SEALED", "鍵がこの控えの事務所のものではありません。保管者の言葉をご確認ください。");
  return localKeyHolder(root);
}

function demoRoot(folder: OfficeFolder): Uint8Array {
  return new Uint8Array(Buffer.from(folder.demoRoot ?? "", "base64"));
}

async function gather(folder: OfficeFolder, ask: (holder: string) => Promise<string>): Promise<Uint8Array> {
  const shares: Uint8Array[] = [];
  for (const { label, share } of folder.holders) {
    if (shares.length >= folder.needed) break;
    const words = await ask(label);
    if (words !== "") shares.push(await openShare(words, share));
  }
  if (shares.length < folder.needed)
    throw new AppError(
      "SEALED",
      `開封の言葉が${folder.needed}人分そろいません。保管者がそろってから、もう一度お試しください。`,
    );
  return joinShares(shares);
}

/** 戻す先の二つのデータベースを開く。 */
export function openPair(place: Place, folder: OfficeFolder, holder: KeyHolder): RestoreParts["open"] {
  return async () => {
    const given = { place, holder, mode: folder.mode };
    const db = await openMain(given);
    try {
      return { db, vault: await openVault(given) };
    } catch (cause) {
      await db.close();
      throw cause;
    }
  };
}

/** 選んだ控えを、一時の場所に戻してみる。 */
export function drillChosen(
  parts: Omit<RestoreParts, "open">,
  tombstones: readonly string[],
  progress?: (text: string) => void,
): Promise<Drill> {
  const { folder, holder } = parts;
  return drillBackup(
    parts,
    (at) => openPair({ data: at }, folder, holder)(),
    (at) => openFolderWith(at, folder, holder, { data: at }),
    tombstones,
    progress,
  );
}

const tombstoneSchema = z.object({ keys: z.array(z.string()) });

/** 消した人の鍵の一覧（消去の証明書と一緒に渡されるファイル）。 */
export async function readTombstones(paths: readonly string[]): Promise<string[]> {
  const ids: string[] = [];
  for (const path of paths) {
    const text = await readFile(path, "utf8").catch(() => undefined);
    const read = tombstoneSchema.safeParse(parse(text ?? ""));
    if (!read.success)
      throw new AppError(
        "BAD_INPUT",
        "消去の一覧（--tombstones）が読めません。消去の証明書と一緒に書き出した JSON のファイルを指定してください。",
      );
    ids.push(...read.data.keys);
  }
  return [...new Set(ids)];
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export const allMigrations = { migrations, keyMigrations };

/** デモの印（これがないデモのフォルダーは、作りかけとして作り直される）。 */
export function demoMark(target: string): string {
  return join(target, "demo-ready");
}
