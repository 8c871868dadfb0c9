import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AppError } from "../base/error.ts";
import { holdSeat } from "../reception/hold-seat.ts";
import { openDrafts, saveDraft } from "../reception/save-draft.ts";
import { takeBooking } from "../reception/take-booking.ts";
import { checkOffice } from "./check-office.ts";
import { nothingKnown, openCrashDesk } from "./kill-loop.ts";
import { caller } from "./reception-fixture.ts";

/** 小さな tmpfs を付ける。付けられなければ undefined（root でない、容器の中など）。 */
export function mountSmallDisk(megabytes: number): { folder: string; remove(): void } | undefined {
  if (process.platform !== "linux") return undefined;
  const folder = mkdtempSync(join(tmpdir(), "madoguchi-small-"));
  const { status } = spawnSync("mount", ["-t", "tmpfs", "-o", `size=${megabytes}m`, "tmpfs", folder], {
    stdio: "ignore",
  });
  if (status !== 0) {
    rmSync(folder, { recursive: true, force: true });
    return undefined;
  }
  return {
    folder,
    remove: () => {
      spawnSync("umount", [folder], { stdio: "ignore" });
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export interface FullTally {
  booked: number;
  refused: number;
  faults: string[];
}

/**
 * 残りわずかなディスクで予約を続け、断られ、空きができたらまた受けられることを確かめる。
 * 断りは丁寧な一文の UNAVAILABLE だけで、答えた予約も下書きも失われない。
 */
export async function fillDisk(folder: string, leave: number): Promise<FullTally> {
  const inside = join(folder, "office");
  mkdirSync(inside);
  const before = process.env.TMPDIR;
  process.env.TMPDIR = inside;
  const desk = await openCrashDesk("sqlite").finally(() => restoreTmp(before));
  const known = nothingKnown();
  const actor = desk.actor("op", "operator");
  const tally: FullTally = { booked: 0, refused: 0, faults: [] };
  const draft = { fields: { name: "小野寺" }, classId: "a", callStartedAt: null };
  await saveDraft(desk.office, actor, { id: "kept", version: 0, ...draft });
  await holdSeat(desk.office, actor, { classId: "a", draftId: "kept" });
  const ballast = join(folder, "ballast");
  fillUp(ballast, leave);
  let n = 0;
  const book = async () => {
    n += 1;
    const mine = n;
    const { id, number } = await takeBooking(desk.office, actor, {
      ...caller(mine, "b"),
      onceKey: `k-${mine}`,
    });
    known.booked.set(id, { n: mine, number });
    tally.booked += 1;
  };
  for (let row = 0; row < 20 && n < 20_000; ) {
    const answers = await Promise.allSettled(Array.from({ length: 8 }, book));
    const refused = answers.flatMap((a) => (a.status === "rejected" ? [a.reason] : []));
    tally.refused += refused.length;
    row = refused.length === 8 ? row + 1 : 0;
    for (const cause of refused)
      if (!isPolite(cause)) tally.faults.push(`丁寧な断りでない: ${String(cause)}`);
  }
  if (tally.refused === 0) tally.faults.push("ディスクが一杯にならなかった");
  rmSync(ballast);
  await book().catch((cause) => tally.faults.push(`空きができても受けられない: ${String(cause)}`));
  const [kept] = await openDrafts(desk.office, actor);
  if (JSON.stringify(kept?.fields) !== JSON.stringify(draft.fields) || kept?.hold?.classId !== "a")
    tally.faults.push("下書きか仮押さえが失われた");
  const office = await desk.reopen();
  tally.faults.push(...(await checkOffice(office, desk.contract, "sequencer", known)).faults);
  await desk.close();
  rmSync(inside, { recursive: true, force: true });
  return tally;
}

function isPolite(cause: unknown): boolean {
  return cause instanceof AppError && cause.code === "UNAVAILABLE" && /ください。$/.test(cause.message);
}

/** 残りが leave バイトほどになるまで埋める。 */
function fillUp(file: string, leave: number): void {
  const { stdout } = spawnSync("df", ["--output=avail", "-B1", join(file, "..")], { encoding: "utf8" });
  const free = Number(stdout.split("\n")[1]);
  writeFileSync(file, Buffer.alloc(Math.max(0, free - leave)));
}

function restoreTmp(before: string | undefined): void {
  if (before === undefined) delete process.env.TMPDIR;
  else process.env.TMPDIR = before;
}
