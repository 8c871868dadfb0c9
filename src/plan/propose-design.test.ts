// @engine both
import { afterEach, beforeEach, expect, test } from "vitest";
import { readTables } from "../office/table-reader.ts";
import { openZip } from "../office/zip.ts";
import { startContract } from "../terms/start-contract.ts";
import { dutyYaml } from "../testing/duty-fixture.ts";
import { openDesk, type TestDesk } from "../testing/open-desk.ts";
import { buildDesign, buildPlan } from "./build-plan.ts";
import { designWorkbook } from "./design-document.ts";
import { importPlan } from "./import-plan.ts";
import { addPicture, listAssets, writeAssetRight } from "./list-assets.ts";
import { listDesigns } from "./list-designs.ts";
import { answerDesign, askDesign, chooseDesign, proposeDesign } from "./propose-design.ts";
import { readPlanFile } from "./read-plan-file.ts";
import { takePlanVersion } from "./take-version.ts";

let desk: TestDesk;
let plan: string;
const text = (words: string) => new TextEncoder().encode(words);
const icon = text(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><path fill="currentColor" d="M2 2h20v20H2z"/></svg>',
);
const who = {
  planner: () => desk.actor("p", "planner"),
  client: () => desk.actor("c", "client"),
  manager: () => desk.actor("m", "manager"),
};
const palette = ["8A1C3C", "4C93C9", "3F4A12", "B87A1E"];
beforeEach(async () => {
  desk = await openDesk();
  await startContract(desk.office, who.manager(), dutyYaml(""));
  const folder = new Map([
    ["plan.yaml", text("title: 計画\ntheme: yukimi\n")],
    [
      "01.md",
      text(
        '# はじめに {#c1}\n\nこの計画です。 {#p1}\n\n:::figure {#f1 title="利用" data="data/use.csv" chart="stacked" source="調べ" alt="利用の図"}\n:::\n\n:::measure {#m1 title="窓口" owner="市民課"}\n進めます。\n:::\n',
      ),
    ],
    ["data/use.csv", text("年,する,しない,わからない,無回答\n2023,1,2,3,4\n2024,2,3,4,5\n")],
  ]);
  plan = (await importPlan(desk.office, who.planner(), folder)).id;
});
afterEach(() => desk.close());

const propose = (theme: Parameters<typeof proposeDesign>[3]["theme"]) =>
  proposeDesign(desk.office, who.planner(), plan, { title: "案", aim: "", theme });
const built = async (format: "docx" | "pptx" | "html") =>
  (await buildPlan(desk.office, who.planner(), plan, format)).bytes;
const part = (bytes: Uint8Array, name: RegExp) =>
  [...openZip(bytes)]
    .filter(([path]) => name.test(path))
    .map(([, body]) => new TextDecoder().decode(body))
    .join("");

test("3(1)(ｲ) 選んだ図の色が、Word・PowerPoint の直せるグラフと、HTML の図の全部に、その順で入る", async () => {
  const { number } = await propose({ base: "midori", palette });
  await chooseDesign(desk.office, who.client(), plan, number, "");
  const fills = (xml: string) =>
    [...xml.matchAll(/<c:ser>.*?<c:spPr><a:solidFill><a:srgbClr val="([0-9A-F]{6})"/gs)].map((one) => one[1]);
  expect(fills(part(await built("docx"), /charts\/chart1\.xml$/))).toEqual(palette);
  expect(fills(part(await built("pptx"), /charts\/chart1\.xml$/))).toEqual(palette);
  const html = new TextDecoder().decode(await built("html"));
  for (const rgb of palette) expect(html).toContain(`fill="#${rgb}"`);
  expect(html).not.toContain("#5FA07E");
});

test("3(1)(ｲ) 案の直すところは、その欄の名で断る。見分けにくい色は、断らずに、わけと直した並びを言う", async () => {
  const refused = (theme: Parameters<typeof propose>[0]) =>
    propose(theme).then(
      () => [],
      (cause: { faults?: { field: string }[] }) => cause.faults?.map(({ field }) => field),
    );
  // 言葉の中に別の欄の名があっても、取り違えない。
  expect(await refused({ base: "yukimi", second: "FFE000", ink: "CCCCCC" })).toEqual(["second", "ink"]);
  expect(await refused({ base: "yukimi", palette: ["17508C", "E0E6EC"] })).toEqual(["palette", "palette"]);
  expect(await refused({ base: "なし" as "office" })).toEqual(["base"]);
  expect(await refused({ base: "yukimi", icons: { p1: "images/x.svg", c1: "images/x.svg" } })).toEqual([
    "icon.p1",
    "icon.c1",
  ]);
  await propose({ base: "yukimi", palette: ["17508C", "1D6343"] });
  expect((await listDesigns(desk.office, who.client(), plan)).designs.length).toBe(1);
});

test("3(1)(ｲ) 章と施策のアイコンが全ての形に入り、権利のないアイコンは公開する版を止める", async () => {
  const right = { source: "本業務で作成", holder: "", licence: "", scope: "", expiry: "", alt: "" };
  const file = { fileName: "見守り.SVG", bytes: icon };
  const { name } = await addPicture(desk.office, who.planner(), plan, file, right);
  expect(name).toBe("images/見守り.svg");
  const bad = { fileName: "a.svg", bytes: text('<svg viewBox="0 0 9 9"><text>市</text></svg>') };
  await expect(addPicture(desk.office, who.planner(), plan, bad, right)).rejects.toMatchObject({
    code: "BAD_INPUT",
    faults: [{ field: "file", message: expect.stringContaining("文字") }],
  });
  const { number } = await propose({ base: "yukimi", icons: { c1: name, m1: name } });
  const seen = await buildDesign(desk.office, who.client(), plan, number, "html");
  expect(new TextDecoder().decode(seen.bytes).match(/class="icon" alt=""/g)).toHaveLength(2);
  // 選ぶまでは、どこにも出ない。
  expect((await listAssets(desk.office, who.client(), plan)).find((one) => one.name === name)?.uses).toEqual(
    [],
  );
  await chooseDesign(desk.office, who.client(), plan, number, "");
  expect(
    part(await built("docx"), /word\/document\.xml$/).match(/name="アイコン \d+" descr=""/g),
  ).toHaveLength(2);
  // Word を読み戻しても、飾りは写真にならない。
  const again = await readPlanFile(await built("docx"), "計画");
  expect([...again.files.keys()].filter((one) => one.startsWith("images/"))).toEqual([]);
  expect(part(await built("pptx"), /slides\/slide\d+\.xml$/).match(/<p:pic>/g)).toHaveLength(2);
  expect(new TextDecoder().decode(await built("html")).match(/class="icon"/g)).toHaveLength(2);
  const { id } = await takePlanVersion(desk.office, who.manager(), plan, {
    stage: "comment",
    name: "パブコメ用",
  });
  const publish = () => buildPlan(desk.office, who.planner(), plan, "html", id);
  await expect(publish()).rejects.toMatchObject({
    code: "REFUSED",
    message: expect.stringContaining("「images/見守り.svg」の権利者・利用の条件・使ってよい範囲"),
  });
  const full = { ...right, holder: "市に譲渡", licence: "譲渡", scope: "全て" };
  await writeAssetRight(desk.office, who.planner(), plan, name, full);
  expect((await publish()).bytes.length).toBeGreaterThan(0);
});

test("3(1)(ｲ) 都度の要望は、どこからいつ出て、誰が記録し、何を替えて応えたかまで残り、委託者の受け取る記録に出る", async () => {
  const first = await propose({ base: "yukimi" });
  await chooseDesign(desk.office, who.client(), plan, first.number, "市の色と合う");
  const ask = (day?: string) =>
    askDesign(desk.office, who.client(), plan, { text: "=橙を弱く", origin: "panel", day });
  await expect(ask("2999-01-01")).rejects.toMatchObject({ faults: [{ field: "request-day" }] });
  const request = await ask("2020-01-02");
  const open = await askDesign(desk.office, who.client(), plan, { text: "表紙に市章を" });
  expect(open).toBeGreaterThan(request);
  const second = await propose({ base: "yukimi", second: "8A4A12" });
  await answerDesign(desk.office, who.planner(), plan, request, { text: "茶に", design: second.number });
  await chooseDesign(desk.office, who.client(), plan, second.number, "要望のとおり");
  const { designs, requests } = await listDesigns(desk.office, who.client(), plan);
  expect(requests.at(-1)).toMatchObject({
    ...{ origin: "panel", day: "2020-01-02", text: "=橙を弱く" },
    answers: [{ text: "茶に", changed: ["囲みの色 A8500F → 8A4A12"] }],
  });
  const sheets = readTables(designWorkbook("計画", designs, requests), "記録.xlsx");
  const all = JSON.stringify(sheets);
  for (const words of [
    "有識者会議",
    "2020-01-02",
    "=橙を弱く",
    "囲みの色 A8500F → 8A4A12",
    "（応えるところ）",
    "市の色と合う",
    "要望のとおり",
  ])
    expect(all).toContain(words);
});
