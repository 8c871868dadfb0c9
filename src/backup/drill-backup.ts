import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { newId } from "../base/identifier.ts";
import { exportLog } from "../platform/export-log.ts";
import type { SubjectKey } from "../platform/key.ts";
import type { Office } from "../platform/office.ts";
import { listPersonsAfter, openPerson, type SealedPerson } from "../platform/person-store.ts";
import { verifyLogFile } from "../sealing/verify-log-file.ts";
import { type Restored, type RestoreParts, restoreBackup } from "./restore-backup.ts";

export interface Drill extends Restored {
  /** 記録の件数と根。 */
  entries: number;
  root: string;
  logOk: boolean;
  /** 本人の行。そのうち、鍵で開いた行と、鍵のない（消した人の）行。 */
  people: number;
  opened: number;
  erased: number;
  /** 別の人の鍵や壊れた行で、開くはずが開かなかった行。 */
  broken: number;
  ok: boolean;
}

/** 戻した事務所を開いて調べる（openOffice は、いまの版の移行も当てる）。 */
export async function inspectRestored(office: Office): Promise<Omit<Drill, keyof Restored>> {
  const folder = await mkdtemp(join(tmpdir(), "madoguchi-drill-log-"));
  try {
    const file = join(folder, "log.jsonl");
    const { entries, root } = await exportLog(office, `drill-${newId()}`, file);
    const { ok: logOk } = await verifyLogFile(file, {});
    const people = await openAll(office);
    return { entries, root, logOk, ...people, ok: logOk && people.broken === 0 };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** 本人を一人ずつ開いてみる。氏名はどこにも残さない。 */
async function openAll(office: Office): Promise<Pick<Drill, "people" | "opened" | "erased" | "broken">> {
  const counts = { people: 0, opened: 0, broken: 0, erased: 0 };
  for (let after = ""; ; ) {
    const page = await listPersonsAfter(office.read, after, 500);
    for (const [contract, rows] of Map.groupBy(page, ({ contract_id }) => contract_id)) {
      const ids = rows.map(({ id }) => id);
      const keys = await office.keys.get(contract, ids);
      for (const row of rows) counts[outcome(keys.get(row.id), row)] += 1;
    }
    counts.people += page.length;
    const last = page.at(-1);
    if (!last) return counts;
    after = last.id;
  }
}

/** 鍵のない行は、消した人。 */
function outcome(key: SubjectKey | undefined, row: SealedPerson): "opened" | "broken" | "erased" {
  if (!key) return "erased";
  try {
    openPerson(key, row);
    return "opened";
  } catch {
    return "broken";
  }
}

/**
 * 控えを戻す訓練。一時のフォルダーに戻し、開き、記録を確かめ、行を数え、全員の行を鍵で開いてみて、消す。
 * openAt は、そのフォルダーの事務所を開く。
 */
export async function drillBackup(
  parts: Omit<RestoreParts, "open">,
  openDatabases: (folder: string) => ReturnType<RestoreParts["open"]>,
  openAt: (folder: string) => Promise<Office>,
  tombstones: readonly string[],
  progress: (text: string) => void = () => {},
): Promise<Drill> {
  const top = await mkdtemp(join(tmpdir(), "madoguchi-drill-"));
  const folder = join(top, "office");
  try {
    const restored = await restoreBackup(
      { ...parts, open: () => openDatabases(folder) },
      folder,
      tombstones,
      progress,
    );
    progress("記録を確かめ、行を開いています");
    const office = await openAt(folder);
    try {
      return { ...restored, ...(await inspectRestored(office)) };
    } finally {
      await office.close();
    }
  } finally {
    await rm(top, { recursive: true, force: true });
  }
}
