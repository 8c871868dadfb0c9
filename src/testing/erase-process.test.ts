// @engine both
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { declaredTables } from "../base/column.ts";
import { receiveLetters } from "../comments/receive-letters.ts";
import { openOriginal } from "../comments/sort-letter.ts";
import { addCouncilMember } from "../council/change-council.ts";
import { readCouncil } from "../council/read-council.ts";
import { addVersion } from "../delivery/add-version.ts";
import { inspectDeliverable } from "../delivery/inspect-deliverable.ts";
import { openDeliverable } from "../delivery/list-deliverables.ts";
import { registerDeliverable } from "../delivery/register-deliverable.ts";
import { submitDeliverable } from "../delivery/submit-deliverable.ts";
import { takeVersion } from "../delivery/take-version.ts";
import { verifyCertificate } from "../erasure/certificate.ts";
import { accountCopy, certifyErasure, readTombstoneFile, reportErasure } from "../erasure/certify-erasure.ts";
import { openErasure } from "../erasure/open-erasure.ts";
import { drawPlan, planErasure } from "../erasure/plan-erasure.ts";
import { cancelErasure, requestErasure, setWitness } from "../erasure/request-erasure.ts";
import { resumeErasures, runErasure } from "../erasure/run-erasure.ts";
import { answerFiling } from "../filings/answer-filing.ts";
import { submitFiling } from "../filings/submit-filing.ts";
import { listEvents } from "../platform/event-store.ts";
import { exportLog } from "../platform/export-log.ts";
import { forgetErased } from "../platform/forget-erased.ts";
import { keepFile } from "../platform/keep-file.ts";
import { searchBookings, warmBookingSearch } from "../reception/search-bookings.ts";
import { takeBooking } from "../reception/take-booking.ts";
import { verifyLogFile } from "../sealing/verify-log-file.ts";
import { createSurvey } from "../survey/create-survey.ts";
import { importAnswers } from "../survey/import-answers.ts";
import { keptAnswers, openAnswers } from "../survey/open-survey-data.ts";
import { readCodebook } from "../tabulation/codebook.ts";
import { canariesIn, canary } from "./canary.ts";
import { openComments } from "./comment-fixture.ts";
import { faqInput, wordFile } from "./delivery-fixture.ts";
import { openDesk, openReplica, type TestDesk } from "./open-desk.ts";
import { caller, openReception } from "./reception-fixture.ts";

let desk: TestDesk;
let folder: string | undefined;
afterEach(async () => {
  await desk.close();
  if (folder) rmSync(folder, { recursive: true, force: true });
  folder = undefined;
});

const op = () => desk.actor("op", "operator");
const manager = () => desk.actor("manager", "manager");
const sv = () => desk.actor("sv", "supervisor");
const privacy = () => desk.actor("privacy", "privacy");
const refused = (part: string) => expect.objectContaining({ message: expect.stringContaining(part) });

const secret = {
  ...{ name: canary.name, kana: canary.kana, address: canary.address, building: canary.building },
  ...{ phone: canary.phone, needs: canary.needs, memo: canary.memo },
};

async function open(): Promise<void> {
  desk = await openDesk();
  await openReception(desk.office, op(), [{ id: "a", capacity: 30 }]);
  await takeBooking(desk.office, op(), { ...caller(1, "a"), ...secret, onceKey: "k1" });
  await takeBooking(desk.office, op(), caller(2, "a"));
}

async function plan(more: { numbers?: number[]; witnessAsked?: boolean } = {}): Promise<string> {
  const { numbers, witnessAsked } = more;
  const selection = numbers ? ({ scope: "people", numbers } as const) : ({ scope: "contract" } as const);
  return (await planErasure(desk.office, manager(), { selection, plannedDay: "2025-09-17", witnessAsked }))
    .id;
}

async function consent(id: string, outcome: "approved" | "refused" = "approved"): Promise<void> {
  const { filing } = await requestErasure(desk.office, manager(), id);
  await submitFiling(desk.office, manager(), filing);
  await answerFiling(desk.office, desk.actor("city", "client"), filing, { outcome, text: "承知しました" });
}

/** 復号した全部の表と、壊していない鍵の数から見える、見慣れない字。 */
async function visible(): Promise<string[]> {
  const found = new Set<string>();
  for (const { name } of declaredTables().filter((one) => one.name !== "key"))
    for (const row of await desk.office.read.q.selectFrom(name).selectAll().execute())
      for (const value of Object.values(row as Record<string, unknown>)) {
        const bytes = typeof value === "string" ? Buffer.from(value) : value;
        if (bytes instanceof Uint8Array) for (const field of canariesIn(bytes)) found.add(field);
      }
  return [...found];
}

test("第13条2 承諾がなければ消えない。申請の五つの項目は範囲から書かれ、取りやめと不承諾のあとも消えない", async () => {
  await open();
  const id = await plan();
  await expect(runErasure(desk.office, privacy(), id)).rejects.toThrowError(refused("承諾がありません"));
  const { filing } = await requestErasure(desk.office, manager(), id);
  await submitFiling(desk.office, manager(), filing);
  await expect(runErasure(desk.office, privacy(), id)).rejects.toThrowError(refused("承諾がありません"));
  const { filing: shown } = await openErasure(desk.office, desk.contract, id);
  expect(shown?.form).toBe("erasure-request");
  await answerFiling(desk.office, desk.actor("city", "client"), filing, {
    outcome: "refused",
    text: "まだ使う",
  });
  await expect(runErasure(desk.office, privacy(), id)).rejects.toThrowError(refused("承諾がありません"));
  await cancelErasure(desk.office, manager(), id);
  await expect(runErasure(desk.office, privacy(), id)).rejects.toThrowError(refused("取りやめた"));
  expect((await searchBookings(desk.office, op(), canary.phone)).rows).toHaveLength(1);
});

test("第13条3 立会いを求められたら、立ち会う方を残すまで消えない。範囲を決めた人は行えず、責任者には権限がない", async () => {
  await open();
  const id = await plan({ witnessAsked: true });
  await consent(id);
  await expect(runErasure(desk.office, privacy(), id)).rejects.toThrowError(refused("立会い"));
  await setWitness(desk.office, manager(), id, "デジタル企画課 係長");
  await expect(runErasure(desk.office, manager(), id)).rejects.toMatchObject({ code: "FORBIDDEN" });
  await expect(runErasure(desk.office, desk.actor("manager", "privacy"), id)).rejects.toThrowError(
    refused("別の保護管理者"),
  );
  await runErasure(desk.office, privacy(), id);
});

test("第13条 消すと、鍵・照合値・索引・送り直しの控えがなくなり、記録は残って確かめられ、本人と結びつかない", async () => {
  await open();
  await warmBookingSearch(desk.office, desk.contract);
  const other = await openReplica(desk.place, desk.root);
  await warmBookingSearch(other.office, desk.contract);
  const before = (await listEvents(desk.office.read, { contract: desk.contract, limit: 1000 })).length;
  const id = await plan();
  await consent(id);
  const traces = await runErasure(desk.office, privacy(), id);
  expect(traces.found).toEqual([]);
  expect(traces.needles).toBeGreaterThanOrEqual(4);
  expect(await visible()).toEqual([]);
  for (const query of [canary.phone, canary.kana, "0001"]) {
    const { rows } = await searchBookings(desk.office, op(), query);
    expect(JSON.stringify(rows)).not.toContain(canary.kana);
    if (query !== "0001") expect(rows).toEqual([]);
  }
  // ほかのプロセスの記憶からも。
  expect(await forgetErased(other.office)).toBeGreaterThan(0);
  expect(await forgetErased(other.office)).toBe(0);
  const there = { ...op(), contract: desk.contract };
  expect((await searchBookings(other.office, there, canary.kana)).rows).toEqual([]);
  await other.office.close();
  // 送り直しの控え（入力のハッシュ）と照合値は、一つも残らない。
  const left = await desk.office.read.q.selectFrom("idempotency").selectAll().execute();
  expect(left).toEqual([]);
  const people = await desk.office.read.q.selectFrom("person").select(["phone_hmac", "kana_hmac"]).execute();
  expect(people).toEqual(people.map(() => ({ phone_hmac: null, kana_hmac: null })));
  // 記録は減らず、確かめられる。
  const events = await listEvents(desk.office.read, { contract: desk.contract, limit: 1000 });
  expect(events.length).toBeGreaterThan(before);
  folder = mkdtempSync(join(tmpdir(), "madoguchi-erased-"));
  const file = join(folder, "log.jsonl");
  await exportLog(desk.office, "test", file);
  expect(await verifyLogFile(file)).toMatchObject({ ok: true });
  const opened = await desk.office.keys.get(
    desk.contract,
    events.flatMap((event) => (event.subject === null ? [] : [event.subject])),
  );
  expect(opened.size).toBe(0);
});

test("第13条 調査の回答と自由記述、意見書の原本と差出人、委員の電話も、契約の終わりに消え、ほかのプロセスの記憶からも消える", async () => {
  await open();
  const planner = desk.actor("p", "planner");
  await openComments(desk.office, desk.actor("m", "manager"));
  const sender = { name: canary.name, address: canary.address, contact: canary.phone };
  const letter = {
    ...{
      channel: "post" as const,
      day: "2025-09-01",
      age: "none" as const,
      ward: "",
      kids: false,
      signers: 1,
    },
    ...{ senders: [sender], text: `${canary.name}です。${canary.memo}。`, source: "" },
  };
  const { letters } = await receiveLetters(desk.office, planner, [letter]);
  const member = { name: "見本　委員", phone: canary.callerNumber, reserve: canary.proxyPhone };
  await addCouncilMember(desk.office, planner, member);
  const { id: survey } = await createSurvey(desk.office, planner, { title: "調査" });
  const codebook = readCodebook(
    JSON.stringify({ id: "no", questions: [{ id: "Q", type: "text", text: "意見" }] }),
  );
  const csv = new TextEncoder().encode(`no,Q\n1,"${canary.needs}。${canary.phone}"\n`);
  await importAnswers(desk.office, planner, survey, { bytes: csv, name: "a.csv", codebook });
  const other = await openReplica(desk.place, desk.root);
  const there = { ...planner, contract: desk.contract };
  await openAnswers(other.office, there, survey);
  await openAnswers(desk.office, planner, survey);
  expect([keptAnswers(desk.office), keptAnswers(other.office)]).toEqual([1, 1]);
  const id = await plan();
  await consent(id);
  const traces = await runErasure(desk.office, privacy(), id);
  // 本人の四つ二人分に、差出人と委員の電話。
  expect([traces.found, traces.needles > 9]).toEqual([[], true]);
  expect(await visible()).toEqual([]);
  await forgetErased(other.office);
  expect([keptAnswers(desk.office), keptAnswers(other.office)]).toEqual([0, 0]);
  await other.office.close();
  await expect(openAnswers(desk.office, planner, survey)).rejects.toThrow("消去されています");
  await expect(openOriginal(desk.office, planner, letters[0]?.id ?? "", "mask")).rejects.toThrow();
  const { members } = await readCouncil(desk.office, desk.contract);
  expect(members).toMatchObject([{ name: "（消去済み）", phone: "" }]);
});

test("第13条 納めた予約者リストの写しは消え、ほかの成果品の版と、番号・ハッシュ・検査の結果は残る", async () => {
  await open();
  const names = { ...faqInput, code: "" };
  const list = await registerDeliverable(desk.office, sv(), { ...names, title: "予約者リスト　第一期" });
  const faq = await registerDeliverable(desk.office, sv(), names);
  const told = await registerDeliverable(desk.office, sv(), { ...names, title: "FAQ（名の例つき）" });
  await addVersion(desk.office, sv(), list.id, { bytes: wordFile(canary.kana) });
  await addVersion(desk.office, sv(), faq.id, { bytes: wordFile("よくある質問") });
  await addVersion(desk.office, sv(), told.id, { bytes: wordFile(canary.name), personal: true });
  await submitDeliverable(desk.office, manager(), list.id);
  await inspectDeliverable(desk.office, desk.actor("city", "client"), list.id, {
    outcome: "passed",
    words: "",
    channel: "",
    heardFrom: "",
  });
  const id = await plan();
  await consent(id);
  await runErasure(desk.office, privacy(), id);
  for (const gone of [list, told])
    await expect(takeVersion(desk.office, manager(), gone.id, 1)).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
  expect((await takeVersion(desk.office, manager(), faq.id, 1)).bytes.length).toBeGreaterThan(0);
  const { versions, row } = await openDeliverable(desk.office, manager(), list.id);
  expect([row.state, versions[0]?.outcome, versions[0]?.mark]).toEqual([
    "passed",
    "passed",
    expect.stringContaining("D-"),
  ]);
  expect(versions[0]?.sha256).toMatch(/^[0-9a-f]{64}$/);
});

test("第13条 申出のあった方だけを消し、ほかの方も、ほかの仕事のもの（調査の回答）も残る。消した後の控えに鍵はない", async () => {
  await open();
  const planner = desk.actor("p", "planner");
  const { id: survey } = await createSurvey(desk.office, planner, { title: "調査" });
  const codebook = readCodebook(
    JSON.stringify({ id: "no", questions: [{ id: "Q", type: "text", text: "意見" }] }),
  );
  const csv = new TextEncoder().encode("no,Q\n1,分かりやすい\n");
  await importAnswers(desk.office, planner, survey, { bytes: csv, name: "a.csv", codebook });
  // 申込みの方を刷ったファイルは、いっしょに消える。
  const key = await desk.office.keys.fresh(desk.contract);
  const bytes = new TextEncoder().encode(canary.name);
  await desk.office.act(op(), async (tx) => {
    await keepFile(tx, key, { kind: "notice-print", fileName: "a.pdf", media: "application/pdf", bytes });
    await tx.record({ kind: "office.opened" });
  });
  const selection = { scope: "people" as const, numbers: [1] };
  const { counts, keys } = await drawPlan(desk.office, desk.contract, selection);
  expect(counts.find(({ table }) => table === "blob")).toMatchObject({ keys: 1, rows: 1 });
  expect(keys).toContain(key.id);
  const id = await plan({ numbers: [1] });
  await consent(id);
  await runErasure(desk.office, privacy(), id);
  expect((await openAnswers(desk.office, planner, survey)).data.raw("Q")).toEqual(["分かりやすい"]);
  expect(await visible()).toEqual([]);
  expect((await searchBookings(desk.office, op(), "011-000-0002")).rows).toHaveLength(1);
  await expect(plan({ numbers: [99] })).rejects.toThrowError(refused("99"));
  await expect(plan({ numbers: [1] })).rejects.toThrowError(refused("消すもの"));
});

test("第13条1 期間で選ぶと、どの行もその間にある方だけが入り、前後にまたがる方は入らない", async () => {
  await open();
  desk.clock.advance(3 * 86_400_000);
  await takeBooking(desk.office, op(), caller(3, "a"));
  const draw = async (from: string, to: string) => {
    const { counts } = await drawPlan(desk.office, desk.contract, { scope: "period", from, to, label: "" });
    return counts.find((one) => one.table === "person")?.keys ?? 0;
  };
  expect(await draw("2025-09-01", "2025-09-30")).toBe(3);
  expect(await draw("2025-09-17", "2025-09-17")).toBe(2);
  expect(await draw("2025-09-18", "2025-09-30")).toBe(1);
  expect(await draw("2025-08-01", "2025-08-31")).toBe(0);
  await desk.office.keep((tx) =>
    tx.q
      .updateTable("booking")
      .set({ taken_at: "2025-09-20T00:00:00.000Z" })
      .where("number", "=", 1)
      .execute(),
  );
  expect(await draw("2025-09-17", "2025-09-17")).toBe(1);
});

test("第13条5 証明書は残っている控えをすべて挙げ、始末がつくまで未完。変えた証明書は確かめられない", async () => {
  await open();
  await desk.office.act(op(), (tx) =>
    tx.record({ kind: "backup.made", payload: { set: "20250916-020000" } }),
  );
  desk.clock.advance(1000);
  const id = await plan();
  await consent(id);
  await runErasure(desk.office, privacy(), id);
  const first = await certifyErasure(desk.office, manager(), id);
  expect(first.copies.map((one) => one.done)).toEqual([null]);
  expect(verifyCertificate(JSON.stringify(first))).toMatchObject({
    ok: true,
    complete: false,
    openCopies: 1,
  });
  const bad = { set: "20250916-020000", how: "destroyed", day: "2025-09-18", place: "" } as const;
  await expect(accountCopy(desk.office, privacy(), id, bad)).rejects.toMatchObject({ code: "BAD_INPUT" });
  const good = { ...bad, day: "2025-09-17", place: "本社の金庫室、総務課長" };
  await accountCopy(desk.office, privacy(), id, good);
  await expect(accountCopy(desk.office, privacy(), id, good)).rejects.toMatchObject({ code: "CONFLICT" });
  const second = await certifyErasure(desk.office, manager(), id);
  expect(verifyCertificate(JSON.stringify(second))).toMatchObject({
    ok: true,
    complete: true,
    openCopies: 0,
  });
  for (const change of [
    { complete: true },
    { handler: "9999" },
    { keys: [] },
    { copies: [] },
    { publicKey: second.publicKey.replace(/.$/, "A") },
  ])
    expect(verifyCertificate(JSON.stringify({ ...first, ...change }))).toMatchObject({ ok: false });
  expect(verifyCertificate(JSON.stringify(second), "0000-0000-0000-0000")).toMatchObject({ ok: false });
  const report = await reportErasure(desk.office, sv().roles.length ? manager() : manager(), id);
  expect(report.number).toBeGreaterThan(0);
  const stone = JSON.parse(await readTombstoneFile(desk.office, manager(), id)) as { keys: string[] };
  expect(stone.keys).toEqual(second.keys.map((one) => one.id));
});

for (const dieAt of ["intended", "keys", "recorded", "columns", "file"])
  test(`第13条 ${dieAt} のところで kill -9 されても、開き直せば最後まで消える`, async () => {
    await open();
    const id = await plan();
    await consent(id);
    await desk.office.close();
    const order = { place: desk.place, root: Buffer.from(desk.root).toString("base64"), erasure: id, dieAt };
    const child = spawn(
      process.execPath,
      [
        "--experimental-strip-types",
        "--disable-warning=ExperimentalWarning",
        new URL("./erase-process.ts", import.meta.url).pathname,
        JSON.stringify(order),
      ],
      { stdio: ["ignore", "ignore", "inherit"] },
    );
    const [, signal] = (await once(child, "close")) as [number | null, string | null];
    expect(signal).toBe("SIGKILL");
    await desk.reopen();
    expect((await openErasure(desk.office, desk.contract, id)).facts.state).not.toBe("scrubbed");
    expect(await resumeErasures(desk.office)).toBe(1);
    expect(await resumeErasures(desk.office)).toBe(0);
    const { erasure } = await openErasure(desk.office, desk.contract, id);
    expect(erasure.state).toBe("scrubbed");
    expect(await visible()).toEqual([]);
    const kinds = (await desk.events()).filter((kind) => kind === "keys.destroyed");
    expect(kinds).toHaveLength(1);
    expect(verifyCertificate(JSON.stringify(await certifyErasure(desk.office, manager(), id)))).toMatchObject(
      {
        ok: true,
      },
    );
  }, 30_000);
