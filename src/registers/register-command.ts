import { asHandler } from "../access/act-as.ts";
import { systemActor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import type { Command, CommandIo, CommandOption } from "../platform/command.ts";
import type { Office } from "../platform/office.ts";
import { bookNames, bookOf, isBook } from "./book.ts";
import { environmentNames, itemOf, savedTotal } from "./environment.ts";
import { listEntries } from "./list-entries.ts";
import { listEnvironment } from "./list-environment.ts";
import { listStaff } from "./list-staff.ts";
import { printBook, printStaff } from "./print-entry.ts";
import type { RegisterHand } from "./register-hand.ts";
import { staffRoles } from "./staff.ts";
import { dayAsked } from "./staff-ask.ts";

/** 文や氏名の入るファイルを書くときだけ要る。 */
const asStaff: CommandOption = {
  ...{ name: "as", value: "STAFF" },
  help: "--out で書き出す人の従業者番号（パスワードと確認コードを尋ねる）",
};
const contractOption = { name: "contract", value: "ID", help: "契約（一つしかなければ要らない）" };

/** 登録簿・体制・環境のコマンド。氏名は標準出力に出さない（--out の体制図にだけ入る）。 */
export function registerCommands(hand: RegisterHand): Command[] {
  const inOffice = async (io: CommandIo): Promise<{ office: Office; contract: string }> => {
    const office = await io.office();
    return { office, contract: await hand.contract(office, io.option("contract")) };
  };
  return [registersList(inOffice), teamShow(inOffice), environmentShow(inOffice)];
}

type InOffice = (io: CommandIo) => Promise<{ office: Office; contract: string }>;

function registersList(inOffice: InOffice): Command {
  return {
    name: "registers list",
    usage: "",
    summary: "協議簿・指示簿・質疑・助言簿・提案簿・許認可・事故の一覧（文は出さない）",
    options: [
      contractOption,
      { name: "book", value: bookNames.join("|"), help: "一つの帳簿だけ" },
      { name: "search", value: "TEXT", help: "件名と書かれた文を探す" },
      { name: "out", value: "PATH", help: "帳簿の一覧の Word（--book と --as が要る）" },
      asStaff,
    ],
    async run(io) {
      const book = io.option("book");
      if (book !== undefined && !isBook(book))
        throw new AppError("BAD_INPUT", `--book は ${bookNames.join("、")} のどれかです。`);
      const out = io.option("out");
      if (out !== undefined && book === undefined)
        throw new AppError("BAD_INPUT", "--out のときは、--book で帳簿を選んでください。");
      const { office, contract } = await inOffice(io);
      const actor = systemActor(contract);
      const entries = await listEntries(office, actor, { book, search: io.option("search") });
      if (out !== undefined && book !== undefined)
        await asHandler(office, { contract, number: io.option("as") }, io.secret, async (staff) =>
          io.writeFile(out, (await printBook(office, staff, book)).bytes),
        );
      io.result(
        { entries },
        entries
          .map((one) =>
            [bookOf(one.book).label, one.numberText, one.heldOn, one.stateText, one.title].join("  "),
          )
          .join("\n") || "登録はありません。",
      );
    },
  };
}

function teamShow(inOffice: InOffice): Command {
  return {
    name: "team show",
    usage: "",
    summary: "その日の体制（役割ごとの人数）。--out で体制図（.png、.pdf、.docx）",
    options: [
      contractOption,
      { name: "day", value: "DAY", help: "見る日（省けば今日）" },
      { name: "out", value: "PATH", help: "体制図を書く場所（氏名が入るので --as が要る）" },
      asStaff,
    ],
    async run(io) {
      const day = dayAsked(io.option("day"));
      const out = io.option("out");
      const format = (["png", "pdf", "docx"] as const).find((one) => out?.endsWith(`.${one}`));
      if (out !== undefined && format === undefined)
        throw new AppError("BAD_INPUT", "--out は .png、.pdf、.docx のどれかで終わる名にしてください。");
      const { office, contract } = await inOffice(io);
      const actor = systemActor(contract);
      const staff = await listStaff(office, actor, day);
      if (out !== undefined && format !== undefined)
        await asHandler(office, { contract, number: io.option("as") }, io.secret, async (who) =>
          io.writeFile(out, (await printStaff(office, who, format, day)).bytes),
        );
      const members = staff.members.map(({ number, employment, today }) => ({
        ...{ number, employment, roles: today.map(({ role, from, to }) => ({ role, from, to })) },
      }));
      io.result(
        { day: staff.day, members },
        members
          .map((one) =>
            [`${one.number}番`, one.roles.map(({ role }) => staffRoles[role].label).join("、")].join("  "),
          )
          .join("\n") || "この日に役割のある人はいません。",
      );
    },
  };
}

function environmentShow(inOffice: InOffice): Command {
  return {
    name: "environment show",
    usage: "",
    summary: "月ごとの環境の数と、紙の節約",
    options: [contractOption],
    async run(io) {
      const { office, contract } = await inOffice(io);
      const environment = await listEnvironment(office, { contract });
      const { totals, saved } = environment;
      const lines = environmentNames.flatMap((name) =>
        totals[name] === undefined ? [] : [`${itemOf(name).label}  ${totals[name]}${itemOf(name).unit}`],
      );
      io.result(environment, [...lines, `節約した紙  ${savedTotal(saved)}枚`].join("\n"));
    },
  };
}
