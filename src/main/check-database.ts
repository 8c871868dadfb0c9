import { latestCheckpoint } from "../platform/checkpoint-store.ts";
import { lastEventAt } from "../platform/event-store.ts";
import { countFaultsQuickly, oldestUnnumbered, readSynchronous } from "../platform/health-store.ts";
import type { Office } from "../platform/office.ts";
import { backupFinding, clockFinding, type Finding, leafFinding } from "./health.ts";

/** 開いた事務所の中: 書き込みの固さ、傷、番号のない葉、検査点と時計。 */
export async function checkDatabase(office: Office): Promise<Finding[]> {
  const nowMs = office.clock.systemMs();
  return [
    ...(office.db.engine === "sqlite" ? await sqliteFindings(office) : [postgresFinding]),
    leafFinding(await oldestUnnumbered(office.read), nowMs),
    clockFinding((await latestCheckpoint(office.read))?.at, nowMs),
    backupFinding(
      await lastEventAt(office.read, "backup.made"),
      await lastEventAt(office.read, "backup.drilled"),
      nowMs,
    ),
  ];
}

const postgresFinding: Finding = {
  id: "integrity",
  state: "unknown",
  text: "本体は PostgreSQL にあります。傷と書き込みの固さ（fsync、synchronous_commit）は PostgreSQL の側で確かめてください。",
};

async function sqliteFindings(office: Office): Promise<Finding[]> {
  const synchronous = await office.keep(readSynchronous);
  const faults = await countFaultsQuickly(office.read);
  return [
    synchronous === 2
      ? {
          id: "synchronous",
          state: "good",
          text: "書き込みは、ディスクに届いてから答えます（synchronous=FULL）。",
        }
      : {
          id: "synchronous",
          state: "bad",
          text: "synchronous が FULL ではありません。管理者に知らせてください。",
        },
    faults === 0
      ? { id: "integrity", state: "good", text: "データベースに傷はありません（早い検査）。" }
      : {
          id: "integrity",
          state: "bad",
          text: `データベースに傷が${faults}件あります。控えから戻してください。`,
        },
  ];
}
