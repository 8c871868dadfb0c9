import { readFileSync } from "node:fs";
import type { Hono } from "hono";
import { afterEach, beforeEach, expect, test } from "vitest";
import { runNextJob } from "../platform/run-job.ts";
import { readBlueprint } from "../terms/blueprint.ts";
import { listContracts } from "../terms/list-contracts.ts";
import { openContract } from "../terms/open-contract.ts";
import { markupFaults } from "../testing/markup.ts";
import { openDesk, type TestDesk } from "../testing/open-desk.ts";
import { openReception } from "../testing/reception-fixture.ts";
import { roomApp, type SignedIn, signIn } from "../testing/signed-in.ts";
import { undecidedOf } from "./draft-duty.ts";
import type { SpecificationDraft } from "./draft-specification.ts";
import { specificationJobs } from "./specification-job.ts";
import { specificationRoutes } from "./specification-routes.tsx";

const sample = (name: string) =>
  readFileSync(new URL(`../../samples/specifications/${name}.txt`, import.meta.url), "utf8");
const events = [{ kind: "complaint.recorded", label: "クレームを記録した" }];

let desk: TestDesk;
let app: Hono;
let manager: SignedIn;

beforeEach(async () => {
  desk = await openDesk();
  await openReception(desk.office, desk.actor("m", "manager"), []);
  app = roomApp(desk.office, specificationRoutes({ events }));
  manager = await signIn(app, desk.office, desk.contract, "manager");
});
afterEach(() => desk.close());

async function page(who: SignedIn, path: string, status = 200): Promise<string> {
  const response = await who.get(path);
  expect(response.status).toBe(status);
  const html = await response.text();
  expect(markupFaults(html)).toEqual([]);
  return html;
}

/** 貼り付けて読み込み、読み取りの仕事を終わらせる。 */
async function upload(text: string): Promise<string> {
  const response = await manager.post("/specifications", { title: "試しの仕様書", text });
  const at = response.headers.get("location") ?? "";
  expect(at).toMatch(/^\/specifications\/./);
  expect(await page(manager, at)).toContain("仕様書を読んでいます");
  while (await runNextJob(desk.office, specificationJobs(undefined)));
  return at;
}

async function draftAt(at: string): Promise<{ edition: number; draft: SpecificationDraft }> {
  return (await (await manager.get(`/api${at}`)).json()) as { edition: number; draft: SpecificationDraft };
}

test("６(9) 仕様書を貼り付けて読み、条項ごとに確かめ、設計図にして、契約を始める", async () => {
  const at = await upload(sample("sapporo-class-booking"));
  const shown = await page(manager, `${at}?clause=${encodeURIComponent("6(9)")}`);
  expect(shown).toContain("期限「翌営業日中に」");
  const { draft } = await draftAt(at);
  expect(draft.duties).toHaveLength(134);
  expect((await manager.post(`${at}/blueprint`, { title: "業務" })).status).toBe(422);
  for (const number of new Set(draft.duties.map((one) => one.clause))) {
    const { edition } = await draftAt(at);
    const form = { clause: number, edition: String(edition), act: `confirm:${number}` };
    expect((await manager.post(`${at}/clauses`, form)).status).toBe(303);
  }
  expect(await page(manager, `${at}/blueprint`)).toContain("義務を確かめ終えました");
  const head = {
    ...{ title: "講習会の申込受付", shortTitle: "申込受付", client: "札幌市", clientUnit: "デジタル企画課" },
    ...{ from: "2025-06-16", to: "2026-02-28" },
  };
  expect((await manager.post(`${at}/blueprint`, head)).status).toBe(303);
  const yaml = await (await manager.post(`${at}/file`, {})).text();
  expect(readBlueprint(yaml).blueprint.obligations).toHaveLength(134);
  expect((await manager.post(`${at}/apply`, { how: "start" })).headers.get("location")).toBe("/contracts");
  const made = (await listContracts(desk.office)).find((one) => one.title === "申込受付");
  expect((await openContract(desk.office, made?.id ?? "")).blueprint.performance.to).toBe("2026-02-28");
  expect(await desk.events()).toContain("specification.applied");
}, 30_000);

test("義務の欄を直すと残り、決めていないものは数に埋めず、古い画面からは直せない", async () => {
  const at = await upload(
    "１ 報告\n受託者は、毎月、報告書を提出すること。\n受託者は、資料を作成すること。\n",
  );
  const { draft, edition } = await draftAt(at);
  const [report, paper] = draft.duties;
  expect(report?.when).toEqual([{ each: "month" }]);
  expect(paper?.due.rule).toBeUndefined();
  expect(await page(manager, at)).toContain("決めていない: いつ生じるか・期限・果たした記録");
  const form = { clause: "1", edition: String(edition), act: `keep:${paper?.id}` };
  const edited = { [`d.${paper?.id}.rule`]: "days", [`d.${paper?.id}.amount`]: "１４" };
  await manager.post(`${at}/clauses`, { ...form, ...edited });
  const after = (await draftAt(at)).draft.duties[1];
  expect(after).toMatchObject({ state: "kept", due: { rule: { days: 14 } } });
  expect((await manager.post(`${at}/clauses`, form)).status).toBe(409);
});

test("はじめての事務所でも、添えてある設計図のある仕様書は、決めごとがそろって始まる", async () => {
  const at = await upload(sample("sapporo-class-booking"));
  const { draft } = await draftAt(at);
  const carried = draft.duties.filter((one) => one.origin === "carried");
  expect(carried.length).toBe(draft.duties.length);
  expect(draft.duties.filter((one) => undecidedOf(one).length > 0)).toEqual([]);
  expect(carried[0]?.source).toContain("添付の設計図");
  expect(draft.duties.every((one) => one.state === "open")).toBe(true);
  const shown = await page(manager, at);
  expect(shown).toContain("同じ義務をみな入れる");
  const { edition } = await draftAt(at);
  await manager.post(`${at}/clauses`, { clause: "前書き", edition: String(edition), act: "settle" });
  expect((await draftAt(at)).draft.duties.filter((one) => one.state === "open")).toEqual([]);
});

test("前の設計図と文の違う義務は、違いが見え、まとめては入らない。なくなった義務も告げる", async () => {
  const changed = sample("sapporo-class-booking")
    .replace("翌営業日中に日次報告書により報告を", "２営業日以内に日次報告書により報告を")
    .replace("受講通知書の発送に係る費用は、受託者の負担とすること。", "");
  const at = await upload(changed);
  const { draft, edition } = await draftAt(at);
  const differs = draft.duties.filter((one) => one.before !== undefined);
  expect(differs.map((one) => one.clause)).toContain("6(9)");
  expect(draft.warnings.join("")).toMatch(/この仕様書に見つかりません: .*費用（負担）$/);
  expect(await page(manager, at)).toMatch(/1 件は、この仕様書に見つかりません/);
  const shown = await page(manager, `${at}?clause=${encodeURIComponent("6(9)")}`);
  expect(shown).toMatch(/前の設計図と文が違う/);
  expect(shown).toMatch(/<ins class="d">/);
  await manager.post(`${at}/clauses`, { clause: "前書き", edition: String(edition), act: "settle" });
  const left = (await draftAt(at)).draft.duties.filter((one) => one.state === "open");
  expect(left.map((one) => one.id)).toEqual(differs.map((one) => one.id));
});

test("見る人は直せず、OP は開けない", async () => {
  const at = await upload("１ 報告\n受託者は、毎月、報告書を提出すること。\n");
  const client = await signIn(app, desk.office, desk.contract, "client");
  expect(await page(client, at)).not.toContain("この条項をみな入れる");
  expect((await client.post(`${at}/clauses`, { clause: "1", edition: "2", act: "confirm:1" })).status).toBe(
    403,
  );
  const operator = await signIn(app, desk.office, desk.contract, "operator");
  expect((await operator.get("/specifications")).status).toBe(403);
});

const bytesOf = (name: string) =>
  new Uint8Array(readFileSync(new URL(`../../samples/specifications/${name}`, import.meta.url)));

test.each([
  ["wakaba-ward-counter.docx", "別記/第3", "区の承諾なく複写"],
  ["suzuka-festival.pdf", "4(2)ア", "前日午後６時までに設営を終え"],
])(
  "%s をファイルで読み込み、表や余白の縦書きに惑わされずに、条項ごとの義務を見せる",
  async (name, clause, words) => {
    const response = await manager.post("/specifications", {
      title: "ファイルの仕様書",
      file: new File([bytesOf(name)], name),
    });
    const at = response.headers.get("location") ?? "";
    while (await runNextJob(desk.office, specificationJobs(undefined)));
    const { draft } = await draftAt(at);
    expect(draft.duties.length).toBeGreaterThan(50);
    expect(draft.duties.filter((one) => one.clause === clause).length).toBeGreaterThanOrEqual(2);
    const html = await page(manager, `${at}?clause=${encodeURIComponent(clause)}`);
    expect(html.replace(/<[^>]+>/g, "")).toContain(words);
  },
);

test("仕様書を比べる: 新しいファイルの期限だけの違いを、前と新で並べる。ファイルがなければ欄の誤り", async () => {
  const text = sample("sapporo-class-booking");
  const at = await upload(text);
  const old = at.split("/").at(-1) ?? "";
  const changed = text.replace("翌営業日中に日次報告書", "当日中に日次報告書");
  const response = await manager.post("/specifications/compare", {
    old,
    file: new File([changed], "新しい仕様書.txt"),
  });
  const html = await response.text();
  expect(markupFaults(html)).toEqual([]);
  expect(html).toContain("条項1、義務1の違い");
  expect(html).toMatch(/<del[^>]*>翌営業日中に<\/del>\s*<ins[^>]*>当日中に<\/ins>/);
  expect(html).toMatch(/<del[^>]*>翌営業<\/del>日中に日次報告書/);
  const none = await manager.post("/specifications/compare", { old });
  expect(none.status).toBe(422);
  expect(await none.text()).toContain("新しい仕様書のファイルを選んでください。");
  const broken = await manager.post("/specifications/compare", {
    old,
    file: new File(["%PDF-1.7 x"], "a.pdf"),
  });
  expect(broken.status).toBe(422);
  expect(await page(manager, "/specifications/compare")).toContain("二つの仕様書を比べる");
});

test("変更契約: 確かめた設計図で、いまの契約の設計図を理由を添えて入れ替える", async () => {
  const at = await upload(
    "１ 報告\n受託者は、毎月、報告書を提出すること。\n２ 履行期間\n令和７年６月16日から令和８年２月28日まで\n",
  );
  for (;;) {
    const { edition, draft } = await draftAt(at);
    const open = draft.duties.find((one) => one.state === "open");
    if (!open) break;
    await manager.post(`${at}/clauses`, {
      ...{ clause: open.clause, edition: String(edition), act: `confirm:${open.clause}` },
    });
  }
  const head = {
    ...{ title: "変更後の業務", shortTitle: "変更後", client: "札幌市", clientUnit: "デジタル企画課" },
    ...{ from: "2025-06-16", to: "2026-02-28" },
  };
  expect((await manager.post(`${at}/blueprint`, head)).status).toBe(303);
  expect((await manager.post(`${at}/apply`, { how: "change", reason: "" })).status).toBe(422);
  expect((await openContract(desk.office, desk.contract)).blueprint.shortTitle).not.toBe("変更後");
  const done = await manager.post(`${at}/apply`, { how: "change", reason: "令和７年10月１日付け変更契約" });
  expect(done.headers.get("location")).toBe("/");
  expect((await openContract(desk.office, desk.contract)).blueprint.obligations).toHaveLength(2);
});
