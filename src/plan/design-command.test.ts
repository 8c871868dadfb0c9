// @engine both
import { afterEach, beforeEach, expect, test } from "vitest";
import type { CommandIo } from "../platform/command.ts";
import { startContract } from "../terms/start-contract.ts";
import { answersOf, hireForCommand } from "../testing/command-handler.ts";
import { dutyYaml } from "../testing/duty-fixture.ts";
import { openDesk, type TestDesk } from "../testing/open-desk.ts";
import { planDesignCommands } from "./design-command.ts";
import { importPlan } from "./import-plan.ts";
import { listDesigns } from "./list-designs.ts";

let desk: TestDesk;
let plan: string;
const as = "0110";
const text = (words: string) => new TextEncoder().encode(words);
beforeEach(async () => {
  desk = await openDesk();
  await startContract(desk.office, desk.actor("m", "manager"), dutyYaml(""));
  await hireForCommand(desk, as, "planner");
  const folder = new Map([
    ["plan.yaml", text("title: 計画\ntheme: yukimi\n")],
    ["01.md", text("# はじめに {#c1}\n\nこの計画です。 {#p1}\n")],
    [
      "views/digest.yaml",
      text("kind: digest\ntitle: 概要版\nformat: a4\nitems:\n  - { block: p1, text: 短い文です。 }\n"),
    ],
  ]);
  plan = (await importPlan(desk.office, desk.actor("p", "planner"), folder)).id;
});
afterEach(() => desk.close());

/** コマンドを動かし、--json の答えと、書いたファイルの名を返す。 */
async function run(name: string, args: string[], options: Record<string, string | string[]> = {}) {
  const contract = desk.actor("x", "planner").contract;
  const command = planDesignCommands({ contract: async () => contract }).find((one) => one.name === name);
  if (!command) throw new Error(`no such command: ${name}`);
  let value: unknown;
  const written: string[] = [];
  const io: CommandIo = {
    args,
    option: (key) => [options[key] ?? []].flat()[0],
    options: (key) => [options[key] ?? []].flat(),
    flag: (key) => options[key] !== undefined,
    result: (given) => {
      value = given;
    },
    progress: () => {},
    secret: answersOf(desk),
    readFile: async () => text('<svg viewBox="0 0 9 9"><path d="M0 0h9v9H0z"/></svg>'),
    writeFile: async (path) => void written.push(path),
    office: async () => desk.office,
    signal: new AbortController().signal,
  };
  await command.run(io);
  return { value, written };
}

test("3(1)(ｲ) デザインの案・要望・応え・選定は、コマンドでも画面と同じ動詞に入り、行った人が残る", async () => {
  expect((await run("plan design", [])).value).toMatchObject({ designs: [], requests: [] });
  await expect(run("plan design", ["propose"], { title: "青" })).rejects.toMatchObject({ code: "BAD_INPUT" });
  await expect(run("plan design", ["paint"], { as })).rejects.toThrow("propose");
  await run("plan rights", ["add", "/somewhere/machi.svg"], { as, source: "本業務で作成" });
  const icon = ["c1=images/machi.svg"];
  await expect(
    run("plan design", ["propose"], { as, title: "青", palette: "17508C 青" }),
  ).rejects.toMatchObject({ faults: [{ field: "palette" }] });
  const made = await run("plan design", ["propose"], {
    as,
    title: "青",
    palette: "accent",
    accent: "8A1C3C",
    icon,
  });
  expect(made.value).toMatchObject({
    designs: [{ title: "青", theme: { palette: "accent", icons: { c1: "images/machi.svg" } } }],
  });
  await run("plan design", ["ask", "橙を弱く"], { as, origin: "comment" });
  const [design] = (await listDesigns(desk.office, desk.actor("c", "client"), plan)).designs;
  const [request] = (await listDesigns(desk.office, desk.actor("c", "client"), plan)).requests;
  const numbers = { design: String(design?.number), request: String(request?.number) };
  await run("plan design", ["answer", numbers.request], { as, text: "替えました", design: numbers.design });
  // 委託者の代わりに記録するときは、いつ、どの協議で決まったかが要る。
  await expect(run("plan design", ["choose", numbers.design], { as })).rejects.toMatchObject({
    code: "BAD_INPUT",
  });
  const { value, written } = await run("plan design", ["choose", numbers.design], {
    ...{ as, reason: "1月14日の協議", out: "記録.xlsx" },
  });
  expect(value).toMatchObject({
    designs: [{ chosen: { reason: "1月14日の協議" } }],
    requests: [{ origin: "comment", answers: [{ text: "替えました" }] }],
  });
  expect(written).toEqual(["記録.xlsx"]);
});

test("10(3) 権利は、コマンドでも並べ、書ける。使うものに足りなければ終了コード 1 になる", async () => {
  await run("plan rights", ["add", "machi.svg"], { as, source: "本業務で作成" });
  expect((await run("plan rights", ["list"])).value).toMatchObject({ assets: [{ uses: [] }] });
  await run("plan design", ["propose"], { as, title: "青", icon: ["c1=images/machi.svg"] });
  const [design] = (await listDesigns(desk.office, desk.actor("c", "client"), plan)).designs;
  await run("plan design", ["choose", String(design?.number)], { as, reason: "協議" });
  await expect(run("plan rights", [])).rejects.toMatchObject({ code: "REFUSED" });
  const full = { holder: "市", licence: "譲渡", scope: "全て" };
  expect((await run("plan rights", ["write", "images/machi.svg"], { as, ...full })).value).toMatchObject({
    assets: [{ right: { source: "本業務で作成", holder: "市" }, lacks: [] }],
  });
  await run("plan rights", []);
});

test("3(1)(ｳ) 概要版の読みやすさを認めるのは、コマンドでも責任者か委託者だけ", async () => {
  expect((await run("plan views", [])).value).toMatchObject({ views: [{ name: "digest", signed: null }] });
  await expect(run("plan views", ["sign", "digest"], { as, reason: "短い" })).rejects.toMatchObject({
    code: "FORBIDDEN",
  });
  await hireForCommand(desk, "0101", "manager");
  const signed = await run("plan views", ["sign", "digest"], { as: "0101", reason: "法の名が長い" });
  expect(signed.value).toMatchObject({ views: [{ signed: { reason: "法の名が長い" } }] });
  await expect(run("plan views", ["sign", "none"], { as: "0101", reason: "x" })).rejects.toMatchObject({
    code: "NOT_FOUND",
  });
});
