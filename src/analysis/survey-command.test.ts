import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { citizenAnswers, citizenCodebook, citizenCsv, citizenMargins } from "../../samples/demo-citizens.ts";
import { openZip } from "../office/zip.ts";
import type { CommandIo } from "../platform/command.ts";
import { surveyCommands } from "./survey-command.ts";

/** 事務所を開かない命令を、記憶の中のファイルで走らせる。 */
async function run(
  name: string,
  files: Readonly<Record<string, string | Uint8Array>>,
  options: Readonly<Record<string, string | string[] | true>>,
) {
  const written = new Map<string, Uint8Array>();
  let [told, shown]: [unknown, string] = [undefined, ""];
  const one = (key: string) => options[key];
  const io = {
    args: [],
    option: (key: string) => (typeof one(key) === "string" ? (one(key) as string) : undefined),
    options: (key: string) => [one(key) ?? []].flat().filter((value) => value !== true) as string[],
    flag: (key: string) => one(key) === true,
    result: (value: unknown, text: string) => {
      [told, shown] = [value, text];
    },
    progress: () => {},
    secret: async () => "",
    readFile: async (path: string) => {
      const found = files[path] ?? "";
      return typeof found === "string" ? new TextEncoder().encode(found) : found;
    },
    writeFile: async (path: string, bytes: Uint8Array) => {
      written.set(path, bytes);
    },
    office: () => Promise.reject(new Error("事務所を開かない命令です")),
    signal: new AbortController().signal,
  } as unknown as CommandIo;
  await surveyCommands.find((command) => command.name === name)?.run(io);
  return { told: told as Record<string, never>, shown, written };
}

const citizens = {
  "a.csv": citizenCsv(citizenAnswers(400, 7, true)),
  "c.json": JSON.stringify(citizenCodebook()),
  "m.csv": citizenMargins(),
};
const given = { data: "a.csv", codebook: "c.json" };

test("3(1)(ｱ)① survey cross は、重ねた軸・絞り込み・文字の表と検定と所見を、JSON と文で返す", async () => {
  const plain = await run("survey cross", citizens, { ...given, column: "Q8", row: ["F2"] });
  const { view, finding } = plain.told as unknown as {
    view: {
      base: { filtered: number };
      blocks: { title: string; rows: { people: number }[]; test?: object }[];
    };
    finding: { text: string; figures: object[] };
  };
  expect(view.blocks).toHaveLength(1);
  expect(view.blocks[0]?.test).toBeDefined();
  expect(finding.figures.length).toBeGreaterThan(0);
  expect(plain.shown).toContain(finding.text);
  expect(plain.shown.split("\n")[1]).toMatch(/^\tn\t/);
  const nested = await run("survey cross", citizens, {
    ...{ ...given, column: "Q8", row: ["F1", "F2"], nested: true, letters: true },
    ...{ filter: ["F1:1"], "without-missing": true },
  });
  const inner = (nested.told as unknown as { view: typeof view }).view;
  expect(inner.base.filtered).toBeLessThan(400);
  expect(inner.blocks[0]?.title).toContain("×");
  await expect(run("survey cross", citizens, { ...given, column: "Q99" })).rejects.toThrow("設問 Q99 は");
});

test("3(1)(ｷ) survey report は、頼まれた形だけを書き、自由記述の言葉を伏せて載せ、概要の間違いを言う", async () => {
  const folder = mkdtempSync(join(tmpdir(), "madoguchi-survey-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const about =
    "purpose: 戦略に活かす\npopulation: 1690000\nsample: 6000\nfrom: 2024-06-10\nto: 2024-07-05\n";
  const found = await run(
    "survey report",
    { ...citizens, "b.yaml": about },
    {
      ...given,
      weights: "m.csv",
      about: "b.yaml",
      to: "docx, xlsx,html",
      out: folder,
    },
  );
  expect([...found.written.keys()].map((path) => path.split("/").at(-1))).toEqual([
    "report.docx",
    "report.xlsx",
    "report.html",
  ]);
  expect(found.told).toMatchObject({ rows: 400 });
  const docx = [...found.written.values()][0] ?? new Uint8Array();
  const word = new TextDecoder().decode(openZip(docx).get("word/document.xml"));
  for (const part of ["自由記述", "多く書かれた言葉", "標本誤差", "調査票と単純集計"])
    expect(word).toContain(part);
  await expect(run("survey report", citizens, { ...given, to: "doc" })).rejects.toThrow("--to は");
  await expect(
    run("survey report", { ...citizens, "b.yaml": "population: たくさん\n" }, { ...given, about: "b.yaml" }),
  ).rejects.toThrow("population");
});

test("3(1)(ｱ)① コードブックは Excel や CSV の表でも、母集団は統計のサイトの表でもよい", async () => {
  const files = {
    "a.csv": "no,F1,F2,Q1\n1,1,1,1\n2,2,1,2\n3,1,2,1\n4,2,2,2\n5,1,2,2\n合計,5,,\n",
    "c.csv":
      '設問番号,設問,種別,選択肢,無回答,軸\nF1,性別,SA,"1=男性\n2=女性",9,○\nF2,年代,SA,"1=20代\n2=30代以上",,\nQ1,満足,SA,"1=はい\n2=いいえ",99,\n',
    "m.csv": "区分,男,女\n総数,70,30\n20～24歳,20,10\n25～29歳,10,5\n30歳以上,40,15\n",
  };
  const { told, shown } = await run("survey tabulate", files, {
    ...{ data: "a.csv", codebook: "c.csv", weights: "m.csv" },
  });
  const table = told as unknown as {
    questions: { id: string; text: string; options: { percent: number }[] }[];
    crosstabs: { row: string }[];
    readings: string[];
  };
  expect(table.questions.map(({ text }) => text)).toEqual(["性別", "年代", "満足"]);
  expect(table.questions[0]?.options[0]?.percent).toBeCloseTo(70, 8);
  expect(table.questions[1]?.options[0]?.percent).toBeCloseTo(45, 8);
  expect(table.crosstabs.map(({ row }) => row)).toEqual(["F1", "F1"]);
  expect(shown).toContain("合計などの行");
});

test("3(1)(ｱ)① survey compare は、前の回の集計表と比べ、対応しない設問を言い、報告書にも章ができる", async () => {
  const rows = Array.from({ length: 200 }, (_, at) => `${at < 130 ? 1 : 2},${(at % 2) + 1}`);
  const files = {
    "a.csv": `Q1,Q2\n${rows.join("\n")}\n`,
    "c.yaml":
      "questions: [ { id: Q1, text: ネットを使うか, type: sa, options: [はい, いいえ] }, { id: Q2, text: 性別, type: sa, options: [男, 女] } ]\n",
    "p.csv": "設問,設問文,選択肢,人数,回答者数\n問9,ネットを使うか,はい,40,100\n,,いいえ,60,100\n",
  };
  const options = {
    data: "a.csv",
    codebook: "c.yaml",
    previous: ["p.csv"],
    "previous-label": ["令和元年度"],
  };
  const { told, shown } = await run("survey compare", files, options);
  expect(told).toMatchObject({
    waves: [{ label: "令和元年度", questions: 1 }],
    comparisons: [{ id: "Q1", lines: [{ percents: [40, 65], mark: "up" }, { mark: "down" }] }],
    unmatched: ["Q2"],
  });
  expect(shown).toContain("25.0ポイント増加している");
  const mapped = await run("survey compare", files, { ...options, map: ["Q1="] });
  expect(mapped.told).toMatchObject({ comparisons: [], unmatched: ["Q1", "Q2"] });
  await expect(run("survey compare", files, { data: "a.csv", codebook: "c.yaml" })).rejects.toThrow(
    "--previous",
  );
  const folder = mkdtempSync(join(tmpdir(), "madoguchi-survey-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const { written } = await run("survey report", files, { ...options, to: "html", out: folder });
  expect(new TextDecoder().decode([...written.values()][0])).toContain("前回調査との比較");
});
