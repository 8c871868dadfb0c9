import { mkdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { parse } from "yaml";
import { AppError } from "../base/error.ts";
import { decodeText } from "../office/csv-encoding.ts";
import type { Command, CommandIo } from "../platform/command.ts";
import { type SurveyAbout, surveyAbout } from "../survey/survey-about.ts";
import { addFilter, type CrossFilter, settleAsk } from "../tabulation/cross-ask.ts";
import { type CrossView, crossView } from "../tabulation/cross-view.ts";
import { shareText } from "../tabulation/rounded-share.ts";
import { compareWaves } from "../waves/compare-waves.ts";
import { readWaveFile } from "../waves/read-wave-file.ts";
import { type WaveTables, waveOf } from "../waves/wave.ts";
import { waveFinding } from "../waves/wave-words.ts";
import { draftFinding } from "./draft-finding.ts";
import { testWords } from "./explore-state.ts";
import { drawReport, isReportFormat } from "./export-report.ts";
import { plainFreeTexts } from "./free-text.ts";
import { makeReport } from "./make-report.ts";
import {
  type OpenedFile,
  openSurveyFile,
  type SurveyFile,
  type TabulatedFile,
  tabulateSurveyFile,
} from "./tabulate-survey-file.ts";
import { waveRows, waveTitle } from "./wave-document.ts";

/** survey tabulate: 回答の表 → 単純集計、クロス集計、検定、報告書の案。事務所を開かない。 */
const tabulateCommand: Command = {
  name: "survey tabulate",
  usage: "",
  summary: "回答の表とコードブックから、単純集計・クロス集計・検定の表と、報告書の案を作ります。",
  options: [
    { name: "data", value: "FILE", required: true, help: "回答の表（CSV、Excel）" },
    {
      name: "codebook",
      value: "FILE",
      required: true,
      help: "コードブック（YAML か JSON。docs/schemas/codebook.schema.json）",
    },
    { name: "weights", value: "FILE", help: "母集団の周辺（設問,区分,人数）。これに合わせてウエイトを作る" },
    { name: "author", value: "NAME", help: "文書の作成者の欄（事業者の名）" },
  ],
  async run(io: CommandIo): Promise<void> {
    const weights = io.option("weights");
    const { found, book, report } = tabulateSurveyFile(
      {
        ...{ data: await fileOf(io, "data"), codebook: await fileOf(io, "codebook") },
        ...(weights ? { weights: await fileOf(io, "weights") } : {}),
        ...{ created: new Date().toISOString(), author: io.option("author") ?? "受託者" },
      },
      (done, total) => {
        if (io.signal.aborted) throw new AppError("REFUSED", "途中で止めました。");
        if (done > 0 && done % 20 === 0) io.progress(`${done} / ${total} 問を集計しました`);
      },
    );
    const out = io.option("out");
    if (out) await writeAll(io, out, { found, book, report });
    io.result(found, show(found, out));
  },
};

const sources = [
  { name: "data", value: "FILE", required: true, help: "回答の表（CSV、Excel）" },
  { name: "codebook", value: "FILE", required: true, help: "コードブック（YAML か JSON）" },
  { name: "weights", value: "FILE", help: "母集団の周辺、または回答ごとのウエイト" },
] as const;

const previousOptions = [
  {
    name: "previous",
    value: "FILE",
    many: true,
    help: "前の回の集計表（.xlsx、.csv、tables.json。古い順にくり返す）",
  },
  { name: "previous-label", value: "NAME", many: true, help: "前の回の名（例: 令和元年度）" },
] as const;

async function opened(io: CommandIo): Promise<OpenedFile> {
  const weights = io.option("weights");
  return openSurveyFile({
    ...{ data: await fileOf(io, "data"), codebook: await fileOf(io, "codebook") },
    ...(weights ? { weights: await fileOf(io, "weights") } : {}),
  });
}

/** survey cross: クロス集計一枚。事務所を開かない。 */
const crossCommand: Command = {
  name: "survey cross",
  usage: "",
  summary: "クロス集計一枚: 表、検定、所見の案。",
  options: [
    ...sources,
    { name: "column", value: "ID", required: true, help: "表頭の設問" },
    { name: "row", value: "ID", many: true, help: "表側の設問（くり返すと並べる）" },
    { name: "nested", help: "表側の設問を重ねる" },
    { name: "filter", value: "ID:CODE", many: true, help: "絞り込み（同じ設問は、どちらか）" },
    { name: "without-missing", help: "無回答を除く" },
    { name: "letters", help: "区分どうしの差の文字" },
  ],
  async run(io: CommandIo): Promise<void> {
    const { base, hasWeight, codebook } = await opened(io);
    const column = io.option("column") ?? "";
    const unknown = [column, ...io.options("row")].find(
      (id) => !codebook.questions.some((one) => one.id === id),
    );
    if (unknown !== undefined)
      throw new AppError("BAD_INPUT", `設問 ${unknown} は、コードブックにありません。id をご確認ください。`);
    const filters = io.options("filter").reduce<CrossFilter[]>((all, one) => addFilter(all, one), []);
    const ask = settleAsk(
      {
        ...{
          column,
          rows: io.options("row"),
          nested: io.flag("nested"),
          filters,
          letters: io.flag("letters"),
        },
        ...(io.flag("without-missing") ? { withMissing: false } : {}),
      },
      codebook,
      hasWeight,
    );
    const view = crossView(base, ask);
    const finding = draftFinding(view);
    io.result({ view, finding }, `${viewText(view)}\n${finding.text}`);
  },
};

function viewText(view: CrossView): string {
  const rows = [view.total, ...view.blocks.flatMap((block) => block.rows)];
  const head = ["", "n", ...view.columns.map(({ label }) => label)].join("\t");
  const lines = rows.map((row) =>
    [
      `${row.label}${row.small ? "＊" : ""}`,
      String(row.people),
      ...row.cells.map((cell) => (row.hidden ? "x" : shareText(cell.count, row.base))),
      ...(row.mean ? [row.mean.value.toFixed(2)] : []),
    ].join("\t"),
  );
  const tests = view.blocks.map(
    ({ title, test, untested }) => `${title}: ${test ? testWords(test).line : (untested ?? "")}`,
  );
  return [view.title, head, ...lines, ...tests].join("\n");
}

/** survey compare: 前の回との比べ。事務所を開かない。 */
const compareCommand: Command = {
  name: "survey compare",
  usage: "",
  summary: "前の回の集計と比べます（経年比較）: 回ごとの割合、差、検定。",
  options: [
    ...sources,
    ...previousOptions,
    { name: "map", value: "NOW=BEFORE", many: true, help: "設問の対応（例 Q5=問3。対応しないなら Q5=）" },
  ],
  async run(io: CommandIo): Promise<void> {
    const { codebook, base } = await opened(io);
    const map = Object.fromEntries(
      io.options("map").map((one) => {
        const at = one.indexOf("=");
        if (at <= 0) throw new AppError("BAD_INPUT", `--map は「Q5=問3」の形で書いてください（${one}）。`);
        return [one.slice(0, at), one.slice(at + 1)];
      }),
    );
    const waves = (await previousOf(io)).map((one) => ({ ...one, map }));
    if (waves.length === 0)
      throw new AppError(
        "BAD_INPUT",
        "--previous に、前の回の集計表（.xlsx、.csv、tables.json）を書いてください。",
      );
    const now = waveOf("今回", base.survey, codebook, base.weighted ?? base.plain);
    const comparisons = compareWaves(now, waves);
    const known = new Set(comparisons.map(({ id }) => id));
    io.result(
      {
        waves: waves.map(({ label, questions }) => ({ label, questions: questions.length })),
        comparisons,
        unmatched: now.questions.flatMap(({ id }) => (known.has(id) ? [] : [id])),
      },
      comparisons
        .flatMap((one) => {
          const { head, rows } = waveRows(one);
          return [
            waveTitle(one),
            head.join("\t"),
            ...rows.map((row) => row.join("\t")),
            waveFinding(one),
            "",
          ];
        })
        .join("\n"),
    );
  },
};

/** 前の回の集計（古い順）。名は --previous-label の順、なければ「前回」「前回2」…。 */
async function previousOf(io: CommandIo): Promise<WaveTables[]> {
  const labels = io.options("previous-label");
  const made: WaveTables[] = [];
  for (const [at, path] of io.options("previous").entries()) {
    const label = labels[at] ?? (at === 0 ? "前回" : `前回${at + 1}`);
    made.push(readWaveFile(await io.readFile(path), basename(path), label));
  }
  return made;
}

/** survey report: 調査報告書。事務所を開かない。 */
const reportCommand: Command = {
  name: "survey report",
  usage: "",
  summary: "調査報告書を作ります（Word、PowerPoint、Excel、HTML、PDF）。",
  options: [
    ...sources,
    ...previousOptions,
    {
      name: "about",
      value: "FILE",
      help: "調査の概要（JSON か YAML: purpose、target、sampling、method、from、to、population、sample、owner）",
    },
    { name: "to", value: "FORMATS", help: "docx,pptx,xlsx,html,pdf（省けば docx）" },
    { name: "author", value: "NAME", help: "文書の作成者の欄（事業者の名）" },
  ],
  async run(io: CommandIo): Promise<void> {
    const file = await opened(io);
    const out = io.option("out") ?? ".";
    const wanted = (io.option("to") ?? "docx").split(",").map((one) => one.trim());
    const formats = wanted.filter(isReportFormat);
    if (formats.length < wanted.length)
      throw new AppError("BAD_INPUT", "--to は、docx、pptx、xlsx、html、pdf から選んでください。");
    const waves = (await previousOf(io)).map((one) => ({ ...one, map: {} }));
    const book = makeReport(
      { ...file, title: file.codebook.title, about: await aboutOf(io) },
      {
        ...{ figures: [], words: {}, free: plainFreeTexts(file.codebook.questions, file.data), waves },
        ...{ author: io.option("author") ?? "受託者", created: new Date().toISOString() },
      },
    );
    await mkdir(out, { recursive: true });
    const files: string[] = [];
    for (const format of formats) {
      io.progress(`${format} を作っています`);
      const path = join(out, `report.${format}`);
      await io.writeFile(path, await drawReport(book, format));
      files.push(path);
    }
    io.result(
      {
        files,
        rows: book.rows,
        sections: book.sections.map(({ id, finding }) => ({ id, finding: finding.text })),
      },
      `${files.join("、")} を書きました。`,
    );
  },
};

async function aboutOf(io: CommandIo): Promise<SurveyAbout> {
  if (io.option("about") === undefined) return surveyAbout.parse({});
  const { bytes } = await fileOf(io, "about");
  const parsed = surveyAbout.safeParse(parse(decodeText(bytes).text));
  if (!parsed.success)
    throw new AppError(
      "BAD_INPUT",
      `調査の概要に直すところがあります。${parsed.error.issues[0]?.path.join(".") ?? ""}: ${parsed.error.issues[0]?.message ?? ""}`,
    );
  return parsed.data;
}

export const surveyCommands: Command[] = [tabulateCommand, crossCommand, compareCommand, reportCommand];

async function fileOf(io: CommandIo, option: string): Promise<SurveyFile> {
  const path = io.option(option) ?? "";
  return { bytes: await io.readFile(path), name: basename(path) };
}

async function writeAll(
  io: CommandIo,
  folder: string,
  { found, book, report }: { found: TabulatedFile; book: Uint8Array; report: Uint8Array },
): Promise<void> {
  await mkdir(folder, { recursive: true });
  await io.writeFile(join(folder, "tables.xlsx"), book);
  await io.writeFile(join(folder, "report.docx"), report);
  await io.writeFile(
    join(folder, "tables.json"),
    new TextEncoder().encode(`${JSON.stringify(found, null, 2)}\n`),
  );
}

function show(found: TabulatedFile, out: string | undefined): string {
  const corrections = Object.values(found.corrections.counts).reduce((sum, one) => sum + one, 0);
  const lines = [
    `${found.title}　回答 ${found.rows.toLocaleString("ja-JP")}、設問 ${found.questions.length}、クロス集計 ${found.crosstabs.length}`,
    ...(found.weighted
      ? [
          `ウエイトつき（設計効果 ${found.designEffect.toFixed(2)}、有効な標本の大きさ ${Math.round(found.effectiveN)}）`,
        ]
      : []),
    ...found.readings,
    ...(corrections > 0 ? [`食い違いと直したこと ${corrections} 件（tables.json の corrections）`] : []),
    "",
    ...found.questions.flatMap((question) => [
      `${question.id}　${question.text}（n=${question.unweightedBase}）`,
      ...question.options.map(
        (one) => `  ${one.label}  ${shareText(one.count, question.base)}％（${one.unweightedCount}）`,
      ),
      ...(question.mean ? [`  平均 ${question.mean.value.toFixed(3)}`] : []),
    ]),
  ];
  if (out) lines.push("", `${out} に、tables.xlsx、report.docx、tables.json を書きました。`);
  return lines.join("\n");
}
