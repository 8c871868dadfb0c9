import { basename } from "node:path";
import { asHandler } from "../access/act-as.ts";
import { systemActor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import { dayOf } from "../base/time.ts";
import { ages, channels } from "../opinions/period-rule.ts";
import type { Command, CommandIo } from "../platform/command.ts";
import type { Office } from "../platform/office.ts";
import type { CommentHand } from "./comment-hand.ts";
import { isResultFormat, makeResult, readResult } from "./make-result.ts";
import { readBook } from "./read-book.ts";
import { readMailFile, readTableFile } from "./read-letter-file.ts";
import { type NewLetter, receiveLetters } from "./receive-letters.ts";
import { standingLabels } from "./sort-letter.ts";

const asStaff = {
  ...{ name: "as", value: "STAFF" },
  help: "行う人の従業者番号（パスワードと確認コードを尋ね、扱う資格を確かめる）",
};
const contractOption = { name: "contract", value: "ID", help: "契約（一つしかなければ要らない）" };

/** 事務所の中の意見公募のコマンド。人の判断（分ける、まとめる、答える）は、画面と JSON で行う。 */
export function officeCommands(hand: CommentHand): Command[] {
  const inside = async (io: CommandIo): Promise<{ office: Office; contract: string }> => {
    const office = await io.office();
    return { office, contract: await hand.contract(office, io.option("contract")) };
  };
  return [
    receiveCommand(inside),
    listCommand(inside),
    {
      name: "comments counts",
      usage: "",
      summary: "四つの数（提出者・通数・意見数・異なる意見）と内訳。合わなければ終了コード 1",
      options: [contractOption],
      async run(io) {
        const { office, contract } = await inside(io);
        const { counts } = await readBook(office, contract);
        const { total, faults } = counts;
        if (faults.length > 0) throw new AppError("REFUSED", `数が合いません。\n${faults.join("\n")}`);
        const line = (name: string, of: typeof total) =>
          `${name}  提出者 ${of.people}人  ${of.letters}通  意見 ${of.opinions}件  異なる意見 ${of.distinct}件`;
        io.result(
          {
            ...total,
            strings: counts.strings,
            byChannel: counts.byChannel,
            byAge: counts.byAge,
            bySection: counts.bySection,
            byStatus: counts.byStatus,
          },
          [
            line("合計", total),
            ...counts.byChannel.map((one) =>
              line(channels[one.key as keyof typeof channels] ?? one.key, one),
            ),
            ...counts.byAge.map((one) => line(ages[one.key as keyof typeof ages] ?? one.key, one)),
          ].join("\n"),
        );
      },
    },
    {
      name: "comments result",
      usage: "",
      summary: "意見の概要と市の考え方を書き出す（.docx .html .pdf .xlsx）。そろっていなければ断る",
      options: [
        contractOption,
        { name: "out", value: "PATH", required: true, help: "書き出し先" },
        { name: "internal", help: "内部用（途中でもよい。もとの意見の文が付くので --as が要る）" },
        asStaff,
      ],
      async run(io) {
        const { office, contract } = await inside(io);
        const out = io.option("out") ?? "";
        const format = out.split(".").at(-1) ?? "";
        if (!isResultFormat(format))
          throw new AppError("BAD_INPUT", "--out は .docx、.html、.pdf、.xlsx のどれかにしてください。");
        const edition = io.flag("internal") ? "internal" : "public";
        const who = { contract, number: io.option("as"), use: "personal" } as const;
        const { bytes } =
          edition === "public" && who.number === undefined
            ? await makeResult(office, systemActor(contract), { format, edition })
            : await asHandler(office, who, io.secret, (actor) =>
                makeResult(office, actor, { format, edition }),
              );
        await io.writeFile(out, bytes);
        const { book, stops } = await readResult(office, { contract });
        io.result(
          {
            answers: book.rows.length,
            opinions: book.counts.total.opinions,
            changes: book.changes.length,
            stops,
          },
          `${out} に書き出しました（答え ${book.rows.length}件、意見 ${book.counts.total.opinions}件）。`,
        );
      },
    },
  ];
}

function listCommand(inside: (io: CommandIo) => Promise<{ office: Office; contract: string }>): Command {
  return {
    name: "comments list",
    usage: "",
    summary: "届いた意見書（氏名などは出ない）",
    options: [contractOption],
    async run(io) {
      const { office, contract } = await inside(io);
      const book = await readBook(office, contract);
      const letters = book.letters.map(({ number, name, channel, day, age, standing, sorted, kids, id }) => ({
        ...{ number, name, channel, day, age, standing, sorted, kids },
        opinions: book.opinions.filter(({ letter }) => letter === id).length,
      }));
      const lines = letters.map(
        (one) =>
          `${one.name}  ${one.day}  ${channels[one.channel]}  ${ages[one.age]}  意見${one.opinions}  ${standingLabels[one.standing]}  ${one.sorted ? "整理済み" : "これから"}`,
      );
      io.result({ letters }, lines.join("\n") || "意見はまだ届いていません。");
    },
  };
}

function receiveCommand(inside: (io: CommandIo) => Promise<{ office: Office; contract: string }>): Command {
  return {
    name: "comments receive",
    usage: "FILE…",
    summary: "意見を受け取る（.eml、または一行一通の表 .csv .xlsx）。前に受けたものは飛ばす",
    options: [
      contractOption,
      { ...asStaff, required: true },
      { name: "channel", value: "NAME", help: "表に提出方法の列がないとき（hand post fax mail form）" },
      { name: "day", value: "DAY", help: "表に受付日の列がないとき" },
    ],
    async run(io) {
      if (io.args.length === 0) throw new AppError("BAD_INPUT", "ファイルを一つ以上指定してください。");
      const { office, contract } = await inside(io);
      const today = dayOf(office.clock.officeNow(contract));
      const [channel, day] = [io.option("channel"), io.option("day")];
      const base = { ...(channel ? { channel } : {}), ...(day ? { day } : {}) };
      const read: NewLetter[][] = [];
      for (const path of io.args) {
        const file = { fileName: basename(path), bytes: await io.readFile(path) };
        read.push(
          /\.(?:eml|zip)$/i.test(path) ? await readMailFile(file, today) : readTableFile(file, base, today),
        );
      }
      let [received, known] = [0, 0];
      const who = { contract, number: io.option("as"), use: "personal" } as const;
      await asHandler(office, who, io.secret, async (actor) => {
        for (const letters of read) {
          const done = await receiveLetters(office, actor, letters);
          received += done.received;
          known += done.known;
        }
      });
      io.result(
        { received, known },
        `${received}通を受け取りました。前に受けていた${known}通は飛ばしました。`,
      );
    },
  };
}
