import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { keyMigrations, migrations } from "../../migrations/all.ts";
import { readBackupHead } from "../backup/backup-set.ts";
import { makeBackup } from "../backup/make-backup.ts";
import { restoreBackup } from "../backup/restore-backup.ts";
import { localKeyHolder } from "../platform/local-key-holder.ts";
import { openMain, openVault, type Place } from "../platform/open-office.ts";
import type { Acknowledged } from "./check-office.ts";
import { answered, type Booker, checkAgain, nothingKnown, startBooker } from "./kill-loop.ts";
import { postgresPlace, type TestDesk } from "./open-desk.ts";

export interface RestoreTally {
  acknowledged: number;
  restores: number;
  /** 戻した事務所にあった予約の合計。 */
  bookings: number;
  faults: string[];
}

const FOLDER = {
  ...{ format: "madoguchi-office/1" as const, id: "test-office", name: "試験", mode: "real" as const },
  ...{ createdAt: "", needed: 2, holders: [], check: "", hostnames: [] },
};
/** 控えの名は一秒に一つ。 */
const A_SECOND = 1100;

/**
 * 8人が予約し続ける間に控えを取り、別の所へ戻し、戻した事務所でも予約を受ける。
 * 控えを取り始める前に答えた予約は、戻した所に全部なければならず、受けている方は止まってはならない。
 */
export async function restoreUnderLoad(desk: TestDesk, restores: number): Promise<RestoreTally> {
  const known = nothingKnown();
  const tally: RestoreTally = { acknowledged: 0, restores, bookings: 0, faults: [] };
  const booker = startBooker(desk, known, { from: 100_000, callers: 8 });
  await booker.ready;
  booker.go();
  await booker.opened;
  for (let at = 0; at < restores; at += 1) {
    await answered(known, known.booked.size + 20, booker);
    const round = await backAndForth(desk, known, 10_000_000 * (at + 1));
    tally.bookings += round.bookings;
    tally.faults.push(...round.faults, ...(await stillTaking(known, booker)));
    await new Promise((later) => setTimeout(later, A_SECOND));
  }
  booker.kill();
  if ((await booker.ended) !== "SIGKILL") tally.faults.push("受けている方が終わってしまった");
  tally.faults.push(...(await checkAgain(desk, known)).faults);
  tally.acknowledged = known.booked.size;
  return tally;
}

async function stillTaking(known: Acknowledged, booker: Booker): Promise<string[]> {
  const before = known.booked.size;
  await answered(known, before + 5, booker);
  return known.booked.size < before + 5 ? ["控えと戻しの間に、受けている方が止まった"] : [];
}

/** 一度控え、別の所に戻し、そこを確かめ、そこでも受ける。 */
async function backAndForth(
  desk: TestDesk,
  known: Acknowledged,
  from: number,
): Promise<{ bookings: number; faults: string[] }> {
  const then: Acknowledged = { booked: new Map(known.booked), undone: new Set(known.undone) };
  const top = mkdtempSync(join(tmpdir(), "madoguchi-restore-"));
  const elsewhere = desk.place.url ? await postgresPlace() : undefined;
  const target = join(top, "office");
  const place: Place = elsewhere?.place ?? { data: target };
  const holder = localKeyHolder(desk.root);
  try {
    const made = await backUp(desk, top);
    await restoreBackup(
      {
        data: { file: made.data.file, head: await readBackupHead(made.data.file, "data") },
        keys: { file: made.keys.file, head: await readBackupHead(made.keys.file, "keys") },
        ...{ folder: FOLDER, holder, migrations, keyMigrations, systemMs: Date.now() },
        open: async () => ({
          db: await openMain({ place, holder, mode: "real" }),
          vault: await openVault({ place, holder, mode: "real" }),
        }),
      },
      target,
      [],
    );
    const restored = { place, root: desk.root };
    const first = await checkAgain(restored, then);
    const second = startBooker(restored, then, { from, callers: 4 });
    await second.ready;
    second.go();
    await answered(then, then.booked.size + 10, second);
    second.kill();
    await second.ended;
    const after = await checkAgain(restored, then);
    const more = after.bookings > first.bookings ? [] : ["戻した事務所が、予約を受けられない"];
    return { bookings: first.bookings, faults: [...first.faults, ...after.faults, ...more] };
  } finally {
    await elsewhere?.remove();
    rmSync(top, { recursive: true, force: true });
  }
}

async function backUp(desk: TestDesk, top: string): ReturnType<typeof makeBackup> {
  const holder = localKeyHolder(desk.root);
  const vault = await openVault({ place: desk.place, holder, mode: "real" });
  try {
    const parts = { office: desk.office, vault, holder, folder: FOLDER, migrations, keyMigrations };
    const to = { out: join(top, "data"), keysOut: join(top, "keys") };
    return await makeBackup({ ...parts, contracts: [desk.contract] }, to);
  } finally {
    await vault.close();
  }
}
