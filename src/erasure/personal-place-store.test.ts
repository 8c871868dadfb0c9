// @engine both
import { afterEach, expect, test } from "vitest";
import { instantOf } from "../base/time.ts";
import { insertBlob } from "../platform/blob-store.ts";
import { openDesk, type TestDesk } from "../testing/open-desk.ts";
import { listRowsUnder } from "./personal-place-store.ts";

let desk: TestDesk;
afterEach(() => desk?.close());

test("第13条 その鍵で封じた行は、ほかの鍵の行がどれだけ前にあっても見つかる", async () => {
  desk = await openDesk();
  const { office, contract } = desk;
  const ids = Array.from({ length: 30 }, (_, at) => `file-${String(at).padStart(2, "0")}`);
  await office.keep(async (tx) => {
    for (const id of ids)
      await insertBlob(tx, {
        ...{ id, contract_id: contract, key_id: `key-${id}`, kind: "list-print", media: "text/plain" },
        ...{ file_name: id, size: 0, sha256: "", content: Buffer.alloc(0) },
        ...{ created_at: instantOf("2025-09-17", "10:00"), created_by: "system" },
      });
  });
  const none = Array.from({ length: 700 }, (_, at) => `key-none-${at}`);
  const found = await listRowsUnder(office.read, contract, "blob", [...none, "key-file-29"], 1);
  expect(found.keyColumn).toBe("key_id");
  expect(found.rows.map((row) => row.id)).toEqual(["file-29"]);
  const every = await listRowsUnder(
    office.read,
    contract,
    "blob",
    [...none, ...ids.map((id) => `key-${id}`)],
    7,
  );
  expect(every.rows).toHaveLength(7);
});
