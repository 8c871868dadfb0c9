// @engine both
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Actor } from "../base/actor.ts";
import { listEvents } from "../platform/event-store.ts";
import { openFile } from "../platform/keep-file.ts";
import { faqInput, openHand, wordFile } from "../testing/delivery-fixture.ts";
import { openDesk, type TestDesk } from "../testing/open-desk.ts";
import { openReception } from "../testing/reception-fixture.ts";
import { addVersion } from "./add-version.ts";
import { handDeliverable } from "./hand-deliverable.ts";
import { inspectDeliverable, receiveDeliverable } from "./inspect-deliverable.ts";
import { listDeliverables, openDeliverable } from "./list-deliverables.ts";
import { listDisclosures } from "./list-disclosures.ts";
import { listRights } from "./list-rights.ts";
import { registerDeliverable } from "./register-deliverable.ts";
import { addRight, signRight } from "./sign-right.ts";
import { submitDeliverable } from "./submit-deliverable.ts";
import { takeVersion } from "./take-version.ts";

let desk: TestDesk;
let manager: Actor;
let sv: Actor;
let client: Actor;
let id: string;
const passed = { channel: "", heardFrom: "", outcome: "passed", words: "" } as const;
const receipt = { channel: "", heardFrom: "", receipt: "受領書 第1号", receivedOn: "2025-09-17" };

beforeEach(async () => {
  desk = await openDesk();
  manager = desk.actor("m-1", "manager");
  sv = desk.actor("sv-1", "supervisor");
  client = desk.actor("city-1", "client");
  await openReception(desk.office, manager, []);
  ({ id } = await registerDeliverable(desk.office, sv, faqInput));
});
afterEach(() => desk.close());

const state = async () => (await listDeliverables(desk.office, sv)).find((row) => row.id === id)?.state;
async function submit(words = "第一稿") {
  await addVersion(desk.office, sv, id, { bytes: wordFile(words) });
  await submitDeliverable(desk.office, manager, id);
}
async function receive() {
  await submit();
  await inspectDeliverable(desk.office, client, id, passed);
  await receiveDeliverable(desk.office, client, id, receipt);
}
async function signAll() {
  for (const right of await listRights(desk.office, sv, id))
    if (right.state === "open")
      await signRight(desk.office, manager, right.id, { signedOn: "2025-09-17", evidence: "確認書 第1号" });
}

test("９ 提出 → 手直し → 再検査 → 合格 → 受領 → 権利の確認 → 引渡し", async () => {
  await submit();
  const rework = { ...passed, outcome: "rework" as const, words: "目次を付けてください。" };
  await inspectDeliverable(desk.office, client, id, rework);
  await expect(submitDeliverable(desk.office, manager, id)).rejects.toThrow(/直した版を登録/);
  await submit("第二稿");
  expect(await state()).toBe("resubmitted");
  await inspectDeliverable(desk.office, client, id, passed);
  await receiveDeliverable(desk.office, client, id, receipt);
  await expect(handDeliverable(desk.office, manager, id, openHand)).rejects.toThrow(/著作権の譲渡/);
  await signAll();
  await handDeliverable(desk.office, manager, id, openHand);
  expect(await state()).toBe("handed");
  const { versions, history } = await openDeliverable(desk.office, sv, id);
  expect(versions.map((version) => version.outcome)).toEqual(["passed", "rework"]);
  expect(versions[1]?.words).toBe("目次を付けてください。");
  expect(history.map((line) => line.what)).toContain("引き渡した");
  const kinds = await desk.events();
  for (const kind of ["registered", "versioned", "inspected", "accepted", "handed"])
    expect(kinds).toContain(`deliverable.${kind}`);
});

test("９ 遅れている義務があれば、権利が済んでいても引き渡せない", async () => {
  await receive();
  await signAll();
  const red = { blockers: async () => [{ text: "9(3)の報告が遅れています。" }] };
  await expect(handDeliverable(desk.office, manager, id, red)).rejects.toMatchObject({
    code: "REFUSED",
    message: expect.stringContaining("9(3)の報告が遅れています"),
  });
  expect(await state()).toBe("received");
});

test("10 人格権は創作者ごとに加えられ、一人でも残れば引き渡せない", async () => {
  await receive();
  await signAll();
  await addRight(desk.office, sv, id, { kind: "moral", holder: "中村　創", subject: "挿絵", terms: "" });
  await expect(handDeliverable(desk.office, manager, id, openHand)).rejects.toThrow(/人格権/);
  await signAll();
  await handDeliverable(desk.office, manager, id, openHand);
  await expect(
    addRight(desk.office, sv, id, { kind: "licence", holder: "x", subject: "", terms: "" }),
  ).rejects.toMatchObject({ code: "REFUSED" });
});

test("10 同じ権利の確認は一度だけ。証跡と日付がなければ、欄の名で断る", async () => {
  const [right] = await listRights(desk.office, sv, id);
  const given = { signedOn: "2025-09-18", evidence: "" };
  await expect(signRight(desk.office, manager, right?.id ?? "", given)).rejects.toMatchObject({
    faults: [{ field: "signedOn" }, { field: "evidence" }],
  });
  const both = await Promise.allSettled(
    [1, 2].map(() =>
      signRight(desk.office, manager, right?.id ?? "", { signedOn: "2025-09-17", evidence: "確認書" }),
    ),
  );
  expect(both.filter((one) => one.status === "fulfilled")).toHaveLength(1);
});

test("一人が両方の側に立たない。SV が記録するときは、だれからどう届いたかが要る", async () => {
  await submit();
  const heard = { ...passed, channel: "letter", heardFrom: "企画課 係長" };
  await expect(inspectDeliverable(desk.office, manager, id, heard)).rejects.toMatchObject({
    code: "REFUSED",
  });
  const other = desk.actor("sv-2", "supervisor");
  await expect(inspectDeliverable(desk.office, other, id, passed)).rejects.toMatchObject({
    faults: [{ field: "channel" }, { field: "heardFrom" }],
  });
  await inspectDeliverable(desk.office, other, id, heard);
  expect(await state()).toBe("passed");
});

test("９ 求められた形式でない中身は、名前がどうでも受け取らず、何も残らない", async () => {
  const pdf = new TextEncoder().encode("%PDF-1.7\n%%EOF");
  await expect(addVersion(desk.office, sv, id, { bytes: pdf })).rejects.toMatchObject({
    faults: [{ field: "file" }],
  });
  expect((await openDeliverable(desk.office, sv, id)).versions).toEqual([]);
});

test("同時に登録した版は、番号が重ならず、断られた版は残らない", async () => {
  const both = await Promise.allSettled(
    ["甲", "乙"].map((words) => addVersion(desk.office, sv, id, { bytes: wordFile(words) })),
  );
  // 本当に同時なら一つだけ通り、たまたま続けて起きれば二つの版になる。どちらでも、番号は 1 から一つずつ。
  const kept = both.filter((one) => one.status === "fulfilled").length;
  expect(kept).toBeGreaterThan(0);
  const versions = (await openDeliverable(desk.office, sv, id)).versions.map((one) => one.version);
  expect(versions.sort()).toEqual(Array.from({ length: kept }, (_, at) => at + 1));
});

test("12(4) 提出した版だけが、委託者に見え、提供した文書の一覧に載る", async () => {
  await addVersion(desk.office, sv, id, { bytes: wordFile("まだ出さない") });
  expect((await openDeliverable(desk.office, client, id)).versions).toEqual([]);
  await expect(takeVersion(desk.office, client, id, 1)).rejects.toMatchObject({ code: "NOT_FOUND" });
  await submitDeliverable(desk.office, manager, id);
  const [only] = await listDisclosures(desk.office, client);
  expect(only).toMatchObject({ mark: "R7-D-01-1", version: 1, marked: "フッターとプロパティ" });
  const kept = await takeVersion(desk.office, client, id, 1);
  expect(kept.sha256).toBe(only?.sha256);
  expect((await openFile(desk.office, desk.contract, kept.id)).fileName).toBe("R7-D-01-1.docx");
  expect(await listDisclosures(desk.office, client, "D-09")).toEqual([]);
});

test("役割: OP は登録できず、SV は引き渡せない", async () => {
  const op = desk.actor("op-1", "operator");
  await expect(registerDeliverable(desk.office, op, faqInput)).rejects.toMatchObject({ code: "FORBIDDEN" });
  await expect(handDeliverable(desk.office, sv, id, openHand)).rejects.toMatchObject({ code: "FORBIDDEN" });
  await expect(registerDeliverable(desk.office, sv, { ...faqInput, code: "D-01" })).rejects.toMatchObject({
    code: "CONFLICT",
    faults: [{ field: "code" }],
  });
});

test("10 創作者の氏名は封じて残り、記録の中に出ない", async () => {
  await addRight(desk.office, sv, id, { kind: "moral", holder: "中村　創", subject: "挿絵", terms: "" });
  const rights = await listRights(desk.office, sv, id);
  expect(rights.at(-1)).toMatchObject({ holder: "中村　創", subject: "挿絵", state: "open" });
  const events = await listEvents(desk.office.read, { contract: desk.contract, limit: 1_000 });
  expect(events.some((event) => event.kind === "right.added")).toBe(true);
  expect(JSON.stringify(events)).not.toContain("中村");
});
