import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { buildPlanFile } from "./build-plan-file.ts";
import { planMetaJsonSchema, readPlanMeta, readSources } from "./plan-meta-reader.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const fault = (text: string) => {
  try {
    readPlanMeta(bytes(text));
  } catch (cause) {
    return (cause as Error).message;
  }
  return "";
};

test("plan.yaml の JSON Schema は、文書に置いたものと同じ", () => {
  const written = JSON.parse(readFileSync("docs/schemas/plan.schema.json", "utf8"));
  expect(written).toEqual(JSON.parse(JSON.stringify(planMetaJsonSchema())));
});

test("3(1)(ｱ) plan.yaml の誤りは、何行目の何が違うかを日本語で言う", () => {
  expect(fault('title: 計画\nnumbering: ["第{N}章"\nyears: both\n')).toMatch(
    /^plan\.yaml の3行目が読めません/,
  );
  expect(fault("title: 計画\nupper:\n\tA: 一\n")).toMatch(/3行目.*タブ/);
  expect(fault("title: 計画\ntitle: 別\n")).toMatch(/2行目.*二度/);
  expect(fault("title: 計画\n\nyears: seireki\n")).toBe(
    "plan.yaml の3行目に直すところがあります（years は both、wareki、western のどれかです）。",
  );
  expect(fault("title: 計画\nupper:\n  A-1: 一\n  A-2: [二]\n")).toMatch(/4行目.*upper\.A-2.*文字で書きます/);
  expect(fault("subtitle: 素案\n")).toMatch(/title/);
  expect(fault("")).toMatch(/title/);
});

test("使わない項目は、行を言って知らせ、読める所は読む", () => {
  const { meta, warnings } = readPlanMeta(bytes("title: 計画\ntitel: 誤記\ndate: 2025-03-31\n"));
  expect(meta).toMatchObject({ title: "計画", date: "2025-03-31" });
  expect(warnings).toMatchObject([{ kind: "markup", place: { file: "plan.yaml", line: 2 } }]);
  expect(warnings[0]?.message).toContain("titel");
});

test("sources.yaml の誤りも、行を言う", () => {
  expect(readSources(bytes("S1: 一\nS2: [二]\n")).fault?.place).toEqual({ file: "sources.yaml", line: 2 });
  expect(readSources(bytes("S1: 一\n")).sources.get("S1")).toBe("一");
});

test("3(1)(ｷ) 手引の例（docs/manual/manuscript.md）は、写真のほかに何も言われずに書き出せる", async () => {
  const manual = readFileSync("docs/manual/manuscript.md", "utf8");
  const blocks = [...manual.matchAll(/```(\w*)\n([\s\S]*?)```/g)].map((one) => one[2] ?? "");
  const [, yaml = "", chapter = "", data = ""] = blocks;
  const files = new Map([
    ["plan.yaml", bytes(yaml)],
    ["01.md", bytes(chapter)],
    ["data/jinko.csv", bytes(data)],
  ]);
  const { warnings, matrix } = await buildPlanFile(
    files,
    ["docx", "pptx", "html"],
    "2025-03-01T00:00:00.000Z",
    {
      noPages: true,
    },
  );
  expect(warnings.map(({ kind }) => kind)).toEqual(["image"]);
  expect(warnings[0]?.message).toContain("images/port.jpg");
  expect(matrix).toMatchObject([{ item: "A-1", measures: ["m1"] }]);
});
