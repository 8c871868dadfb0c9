import { actAs } from "../access/act-as.ts";
import { systemActor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import { dayOf } from "../base/time.ts";
import { isDay } from "../japan/day.ts";
import type { Command } from "../platform/command.ts";
import { openContract } from "../terms/open-contract.ts";
import { pickContract } from "../terms/pick-contract.ts";
import { termOn } from "../terms/term.ts";
import { complaintStateLabels, complaintTopics, reportLabels } from "./complaint.ts";
import { exportFaq, type FaqFormat } from "./export-faq.ts";
import { buildFaqIndex, searchFaq } from "./faq-search.ts";
import { importFaq } from "./import-faq.ts";
import { type ComplaintGroup, listComplaints } from "./list-complaints.ts";
import { listLiveFaqs } from "./list-faqs.ts";
import { totalInquiries } from "./list-inquiries.ts";
import { listQuestions } from "./list-questions.ts";
import { questionStateLabels } from "./question.ts";

const contractOption = { name: "contract", value: "ID", help: "契約（一つしかなければ要らない）" } as const;

function groupIn<T extends string>(given: string | undefined, groups: readonly T[]): T | undefined {
  const found = groups.find((one) => one === given);
  if (given !== undefined && found === undefined)
    throw new AppError("BAD_INPUT", `--group は ${groups.join("、")} のどれかです。`);
  return found;
}

const complaintsCommand: Command = {
  name: "complaints list",
  usage: "",
  summary: "クレームと日次報告のいま（内容は出さない）",
  options: [contractOption, { name: "group", value: "open|unreported|closed", help: "状態で絞る" }],
  async run(io) {
    const group = groupIn<ComplaintGroup>(io.option("group"), ["open", "unreported", "closed"]);
    const office = await io.office();
    const contract = await pickContract(office, io.option("contract"));
    const complaints = await listComplaints(office, systemActor(contract), group);
    const lines = complaints.map((one) =>
      [
        `第${one.number}号`,
        complaintTopics[one.topic],
        complaintStateLabels[one.state],
        `日次報告 ${reportLabels[one.report]}`,
        one.dueText,
      ].join("  "),
    );
    io.result({ complaints }, lines.length === 0 ? "クレームはありません。" : lines.join("\n"));
  },
};

const questionsCommand: Command = {
  name: "questions list",
  usage: "",
  summary: "委託者への確認のいま（折り返す相手は出さない）",
  options: [contractOption, { name: "group", value: "open|closed", help: "状態で絞る" }],
  async run(io) {
    const group = groupIn(io.option("group"), ["open", "closed"] as const);
    const office = await io.office();
    const contract = await pickContract(office, io.option("contract"));
    const questions = await listQuestions(office, systemActor(contract), group);
    const lines = questions.map((one) =>
      [`第${one.number}号`, questionStateLabels[one.state], one.dueText, one.ask.slice(0, 60)].join("  "),
    );
    io.result({ questions }, lines.length === 0 ? "委託者への確認はありません。" : lines.join("\n"));
  },
};

const faqSearchCommand: Command = {
  name: "faq search",
  usage: "WORDS",
  summary: "ＦＡＱを引く（かな、漢字、言い換え）",
  options: [contractOption],
  async run(io) {
    const query = io.args.join(" ");
    if (query.trim() === "") throw new AppError("BAD_INPUT", "探す言葉を書いてください。");
    const office = await io.office();
    const contract = await pickContract(office, io.option("contract"));
    const live = await listLiveFaqs(office, systemActor(contract));
    const byId = new Map(live.map((one) => [one.id, one]));
    const faqs = searchFaq(buildFaqIndex(live), query).flatMap(({ id }) => byId.get(id) ?? []);
    const lines = faqs.map((one) => `第${one.number}問  ${one.question}\n  ${one.answer}`);
    io.result({ faqs }, lines.length === 0 ? "見つかりません。" : lines.join("\n"));
  },
};

const faqImportCommand: Command = {
  name: "faq import",
  usage: "FILE",
  summary: "ＦＡＱの表（.xlsx、.csv）を取り込む",
  options: [
    contractOption,
    {
      name: "as",
      value: "STAFF",
      required: true,
      help: "行う人の従業者番号（パスワードと確認コードを尋ねる）",
    },
    { name: "from-client", help: "委託者から受け取った最新版として、承認済みで入れる（責任者）" },
  ],
  async run(io) {
    const [path] = io.args;
    if (path === undefined) throw new AppError("BAD_INPUT", "取り込むファイルを指定してください。");
    const bytes = await io.readFile(path);
    const office = await io.office();
    const contract = await pickContract(office, io.option("contract"));
    const staff = io.option("as");
    if (staff === undefined)
      throw new AppError("BAD_INPUT", "--as で、行う人の従業者番号を指定してください。");
    const { actor, leave } = await actAs(office, contract, staff, io.secret);
    try {
      const result = await importFaq(
        office,
        actor,
        { bytes, fileName: path },
        { asClient: io.flag("from-client") },
      );
      const errors = result.errors.map((one) => `${one.cell}  ${one.message}`);
      io.result(
        result,
        [
          `加えた${result.added}、改めた${result.changed}、同じ${result.unchanged}、触れなかった${result.skipped}。`,
          ...errors,
        ].join("\n"),
      );
    } finally {
      await leave();
    }
  },
};

const faqExportCommand: Command = {
  name: "faq export",
  usage: "",
  summary: "ＦＡＱ（最新版）を Word か Excel に（９(3)）",
  options: [
    contractOption,
    { name: "out", value: "FILE", required: true, help: "書き出すファイル（.docx か .xlsx）" },
  ],
  async run(io) {
    const out = io.option("out") ?? "";
    const format = (["docx", "xlsx"] as const satisfies FaqFormat[]).find((one) =>
      out.toLowerCase().endsWith(`.${one}`),
    );
    if (format === undefined) throw new AppError("BAD_INPUT", "--out は .docx か .xlsx で終えてください。");
    const office = await io.office();
    const contract = await pickContract(office, io.option("contract"));
    const { bytes, count } = await exportFaq(office, systemActor(contract), format);
    await io.writeFile(out, bytes);
    io.result({ count, file: out }, `${count}問を書き出しました。`);
  },
};

const inquiriesCommand: Command = {
  name: "inquiries count",
  usage: "",
  summary: "問い合わせの件数を、項目と日ごとに",
  options: [
    contractOption,
    { name: "from", value: "DAY", help: "始まりの日（省けばいまの期の初め）" },
    { name: "to", value: "DAY", help: "終わりの日（省けばいまの期の終わり）" },
  ],
  async run(io) {
    const office = await io.office();
    const contract = await pickContract(office, io.option("contract"));
    const { blueprint } = await openContract(office, contract);
    const today = dayOf(office.clock.officeNow(contract));
    const term = blueprint.terms.length === 0 ? undefined : termOn(blueprint, today);
    const from = io.option("from") ?? term?.deskFrom ?? `${blueprint.fiscalYear}-04-01`;
    const to = io.option("to") ?? term?.deskTo ?? `${blueprint.fiscalYear + 1}-03-31`;
    if (!isDay(from) || !isDay(to))
      throw new AppError("BAD_INPUT", "日は「2025-09-17」の形で指定してください。");
    const totals = await totalInquiries(office, contract, from, to);
    const lines = totals.byItem.map((one) => `${one.label}  ${one.n}`);
    io.result(totals, [`${from} から ${to} まで ${totals.total}件`, ...lines].join("\n"));
  },
};

/** 応対の室のコマンド。 */
export const answerCommands: Command[] = [
  complaintsCommand,
  questionsCommand,
  faqSearchCommand,
  faqImportCommand,
  faqExportCommand,
  inquiriesCommand,
];
