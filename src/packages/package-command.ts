import { basename, join } from "node:path";
import { asHandler } from "../access/act-as.ts";
import { systemActor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import { listFilings } from "../filings/list-filings.ts";
import type { Command, CommandIo } from "../platform/command.ts";
import { keyStateLabels, listKeys, listReadAnswers, sourceLabels } from "./list-answers.ts";
import { makePackage } from "./make-package.ts";
import type { PackageHand } from "./package-hand.ts";
import { readAnswer } from "./read-answer.ts";
import { remindAnswers } from "./remind-answers.ts";
import { standings } from "./review-answer.ts";
import { packageFile, takePackage } from "./take-package.ts";

const contractOption = { name: "contract", value: "ID", help: "契約（一つしかなければ要らない）" };
const forms = ["html", "xlsx", "docx"] as const;

/** packages make・read・list: 確認用の一式と、届いた回答。 */
export function packageCommands(hand: PackageHand): Command[] {
  const seat = async (io: CommandIo) => {
    const office = await io.office();
    const contract = await hand.contract(office, io.option("contract"));
    return { office, actor: systemActor(contract) };
  };
  return [
    {
      name: "packages make",
      usage: "NUMBER",
      summary: "提出した文書（第何号か）の確認用の一式を作って、ファイルに書く",
      options: [
        contractOption,
        { name: "out", value: "DIR", required: true, help: "書き出すフォルダー" },
        {
          ...{ name: "as", value: "STAFF", required: true },
          help: "行う人の従業者番号（パスワードと確認コードを尋ねる）",
        },
        { name: "form", value: "html|xlsx|docx", many: true, help: "形（省けば三つとも）" },
      ],
      async run(io) {
        const number = Number(io.args[0]);
        if (!Number.isInteger(number) || number < 1)
          throw new AppError("BAD_INPUT", "文書の号を数字で入れてください（filings list で分かります）。");
        const chosen = io.options("form").length > 0 ? io.options("form") : forms;
        const unknown = chosen.find((one) => !(forms as readonly string[]).includes(one));
        if (unknown !== undefined)
          throw new AppError("BAD_INPUT", "--form は html、xlsx、docx のどれかです。");
        const { office, actor: system } = await seat(io);
        const inside = { contract: system.contract, roles: ["manager" as const] };
        const filing = (await listFilings(office, inside)).find((one) => one.number === number);
        if (!filing)
          throw new AppError("NOT_FOUND", `第${number}号はありません。filings list で確かめてください。`);
        const parties = await hand.parties(office, system.contract);
        const files: string[] = [];
        // 一式には、報告書や会議録の文がそのまま入る。画面と同じに、名指しした人の役割で作る。
        const who = { contract: system.contract, number: io.option("as") };
        const { hash, code } = await asHandler(office, who, io.secret, async (actor) => {
          const made = await makePackage(office, actor, filing.id, parties, hand.papers);
          for (const form of forms.filter((one) => chosen.includes(one))) {
            const file = packageFile(await takePackage(office, actor, filing.id, form), form);
            await io.writeFile(join(io.option("out") ?? ".", file.fileName), file.bytes);
            files.push(file.fileName);
          }
          return made;
        });
        io.result({ hash, code, files }, [`照合値 ${hash}`, `確認番号 ${code}`, ...files].join("\n"));
      },
    },
    {
      name: "packages read",
      usage: "FILE",
      summary: "届いた回答ファイル（.json、.xlsx、.docx）を読み込む",
      options: [contractOption],
      async run(io) {
        const path = io.args[0];
        if (path === undefined) throw new AppError("BAD_INPUT", "回答ファイルを一つ指してください。");
        const bytes = await io.readFile(path);
        const { office, actor } = await seat(io);
        const done = await readAnswer(office, actor, { fileName: basename(path), bytes });
        io.result(done, standings[done.standing]);
      },
    },
    {
      name: "packages remind",
      usage: "",
      summary: "回答を望む期限の近い文書を、委託者に確かめる仕事に加える",
      options: [contractOption],
      async run(io) {
        const { office, actor } = await seat(io);
        const terms = await hand.terms(office, actor.contract);
        const done = await remindAnswers(office, actor.contract, terms);
        io.result(done, `${done.opened}件を仕事に加え、${done.closed}件を閉じました。`);
      },
    },
    {
      name: "packages list",
      usage: "",
      summary: "届いた回答と、委託者の鍵を並べる",
      options: [contractOption],
      async run(io) {
        const { office, actor } = await seat(io);
        const inside = { ...actor, roles: ["manager" as const] };
        const [answers, keys] = await Promise.all([
          listReadAnswers(office, inside),
          listKeys(office, inside),
        ]);
        const lines = [
          ...answers.map((one) =>
            [
              one.filing ? `第${one.filing.number}号` : "－",
              ...[one.outcomeText || "－", sourceLabels[one.source], one.standingText],
            ].join("  "),
          ),
          ...keys.map((one) => `鍵  ${one.fingerprint}  ${keyStateLabels[one.state]}`),
        ];
        io.result({ answers, keys }, lines.join("\n") || "届いた回答も鍵もありません。");
      },
    },
  ];
}
