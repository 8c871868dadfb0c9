// @engine both
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { verifyLogFile } from "../sealing/verify-log-file.ts";
import { openDesk, type TestDesk } from "../testing/open-desk.ts";
import { tables } from "./database.ts";
import { exportLog } from "./export-log.ts";
import { numberEvents } from "./number-events.ts";
import { findPersons, insertPerson, openPerson, type personTable } from "./person-store.ts";

let desk: TestDesk;
afterEach(() => desk.close());

const recorded = (desk: TestDesk, n: number) =>
  Promise.all(
    Array.from({ length: n }, (_, i) =>
      desk.office.act(desk.actor("a"), (tx) => tx.record({ kind: "office.opened", payload: { i } })),
    ),
  );

test("行為には記録があり、記録のない行為は起きない", async () => {
  desk = await openDesk();
  await recorded(desk, 3);
  expect(await desk.events()).toEqual(["office.opened", "office.opened", "office.opened"]);
  await expect(desk.office.act(desk.actor("a"), async () => 1)).rejects.toThrow("recorded nothing");
  await expect(desk.office.act(desk.actor("a"), (tx) => tx.record({ kind: "no.such" }))).rejects.toThrow(
    "not registered",
  );
});

test("失敗した行為だけが消え、同じまとまりのほかの行為は残る", async () => {
  desk = await openDesk();
  const results = await Promise.allSettled(
    [1, 2, 3, 4].map((n) =>
      desk.office.act(desk.actor("a"), async (tx) => {
        await tx.record({ kind: "office.opened", payload: { n } });
        if (n === 3) throw new Error("three");
      }),
    ),
  );
  expect(results.map((r) => r.status)).toEqual(["fulfilled", "fulfilled", "rejected", "fulfilled"]);
  expect(await desk.events()).toHaveLength(3);
});

test("別紙1 5(6) 本人の項目は封じて残り、開き直しても読め、ファイルの中に平文がない", async () => {
  desk = await openDesk();
  const key = await desk.office.keys.fresh(desk.contract);
  await desk.office.act(desk.actor("a"), async (tx) => {
    await insertPerson(tx, key, {
      id: key.id,
      contract_id: tx.contract,
      name: "検査　花子",
      kana: "ケンサ ハナコ",
      postal: "001-0031",
      address: "札幌市北区",
      building: "",
      phone: "011-000-4471",
      phone_hmac: null,
      kana_hmac: null,
      created_at: tx.now,
      changed_at: tx.now,
    });
    await tx.record({ kind: "office.opened", subject: key.id });
  });
  const office = await desk.reopen();
  const [row] = await findPersons(office.read, desk.contract, [key.id]);
  const keys = await office.keys.get(desk.contract, [key.id]);
  if (!row) throw new Error("the person is not there");
  expect(openPerson(keys.get(key.id), row).name).toBe("検査　花子");
  expect(openPerson(undefined, row).name).toBe("（消去済み）");
  if (desk.place.data) expect(readFileSync(join(desk.place.data, "app.db")).includes("検査")).toBe(false);
  const [raw] = await tables<{ person: typeof personTable }>(office.read)
    .selectFrom("person")
    .select("name")
    .execute();
  expect(raw?.name.includes("検査")).toBe(false);
});

test("別紙1 5(6) 記録は番号がつき、書き出した一つのファイルだけで確かめられる", async () => {
  desk = await openDesk();
  await recorded(desk, 7);
  expect(await numberEvents(desk.office, "p1")).toBe(7);
  await recorded(desk, 5);
  expect(await numberEvents(desk.office, "p2")).toBe(0); // 役目は p1 が持っている
  desk.clock.advance(11_000);
  expect(await numberEvents(desk.office, "p2")).toBe(5);
  const path = join(mkdtempSync(join(tmpdir(), "madoguchi-log-")), "log.jsonl");
  const written = await exportLog(desk.office, "p2", path);
  expect(written).toMatchObject({ entries: 12, ok: true });
  expect(await verifyLogFile(path)).toMatchObject({ entries: 12, ok: true, root: written.root });
});
