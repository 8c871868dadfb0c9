// @engine both
import fc from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createAccount } from "../access/create-account.ts";
import { type Actor, type Role, systemActor } from "../base/actor.ts";
import { answerFiling } from "../filings/answer-filing.ts";
import { filingForms } from "../filings/filing-form.ts";
import { prepareFiling } from "../filings/prepare-filing.ts";
import { submitFiling } from "../filings/submit-filing.ts";
import { openDesk, type TestDesk } from "../testing/open-desk.ts";
import { openReception } from "../testing/reception-fixture.ts";
import { amendLine } from "./amend-line.ts";
import { allowGlass, askGlass, listGlasses } from "./break-glass.ts";
import { certificateWarning } from "./check-register.ts";
import { enterLine } from "./enter-line.ts";
import { insertLine } from "./line-store.ts";
import { listAccess } from "./list-access.ts";
import { listGates } from "./list-gates.ts";
import { listLines, openHoldings, openLine } from "./list-lines.ts";
import { quizQuestions, scoreQuiz } from "./quiz.ts";
import { keepLineFields, lineFaults, registers } from "./register.ts";
import { standingOf } from "./register-field.ts";
import { reportStatus } from "./report-status.ts";
import { sealGlass } from "./seal-glass.ts";
import { closeLine, noteLine, openLineFile, readLine } from "./step-line.ts";
import { takeQuiz } from "./take-quiz.ts";

let desk: TestDesk;
let manager: Actor;
let privacy: Actor;
let op: Actor;
let client: Actor;
const pdf = { fileName: "誓約書.pdf", bytes: new TextEncoder().encode("%PDF-1.7 pledge") };

beforeEach(async () => {
  desk = await openDesk();
  await openReception(desk.office, desk.actor("m", "manager"), []);
  manager = await hire("0101", "manager");
  privacy = await hire("0103", "privacy");
  op = await hire("0107", "operator");
  client = await hire("0190", "client");
});
afterEach(() => desk.close());

let made = 0;
async function hire(number: string, role: Role): Promise<Actor> {
  made += 1;
  const { id } = await createAccount(desk.office, systemActor(desk.contract), {
    number,
    name: `試験　${made}`,
    roles: [{ role, from: "2025-07-01" }],
  });
  return { id, contract: desk.contract, roles: [role] };
}

async function submitted(
  form: string,
  fields: Record<string, string>,
  outcome?: "approved" | "refused",
): Promise<string> {
  made += 1;
  const { id } = await prepareFiling(desk.office, privacy, {
    form,
    fields,
    title: `${form} ${made}`,
  });
  await submitFiling(desk.office, privacy, id);
  if (outcome)
    await answerFiling(desk.office, client, id, {
      outcome,
      text: outcome === "refused" ? "認められません。" : "",
    });
  return id;
}

const listForm = { privacyManager: "管理課長", handlers: "OP 2人", from: "2025-09-17" };
const handlerOf = (actor: Actor) => ({
  ...{
    handler: actor.id,
    employment: "regular",
    work: "電話の受付",
    scope: "申込者の氏名・住所・電話",
    from: "2025-09-01",
  },
});
const faultsOf = async (doing: Promise<unknown>): Promise<string[]> =>
  doing.then(
    () => [],
    (cause: { faults: { field?: string }[] }) => cause.faults.map((one) => one.field ?? ""),
  );

test("特記 第3条・第5条・第6条 名簿・誓約書・研修がそろうと扱えるようになり、退職と一年で切れる", async () => {
  const gateOf = async (actor: Actor) =>
    (await listGates(desk.office, desk.contract)).find((one) => one.id === actor.id)?.missing;
  expect(await gateOf(op)).toEqual(["listed", "pledged", "trained"]);
  expect(await gateOf(client)).toBeUndefined();
  // 名簿は、委託者へ報告した文書を指さなければ書けない。
  expect(
    await faultsOf(enterLine(desk.office, privacy, { register: "handler", fields: handlerOf(op) })),
  ).toEqual(["filing"]);
  const filing = await submitted("handler-list", listForm);
  const { id } = await enterLine(desk.office, privacy, {
    register: "handler",
    fields: handlerOf(op),
    filing,
  });
  expect(
    await faultsOf(
      enterLine(desk.office, privacy, {
        register: "pledge",
        fields: { handler: op.id, signed: "2025-09-01", place: "金庫" },
      }),
    ),
  ).toEqual(["file"]);
  const pledge = await enterLine(desk.office, privacy, {
    register: "pledge",
    fields: { handler: op.id, signed: "2025-09-01", place: "金庫" },
    file: pdf,
  });
  expect((await openLineFile(desk.office, privacy, pledge.id)).fileName).toBe("pledge-1.pdf");
  expect((await openLine(desk.office, privacy, pledge.id)).line.file?.sha256).toMatch(/^[0-9a-f]{64}$/);
  const course = await enterLine(desk.office, privacy, {
    register: "course",
    fields: { name: "着任の研修", day: "2025-09-10", content: "特記事項", system: "保護管理者" },
  });
  const answers = quizQuestions.map((one) => one.answer);
  const failed = await takeQuiz(desk.office, op, { course: course.id, answers: answers.map((one) => !one) });
  expect([failed.score, failed.passed, failed.wrong.length]).toEqual([0, false, 10]);
  expect(await gateOf(op)).toEqual(["trained"]);
  expect((await takeQuiz(desk.office, op, { course: course.id, answers })).passed).toBe(true);
  expect(await gateOf(op)).toEqual([]);
  expect((await desk.events()).filter((kind) => kind === "training.completed")).toHaveLength(1);
  desk.clock.advance(366 * 86_400_000);
  expect(await gateOf(op)).toEqual(["trained"]);
  await closeLine(desk.office, manager, id, { last: "2025-09-20", returned: "入室証" });
  expect(await gateOf(op)).toEqual(["listed", "trained"]);
  // 過ぎた日の権限は、その日のとおりに見える。
  const able = async (day: string) =>
    (await listAccess(desk.office, desk.contract, day)).find((one) => one.id === op.id)?.personal;
  expect([await able("2025-09-16"), await able("2025-09-18"), await able("2025-09-21")]).toEqual([
    false,
    true,
    false,
  ]);
  expect(await listAccess(desk.office, desk.contract, "2025-06-30")).toEqual([]);
});

test("特記 第9条 正社員のほかは、義務を守らせる措置がなければ名簿に書けない", async () => {
  const filing = await submitted("handler-list", listForm);
  const given = { ...handlerOf(op), employment: "dispatch" };
  expect(
    await faultsOf(enterLine(desk.office, privacy, { register: "handler", fields: given, filing })),
  ).toEqual(["f.flowdown"]);
});

test("特記 第4条2・第3条3 区域と保護管理者の変更は、承認されるまで効かず、認められなければ効かない", async () => {
  const area = {
    name: "事務室",
    place: "3階",
    wall: "壁",
    lock: "錠",
    entrants: "全員",
    authentication: "IC",
  };
  const report = await submitted("area-report", { area: "3階", measures: "壁", from: "2025-07-01" });
  await enterLine(desk.office, privacy, { register: "area", fields: area, filing: report });
  expect(
    await faultsOf(enterLine(desk.office, privacy, { register: "area", fields: area, filing: report })),
  ).toEqual(["filing"]);
  const change = { before: "3階", after: "4階", measures: "壁", from: "2025-10-01", reason: "増員" };
  const asked = await submitted("area-change", change);
  const second = await enterLine(desk.office, privacy, { register: "area", fields: area, filing: asked });
  const now = async () => (await openLine(desk.office, privacy, second.id)).line.standing;
  expect(await now()).toBe("waiting");
  await answerFiling(desk.office, client, asked, { outcome: "approved", text: "" });
  expect(await now()).toBe("active");
  const refused = await submitted("area-change", change, "refused");
  expect(
    await faultsOf(enterLine(desk.office, privacy, { register: "area", fields: area, filing: refused })),
  ).toEqual(["filing"]);
});

test("7(2) 特記 第8条・第13条 返していない預かりものと写しがある間は契約を閉じられず、写しを始末するまで返せない", async () => {
  const { id } = await enterLine(desk.office, privacy, {
    register: "loan",
    fields: {
      name: "講習会の日程表",
      personal: "no",
      received: "2025-09-01",
      quantity: "1冊",
      holder: op.id,
      storage: "金庫",
      due: "2025-09-10",
    },
  });
  expect((await openHoldings(desk.office, desk.contract)).map((one) => one.text)).toEqual([
    "提供・貸与の台帳第1号が開いたままです。",
  ]);
  expect((await listLines(desk.office, privacy, "loan"))[0]?.late).toBe(true);
  const fields = { loan: id, copies: "2", reason: "会場の掲示", holder: op.id, due: "2025-10-01" };
  expect(await faultsOf(enterLine(desk.office, privacy, { register: "copy", fields }))).toEqual(["filing"]);
  const filing = await submitted(
    "copy-permission",
    { material: "日程表", copies: "2部", reason: "掲示", disposal: "裁断" },
    "approved",
  );
  const copy = await enterLine(desk.office, privacy, { register: "copy", fields, filing });
  const back = { how: "returned", to: "デジタル企画課", copies: "なし" };
  await expect(closeLine(desk.office, privacy, id, back)).rejects.toMatchObject({ code: "REFUSED" });
  await closeLine(desk.office, privacy, copy.id, { disposal: "裁断、立会い SV" });
  await closeLine(desk.office, privacy, id, back);
  expect(await openHoldings(desk.office, desk.contract)).toEqual([]);
  await expect(closeLine(desk.office, privacy, id, back)).rejects.toMatchObject({ code: "REFUSED" });
});

test("特記 第7条 再委託は、六つの事項・契約に定めることの一つずつの印・委託者指定様式・承諾がそろうまで効かず、別の人が返還を確かめて結ぶまで契約を閉じられない", async () => {
  const six = {
    ...{ name: "北の発送社", reason: "繁忙期の発送", work: "封入と投函", information: "氏名と住所" },
    ...{ safety: "施錠室、Pマーク", method: "月に一度の立入り" },
  };
  const terms = (registers.find(({ code }) => code === "subcontract")?.fields ?? []).filter(
    ({ type }) => type === "check",
  );
  expect(terms.filter(({ label }) => label.includes("第7条6")).map(({ label }) => label.slice(0, 5))).toEqual(
    [...["管理の手続", "管理の方法", "監督の手続", "監督の方法"]],
  );
  const ticks = Object.fromEntries(terms.map(({ name }) => [name, "yes"]));
  const fields: Record<string, string> = { ...six, ...ticks, contract: "第5条 月次の報告と立入り" };
  const filed = { ...six, supervision: six.method };
  const enter = (more: object) =>
    enterLine(desk.office, privacy, { register: "subcontract", fields, ...more });
  expect(await faultsOf(enter({ file: pdf }))).toEqual(["filing"]);
  const later = new Set([...Object.keys(ticks), "contract"]);
  for (const name of Object.keys(fields).filter((one) => !later.has(one))) {
    const filing = await submitted("subcontract-request", filed);
    const short = { ...fields, [name]: "" };
    expect(await faultsOf(enter({ fields: short, filing, file: pdf }))).toEqual([`f.${name}`]);
  }
  const filing = await submitted("subcontract-request", filed);
  expect(await faultsOf(enter({ filing }))).toEqual(["file"]);
  expect(await faultsOf(enter({ fields: { ...fields, termReport: "no" }, filing, file: pdf }))).toEqual([
    "f.termReport",
  ]);
  // 契約を結ぶのは承諾のあと。定めは一つずつ付け、そろうまで効かない。
  const { id } = await enter({ fields: six, filing, file: pdf });
  const now = async () => (await openLine(desk.office, privacy, id)).line.standing;
  expect(await now()).toBe("waiting");
  await answerFiling(desk.office, client, filing, { outcome: "approved", text: "" });
  expect(await now()).toBe("unmet");
  const amend = (given: Record<string, string>, reason = "契約書 第5条") =>
    amendLine(desk.office, privacy, id, { fields: given, reason });
  expect(await faultsOf(amend(ticks, ""))).toEqual(["reason"]);
  expect(await faultsOf(amend({ termReport: "no" }))).toEqual(["f.termReport"]);
  expect(await faultsOf(amend({ name: "南の発送社" }))).toEqual(["reason"]);
  await amend(ticks);
  expect(await now()).toBe("unmet");
  await amend({ contract: "第5条 月次の報告と立入り" }, "契約書 第5条2項");
  expect(await now()).toBe("active");
  await amend({ termAudit: "" }, "第9条は、監査を受けることまで言っていなかった");
  expect(await now()).toBe("unmet");
  await amend({ termAudit: "yes" }, "覚書（9月10日）で足した");
  const { line: kept, notes } = await openLine(desk.office, privacy, id);
  expect([kept.standing, kept.values.name]).toEqual(["active", "北の発送社"]);
  expect(notes.map(({ kind }) => kind)).toEqual(["change", "change", "change", "change"]);
  expect(notes[2]?.note).toContain("（第15条1）: 定めた → －\n理由: 第9条は、");
  await expect(amendLine(desk.office, op, id, { fields: ticks, reason: "a" })).rejects.toMatchObject({
    code: "FORBIDDEN",
  });
  await noteLine(desk.office, privacy, id, "9月の立入り: 施錠を確かめた。");
  expect((await openHoldings(desk.office, desk.contract)).map((one) => one.text)).toEqual([
    "再委託（個人情報）第1号が開いたままです。",
  ]);
  const end = { returned: "宛名データの消去の証明を受けた" };
  await expect(closeLine(desk.office, privacy, id, end)).rejects.toMatchObject({ code: "REFUSED" });
  await closeLine(desk.office, manager, id, end);
  expect(await openHoldings(desk.office, desk.contract)).toEqual([]);
});

test("特記 第7条2・11 個人情報を扱わない再委託は、六つの事項も契約の印も求めず、承認があれば効く。個人情報の申請では書けない", async () => {
  const fields = {
    ...{ name: "北の印刷社", reason: "冊子の印刷", work: "計画書の印刷と製本", period: "3月" },
    without: "渡す原稿に個人情報はない",
  };
  const enter = (filing?: string) =>
    enterLine(desk.office, manager, { register: "subcontract-plain", fields, filing });
  expect(await faultsOf(enter())).toEqual(["filing"]);
  const six = { name: "a", reason: "a", work: "a", information: "a", safety: "a", supervision: "a" };
  expect(await faultsOf(enter(await submitted("subcontract-request", six, "approved")))).toEqual(["filing"]);
  const filing = await submitted("subcontract-approval", fields);
  const { id } = await enter(filing);
  const now = async () => (await openLine(desk.office, manager, id)).line.standing;
  expect(await now()).toBe("waiting");
  await answerFiling(desk.office, client, filing, { outcome: "approved", text: "" });
  expect(await now()).toBe("active");
  expect((await openHoldings(desk.office, desk.contract)).map((one) => one.text)).toEqual([
    "再委託（一般）第1号が開いたままです。",
  ]);
});

test("特記 第7条 契約の印のなかった頃の一件も、書いたとおりに読め、印を付けるまで効かない", async () => {
  const key = await desk.office.keys.fresh(desk.contract);
  const old = { name: "北の発送社", work: "封入", contract: "第5条 月次の報告" };
  await desk.office.act(privacy, async (tx) => {
    await insertLine(tx, key, {
      ...{ id: key.id, contract_id: tx.contract, register: "subcontract", number: 1, handler: null },
      ...{ due: null, filing_id: null, filing_need: null, fields: JSON.stringify(old), closing: null },
      ...{ file_id: null, file_sha256: null, made_by: privacy.id, made_at: tx.now },
      ...{ closed_by: null, closed_at: null, edition: 1 },
    });
    await tx.record({ kind: "privacy.entered", about: `privacy/line/${key.id}` });
  });
  const { line } = await openLine(desk.office, privacy, key.id);
  expect(line.shown).toMatchObject({ name: "北の発送社", contract: "第5条 月次の報告", termReport: "" });
  expect([line.standing, line.unmet]).toEqual(["unmet", 7]);
});

test("特記 第4条3 基準7 持出しは、申請した行き先が承認されるまで効かず、返りを残すまで期限とともに開いている", async () => {
  const fields = {
    ...{ items: "受講通知書 106通", destination: "委託者の指定した郵便局", carrier: op.id, box: "箱 3" },
    ...{ tracking: "追跡 1234", encryption: "封緘", day: "2025-09-01", back: "2025-09-02" },
  };
  const asked = {
    items: "通知書",
    destination: "郵便局",
    day: "2025-09-01",
    protection: "施錠",
    reason: "発送",
  };
  const enter = (filing?: string) =>
    enterLine(desk.office, privacy, { register: "takeout", fields, ...(filing ? { filing } : {}) });
  expect(await faultsOf(enter())).toEqual(["filing"]);
  expect(await faultsOf(enter(await submitted("data-takeout-request", asked, "refused")))).toEqual([
    "filing",
  ]);
  const filing = await submitted("data-takeout-request", asked);
  const { id } = await enter(filing);
  expect((await openLine(desk.office, privacy, id)).line.standing).toBe("waiting");
  await answerFiling(desk.office, client, filing, { outcome: "approved", text: "" });
  const [line] = await listLines(desk.office, privacy, "takeout");
  expect([line?.standing, line?.late]).toEqual(["active", true]);
  await closeLine(desk.office, privacy, id, { arrived: "封のまま受領、局員" });
  expect((await listLines(desk.office, privacy, "takeout"))[0]?.late).toBe(false);
});

test("基準5(11) 端末と媒体の廃棄は、復元できない方法と立会いを書き、書いた人とは別の人が結ぶ", async () => {
  const place = {
    name: "受付室",
    place: "3階",
    wall: "壁",
    lock: "錠",
    entrants: "全員",
    authentication: "IC",
  };
  const filing = await submitted("area-report", { area: "3階", measures: "壁", from: "2025-07-01" });
  const area = await enterLine(desk.office, privacy, { register: "area", fields: place, filing });
  const terminal = { name: "端末 1", area: area.id, users: "OP", network: "office", protection: "USB 不可" };
  const { id } = await enterLine(desk.office, privacy, { register: "terminal", fields: terminal });
  const media = { name: "USB 1", use: "搬送", encrypted: "yes", storage: "金庫" };
  const stick = await enterLine(desk.office, privacy, { register: "media", fields: media });
  const done = { method: "destroy", witness: "立会い 課長、証明 12" };
  await expect(closeLine(desk.office, privacy, id, done)).rejects.toMatchObject({ code: "REFUSED" });
  await expect(closeLine(desk.office, privacy, stick.id, done)).rejects.toMatchObject({ code: "REFUSED" });
  expect(await faultsOf(closeLine(desk.office, manager, id, { ...done, witness: "" }))).toEqual([
    "f.witness",
  ]);
  expect(await faultsOf(closeLine(desk.office, manager, id, { ...done, method: "ごみ箱" }))).toEqual([
    "f.method",
  ]);
  await closeLine(desk.office, manager, id, done);
  await closeLine(desk.office, manager, stick.id, done);
  expect((await openLine(desk.office, manager, id)).line.standing).toBe("closed");
});

test("特記 第3条5 基準3(4) 毎月の監督は、保護管理者だけが、月と確かめたことを書いて署名する", async () => {
  const fields = { month: "2025-08", looked: "入退室簿と閲覧の見張り", result: "good" };
  await expect(enterLine(desk.office, manager, { register: "supervision", fields })).rejects.toMatchObject({
    code: "FORBIDDEN",
  });
  const wrong = { ...fields, month: "8月", looked: "" };
  expect(
    (await faultsOf(enterLine(desk.office, privacy, { register: "supervision", fields: wrong }))).sort(),
  ).toEqual(["f.looked", "f.month"].sort());
  const { id } = await enterLine(desk.office, privacy, { register: "supervision", fields });
  expect((await openLine(desk.office, manager, id)).line.values.looked).toBe("入退室簿と閲覧の見張り");
});

test("特記 第15条2 基準9 指摘は、書いた人とは別の人が、期限とともに閉じる", async () => {
  const audit = await enterLine(desk.office, privacy, {
    register: "audit",
    fields: { kind: "internal", day: "2025-09-01", auditor: "監査室", target: "受付室", next: "2026-09-01" },
  });
  const { id } = await enterLine(desk.office, privacy, {
    register: "finding",
    fields: {
      audit: audit.id,
      content: "施錠の記録がない",
      weight: "minor",
      cause: "様式がない",
      action: "様式を置く",
      owner: op.id,
      due: "2025-09-10",
    },
  });
  await noteLine(desk.office, privacy, id, "様式を置いた。");
  await expect(closeLine(desk.office, privacy, id, { verified: "見た" })).rejects.toMatchObject({
    code: "REFUSED",
  });
  await closeLine(desk.office, manager, id, { verified: "記録三日分を見た" });
  expect((await openLine(desk.office, manager, id)).line.standing).toBe("closed");
  await expect(enterLine(desk.office, op, { register: "finding", fields: {} })).rejects.toMatchObject({
    code: "FORBIDDEN",
  });
});

test("基準9 区分ごとに、次の予定の日を過ぎて新しい一件がなければ注意が出る", async () => {
  const audit = (kind: string, day: string, next: string) =>
    enterLine(desk.office, privacy, {
      register: "audit",
      fields: { kind, day, auditor: "監査室", target: "受付室", next },
    });
  await audit("check", "2025-07-01", "2025-08-01");
  await audit("check", "2025-08-01", "2025-10-01");
  await audit("internal", "2024-09-01", "2025-09-01");
  const warned = async () =>
    (await listLines(desk.office, privacy, "audit"))
      .filter((one) => one.warning !== null)
      .map((one) => one.values.kind);
  expect(await warned()).toEqual(["internal"]);
  await audit("internal", "2025-09-17", "2026-09-17");
  expect(await warned()).toEqual([]);
  desk.clock.advance(30 * 86_400_000);
  expect(await warned()).toEqual(["check"]);
});

test("基準1 規程は本文を添えて置き（四つの安全管理措置がそろってから）、従業者が一度ずつ読んだと残る", async () => {
  const fields = {
    kind: "rule",
    name: "個人情報取扱規程",
    version: "1.2",
    approved: "2025-06-01",
    approver: "所長",
    review: "2026-06-01",
    ...{ organisational: "yes", human: "yes", physical: "yes", technical: "yes" },
  };
  const three = { register: "document", fields: { ...fields, technical: "" }, file: pdf };
  expect(await faultsOf(enterLine(desk.office, privacy, three))).toEqual(["f.technical"]);
  const { id } = await enterLine(desk.office, privacy, { register: "document", fields, file: pdf });
  await readLine(desk.office, op, id);
  await readLine(desk.office, op, id);
  const { readers } = await openLine(desk.office, privacy, id);
  expect([readers.read.length, readers.unread.length]).toEqual([1, 2]);
  const bad = { fileName: "a.exe", bytes: new Uint8Array([77, 90, 0, 0]) };
  expect(
    await faultsOf(enterLine(desk.office, privacy, { register: "document", fields, file: bad })),
  ).toEqual(["file"]);
});

test("特記 第14条 緊急の閲覧は二人で、60分だけ。保護管理者の仕事と委託者への報告が出る", async () => {
  const { id } = await askGlass(desk.office, manager, "停電で資格のある人が着席できない。");
  await expect(sealGlass(desk.office, op)).rejects.toMatchObject({ code: "FORBIDDEN" });
  const { code } = await sealGlass(desk.office, manager);
  await expect(allowGlass(desk.office, manager, id, code)).rejects.toMatchObject({ code: "REFUSED" });
  await expect(allowGlass(desk.office, op, id, code)).rejects.toMatchObject({ code: "FORBIDDEN" });
  const { id: other } = await askGlass(desk.office, op, "同じときに、もう一人。");
  // 一つの符号で許せるのは一度だけ。二つの願いに同時に使っても、一つしか開かない。
  const both = await Promise.allSettled([
    allowGlass(desk.office, privacy, id, code),
    allowGlass(desk.office, privacy, other, code),
  ]);
  expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  await expect(allowGlass(desk.office, privacy, id, code)).rejects.toMatchObject({ code: "REFUSED" });
  const state = async () => (await listGlasses(desk.office, desk.contract)).map((one) => one.state).sort();
  expect(await state()).toEqual(["asked", "open"]);
  const kinds = await desk.events();
  expect(kinds).toEqual(expect.arrayContaining(["glass.broken", "task.opened", "filing.submitted"]));
  desk.clock.advance(60 * 60_000);
  expect(await state()).toEqual(["asked", "over"]);
});

test("特記 第14条 取扱状況を、一つの行いで直ちに報告する。氏名は出ない", async () => {
  const { filing } = await reportStatus(desk.office, privacy);
  expect(filing).not.toBe("");
  expect((await desk.events()).slice(-2)).toEqual(["filing.submitted", "status.reported"]);
  await expect(reportStatus(desk.office, op)).rejects.toMatchObject({ code: "FORBIDDEN" });
});

test("基準11 終わった規格の版と、過ぎた有効期限を指す", () => {
  expect(certificateWarning("iso27001-2013", "2026-03-31", "2025-09-17")).toContain("移行期間が終わります");
  expect(certificateWarning("iso27001-2013", "2026-03-31", "2025-11-01")).toContain("終わっています");
  expect(certificateWarning("iso27001-2022", "2025-09-16", "2025-09-17")).toContain("有効期限");
  expect(certificateWarning("iso27001-2022", "2025-09-17", "2025-09-17")).toBeUndefined();
});

test("帳簿の宣言は、互いに矛盾しない", () => {
  const codes = new Set(registers.map((one) => one.code));
  const forms = new Set(filingForms.map((one) => one.code));
  expect(codes.size).toBe(registers.length);
  for (const register of registers) {
    const names = register.fields.map((one) => one.name);
    expect(new Set(names).size, register.code).toBe(names.length);
    expect(names, register.code).toEqual(expect.arrayContaining([...register.shown]));
    if (register.due !== undefined) expect(names, register.code).toContain(register.due);
    for (const field of register.fields) if (field.of !== undefined) expect(codes).toContain(field.of);
    for (const prior of [register.first, register.later]) if (prior) expect(forms).toContain(prior.form);
  }
});

test("どんな入力でも、欄の検査は落ちず、知らない名は残らない", () => {
  fc.assert(
    fc.property(fc.constantFrom(...registers), fc.dictionary(fc.string(), fc.string()), (register, given) => {
      const kept = keepLineFields(register.fields, given);
      const faults = lineFaults(register.fields, kept);
      const must = register.fields.filter((one) => one.required && kept[one.name] === undefined);
      expect(faults.length).toBeGreaterThanOrEqual(must.length);
      expect(Object.keys(kept).every((name) => register.fields.some((one) => one.name === name))).toBe(true);
    }),
  );
});

test("承認の要る一件は、承認のほかのどの状態でも効かない", () => {
  const states = [
    "draft",
    "submitted",
    "approved",
    "refused",
    "returned",
    "received",
    "answered",
    "withdrawn",
  ] as const;
  fc.assert(
    fc.property(fc.constantFrom(...states), (state) => {
      expect(standingOf(false, "approved", state) === "active").toBe(state === "approved");
      expect(standingOf(true, "approved", state)).toBe("closed");
    }),
  );
});

test("確認テストの点は、合った数の割合で、答えのない問いは誤り", () => {
  fc.assert(
    fc.property(fc.array(fc.option(fc.boolean(), { nil: undefined }), { maxLength: 14 }), (answers) => {
      const right = quizQuestions.filter((one, at) => one.answer === answers[at]).length;
      expect(scoreQuiz(answers)).toBe(right * 10);
    }),
  );
});
