// @engine both
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import { linksFrom } from "../platform/link-store.ts";
import { openDesk, type TestDesk } from "../testing/open-desk.ts";
import { changePlanBlock } from "./change-block.ts";
import { importPlan, reimportPlan } from "./import-plan.ts";
import { listPlanChanges } from "./list-plan-changes.ts";
import { listPlanBlocks, listPlans, readPlanBlock } from "./read-plan.ts";

let desk: TestDesk;
let planner: Actor;
let other: Actor;
beforeEach(async () => {
  desk = await openDesk();
  planner = desk.actor("p", "planner");
  other = desk.actor("q", "manager");
});
afterEach(() => desk.close());

const folder = (files: Record<string, string>) =>
  new Map(Object.entries(files).map(([name, text]) => [name, new TextEncoder().encode(text)]));
const text = `# 策定に当たって {#c1}
一つ目の文。二つ目の文。三つ目の文。 {#p1}

:::measure {#m1 title="窓口の改善" owner="企画課"}
取組の本文。 {#p2}
:::

# 施策 {#c2}
詳しくは[[@m1]]による[^1]。 {#p3}

[^1]: 市民調査。
`;
const files = { "plan.yaml": "title: 第２次ICT活用戦略\n", "01.md": text, "data/use.csv": "項目,値\na,1\n" };
const make = async () => (await importPlan(desk.office, planner, folder(files))).id;
const version = async (plan: string, block: string) =>
  (await readPlanBlock(desk.office, planner, plan, block)).version;

test("3(1)(ｱ) 取り込んだ原稿を、番号・見出し・章つきで、読む順に返す", async () => {
  const plan = await make();
  expect(await listPlans(desk.office, planner)).toMatchObject([{ id: plan, title: "第２次ICT活用戦略" }]);
  const blocks = await listPlanBlocks(desk.office, planner, plan);
  expect(blocks.map(({ id, kind, number, chapter }) => [id, kind, number, chapter])).toEqual([
    ["c1", "heading", "第１章", "第１章　策定に当たって"],
    ["p1", "paragraph", "", "第１章　策定に当たって"],
    ["m1", "measure", "施策1", "第１章　策定に当たって"],
    ["p2", "paragraph", "", "第１章　策定に当たって"],
    ["c2", "heading", "第２章", "第２章　施策"],
    ["p3", "paragraph", "", "第２章　施策"],
  ]);
});

test("3(1)(ｵ) 意見の答えから直すと、だれが・いつ・なぜ・どの意見かが残り、両側から辿れる", async () => {
  const plan = await make();
  const link = { room: "comments", kind: "answer", id: "a-0148", label: "意見0148-A" };
  const done = await changePlanBlock(desk.office, planner, plan, "p1", {
    ...{ text: "一つ目の文。直した文。三つ目の文。", expectedVersion: 1, reason: "意見を受けて" },
    link,
  });
  expect(done.version).toBe(2);
  const [line, ...rest] = await listPlanChanges(desk.office, planner, plan, { link });
  expect(rest).toEqual([]);
  expect(line).toMatchObject({
    ...{ block: "p1", act: "change", by: "p", reason: "意見を受けて", version: 2 },
    before: "一つ目の文。二つ目の文。三つ目の文。",
    after: "一つ目の文。直した文。三つ目の文。",
    link: { ref: "comments/answer/a-0148", label: "意見0148-A" },
  });
  const [to] = await linksFrom(desk.office.read, desk.contract, "comments/answer/a-0148");
  expect(to?.to_ref).toBe(`plan/change/${done.id}`);
  expect(await desk.events()).toEqual(expect.arrayContaining(["plan.imported", "plan.changed"]));
  // 前の姿も読める。
  const before = await readPlanBlock(desk.office, planner, plan, "p1", done.number - 1);
  expect(before.text).toBe("一つ目の文。二つ目の文。三つ目の文。");
});

test("3(1)(ｱ) 二人が同じ段落の別の文を直せば合わさり、同じ文を直せば断って、どちらの文も失わない", async () => {
  const plan = await make();
  const edit = (actor: Actor, words: string) =>
    changePlanBlock(desk.office, actor, plan, "p1", { text: words, expectedVersion: 1, reason: "" });
  await edit(planner, "甲が直した。二つ目の文。三つ目の文。");
  const second = await edit(other, "一つ目の文。二つ目の文。乙が直した。");
  expect(second).toMatchObject({ version: 3, merged: true });
  expect((await readPlanBlock(desk.office, planner, plan, "p1")).text).toBe(
    "甲が直した。二つ目の文。乙が直した。",
  );
  const refused = await edit(other, "丙が直した。二つ目の文。三つ目の文。").catch((cause: unknown) => cause);
  expect(refused).toBeInstanceOf(AppError);
  expect(refused).toMatchObject({
    code: "CONFLICT",
    detail: {
      current: "甲が直した。二つ目の文。乙が直した。",
      yours: "丙が直した。二つ目の文。三つ目の文。",
      base: "一つ目の文。二つ目の文。三つ目の文。",
    },
  });
  expect(await version(plan, "p1")).toBe(3);
  expect(await desk.events()).toContain("plan.set-aside");
});

test("3(1)(ｱ) 同時に別の部分を直しても、どちらの変更も、番号が重ならずに残る", async () => {
  const plan = await make();
  const one = (actor: Actor, block: string) =>
    changePlanBlock(desk.office, actor, plan, block, {
      text: `${block}を直した。`,
      expectedVersion: 1,
      reason: "",
    });
  const done = await Promise.all([one(planner, "p1"), one(other, "p2"), one(planner, "p3")]);
  expect(new Set(done.map(({ number }) => number)).size).toBe(3);
  for (const id of ["p1", "p2", "p3"])
    expect((await readPlanBlock(desk.office, planner, plan, id)).text).toBe(`${id}を直した。`);
});

test("3(1)(ｱ) 外で直したフォルダーを取り込むと、名で結ばれ、直した部分だけが新しい版になる", async () => {
  const plan = await make();
  const changed = text.replace("取組の本文。", "取組を直した。").split("# 施策")[0] ?? "";
  const done = await reimportPlan(
    desk.office,
    planner,
    plan,
    folder({ ...files, "01.md": changed }),
    "差替え",
  );
  expect(done).toMatchObject({ added: 0, changed: 1, removed: 3 });
  expect(await version(plan, "p1")).toBe(1);
  expect((await listPlanBlocks(desk.office, planner, plan)).map(({ id }) => id)).toEqual([
    "c1",
    "p1",
    "m1",
    "p2",
  ]);
});

test("壊れた書き方、ない部分、役割のない人は断り、大きすぎる画像は一文で断る", async () => {
  const plan = await make();
  const edit = (actor: Actor, block: string, words: string) =>
    changePlanBlock(desk.office, actor, plan, block, { text: words, expectedVersion: 1, reason: "" });
  await expect(edit(planner, "m1", "囲みを消した")).rejects.toMatchObject({ code: "BAD_INPUT" });
  await expect(edit(planner, "zz", "x")).rejects.toMatchObject({ code: "NOT_FOUND" });
  await expect(edit(desk.actor("c", "client"), "p1", "x")).rejects.toMatchObject({ code: "FORBIDDEN" });
  const large = new Map([...folder(files), ["photo.png", new Uint8Array(31 * 1024 * 1024)]]);
  await expect(importPlan(desk.office, planner, large)).rejects.toMatchObject({
    code: "TOO_LARGE",
    message: expect.stringContaining("30 MB"),
  });
});
