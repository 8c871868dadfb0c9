import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Actor } from "../base/actor.ts";
import { openFile } from "../platform/keep-file.ts";
import { faqInput, openHand, wordFile } from "../testing/delivery-fixture.ts";
import { openDesk, type TestDesk } from "../testing/open-desk.ts";
import { openReception } from "../testing/reception-fixture.ts";
import { addVersion } from "./add-version.ts";
import { writeEncryptedArchive } from "./encrypted-archive.ts";
import { handDeliverable } from "./hand-deliverable.ts";
import { inspectDeliverable, receiveDeliverable } from "./inspect-deliverable.ts";
import { listRights } from "./list-rights.ts";
import { listDeliverySets, packDelivery, takeDeliverySet } from "./pack-delivery.ts";
import { registerDeliverable } from "./register-deliverable.ts";
import { signRight } from "./sign-right.ts";
import { submitDeliverable } from "./submit-deliverable.ts";

let desk: TestDesk;
let manager: Actor;
let client: Actor;
let folder: string;
beforeEach(async () => {
  desk = await openDesk();
  manager = desk.actor("m-1", "manager");
  client = desk.actor("city-1", "client");
  folder = mkdtempSync(join(tmpdir(), "madoguchi-set-"));
  await openReception(desk.office, manager, []);
});
afterEach(async () => {
  rmSync(folder, { recursive: true, force: true });
  await desk.close();
});

async function handed(title: string): Promise<string> {
  const { office } = desk;
  const { id } = await registerDeliverable(office, manager, { ...faqInput, title });
  await addVersion(office, manager, id, { bytes: wordFile(title) });
  await submitDeliverable(office, manager, id);
  const heard = { channel: "", heardFrom: "" };
  await inspectDeliverable(office, client, id, { ...heard, outcome: "passed", words: "" });
  await receiveDeliverable(office, client, id, { ...heard, receipt: "受領書", receivedOn: "2025-09-17" });
  for (const right of await listRights(office, manager, id))
    await signRight(office, manager, right.id, { signedOn: "2025-09-17", evidence: "確認書" });
  await handDeliverable(office, manager, id, openHand);
  return id;
}

const unpack = (bytes: Uint8Array, password: string) => {
  const zip = join(folder, "set.zip");
  writeFileSync(zip, bytes);
  return execFileSync("7zz", ["x", "-y", `-p${password}`, `-o${join(folder, "out")}`, zip], {
    encoding: "utf8",
    stdio: "pipe",
  });
};

test("９ 一式は 7-Zip で開け、目録の SHA-256 が中身と合い、違うパスワードでは開かない", async () => {
  const id = await handed("ＦＡＱ（最新版）");
  await handed("予約者リスト");
  const made = await packDelivery(desk.office, manager, undefined);
  expect(made.entries.map((one) => one.fileName)).toEqual(["R7-D-01-1.docx", "R7-D-02-1.docx"]);
  const { bytes } = await takeDeliverySet(desk.office, client, made.id);
  expect(() => unpack(bytes, "wrong-password-0000")).toThrow();
  rmSync(join(folder, "out"), { recursive: true, force: true });
  unpack(bytes, made.password);
  const files = readdirSync(join(folder, "out")).sort();
  expect(files).toEqual(["00-contents.docx", "00-contents.txt", "R7-D-01-1.docx", "R7-D-02-1.docx"]);
  // 目録のテキストは、sha256sum -c でそのまま確かめられる。
  const sums = readFileSync(join(folder, "out", "00-contents.txt"), "utf8");
  const checked = execFileSync("sha256sum", ["-c", "--ignore-missing", "00-contents.txt"], {
    cwd: join(folder, "out"),
    encoding: "utf8",
    stdio: "pipe",
  });
  expect(checked.match(/: OK|: 完了/g)).toHaveLength(2);
  expect(sums).toContain("予約者リスト");
  const kept = await openFile(desk.office, desk.contract, made.id);
  expect(createHash("sha256").update(kept.bytes).digest("hex")).toBe(made.sha256);
  expect(await listDeliverySets(desk.office, client)).toMatchObject([{ number: 1, count: 2 }]);
  expect(await packDelivery(desk.office, manager, [id])).toMatchObject({ number: 2 });
}, 20_000);

test("引き渡していないものは入れられず、責任者でなければ作れない", async () => {
  await expect(packDelivery(desk.office, manager)).rejects.toMatchObject({ code: "REFUSED" });
  const { id } = await registerDeliverable(desk.office, manager, faqInput);
  await expect(packDelivery(desk.office, manager, [id])).rejects.toThrow(/D-01 はまだ引き渡していません/);
  await expect(packDelivery(desk.office, client)).rejects.toMatchObject({ code: "FORBIDDEN" });
});

test("同じ名や短いパスワードの一式は作らない", async () => {
  const entry = { fileName: "a.txt", bytes: new Uint8Array([1]) };
  const at = new Date("2025-09-17T04:40:00Z");
  await expect(writeEncryptedArchive([entry, entry], "long-enough-000", at)).rejects.toMatchObject({
    code: "BAD_INPUT",
  });
  await expect(writeEncryptedArchive([entry], "short", at)).rejects.toMatchObject({ code: "BAD_INPUT" });
});
