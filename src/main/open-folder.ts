import { resolve } from "node:path";
import { keyMigrations, migrations } from "../../migrations/all.ts";
import { AppError } from "../base/error.ts";
import { type Clock, realClock, shiftedClock } from "../platform/clock.ts";
import type { KeyHolder } from "../platform/key.ts";
import { connectHolder } from "../platform/key-holder-client.ts";
import { localKeyHolder } from "../platform/local-key-holder.ts";
import type { Office } from "../platform/office.ts";
import { isRootOf, type OfficeFolder, readFolder } from "../platform/office-folder.ts";
import { openOffice, type Place } from "../platform/open-office.ts";
import { listContracts } from "../terms/list-contracts.ts";
import { eventKinds } from "./rooms.ts";

/** 事務所のフォルダー: --data、MADOGUCHI_DATA、なければ ./data。 */
export function dataFolder(option: string | undefined): string {
  return resolve(option ?? process.env.MADOGUCHI_DATA ?? "data");
}

/** コマンドのために事務所を開く。封印されていれば SEALED。 */
export async function openFolder(data: string): Promise<Office> {
  const folder = await requireFolder(data);
  return openFolderWith(data, folder, await holderOf(data, folder));
}

export async function requireFolder(data: string): Promise<OfficeFolder> {
  const folder = await readFolder(data);
  if (!folder)
    throw new AppError(
      "BAD_INPUT",
      "そのフォルダーに事務所はありません。--data の場所を確かめるか、madoguchi init で作ってください。",
    );
  return folder;
}

/** 鍵。デモは表札の中、本物は鍵の保持者から。 */
export async function holderOf(data: string, folder: OfficeFolder): Promise<KeyHolder> {
  if (folder.mode === "demo") return demoHolder(folder);
  const client = await connectHolder(data);
  if (client && !(await client.state()).sealed) return client;
  client?.close();
  throw new AppError(
    "SEALED",
    "事務所は封印されています。鍵の保管者が madoguchi unseal か画面で開封してから、もう一度お試しください。",
  );
}

function demoHolder(folder: OfficeFolder): KeyHolder {
  const root = new Uint8Array(Buffer.from(folder.demoRoot ?? "", "base64"));
  if (root.length !== 32 || !isRootOf(folder, root))
    throw new AppError(
      "SEALED",
      "デモの表札（office.json）が書き換えられています。フォルダーを消して、もう一度 npm start してください。",
    );
  return localKeyHolder(root);
}

/** 二つのデータベースの場所。環境変数があれば PostgreSQL。 */
export function placeOf(data: string): Place {
  return { data, url: process.env.MADOGUCHI_DATABASE_URL, keysUrl: process.env.MADOGUCHI_KEYS_URL };
}

/** 鍵を得てから開く。デモでは契約ごとのずれを時計に入れる。 */
export async function openFolderWith(
  data: string,
  folder: OfficeFolder,
  holder: KeyHolder,
  place: Place = placeOf(data),
): Promise<Office> {
  const shifts = new Map<string, number>();
  const clock: Clock = folder.mode === "demo" ? shiftedClock(shifts) : realClock;
  const office = await openOffice({
    id: folder.id,
    mode: folder.mode,
    place,
    holder,
    clock,
    eventKinds,
    migrations,
    keyMigrations,
  });
  if (folder.mode === "demo")
    for (const contract of await listContracts(office)) shifts.set(contract.id, contract.clockShiftMs);
  return office;
}
