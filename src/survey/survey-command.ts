import { asHandler } from "../access/act-as.ts";
import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import type { Command, CommandIo } from "../platform/command.ts";
import type { Office } from "../platform/office.ts";
import { readCodebookFile } from "../tabulation/read-codebook-file.ts";
import { checkRules } from "./check-answers.ts";
import { createSurvey } from "./create-survey.ts";
import { adoptImport, stageAnswers } from "./import-answers.ts";
import { openCodeBoard } from "./list-coding.ts";
import { listSurveys } from "./open-survey.ts";
import { openChecked } from "./open-survey-data.ts";
import { readImport } from "./read-import.ts";
import type { SurveyHand } from "./survey-hand.ts";
import { weightSurvey } from "./weight-survey.ts";

const common = [
  {
    name: "as",
    value: "STAFF",
    required: true,
    help: "行う人の従業者番号（パスワードと確認コードを尋ねる）",
  },
  { name: "survey", value: "N", help: "調査の番号（一つしかなければ要らない）" },
  { name: "contract", value: "ID", help: "契約（一つしかなければ要らない）" },
];

type Act = (io: CommandIo, office: Office, actor: Actor) => Promise<void>;

/** 調査のコマンド: 取り込み、確かめ、ウエイト、符号。回答を開くので、従業者として行う。 */
export function surveyOfficeCommands(hand: SurveyHand): Command[] {
  const asStaff = (act: Act) => async (io: CommandIo) => {
    const office = await io.office();
    const contract = await hand.contract(office, io.option("contract"));
    await asHandler(office, { contract, number: io.option("as") }, io.secret, (actor) =>
      act(io, office, actor),
    );
  };
  const command = (
    name: string,
    usage: string,
    summary: string,
    options: Command["options"],
    act: Act,
  ): Command => ({
    ...{ name, usage, summary, options: [...options, ...common], run: asStaff(act) },
  });
  return [
    command(
      "survey import",
      "FILE",
      "回答のファイルを取り込み、列の見立てと、前との違いを示す（--preview では使わない）",
      [
        { name: "title", value: "TEXT", help: "新しい調査を作って取り込む" },
        { name: "codebook", value: "FILE", help: "コードブック（YAML、JSON、Excel、CSV）" },
        { name: "preview", help: "読むだけで、集計には使わない" },
      ],
      importFile,
    ),
    command(
      "survey check",
      "",
      "回答を確かめる（何も直さない）。見つかれば終了コード 0 のまま並べる",
      [],
      check,
    ),
    command(
      "survey weight",
      "",
      "母集団の表に合わせてウエイトを作る",
      [
        { name: "margins", value: "FILE", help: "母集団の表（設問,区分,人数）。省けば、いまの効きを示す" },
        { name: "trim", value: "下,上", help: "刈り込む大きさ（0.2,5）" },
      ],
      weight,
    ),
    command(
      "survey codes",
      "",
      "自由記述の符号の数と、二人の一致（文は伏せる）",
      [{ name: "question", value: "ID", required: true, help: "設問（Q16）" }],
      codes,
    ),
  ];
}

async function pick(io: CommandIo, office: Office, actor: Actor): Promise<string> {
  const all = await listSurveys(office, actor);
  const wanted = io.option("survey");
  const found = wanted === undefined ? all : all.filter(({ number }) => String(number) === wanted);
  const [first] = found;
  if (!first) throw new AppError("NOT_FOUND", "その番号の調査はありません。");
  if (found.length > 1)
    throw new AppError("BAD_INPUT", `調査が${found.length}件あります。--survey で番号を指定してください。`);
  return first.id;
}

async function importFile(io: CommandIo, office: Office, actor: Actor): Promise<void> {
  const [path] = io.args;
  if (path === undefined) throw new AppError("BAD_INPUT", "回答のファイルを一つ指定してください。");
  const title = io.option("title");
  const book = io.option("codebook");
  const given =
    book === undefined ? undefined : readCodebookFile(await io.readFile(book), book, title ?? "調査");
  const bytes = await io.readFile(path);
  const survey =
    title === undefined ? await pick(io, office, actor) : (await createSurvey(office, actor, { title })).id;
  const staged = await stageAnswers(office, actor, survey, { bytes, name: path });
  const read = await readImport(office, actor, survey, staged.id);
  const codebook = given ?? (read.proposed ? read.codebook : undefined);
  if (!io.flag("preview"))
    await adoptImport(office, actor, survey, { id: staged.id, ...(codebook ? { codebook } : {}) });
  const columns = read.uses.map(({ look, role, question }) => ({
    ...{ name: look.name, kind: look.kind, role, question: question ?? null },
  }));
  const difference = read.difference ?? null;
  io.result(
    {
      survey,
      import: staged.number,
      rows: staged.rows,
      encoding: staged.encoding,
      columns,
      difference,
      misfits: read.misfits,
    },
    [
      `${staged.rows}件、${staged.columns}列（${staged.encoding}）`,
      ...columns.map(({ name, kind, role, question }) => `${name}\t${kind}\t${role}\t${question ?? "－"}`),
      ...(difference?.columns ?? []).map(({ name, message }) => `${name}: ${message}`),
    ].join("\n"),
  );
}

async function check(io: CommandIo, office: Office, actor: Actor): Promise<void> {
  const { checked } = await openChecked(office, actor, await pick(io, office, actor));
  if (!checked) throw new AppError("REFUSED", "コードブックを定めてから、確かめてください。");
  const lines = Object.entries(checked.counts)
    .filter(([, count]) => count > 0)
    .map(([rule, count]) => `${checkRules[rule as keyof typeof checkRules]}\t${count}`);
  const found = checked.findings.map(({ row, question, message }) => `${row}行目\t${question}\t${message}`);
  io.result(checked, [...lines, ...found].join("\n") || "確かめるものはありません。");
}

async function weight(io: CommandIo, office: Office, actor: Actor): Promise<void> {
  const path = io.option("margins");
  const trim = io.option("trim")?.split(",").map(Number);
  const report = await weightSurvey(office, actor, await pick(io, office, actor), {
    ...(path === undefined ? {} : { margins: { bytes: await io.readFile(path), name: path } }),
    ...(trim ? { trim: { min: trim[0] ?? Number.NaN, max: trim[1] ?? Number.NaN } } : {}),
  });
  const { weighting, margins } = report;
  io.result(
    report,
    [
      weighting
        ? `設計効果 ${weighting.designEffect.toFixed(3)}、有効な標本の大きさ ${Math.round(weighting.effectiveN)} / ${report.rows}`
        : `ウエイトはありません（${report.rows}件）`,
      ...margins.map(
        (one) =>
          `${one.question}\t${one.label}\t${one.sampleCount}\t${(one.weightedShare * 100).toFixed(1)}％`,
      ),
    ].join("\n"),
  );
}

async function codes(io: CommandIo, office: Office, actor: Actor): Promise<void> {
  const board = await openCodeBoard(
    office,
    actor,
    await pick(io, office, actor),
    io.option("question") ?? "",
  );
  const { answers, ...rest } = board;
  io.result(
    { ...rest, answers: answers.length },
    [
      `${answers.length}件のうち${board.coded}件に符号`,
      ...board.tally.map(({ code, title, count }) => `${code}\t${title}\t${count}`),
      ...board.agreement.codes.map(
        ({ code, kappa }) => `κ ${code}\t${kappa === null ? "－" : kappa.toFixed(2)}`,
      ),
    ].join("\n"),
  );
}
