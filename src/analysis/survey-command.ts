import { mkdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { AppError } from "../base/error.ts";
import type { Command, CommandIo } from "../platform/command.ts";
import { shareText } from "../tabulation/rounded-share.ts";
import { type SurveyFile, type TabulatedFile, tabulateSurveyFile } from "./tabulate-survey-file.ts";

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

export const surveyCommands: Command[] = [tabulateCommand];

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
