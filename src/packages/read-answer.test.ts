// @engine both
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Actor } from "../base/actor.ts";
import { answerFiling } from "../filings/answer-filing.ts";
import { amendFiling, draftFiling } from "../filings/draft-filing.ts";
import { openFiling } from "../filings/list-filings.ts";
import { submitFiling } from "../filings/submit-filing.ts";
import { withdrawFiling } from "../filings/withdraw-filing.ts";
import { fillXlsx } from "../testing/answer-form-fixture.ts";
import { makeOfficer, type TestOfficer } from "../testing/officer-fixture.ts";
import { openDesk, type TestDesk } from "../testing/open-desk.ts";
import { answerFormDocx, answerFormXlsx } from "./answer-form-document.ts";
import { confirmAnswer, confirmKey, revokeKey } from "./confirm-answer.ts";
import { listKeys, listReadAnswers } from "./list-answers.ts";
import { makePackage, type OpenPackage } from "./make-package.ts";
import { readAnswer, typeAnswer } from "./read-answer.ts";

let desk: TestDesk;
let manager: Actor;
let sv: Actor;
let officer: TestOfficer;
const parties = {
  ...{ title: "講習会の業務", client: "札幌市", clientUnit: "デジタル企画課", contractor: "受託者" },
  close: "16:00",
};

beforeEach(async () => {
  desk = await openDesk();
  manager = desk.actor("m-1", "manager");
  sv = desk.actor("sv-1", "supervisor");
  officer = await makeOfficer();
});
afterEach(() => desk.close());

async function submitted(): Promise<string> {
  const { id } = await draftFiling(desk.office, sv, {
    ...{ kind: "consultation", form: "seat-change", title: "席数の変更", clause: "6(5)ウ", body: "" },
    fields: { from: "2025-09-18", seats: "3席", basis: "第一週の実績" },
  });
  await submitFiling(desk.office, manager, id);
  return id;
}
const pack = (id: string): Promise<OpenPackage> =>
  makePackage(desk.office, manager, id, { ...parties, calendar: {} as never });
const read = (bytes: Uint8Array) => readAnswer(desk.office, sv, { fileName: "a.json", bytes });
const stateOf = async (id: string) => (await openFiling(desk.office, manager, id)).filing.state;

async function confirmOnly(): Promise<number> {
  const [key] = await listKeys(desk.office, manager);
  if (!key) throw new Error("鍵がない");
  const { applied } = await confirmKey(desk.office, manager, key.id, {
    spoken: key.fingerprint.toUpperCase(),
    heard: "デジタル企画課 係長",
  });
  return applied;
}

test("署名つきの回答は、鍵を電話で確かめるまで効かず、確かめると効く。二度目は効かない", async () => {
  const id = await submitted();
  const { hash } = await pack(id);
  const file = await officer.sign({ package: hash });
  expect((await read(file)).standing).toBe("unconfirmed");
  expect(await stateOf(id)).toBe("submitted");
  expect(await confirmOnly()).toBe(1);
  const { filing } = await openFiling(desk.office, manager, id);
  expect(filing).toMatchObject({
    ...{ state: "answered", channel: "package", answer: "了承します。", heard_from: "デジタル企画課 係長" },
  });
  expect((await read(file)).standing).toBe("repeated");
  expect((await read(await officer.sign({ package: hash, words: "別の答え" }))).standing).toBe("settled");
  expect((await desk.events()).filter((kind) => kind === "filing.answered")).toHaveLength(1);
});

test("確かめた鍵の次の回答は、読み込むとすぐに効く。読み込む人は出した本人でもよい", async () => {
  const first = await submitted();
  await read(await officer.sign({ package: (await pack(first)).hash }));
  await confirmOnly();
  const second = await submitted();
  const file = await officer.sign({ package: (await pack(second)).hash });
  expect((await readAnswer(desk.office, manager, { fileName: "b.json", bytes: file })).standing).toBe(
    "applied",
  );
  expect(await stateOf(second)).toBe("answered");
});

test("読み上げられた指紋が違えば確かめられず、責任者でなければ確かめられない", async () => {
  const id = await submitted();
  await read(await officer.sign({ package: (await pack(id)).hash }));
  const [key] = await listKeys(desk.office, manager);
  const given = { spoken: "0000 0000", heard: "係長" };
  await expect(confirmKey(desk.office, manager, key?.id ?? "", given)).rejects.toMatchObject({
    faults: [{ field: "spoken" }],
  });
  await expect(confirmKey(desk.office, sv, key?.id ?? "", given)).rejects.toMatchObject({
    code: "FORBIDDEN",
  });
  expect(await stateOf(id)).toBe("submitted");
});

test("使わないと決めた鍵の回答は効かない", async () => {
  const id = await submitted();
  const { hash } = await pack(id);
  await read(await officer.sign({ package: hash }));
  const [key] = await listKeys(desk.office, manager);
  await revokeKey(desk.office, desk.actor("city", "client"), key?.id ?? "");
  expect((await read(await officer.sign({ package: hash, words: "もう一度" }))).standing).toBe("revoked");
  await expect(
    confirmKey(desk.office, manager, key?.id ?? "", { spoken: key?.fingerprint ?? "", heard: "係長" }),
  ).rejects.toMatchObject({ code: "CONFLICT" });
  expect(await stateOf(id)).toBe("submitted");
});

test("書き換えた回答・署名・鍵は、署名が合わないものとして残り、鍵も覚えない", async () => {
  const id = await submitted();
  const { hash } = await pack(id);
  const other = await makeOfficer();
  const good = JSON.parse(Buffer.from(await officer.sign({ package: hash })).toString());
  const flip = (text: string) => (text.startsWith("A") ? "B" : "A") + text.slice(1);
  const bad = [
    { ...good, statement: good.statement.replace("了承します", "了承しません") },
    { ...good, signature: flip(good.signature) },
    { ...good, key: other.publicKey },
    { ...good, key: Buffer.alloc(32).toString("base64"), signature: Buffer.alloc(64).toString("base64") },
  ];
  for (const one of bad) expect((await read(Buffer.from(JSON.stringify(one)))).standing).toBe("tampered");
  expect(await listKeys(desk.office, manager)).toEqual([]);
  expect((await listReadAnswers(desk.office, manager)).map((one) => one.standing)).toEqual(
    Array(4).fill("tampered"),
  );
  expect(await stateOf(id)).toBe("submitted");
});

test("別の一式・前の版・取り下げた文書・できない答えは、残るが効かない", async () => {
  const id = await submitted();
  const old = await pack(id);
  await read(await officer.sign({ package: old.hash, words: "一" }));
  expect((await read(await officer.sign({ package: "0".repeat(64) }))).standing).toBe("unknown");
  expect((await read(await officer.sign({ package: old.hash, outcome: "approved" }))).standing).toBe("unfit");
  expect((await read(await officer.sign({ package: old.hash, words: "" }))).standing).toBe("unfit");
  const city = desk.actor("city", "client");
  await answerFiling(desk.office, city, id, { outcome: "returned", text: "直してください。" });
  await amendFiling(desk.office, sv, id);
  await submitFiling(desk.office, manager, id);
  // 前の版の回答は、鍵を確かめても効かない。
  expect(await confirmOnly()).toBe(0);
  expect((await read(await officer.sign({ package: old.hash, words: "二" }))).standing).toBe("outdated");
  const now = await pack(id);
  expect(now.hash).not.toBe(old.hash);
  await withdrawFiling(desk.office, manager, id);
  expect((await read(await officer.sign({ package: now.hash }))).standing).toBe("outdated");
  expect(await stateOf(id)).toBe("withdrawn");
});

test("同じ版の一式は一つ。文書番号と添えた Word の照合値が入り、開き直しても同じ", async () => {
  const id = await submitted();
  const [first, again] = [await pack(id), await pack(id)];
  expect(again).toEqual(first);
  expect(first.manifest.document).toBe("令和7年度 協議 第1号");
  expect(first.manifest.attachments[0]?.size).toBe(first.files[0]?.length);
});

test("回答様式（Excel・Word）は確認番号で結びつき、電話で確かめるまで効かない。出した本人は確かめられない", async () => {
  const id = await submitted();
  const open = await pack(id);
  const filled = fillXlsx(answerFormXlsx(open), { B4: "回答", B5: "了承します。", B6: "企画課 係長" });
  const got = await readAnswer(desk.office, sv, { fileName: "a.xlsx", bytes: filled });
  expect(got.standing).toBe("unsigned");
  expect((await readAnswer(desk.office, sv, { fileName: "a.xlsx", bytes: filled })).standing).toBe(
    "repeated",
  );
  const phone = { ok: true, heard: "企画課 係長" };
  await expect(confirmAnswer(desk.office, manager, got.id, phone)).rejects.toMatchObject({ code: "REFUSED" });
  await expect(confirmAnswer(desk.office, sv, got.id, phone)).rejects.toMatchObject({ code: "REFUSED" });
  const other = desk.actor("sv-2", "supervisor");
  expect(await confirmAnswer(desk.office, other, got.id, phone)).toBe("applied");
  await expect(confirmAnswer(desk.office, other, got.id, phone)).rejects.toMatchObject({ code: "CONFLICT" });
  expect((await openFiling(desk.office, manager, id)).filing).toMatchObject({
    ...{ state: "answered", channel: "form", heard_from: "企画課 係長" },
  });
});

test("空の回答様式は「できない答え」、知らない確認番号は「どの一式の回答でもない」", async () => {
  const open = await pack(await submitted());
  expect(
    (await readAnswer(desk.office, sv, { fileName: "a.docx", bytes: answerFormDocx(open) })).standing,
  ).toBe("unfit");
  const wrong = fillXlsx(answerFormXlsx(open), { B3: "AAAA-BBBB-CCCC", B4: "回答" });
  expect((await readAnswer(desk.office, sv, { fileName: "a.xlsx", bytes: wrong })).standing).toBe("unknown");
});

test("紙の回答書は、全角でも小文字でも打てる確認番号で結びつく。電話で違うと分かれば効かない", async () => {
  const id = await submitted();
  const { code } = await pack(id);
  const typed = code.toLowerCase().replaceAll("-", "　").replaceAll("0", "o");
  const paper = { code: typed, outcome: "回答", words: "了承", officer: "係長" };
  await expect(typeAnswer(desk.office, sv, { ...paper, code: "0" })).rejects.toMatchObject({
    faults: [{ field: "code" }, { field: "outcome" }],
  });
  const got = await typeAnswer(desk.office, sv, paper);
  expect(got.standing).toBe("unsigned");
  const other = desk.actor("sv-2", "supervisor");
  expect(await confirmAnswer(desk.office, other, got.id, { ok: false, heard: "係長" })).toBe("dismissed");
  expect(await stateOf(id)).toBe("submitted");
});

test("回答ではないファイルは、わけを言って断り、残さない", async () => {
  for (const bytes of ["", "{", "[]", "null", '{"format":"x"}', "PK\u0003\u0004broken"])
    await expect(read(Buffer.from(bytes))).rejects.toMatchObject({ code: "BAD_INPUT" });
  await expect(read(Buffer.alloc(6 * 1024 * 1024, 0x20))).rejects.toMatchObject({ code: "TOO_LARGE" });
  expect(await listReadAnswers(desk.office, manager)).toEqual([]);
});

test("同じ回答が同時に二度届いても、答えは一つ", async () => {
  const first = await submitted();
  await read(await officer.sign({ package: (await pack(first)).hash }));
  await confirmOnly();
  const id = await submitted();
  const file = await officer.sign({ package: (await pack(id)).hash });
  await Promise.allSettled([read(file), read(file), read(file)]);
  const answers = await listReadAnswers(desk.office, manager, id);
  expect(answers.filter((one) => one.standing === "applied")).toHaveLength(1);
  expect(await stateOf(id)).toBe("answered");
});

test("回答の言葉と名は封じて置き、行の中に平文がない", async () => {
  const id = await submitted();
  await read(await officer.sign({ package: (await pack(id)).hash }));
  for (const name of ["review_package", "officer_key", "review_answer"] as const) {
    const rows = await desk.office.read.q
      .selectFrom(name as never)
      .selectAll()
      .execute();
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toMatch(/了承します|係長|席数/);
  }
});
