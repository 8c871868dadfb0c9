// @engine both
import { afterEach, beforeEach, expect, test } from "vitest";
import { openZip, writeZip } from "../office/zip.ts";
import { startContract } from "../terms/start-contract.ts";
import { dutyYaml } from "../testing/duty-fixture.ts";
import { openDesk, type TestDesk } from "../testing/open-desk.ts";
import { buildPlan } from "./build-plan.ts";
import { importPlan, reimportPlan } from "./import-plan.ts";
import { refigureOfficePlan } from "./refigure-plan.ts";

let desk: TestDesk;
beforeEach(async () => {
  desk = await openDesk();
  await startContract(desk.office, desk.actor("m", "manager"), dutyYaml(""));
});
afterEach(() => desk.close());

const text = (words: string) => new TextEncoder().encode(words);
const folder = (last: number) =>
  new Map([
    ["plan.yaml", text("title: 計画\ntheme: yukimi\n")],
    [
      "01.md",
      text(
        '# はじめに {#c1}\n\n:::figure {#f1 title="利用の割合" data="data/use.csv" source="調べ" alt="利用の図"}\n:::\n\n:::figure {#f2 title="件数" data="data/count.csv" source="調べ" alt="件数の図"}\n:::\n',
      ),
    ],
    ["data/use.csv", text(`年,割合\n2023,11\n2024,${last}\n`)],
    ["data/count.csv", text("年,件\n2023,5\n2024,6\n")],
  ]);

test("3(1)(ｲ) デザイナーの仕上げた Word に、事務所のいまの数を入れ、結果の文とともに返す。図のない文書は断る", async () => {
  const planner = desk.actor("p", "planner");
  const { id } = await importPlan(desk.office, planner, folder(12));
  const styled = (await buildPlan(desk.office, planner, id, "docx")).bytes;
  const parts = openZip(styled);
  const body = new TextDecoder().decode(parts.get("word/document.xml"));
  const [, second = ""] = [...body.matchAll(/<w:p><w:pPr><w:pStyle w:val="Figure"\/>.*?<\/w:p>/g)].map(
    ([one]) => one,
  );
  parts.set("word/document.xml", text(body.replace(second, "")));
  await reimportPlan(desk.office, planner, id, folder(98), "確定値");
  const file = { fileName: "C:\\案\\仕上げ.docx", bytes: writeZip(parts) };
  const made = await refigureOfficePlan(desk.office, planner, id, file);
  expect(made.fileName).toBe("仕上げ_図の入れ替え.zip");
  const out = openZip(made.bytes);
  const docx = openZip(out.get("仕上げ_図の入れ替え.docx") ?? new Uint8Array());
  expect(new TextDecoder().decode(docx.get("word/charts/chart1.xml"))).toContain("<c:v>98</c:v>");
  const told = new TextDecoder().decode(out.get("入れ替えの結果.txt"));
  expect(told).toContain("図 1 枚の値を入れ替えました");
  expect(told).toContain("図「図2　件数」は、文書に見つかりません");
  await expect(refigureOfficePlan(desk.office, desk.actor("c", "client"), id, file)).rejects.toMatchObject({
    code: "FORBIDDEN",
  });
  parts.set("word/document.xml", text(body.replace(/<w:drawing>.*?<\/w:drawing>/gs, "")));
  const bare = { fileName: "別.docx", bytes: writeZip(parts) };
  await expect(refigureOfficePlan(desk.office, planner, id, bare)).rejects.toMatchObject({
    code: "BAD_INPUT",
    faults: [{ field: "restyled" }],
  });
});
