// @engine both
import { expect, test } from "vitest";
import { changeSource, recordSource } from "../research/record-source.ts";
import { sourceBody, sourceInput } from "../research/research-ask.ts";
import { startContract } from "../terms/start-contract.ts";
import { dutyYaml } from "../testing/duty-fixture.ts";
import { openDesk } from "../testing/open-desk.ts";
import { buildPlan } from "./build-plan.ts";
import { checkPlan } from "./check-plan.ts";
import { exportPlan } from "./export-plan.ts";
import { importPlan, reimportPlan } from "./import-plan.ts";
import { listPlanBlocks } from "./read-plan.ts";
import { takePlanVersion } from "./take-version.ts";

test("3(1)(ｷ) 書き出した原稿を取り込み直すと、一つも変わらない（データも、脚注も）", async () => {
  const desk = await openDesk();
  try {
    const planner = desk.actor("p", "planner");
    const files = new Map(
      Object.entries({
        "plan.yaml": "title: 計画\nnumbering: ['第{N}章']\n",
        "01.md":
          '# 章 {#c1}\n名のない本文[^1]。\n\n:::measure {#m1 title="施策"}\n- 一\n- 二\n\n表: 題\n| a | b |\n|---|---|\n| 1 | 2 |\n:::\n\n[^1]: 注。\n',
        "data/use.csv": "項目,値\na,1\n",
      }).map(([name, text]) => [name, new TextEncoder().encode(text)]),
    );
    const { id } = await importPlan(desk.office, planner, files);
    const before = await listPlanBlocks(desk.office, planner, id);
    const out = await exportPlan(desk.office, planner, id);
    expect([...out.keys()]).toEqual(["plan.yaml", "01.md", "data/use.csv"]);
    expect(out.get("data/use.csv")).toEqual(files.get("data/use.csv"));
    const again = await reimportPlan(desk.office, planner, id, out, "戻し");
    expect(again).toMatchObject({ added: 0, changed: 0, removed: 0 });
    expect(await listPlanBlocks(desk.office, planner, id)).toEqual(before);
  } finally {
    await desk.close();
  }
});

test("3(1)(ｱ)②–⑤ 動向調査の資料を引くと、いまの原稿でも版でも書誌が出て、登録簿を直しても版は変わらない", async () => {
  const desk = await openDesk();
  await startContract(desk.office, desk.actor("m", "manager"), dutyYaml(""));
  const planner = desk.actor("p", "planner");
  const given = { kind: "ministry", title: "計画の手引", publisher: "国の機関", page: "12頁" };
  const { id: source } = await recordSource(desk.office, planner, sourceInput(sourceBody.parse(given)));
  const folder = new Map([
    ["plan.yaml", new TextEncoder().encode("title: 計画")],
    ["01.md", new TextEncoder().encode("# 章 {#c1}\n\n国は計画を示した[^src:S-01]。 {#p1}\n")],
  ]);
  const { id } = await importPlan(desk.office, planner, folder);
  const text = async (version?: string) =>
    new TextDecoder().decode((await buildPlan(desk.office, planner, id, "html", version)).bytes);
  expect(await text()).toContain("国の機関「計画の手引」、12頁");
  expect((await checkPlan(desk.office, planner, id)).remarks.map(({ kind }) => kind)).not.toContain("source");
  const { id: version } = await takePlanVersion(desk.office, planner, id, { stage: "draft", name: "素案" });
  const changed = sourceInput(sourceBody.parse({ ...given, page: "20頁" }));
  await changeSource(desk.office, planner, source, { ...changed, edition: 1 });
  expect(await text()).toContain("国の機関「計画の手引」、20頁");
  expect(await text(version)).toContain("国の機関「計画の手引」、12頁");
  await desk.close();
});
