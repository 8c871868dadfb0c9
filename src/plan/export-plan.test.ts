// @engine both
import { expect, test } from "vitest";
import { openDesk } from "../testing/open-desk.ts";
import { exportPlan } from "./export-plan.ts";
import { importPlan, reimportPlan } from "./import-plan.ts";
import { listPlanBlocks } from "./read-plan.ts";

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
