// @engine both
import { afterEach, beforeEach, expect, test } from "vitest";
import { startContract } from "../terms/start-contract.ts";
import { dutyYaml } from "../testing/duty-fixture.ts";
import { openDesk, type TestDesk } from "../testing/open-desk.ts";
import { buildPlan } from "./build-plan.ts";
import { changePlanBlock } from "./change-block.ts";
import { exportPlan } from "./export-plan.ts";
import { importPlan, reimportPlan } from "./import-plan.ts";
import { addPicture, listAssets, writeAssetRight } from "./list-assets.ts";
import { listDesigns } from "./list-designs.ts";
import { answerDesign, askDesign, chooseDesign, proposeDesign } from "./propose-design.ts";
import { buildDigest, listDigests, readPlanDigest } from "./read-digest.ts";
import { readPlanBlock } from "./read-plan.ts";
import { takePlanVersion } from "./take-version.ts";
import { arrangeDigest, createDigest, releaseDigest, signDigest, writeDigestPart } from "./write-digest.ts";

let desk: TestDesk;
let plan: string;
const png = new Uint8Array(
  Buffer.from(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
    "base64",
  ),
);
const text = (words: string) => new TextEncoder().encode(words);
const who = {
  planner: () => desk.actor("p", "planner"),
  client: () => desk.actor("c", "client"),
  manager: () => desk.actor("m", "manager"),
};
beforeEach(async () => {
  desk = await openDesk();
  await startContract(desk.office, who.manager(), dutyYaml(""));
  const folder = new Map([
    ["plan.yaml", text("title: 計画\ntheme: yukimi\n")],
    [
      "01.md",
      text(
        '# はじめに {#c1}\n\nこの計画は、市のこれからを決めるものです。 {#p1}\n\n:::photo {#ph1 title="街" src="images/town.png" alt="街並み" rights="市が撮影"}\n:::\n',
      ),
    ],
    ["images/town.png", png],
  ]);
  plan = (await importPlan(desk.office, who.planner(), folder)).id;
});
afterEach(() => desk.close());

const html = async (version?: string) =>
  new TextDecoder().decode((await buildPlan(desk.office, who.planner(), plan, "html", version)).bytes);

test("3(1)(ｲ) デザインの案を出し、委託者が選ぶと全ての形が替わり、残した版は変わらない。要望は一件ずつ残る", async () => {
  const before = await takePlanVersion(desk.office, who.planner(), plan, { stage: "draft", name: "素案" });
  const design = (title: string, theme: Parameters<typeof proposeDesign>[3]["theme"]) =>
    proposeDesign(desk.office, who.planner(), plan, { title, aim: "", theme });
  await design("青", { base: "yukimi" });
  const { number } = await design("緑", { base: "midori", accent: "14532D" });
  // 読みにくい色は、出す前に欄の名で断る。
  await expect(design("黄", { base: "office", accent: "FFE000" })).rejects.toMatchObject({
    code: "BAD_INPUT",
    faults: [{ field: "accent" }],
  });
  // 受託者が代わりに記録するときは、協議を書く。
  await expect(chooseDesign(desk.office, who.planner(), plan, number, " ")).rejects.toMatchObject({
    code: "BAD_INPUT",
  });
  expect((await listDesigns(desk.office, who.client(), plan)).chosen).toBeUndefined();
  await chooseDesign(desk.office, who.client(), plan, number, "市の色と合う");
  const { chosen, designs } = await listDesigns(desk.office, who.client(), plan);
  expect(designs.map(({ label }) => label)).toEqual(["Ａ案", "Ｂ案"]);
  expect(chosen).toMatchObject({ label: "Ｂ案", chosen: { reason: "市の色と合う" } });
  expect(await html()).toContain("#14532D");
  expect(await html(before.id)).not.toContain("#14532D");
  const request = await askDesign(desk.office, who.client(), plan, { text: "帯を細く" });
  await answerDesign(desk.office, who.planner(), plan, request, { text: "線にしました", design: null });
  expect((await listDesigns(desk.office, who.client(), plan)).requests).toMatchObject([
    { text: "帯を細く", answers: [{ text: "線にしました", design: null }] },
  ]);
});

test("10(3) 画像の権利が足りないうちは、公開する版を書き出せない。期限が過ぎても、画像を替えても、また止まる", async () => {
  const version = await takePlanVersion(desk.office, who.planner(), plan, { stage: "comment", name: "公開" });
  expect(await html()).toContain("はじめに");
  await expect(html(version.id)).rejects.toMatchObject({ code: "REFUSED" });
  await expect(html(version.id)).rejects.toThrow(
    "「images/town.png」の出所・権利者・利用の条件・使ってよい範囲",
  );
  const right = { source: "市が撮影", holder: "市", licence: "許諾書1", scope: "計画", expiry: "", alt: "" };
  const write = (more: Partial<typeof right>) =>
    writeAssetRight(desk.office, who.planner(), plan, "images/town.png", { ...right, ...more });
  await expect(write({ expiry: "来年" })).rejects.toMatchObject({ faults: [{ field: "expiry" }] });
  await write({});
  expect(await html(version.id)).toContain("はじめに");
  expect(await listAssets(desk.office, who.client(), plan)).toMatchObject([
    { name: "images/town.png", uses: [{ block: "ph1" }], alt: "街並み", lacks: [] },
  ]);
  // 外で直した原稿を重ねても、同じ画像の権利は残る。
  const folder = await exportPlan(desk.office, who.planner(), plan);
  await reimportPlan(desk.office, who.planner(), plan, folder, "差替え");
  expect(await html(version.id)).toContain("はじめに");
  await write({ expiry: "2020-01-01" });
  await expect(html(version.id)).rejects.toThrow("期限");
  await write({});
  // 大きすぎる画像・画像でないものは断り、何も変わらない。
  const big = { fileName: "town.png", bytes: new Uint8Array(100 * 1024 * 1024) };
  await expect(addPicture(desk.office, who.planner(), plan, big, right)).rejects.toMatchObject({
    code: "BAD_INPUT",
    faults: [{ field: "file" }],
  });
  expect(await html(version.id)).toContain("はじめに");
  await addPicture(
    desk.office,
    who.planner(),
    plan,
    { fileName: "C:\\town.png", bytes: png },
    {
      ...right,
      holder: "",
    },
  );
  await expect(html(version.id)).rejects.toThrow("「images/town.png」の権利者");
});

test("10(3) 概要版に囲みを置くと、囲みの中の写真の権利も要る", async () => {
  const folder = new Map([
    ["plan.yaml", text("title: 計画\n")],
    [
      "01.md",
      text(
        '# はじめに {#c1}\n\n:::column {#col1 title="街"}\n:::photo {#ph1 title="街" src="images/town.png" alt="街並み" rights="市が撮影"}\n:::\n:::\n',
      ),
    ],
    ["images/town.png", png],
    ["views/digest.yaml", text("title: 概要版\nitems:\n  - block: col1\n")],
  ]);
  const { id } = await importPlan(desk.office, who.planner(), folder);
  const { hash } = await readPlanDigest(desk.office, who.client(), id, "digest");
  await releaseDigest(desk.office, who.client(), id, "digest", hash);
  await expect(buildDigest(desk.office, who.planner(), id, "digest", "html")).rejects.toThrow(
    "「images/town.png」の出所・権利者・利用の条件・使ってよい範囲",
  );
});

test("3(1)(ｳ) 二人が同時に概要版を直すと、先の人の文が残り、後の人は断られて文を失わず、足すことは両方入る", async () => {
  const name = await createDigest(desk.office, who.planner(), plan, {
    ...{ kind: "digest", title: "計画の概要版", format: "a4" },
  });
  const open = () => readPlanDigest(desk.office, who.planner(), plan, name);
  const { hash } = await open();
  const write = (text: string) =>
    writeDigestPart(desk.office, who.planner(), plan, name, 0, { heading: "", text, hash });
  const written = await Promise.allSettled([write("甲の文。"), write("乙の文。")]);
  expect(written.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  expect(written.find(({ status }) => status === "rejected")).toMatchObject({
    reason: { code: "CONFLICT" },
  });
  const winner = written[0]?.status === "fulfilled" ? "甲の文。" : "乙の文。";
  expect((await open()).parts.map(({ text }) => text)).toEqual([winner]);
  const add = () =>
    arrangeDigest(desk.office, who.planner(), plan, name, { act: "add", after: 0, block: "ph1" });
  await Promise.all([add(), add()]);
  expect((await open()).parts.map(({ block }) => block)).toEqual(["p1", "ph1", "ph1"]);
});

test("3(1)(ｳ) 概要版は元が変われば知らせて閉じ、読みやすさに届くか認められたときだけ公開してよい", async () => {
  const name = await createDigest(desk.office, who.planner(), plan, {
    ...{ kind: "digest", title: "計画の概要版", format: "a3-fold" },
  });
  const open = () => readPlanDigest(desk.office, who.planner(), plan, name);
  const word = async () => (await buildDigest(desk.office, who.planner(), plan, name, "html")).fileName;
  expect((await open()).parts).toMatchObject([{ block: "p1", state: "unstamped", heading: "はじめに" }]);
  expect(await word()).toBe("【確認用】計画の概要版.html");
  const write = async (words: string) =>
    writeDigestPart(desk.office, who.planner(), plan, name, 0, {
      ...{ heading: "はじめに", text: words, hash: (await open()).hash },
    });
  await write("市のこれからを、みんなで決めます。くらしが、こう変わります。");
  await expect(
    writeDigestPart(desk.office, who.planner(), plan, name, 0, { heading: "", text: "甲", hash: "古い" }),
  ).rejects.toMatchObject({ code: "CONFLICT" });
  await arrangeDigest(desk.office, who.planner(), plan, name, { act: "add", after: 0, block: "ph1" });
  expect((await open()).parts.map(({ state }) => state)).toEqual(["same", "same"]);
  await releaseDigest(desk.office, who.client(), plan, name, (await open()).hash);
  // 公開する形では、使う画像の権利も要る。
  await expect(word()).rejects.toMatchObject({ code: "REFUSED" });
  await writeAssetRight(desk.office, who.planner(), plan, "images/town.png", {
    ...{ source: "市", holder: "市", licence: "譲渡", scope: "全て", expiry: "", alt: "" },
  });
  expect(await word()).toBe("計画の概要版.html");
  // 元が変わると、閉じる。
  const { hash: seen } = await open();
  const { version } = await readPlanBlock(desk.office, who.planner(), plan, "p1");
  await changePlanBlock(desk.office, who.planner(), plan, "p1", {
    ...{ text: "この計画は、市の十年を決めるものです。", expectedVersion: version, reason: "" },
  });
  expect(await open()).toMatchObject({ released: null, outdated: true, report: { ready: false } });
  expect(await word()).toBe("【確認用】計画の概要版.html");
  await expect(releaseDigest(desk.office, who.client(), plan, name, (await open()).hash)).rejects.toThrow(
    "元が変わった部分が1あります。",
  );
  const arrange = (act: "checked" | "remove", hash: string) =>
    arrangeDigest(desk.office, who.planner(), plan, name, { act, at: 0, hash });
  // 元の変わる前に開いた画面からは、元を確かめたことにも、除くこともできない。
  await expect(arrange("checked", seen)).rejects.toMatchObject({ code: "CONFLICT" });
  await expect(arrange("remove", seen)).rejects.toMatchObject({ code: "CONFLICT" });
  expect((await open()).parts.map(({ state }) => state)).toEqual(["stale", "same"]);
  await arrange("checked", (await open()).hash);
  // 読みにくければ、わけを書いて認める。企画担当は認められない。
  await write("本計画策定趣旨及計画期間等基本的事項並関連計画整合性確保方策概要説明資料。");
  const { hash } = await open();
  await expect(releaseDigest(desk.office, who.client(), plan, name, hash)).rejects.toMatchObject({
    code: "REFUSED",
  });
  await expect(
    signDigest(desk.office, who.planner(), plan, name, { hash, reason: "急ぐ" }),
  ).rejects.toMatchObject({ code: "FORBIDDEN" });
  await signDigest(desk.office, who.manager(), plan, name, { hash, reason: "庁内だけで使う" });
  await releaseDigest(desk.office, who.client(), plan, name, hash);
  expect(await listDigests(desk.office, who.client(), plan)).toMatchObject([
    { name, signed: { reason: "庁内だけで使う" }, released: { hash } },
  ]);
});
