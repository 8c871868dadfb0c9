import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makeDemoOffice } from "../../samples/demo-office.ts";
import { nameHandlers } from "../access/name-handlers.ts";
import { humanRoles } from "../access/role.ts";
import { systemActor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import { readOriginal } from "../comments/letter-store.ts";
import { readBook } from "../comments/read-book.ts";
import { readCouncil } from "../council/read-council.ts";
import { findPersonal } from "../japan/personal-flag.ts";
import { commands } from "../main/commands.ts";
import { openFolder } from "../main/open-folder.ts";
import { mayOpen } from "../main/role-matrix.ts";
import { routes } from "../main/routes.ts";
import type { Command } from "../platform/command.ts";
import { listEvents } from "../platform/event-store.ts";
import type { Office } from "../platform/office.ts";
import { listPersonsAfter, openPerson } from "../platform/person-store.ts";
import { listSurveys } from "../survey/open-survey.ts";
import { openAnswers } from "../survey/open-survey-data.ts";
import { listContracts } from "../terms/list-contracts.ts";
import { canary } from "./canary.ts";
import { type MaskAudit, Secrets, walkPages } from "./mask-audit.ts";
import { roomApp, signInAs } from "./signed-in.ts";

/** 応対の自由な文に打たれたもの。欄ではなく、文の中にある。 */
const words = `氏名は${canary.name}。折り返しは ${canary.phone} へ。住所は${canary.address}。`;

let data: string;
let office: Office;
const secrets = new Secrets();
const audit: MaskAudit = { pages: 0, routes: new Set(), findings: new Map() };
let people = 0;
let others = 0;
let freeTexts = 0;

beforeAll(async () => {
  data = mkdtempSync(join(tmpdir(), "madoguchi-audit-"));
  await makeDemoOffice(data, () => {});
  office = await openFolder(data);
  await gatherSecrets();
  const app = roomApp(office, routes);
  const contracts = (await listContracts(office)).map(({ id }) => id);
  const sv = await signInAs(app, office, { contract: contracts[0] ?? "", roles: ["supervisor", "operator"] });
  for (const [path, body] of [
    ["/api/complaints", { content: words, note: words }],
    ["/api/questions", { item: "seats", ask: "駐車場はありますか。", caller: words }],
    ["/api/inquiries", { item: "seats", content: words, needsPersonal: true, important: true }],
  ] as const)
    expect([path, (await sv.send("POST", path, body)).status]).toEqual([path, 201]);
  for (const contract of contracts)
    for (const role of humanRoles) {
      const who = await signInAs(app, office, { contract, roles: [role], name: `監査　${role}` });
      await walkPages(who, routes, (route) => mayOpen(route.id, [role]), secrets, audit);
    }
}, 900_000);
afterAll(async () => {
  await office.close();
  rmSync(data, { recursive: true, force: true });
});

/** 意見書の差出人、会議の委員の電話、調査の自由記述の中の電話・住所。 */
async function gatherOther(contract: string): Promise<void> {
  const actor = { ...systemActor(contract), roles: ["planner" as const, "manager" as const] };
  const book = await readBook(office, contract).catch(() => undefined); // 意見公募のない契約
  for (const { id } of book?.letters ?? []) {
    const found = await readOriginal(office.read, contract, id, async (own) =>
      (await office.keys.get(contract, [own])).get(own),
    );
    for (const { name, address, contact } of found?.signers ?? []) {
      others += 1;
      for (const [kind, text] of Object.entries({ 氏名: name, 住所: address, 連絡先: contact }))
        secrets.add(`差出人の${kind}`, text);
    }
  }
  for (const { phone, reserve } of (await readCouncil(office, contract)).members)
    for (const text of [phone, reserve]) secrets.add("委員の電話", text);
  for (const { id } of await listSurveys(office, actor)) {
    const open = await openAnswers(office, actor, id).catch(() => undefined);
    for (const { id: question } of open?.codebook?.questions.filter(({ type }) => type === "text") ?? [])
      for (const text of open?.data.raw(question) ?? [])
        for (const { start, end } of findPersonal(text)) {
          freeTexts += 1;
          secrets.add("自由記述の中の個人情報", text.slice(start, end));
        }
  }
}

/** デモの全員の氏名・カナ・電話・住所・建物と、自由な文に打った見慣れない字。 */
async function gatherSecrets(): Promise<void> {
  for (const { id } of await listContracts(office)) await gatherOther(id);
  for (const field of ["name", "phone", "address"] as const) secrets.add(`自由な文の${field}`, canary[field]);
  for (let after = ""; ; ) {
    const rows = await listPersonsAfter(office.read, after, 500);
    for (const [contract, own] of Map.groupBy(rows, (row) => row.contract_id)) {
      const keys = await office.keys.get(
        contract,
        own.map(({ id }) => id),
      );
      for (const row of own.filter(({ id }) => keys.has(id))) {
        const { name, kana, phone, address, building } = openPerson(keys.get(row.id), row);
        people += 1;
        for (const [kind, text] of Object.entries({
          氏名: name,
          カナ: kana,
          電話: phone,
          住所: address,
          建物: building,
        }))
          secrets.add(kind, text);
      }
    }
    const last = rows.at(-1);
    if (!last) return;
    after = last.id;
  }
}

test("基準5(3)・７(1) どの役割のどの画面・JSON・題・リンク・ファイル名にも、伏せていない個人情報はない", () => {
  expect(people).toBeGreaterThan(300);
  expect(others).toBeGreaterThan(50);
  expect(freeTexts).toBeGreaterThan(0);
  expect(audit.pages).toBeGreaterThan(800);
  expect(audit.routes.size).toBeGreaterThan(200);
  expect([...audit.findings.keys()].sort()).toEqual([]);
});

/** 名指し（--as）の要らない、事務所を開くコマンド。 */
const lists = [
  ...["complaints list", "questions list", "inquiries count", "waits list", "classes untold"],
  ...["lists differences", "bookings rate", "notices batch list", "notices agreed list", "calls figures"],
  ...["figures show", "figures records", "staffing roster", "staffing equipment", "comments list"],
  ...["comments counts", "council poll 1", "council agenda 1", "registers list", "team show"],
  ...["environment show", "privacy list", "privacy list handler", "privacy gates", "privacy access"],
  ...["privacy status", "watch views", "tasks list", "owed list", "owed coverage", "filings list"],
  ...["packages list", "deliverables list", "rights list", "disclosures list", "completion report"],
  ...["incidents list", "erasure where", "erasure list", "workplan show", "plan list", "research list"],
  ...["audit sample", "faq search 予約"],
];

test("基準5(3)・７(1) 名指しの要らないコマンドの、どの出力・断りにも、個人情報はない", async () => {
  const found: string[] = [];
  let ran = 0;
  for (const { id: contract } of await listContracts(office))
    for (const words of lists) {
      const command = commands.find(({ name }) => words === name || words.startsWith(`${name} `));
      if (!command) throw new Error(`${words} がない`);
      expect([words, command.options.some(({ name, required }) => name === "as" && required)]).toEqual([
        words,
        false,
      ]);
      const said = await outputOf(command, words.slice(command.name.length).trim(), contract);
      ran += 1;
      found.push(...[...secrets.kindsIn(said)].map((kind) => `${contract} ${words}: ${kind}`));
    }
  expect(ran).toBeGreaterThan(80);
  expect(found).toEqual([]);
}, 120_000);

/** 標準出力と JSON、断られたらその文。 */
async function outputOf(command: Command, args: string, contract: string): Promise<string> {
  const options: Record<string, string> = { contract, seed: "種", count: "3" };
  let out = "";
  try {
    await command.run({
      args: args.split(" ").filter(Boolean),
      option: (name) => options[name],
      options: () => [],
      flag: () => false,
      result: (value, text) => {
        out += `${JSON.stringify(value)}\n${text}`;
      },
      progress: (line) => {
        out += line;
      },
      secret: async () => "",
      readFile: async () => new Uint8Array(),
      writeFile: async () => undefined,
      office: async () => office,
      signal: new AbortController().signal,
    });
  } catch (cause) {
    if (!(cause instanceof AppError)) throw cause;
    out += cause.message + JSON.stringify(cause.faults ?? []);
  }
  return out;
}

test("基準5(3) 見せるのは POST の道だけで、見せる前に記録が残り、記録にも値はない", async () => {
  for (const { id } of await listContracts(office)) {
    const events = await listEvents(office.read, { contract: id, limit: 1_000_000 });
    const told = events.map(({ payload, about }) => `${JSON.stringify(payload)} ${about ?? ""}`).join("\n");
    expect([...secrets.kindsIn(told)]).toEqual([]);
  }
  const shows = routes.filter((route) => /reveal/.test(route.id));
  expect(shows.length).toBeGreaterThan(8);
  expect(shows.filter((route) => route.method !== "POST")).toEqual([]);
});

test("第15条 デモの監査員（0191）は、どちらの契約も読める", async () => {
  for (const { id } of await listContracts(office)) {
    const names = [...(await nameHandlers(office, id)).values()];
    expect([id, names.find(({ number }) => number === "0191")?.roles]).toEqual([id, ["auditor"]]);
  }
});
