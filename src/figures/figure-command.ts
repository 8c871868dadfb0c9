import { systemActor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import { rangeOf } from "../calls/list-calls.ts";
import type { Command, CommandIo } from "../platform/command.ts";
import { pickContract } from "../terms/pick-contract.ts";
import { actNames } from "./count-acts.ts";
import { exportReport, reportFormats } from "./export-report.ts";
import { listRecordPlan } from "./list-records.ts";
import { readFigures } from "./read-figures.ts";
import { readReport } from "./read-report.ts";
import { type Report, type ReportKind, reportKinds } from "./report.ts";

const contractOption = { name: "contract", value: "ID", help: "契約（一つしかなければ要らない）" } as const;

async function open(io: CommandIo) {
  const office = await io.office();
  return { office, contract: await pickContract(office, io.option("contract")) };
}

const showCommand: Command = {
  name: "figures show",
  usage: "",
  summary: "電話と応対の数を、日・項目で（差も出す）",
  options: [
    { name: "from", value: "DAY", help: "始まりの日" },
    { name: "to", value: "DAY", help: "終わりの日" },
    contractOption,
  ],
  async run(io) {
    const { office, contract } = await open(io);
    const range = await rangeOf(office, contract, { from: io.option("from"), to: io.option("to") });
    const { calls, inquiries, days, items, sum, from, to } = await readFigures(office, contract, range);
    io.result(
      { from, to, calls, inquiries, days, items, acts: sum },
      [
        `入電 ${calls.total.offered}、応答 ${calls.total.answered}、放棄 ${calls.total.abandoned}`,
        ...Object.entries(actNames).map(([name, label]) => `${label} ${sum[name as keyof typeof actNames]}`),
        ...items.map(({ label, total, first }) => `  ${label} ${total}（その電話で終わった ${first}）`),
        `応答 − 記録 ＝ ${calls.reconcile.difference}`,
      ].join("\n"),
    );
  },
};

const reportCommand: Command = {
  name: "figures report",
  usage: "",
  summary: "日報・日別集計・期の章を作る（--out があれば Word か Excel）",
  options: [
    { name: "kind", value: "daily|week|term", required: true, help: "報告の種類" },
    { name: "day", value: "DAY", help: "日報の対象の日（省けば本日）" },
    { name: "term", value: "ID", help: "期（省けばいまの期）" },
    { name: "out", value: "PATH", help: ".docx か .xlsx のファイル" },
    contractOption,
  ],
  async run(io) {
    const kind = io.option("kind") ?? "";
    if (!Object.hasOwn(reportKinds, kind))
      throw new AppError("BAD_INPUT", "--kind は daily、week、term のどれかです。");
    const ask = { kind: kind as ReportKind, day: io.option("day"), term: io.option("term") };
    const out = io.option("out");
    const format = out?.split(".").at(-1)?.toLowerCase();
    if (out !== undefined && format !== "docx" && format !== "xlsx")
      throw new AppError(
        "BAD_INPUT",
        `--out は ${Object.keys(reportFormats).join("、")} のどれかのファイルです。`,
      );
    const { office, contract } = await open(io);
    const report = await readReport(office, contract, ask);
    if (out !== undefined && (format === "docx" || format === "xlsx"))
      await io.writeFile(out, (await exportReport(office, systemActor(contract), { ...ask, format })).bytes);
    io.result(report, textOf(report));
  },
};

const recordsCommand: Command = {
  name: "figures records",
  usage: "",
  summary: "応対記録の引渡しと、業務が終わったあとの廃棄の一覧（内容は出さない）",
  options: [contractOption],
  async run(io) {
    const { office, contract } = await open(io);
    const plan = await listRecordPlan(office, { contract });
    io.result(
      plan,
      [
        `引き渡した重要な記録 ${plan.handed}件、まだのもの ${plan.waiting}件`,
        `${plan.ended ? "廃棄する" : "業務の終わりまで保管する"}記録 ${plan.kept.length}件`,
        ...plan.kept.map(({ number, day, item }) => `  ${number ?? "－"}  ${day}  ${item}`),
      ].join("\n"),
    );
  },
};

function textOf({ title, facts, sections, check }: Report): string {
  return [
    title,
    ...facts.map(({ name, value }) => `${name}　${value}`),
    ...sections.flatMap(({ title: head, table, notes }) => [
      "",
      head,
      ...(table === undefined ? [] : [table.heads, ...table.rows].map((row) => `  ${row.join("\t")}`)),
      ...notes,
    ]),
    ...(check === "" ? [] : ["", `照合番号　${check}`]),
  ].join("\n");
}

export const figureCommands: Command[] = [showCommand, reportCommand, recordsCommand];
