import { join } from "node:path";
import type { EventKind } from "../base/event.ts";
import { instantFromMs } from "../base/time.ts";
import type { Clock } from "./clock.ts";
import type { Database } from "./database.ts";
import type { Migration } from "./ddl.ts";
import type { KeyHolder } from "./key.ts";
import { migrate } from "./migrate.ts";
import { makeOffice, type Office } from "./office.ts";
import { openKeys } from "./open-keys.ts";
import { openPostgres } from "./postgres-database.ts";
import { openSqlite } from "./sqlite-database.ts";

/** どこに書くか。data は事務所のフォルダー。url があれば PostgreSQL。 */
export interface Place {
  data: string;
  /** MADOGUCHI_DATABASE_URL。 */
  url?: string | undefined;
  /** 鍵の保管庫の URL。なければ同じサーバーの別の schema。 */
  keysUrl?: string | undefined;
  /** 本体の schema（省けば madoguchi）。 */
  schema?: string | undefined;
}

export interface OpenOptions {
  id: string;
  mode: "demo" | "real";
  place: Place;
  holder: KeyHolder;
  clock: Clock;
  eventKinds: readonly EventKind[];
  migrations: Migration[];
  keyMigrations: Migration[];
}

/** 二つのデータベースを開き、移行を当て、事務所を組み立てる。 */
export async function openOffice(options: OpenOptions): Promise<Office> {
  const { holder, clock } = options;
  const keysDb = await openVault(options);
  const db = await openMain(options).catch(async (cause) => {
    await keysDb.close();
    throw cause;
  });
  const now = instantFromMs(clock.systemMs());
  await migrate(keysDb, options.keyMigrations, now);
  await migrate(db, options.migrations, now);
  return makeOffice({
    id: options.id,
    mode: options.mode,
    db,
    keys: openKeys(keysDb, holder, clock),
    clock,
    eventKinds: options.eventKinds,
    alsoClose: () => keysDb.close(),
  });
}

/** 本体（app.db）だけを開く。移行は当てない。 */
export async function openMain({
  place,
  holder,
  mode,
}: Pick<OpenOptions, "place" | "holder" | "mode">): Promise<Database> {
  return openOne(place.url, place.schema ?? "madoguchi", join(place.data, "app.db"), () =>
    holder.derive(`${mode}:app.db`),
  );
}

/** 鍵の保管庫（keys.db）だけを開く。控えと消去のほかは、Keys を通して使う。 */
export async function openVault({
  place,
  holder,
  mode,
}: Pick<OpenOptions, "place" | "holder" | "mode">): Promise<Database> {
  return openOne(
    place.keysUrl ?? place.url,
    `${place.schema ?? "madoguchi"}_keys`,
    join(place.data, "keys.db"),
    () => holder.derive(`${mode}:keys.db`),
  );
}

async function openOne(
  url: string | undefined,
  schema: string,
  file: string,
  key: () => Promise<Uint8Array>,
): Promise<Database> {
  if (!url) return openSqlite({ file, key: await key() });
  const db = openPostgres(url, schema);
  await db.run(`CREATE SCHEMA IF NOT EXISTS "${schema}"`);
  return db;
}
