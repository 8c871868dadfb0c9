import { makeBackup } from "../backup/make-backup.ts";
import { lastEventAt } from "../platform/event-store.ts";
import type { KeyHolder } from "../platform/key.ts";
import type { Office } from "../platform/office.ts";
import type { OfficeFolder } from "../platform/office-folder.ts";
import { record } from "./backup-command.ts";
import { allMigrations, chooseBackup, drillChosen, withBackupParts } from "./backup-hand.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
/** 一日に一度控え、週に一度、その控えを戻してみる。少し早めに始めて、日ごとに遅れていかないようにする。 */
const BACKUP_MS = DAY_MS - 60 * 60 * 1000;
const DRILL_MS = 7 * DAY_MS - 60 * 60 * 1000;

export interface BackupPlan {
  out: string;
  keysOut: string;
}

/** 控えの場所。両方とも決めてあるときだけ、自分で控える。 */
export function backupPlan(env: NodeJS.ProcessEnv): BackupPlan | undefined {
  const { MADOGUCHI_BACKUP_DIR: out, MADOGUCHI_BACKUP_KEYS_DIR: keysOut } = env;
  return out && keysOut ? { out, keysOut } : undefined;
}

/** 時が来ていれば、控える・戻してみる。したことを返す。 */
export async function keepBackups(
  given: { data: string; folder: OfficeFolder; holder: KeyHolder; office: Office },
  plan: BackupPlan,
): Promise<("backup" | "drill")[]> {
  const { office, holder } = given;
  const done: ("backup" | "drill")[] = [];
  if (await isDue(office, "backup.made", BACKUP_MS)) {
    await withBackupParts(given, (parts) => makeBackup(parts, plan));
    done.push("backup");
  }
  if (await isDue(office, "backup.drilled", DRILL_MS)) {
    const chosen = await chooseBackup(plan.out, plan.keysOut);
    const parts = { ...chosen, holder, ...allMigrations, systemMs: office.clock.systemMs() };
    const drill = await drillChosen(parts, []);
    await record(office, "backup.drilled", drill);
    done.push("drill");
  }
  return done;
}

async function isDue(office: Office, kind: string, every: number): Promise<boolean> {
  const last = await lastEventAt(office.read, kind);
  return last === undefined || office.clock.systemMs() - Date.parse(last) >= every;
}
