// @engine both
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import { keyMigrations, migrations } from "../../migrations/all.ts";
import { localKeyHolder } from "../platform/local-key-holder.ts";
import { openMain, openVault, type Place } from "../platform/open-office.ts";
import { findPersons, insertPerson, openPerson } from "../platform/person-store.ts";
import { open, openDesk, type TestDesk } from "../testing/open-desk.ts";
import { findPart, readBackupHead } from "./backup-set.ts";
import { inspectRestored } from "./drill-backup.ts";
import { type MadeBackup, makeBackup } from "./make-backup.ts";
import { restoreBackup } from "./restore-backup.ts";
import { readSealedLines, SealedFileWriter } from "./sealed-file.ts";

let desk: TestDesk;
let top: string;
beforeEach(async () => {
  desk = await openDesk();
  top = mkdtempSync(join(tmpdir(), "madoguchi-backup-"));
});
afterEach(async () => {
  await desk.close();
  rmSync(top, { recursive: true, force: true });
});

const refused = (part: string) => expect.objectContaining({ message: expect.stringContaining(part) });
const folder = () => ({
  ...{ format: "madoguchi-office/1" as const, id: "test-office", name: "試験", mode: "real" as const },
  ...{ createdAt: "", needed: 2, holders: [], check: "", hostnames: [] },
});

async function addPerson(name: string): Promise<string> {
  const key = await desk.office.keys.fresh(desk.contract);
  await desk.office.act(desk.actor("a"), async (tx) => {
    await insertPerson(tx, key, {
      ...{
        id: key.id,
        contract_id: tx.contract,
        name,
        kana: "ケンサ",
        postal: "",
        address: "",
        building: "",
      },
      ...{ phone: "", phone_hmac: Buffer.from([1, 2, 0, 255]), kana_hmac: null },
      ...{ created_at: tx.now, changed_at: tx.now },
    });
    await tx.record({ kind: "office.opened", subject: key.id });
  });
  return key.id;
}

async function backup(): Promise<MadeBackup> {
  const holder = localKeyHolder(desk.root);
  const vault = await openVault({ place: desk.place, holder, mode: "real" });
  try {
    return await makeBackup(
      {
        ...{ office: desk.office, vault, holder, folder: folder(), migrations, keyMigrations },
        contracts: [desk.contract],
      },
      { out: join(top, "data"), keysOut: join(top, "keys") },
    );
  } finally {
    await vault.close();
  }
}

async function restore(made: MadeBackup, name: string, tombstones: string[] = [], root = desk.root) {
  const target = join(top, name);
  const place: Place = { data: target };
  const holder = localKeyHolder(root);
  const restored = await restoreBackup(
    {
      data: { file: made.data.file, head: await readBackupHead(made.data.file, "data") },
      keys: { file: made.keys.file, head: await readBackupHead(made.keys.file, "keys") },
      ...{ folder: folder(), holder, migrations, keyMigrations, systemMs: Date.now() },
      open: async () => ({
        db: await openMain({ place, holder, mode: "real" }),
        vault: await openVault({ place, holder, mode: "real" }),
      }),
    },
    target,
    tombstones,
  );
  return { restored, office: await open(place, desk.root, desk.clock) };
}

test("別紙1 5(6) 控えを戻すと、行も、鍵も、記録の根も同じで、控えのファイルに平文がない", async () => {
  const ids = [await addPerson("検査　花子"), await addPerson("検査　太郎")];
  const made = await backup();
  for (const file of [made.data.file, made.keys.file])
    expect(readFileSync(file).includes("検査")).toBe(false);
  const { restored, office } = await restore(made, "again");
  expect(restored.rows).toBe(made.data.rows);
  const rows = await findPersons(office.read, desk.contract, ids);
  const keys = await office.keys.get(desk.contract, ids);
  expect(rows.map((row) => openPerson(keys.get(row.id), row).name).sort()).toEqual([
    "検査　太郎",
    "検査　花子",
  ]);
  expect(rows[0]?.phone_hmac).toEqual(Buffer.from([1, 2, 0, 255]));
  const found = await inspectRestored(office);
  expect(found).toMatchObject({ ok: true, logOk: true, people: 2, opened: 2, erased: 0, broken: 0 });
  // 控えのあとに書いた記録（控えたこと）は、控えにはない。
  expect(found.entries).toBe((await desk.events()).length - 1);
  await office.close();
});

test("第13条 古い控えを戻しても、控えのあとで消した人は生き返らない", async () => {
  const [kept, erased] = [await addPerson("残る　人"), await addPerson("消す　人")];
  const made = await backup();
  const { restored, office } = await restore(made, "later", [erased, "no-such-key"]);
  expect(restored.forgotten).toBe(1);
  const keys = await office.keys.get(desk.contract, [kept, erased]);
  expect([...keys.keys()]).toEqual([kept]);
  expect(await inspectRestored(office)).toMatchObject({
    people: 2,
    opened: 1,
    erased: 1,
    broken: 0,
    ok: true,
  });
  await office.close();
});

test("使われているフォルダー、違う鍵、本体と鍵の取り違えは断り、戻しかけを残さない", async () => {
  await addPerson("検査　花子");
  const made = await backup();
  const other = new Uint8Array(32).fill(7);
  await expect(restore(made, "wrong", [], other)).rejects.toThrowError(refused("控えのファイルを開けません"));
  expect(readdirSync(join(top, "wrong"))).toEqual([]);
  writeFileSync(join(top, "wrong", "memo.txt"), "");
  await expect(restore(made, "wrong")).rejects.toThrowError(refused("空ではありません"));
  await expect(readBackupHead(made.keys.file, "data")).rejects.toThrowError(refused("鍵の控えです"));
  await expect(findPart(join(top, "data"), "keys", made.set)).rejects.toThrowError(refused("--keys"));
  expect(await findPart(join(top, "data"), "data")).toBe(made.data.file);
});

test("控えている間も予約は止まらず、控えにはその時までのものだけが入る", async () => {
  for (let n = 0; n < 20; n += 1) await addPerson(`人${n}`);
  const before = await desk.office.db.snapshot(async (q) => {
    const count = async () => Number((await q.selectFrom("person").select("id").execute()).length);
    const first = await count();
    await addPerson("あとから来た人");
    return [first, await count()];
  });
  expect(before).toEqual([20, 20]);
  const made = await backup();
  const { office } = await restore(made, "live");
  expect(await inspectRestored(office)).toMatchObject({ people: 21, ok: true });
  await office.close();
});

test("控えのファイルは、どの一バイトが変わっても、どこで切れても、開かないか同じ行を返す", async () => {
  const key = new Uint8Array(32).fill(3);
  const file = join(top, "one.mgb");
  const writer = await SealedFileWriter.create(file, key, { format: "x" });
  const lines = Array.from({ length: 50 }, (_, n) => ({ n, text: "あ".repeat(n * 40) }));
  for (const line of lines) await writer.line(line);
  await writer.finish();
  const whole = readFileSync(file);
  const read = async (bytes: Buffer) => {
    const path = join(top, "mutated.mgb");
    writeFileSync(path, bytes);
    const found: unknown[] = [];
    for await (const line of readSealedLines(path, key)) found.push(line);
    return found;
  };
  expect(await read(whole)).toEqual(lines);
  await fc.assert(
    fc.asyncProperty(
      fc.nat(whole.length - 1),
      fc.integer({ min: 1, max: 255 }),
      fc.boolean(),
      async (at, by, cut) => {
        const bytes = Buffer.from(whole);
        bytes[at] = (bytes[at] ?? 0) ^ by;
        await expect(read(cut ? whole.subarray(0, at) : bytes)).rejects.toMatchObject({ name: "AppError" });
      },
    ),
    { numRuns: 60 },
  );
});
