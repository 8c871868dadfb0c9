import { afterEach, beforeEach, expect, test } from "vitest";
import { runNextJob } from "../platform/run-job.ts";
import { startContract } from "../terms/start-contract.ts";
import { dutyYaml } from "../testing/duty-fixture.ts";
import { openDesk, type TestDesk } from "../testing/open-desk.ts";
import { roomApp, type SignedIn, signIn } from "../testing/signed-in.ts";
import { importPlan } from "./import-plan.ts";
import { planJobs } from "./plan-output-job.ts";
import { planRoutes } from "./plan-routes.tsx";

// PDF は、本物の LibreOffice（soffice）で作る。

let desk: TestDesk;
let planner: SignedIn;
let client: SignedIn;
let plan: string;
beforeEach(async () => {
  desk = await openDesk();
  await startContract(desk.office, desk.actor("m", "manager"), dutyYaml(""));
  const resolve = () => undefined;
  const app = roomApp(desk.office, planRoutes({ contract: async () => desk.contract, resolve }));
  planner = await signIn(app, desk.office, desk.contract, "planner");
  client = await signIn(app, desk.office, desk.contract, "client");
  const files = new Map(
    Object.entries({ "plan.yaml": "title: 計画\n", "01.md": "# 章 {#c1}\n本文。 {#p1}\n" }).map(
      ([name, text]) => [name, new TextEncoder().encode(text)],
    ),
  );
  plan = (await importPlan(desk.office, desk.actor("p", "planner"), files)).id;
});
afterEach(() => desk.close());

interface Output {
  job: string;
  state: string;
  message: string;
  made: { size: number } | null;
}
const ask = async (who: SignedIn, body: object): Promise<Output> => {
  const response = await who.send("POST", `/api/plans/${plan}/outputs`, body);
  expect(response.status).toBe(202);
  return (await response.json()) as Output;
};
const read = async (job: string) =>
  (await (await planner.get(`/api/plans/${plan}/outputs/${job}`)).json()) as Output;
const run = () => runNextJob(desk.office, planJobs);

test("3(1)(ｷ) 書き出しは長い仕事になり、二人が同時に押しても一つで、できたものは、次からすぐに渡される", async () => {
  const asked = await Promise.all([planner, client, planner].map((who) => ask(who, { format: "html" })));
  const [{ job } = { job: "" }] = asked;
  expect(new Set(asked.map((one) => one.job)).size).toBe(1);
  const waiting = await planner.get(`/plans/${plan}/outputs/${job}`);
  expect(waiting.headers.get("refresh")).toBe("2");
  expect(await waiting.text()).toContain("HTML を作っています");
  expect((await planner.get(`/plans/${plan}/outputs/${job}/file`)).status).toBe(409);
  expect(await run()).toBe(true);
  expect(await run()).toBe(false);
  const done = await planner.get(`/plans/${plan}/outputs/${job}?go=1`);
  expect(done.headers.get("refresh")).toContain(`/outputs/${job}/file`);
  const file = await planner.get(`/plans/${plan}/file/html`);
  expect(file.status).toBe(200);
  expect(await file.text()).toContain("本文。");
  // 頼み直しても、もう仕事は入らない。
  expect(await ask(client, { format: "html" })).toMatchObject({ job, state: "done" });
  expect(await run()).toBe(false);
});

test("3(1)(ｷ) 原稿を直すと、別の書き出しになり、版の書き出しは変わらず、作り直しもできる", async () => {
  const version = (await (
    await planner.send("POST", `/api/plans/${plan}/versions`, { stage: "draft", name: "素案" })
  ).json()) as { id: string };
  const kept = await ask(planner, { format: "html", version: version.id });
  const before = await ask(planner, { format: "html" });
  await run();
  await run();
  const edit = { text: "直した。", expectedVersion: 1 };
  expect((await planner.send("POST", `/api/plans/${plan}/blocks/p1`, edit)).status).toBe(200);
  const after = await ask(planner, { format: "html" });
  expect(after.job).not.toBe(before.job);
  expect(await ask(planner, { format: "html", version: version.id })).toMatchObject({
    ...{ job: kept.job, state: "done" },
  });
  await run();
  expect(await (await planner.get(`/plans/${plan}/outputs/${after.job}/file`)).text()).toContain("直した。");
  const old = await planner.get(`/plans/${plan}/file/html?version=${version.id}`);
  expect(decodeURIComponent(old.headers.get("content-disposition") ?? "")).toContain("第1稿_素案.html");
  expect(await old.text()).toContain("本文。");
  expect(await ask(planner, { format: "html", again: true })).toMatchObject({ state: "waiting" });
});

test("3(1)(ｷ) 待っている書き出しも、LibreOffice が刷っている途中の書き出しも止められ、もう一度作れる", async () => {
  const own = (job: string) => `/plans/${plan}/outputs/${job}`;
  const { job } = await ask(planner, { format: "pdf" });
  expect((await client.post(own(job), { act: "stop" })).status).toBe(403);
  await planner.post(own(job), { act: "stop" });
  expect(await run()).toBe(false);
  expect(await (await planner.get(own(job))).text()).toContain("作るのを止めました");
  expect((await planner.post(own(job), { act: "stop" })).status).toBe(409);
  // 走り出してから止める: 刷っている間に言われても、次に見たときに抜ける。
  await planner.post(own(job), { act: "again" });
  const running = run();
  while (!(await read(job)).message.includes("刷って")) await new Promise((next) => setTimeout(next, 20));
  await planner.post(own(job), { act: "stop" });
  expect(await running).toBe(true);
  expect(await read(job)).toMatchObject({ state: "stopped", made: null });
  await planner.post(own(job), { act: "again" });
  await run();
  expect(await read(job)).toMatchObject({ state: "done", made: { size: expect.any(Number) } });
  const pdf = await planner.get(`/plans/${plan}/file/pdf`);
  expect(new TextDecoder().decode((await pdf.arrayBuffer()).slice(0, 5))).toBe("%PDF-");
}, 120_000);

test("3(1)(ｷ) ほかの計画の書き出しや、ない書き出しは開けず、読める役割でなければ頼めない", async () => {
  const { job } = await ask(planner, { format: "html" });
  expect((await planner.get(`/plans/none/outputs/${job}`)).status).toBe(404);
  expect((await planner.get(`/plans/${plan}/outputs/${"0".repeat(64)}`)).status).toBe(404);
  expect((await planner.get(`/plans/${plan}/file/odt`)).status).toBe(404);
});
