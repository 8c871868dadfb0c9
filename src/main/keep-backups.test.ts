import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { systemActor } from "../base/actor.ts";
import { listEvents } from "../platform/event-store.ts";
import { localKeyHolder } from "../platform/local-key-holder.ts";
import { createFolder } from "../platform/office-folder.ts";
import { startContract } from "../terms/start-contract.ts";
import { backupFinding } from "./health.ts";
import { backupPlan, keepBackups } from "./keep-backups.ts";
import { openFolderWith } from "./open-folder.ts";

let top: string;
beforeEach(() => {
  top = mkdtempSync(join(tmpdir(), "madoguchi-keep-"));
});
afterEach(() => rmSync(top, { recursive: true, force: true }));

test("場所が両方とも決めてあるときだけ、自分で控える", () => {
  expect(backupPlan({})).toBeUndefined();
  expect(backupPlan({ MADOGUCHI_BACKUP_DIR: "/a" })).toBeUndefined();
  expect(backupPlan({ MADOGUCHI_BACKUP_DIR: "/a", MADOGUCHI_BACKUP_KEYS_DIR: "/b" })).toEqual({
    out: "/a",
    keysOut: "/b",
  });
});

test("一日に一度控え、週に一度戻してみて、どちらも記録に残り、健診が言う", async () => {
  const data = join(top, "office");
  const { folder, root } = await createFolder(data, {
    ...{ name: "試験", mode: "demo", holders: [], needed: 0, hostnames: [], nowMs: Date.now() },
  });
  const holder = localKeyHolder(root);
  const office = await openFolderWith(data, folder, holder, { data });
  try {
    await startContract(
      office,
      systemActor("class-booking"),
      readFileSync("blueprints/sapporo-class-booking.yaml", "utf8"),
    );
    const plan = { out: join(top, "a"), keysOut: join(top, "b") };
    const given = { data, folder, holder, office };
    expect(await keepBackups(given, plan)).toEqual(["backup", "drill"]);
    expect(await keepBackups(given, plan)).toEqual([]);
    expect([readdirSync(plan.out).length, readdirSync(plan.keysOut).length]).toEqual([1, 1]);
    const [drilled] = await listEvents(office.read, {
      ...{ contract: "class-booking", kinds: ["backup.drilled"], limit: 10 },
    });
    expect(drilled?.payload).toMatchObject({ ok: true });
  } finally {
    await office.close();
  }
});

test("控えの古さと、戻せることを確かめたかを、健診が言う", () => {
  const now = Date.parse("2025-10-10T00:00:00.000Z");
  const ago = (days: number) => new Date(now - days * 86_400_000).toISOString();
  expect(backupFinding(undefined, undefined, now)).toMatchObject({ state: "care" });
  expect(backupFinding(ago(3), ago(1), now).text).toContain("3日前");
  expect(backupFinding(ago(1), undefined, now).text).toContain("--drill");
  expect(backupFinding(ago(1), ago(40), now)).toMatchObject({ state: "care" });
  expect(backupFinding(ago(1), ago(6), now)).toMatchObject({ state: "good" });
});
