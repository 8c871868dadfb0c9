import { asHandler } from "../access/act-as.ts";
import { systemActor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import { formatMonthDay } from "../japan/wareki.ts";
import { rsvpNames } from "../meetings/meeting.ts";
import type { Command, CommandIo } from "../platform/command.ts";
import type { Office } from "../platform/office.ts";
import { keepRsvp, readRsvpFile } from "./answer-invitation.ts";
import { makeInvitation } from "./fix-date.ts";
import { readPoll } from "./poll-meeting.ts";
import { proposeAgenda, takePaper } from "./prepare-papers.ts";
import { type Council, readCouncil } from "./read-council.ts";

/** 有識者会議のコマンドに、上の階が渡すもの。 */
export interface CouncilHand {
  /** 言われた契約。言われなければ、ただ一つの契約（二つ以上あれば断る）。 */
  contract(office: Office, id: string | undefined): Promise<string>;
}

const asStaff = {
  ...{ name: "as", value: "STAFF", required: true },
  help: "行う人の従業者番号（パスワードと確認コードを尋ね、扱う資格を確かめる）",
};
const contractOption = { name: "contract", value: "ID", help: "契約（一つしかなければ要らない）" };

/** 有識者会議のコマンド。決めること、書くことは、画面と JSON で人が行う。 */
export function councilCommands(hand: CouncilHand): Command[] {
  const open = async (io: CommandIo) => {
    const office = await io.office();
    const contract = await hand.contract(office, io.option("contract"));
    const council = await readCouncil(office, contract);
    return { office, contract, council, meeting: meetingNumbered(council, io.args[0]) };
  };
  return [
    {
      name: "council poll",
      usage: "NUMBER",
      summary: "第NUMBER回の日程の候補を、良い順に（来られない委員は名簿の番号で）",
      options: [contractOption],
      async run(io) {
        const { office, contract, council, meeting } = await open(io);
        const { ranked, answered, members } = await readPoll(office, council, contract, meeting.id);
        const numbers = new Map(members.map(({ id, number }) => [id, number]));
        const plain = ranked.map(({ slot, standing, reasons, ...groups }) => ({
          ...{ slot, standing, reasons },
          ...Object.fromEntries(
            Object.entries(groups).map(([name, ids]) => [name, ids.map((id) => numbers.get(id) ?? 0)]),
          ),
        }));
        const lines = ranked.map(
          ({ slot, standing, yes, maybe, no, silent, reasons }) =>
            `${formatMonthDay(slot.day, { weekday: true })} ${slot.start}–${slot.end}  ○${yes.length} △${maybe.length} ×${no.length} 未回答${silent.length}  ${standing === "ready" ? "開けます" : reasons.join("、")}`,
        );
        io.result(
          { number: meeting.number, answered, members: members.length, ranked: plain },
          lines.length === 0
            ? "候補はまだありません。"
            : [`第${meeting.number}回  回答 ${answered}/${members.length}`, ...lines].join("\n"),
        );
      },
    },
    {
      name: "council ics",
      usage: "NUMBER",
      summary: "第NUMBER回の、いまの招集状（.ics。--each で委員ごとの .zip）",
      options: [
        contractOption,
        asStaff,
        { name: "out", value: "PATH", help: "書き出し先" },
        { name: "each", help: "委員ごとの一枚ずつを zip に" },
      ],
      async run(io) {
        const { office, contract, meeting } = await open(io);
        const out = io.option("out");
        if (out === undefined) throw new AppError("BAD_INPUT", "--out に書き出し先を指定してください。");
        // 招集状には、委員の氏名とメールアドレスが入る。
        const who = { contract, number: io.option("as"), use: "personal" } as const;
        const file = await asHandler(office, who, io.secret, (actor) =>
          makeInvitation(office, actor, meeting.id, { each: io.flag("each") }),
        );
        await io.writeFile(out, file.bytes);
        const last = meeting.invitations.at(-1);
        io.result(
          { number: meeting.number, method: last?.method ?? null, sequence: last?.sequence ?? null },
          `${out} に書き出しました（${last?.method} ${last?.sequence}）。`,
        );
      },
    },
    replyCommand(open),
    {
      name: "council agenda",
      usage: "NUMBER",
      summary: "第NUMBER回の次第の案（--out で、残した次第の Word）",
      options: [contractOption, { name: "out", value: "PATH", help: "次第の Word の書き出し先" }],
      async run(io) {
        const { office, contract, meeting } = await open(io);
        const agenda = await proposeAgenda(office, contract, meeting.id);
        const out = io.option("out");
        if (out !== undefined)
          await io.writeFile(
            out,
            (await takePaper(office, systemActor(contract), meeting.id, "agenda")).bytes,
          );
        io.result(
          { number: meeting.number, agenda },
          out === undefined
            ? agenda.map(({ title, minutes }) => `${title}（${minutes}分）`).join("\n")
            : `${out} に書き出しました。`,
        );
      },
    },
  ];
}

function meetingNumbered(council: Council, text: string | undefined): Council["meetings"][number] {
  const number = Number(text?.normalize("NFKC").replace(/[第回]/g, ""));
  const meeting = council.meetings.find((one) => one.number === number);
  if (meeting === undefined)
    throw new AppError("BAD_INPUT", "会議の回（1 など）を指定してください。その回の会議がありません。");
  return meeting;
}

type Opened = { office: Office; contract: string; meeting: Council["meetings"][number] };

function replyCommand(open: (io: CommandIo) => Promise<Opened>): Command {
  return {
    name: "council reply",
    usage: "NUMBER FILE",
    summary: "第NUMBER回の招集状への返事のファイル（.ics、.eml、.txt）を読んで残す",
    options: [contractOption, asStaff],
    async run(io) {
      const { office, contract, meeting } = await open(io);
      const path = io.args[1];
      if (path === undefined) throw new AppError("BAD_INPUT", "返事のファイルを指定してください。");
      const read = await readRsvpFile(office, contract, meeting.id, await io.readFile(path));
      if (read.member === undefined || read.answer === undefined)
        throw new AppError(
          "REFUSED",
          "どなたの返事か、出欠のどちらかが読み取れません。会議の画面で選んで残してください。",
        );
      const { member, answer, note, sequence } = read;
      const given = { member: member.id, answer, note, sequence, channel: "mail" as const };
      const who = { contract, number: io.option("as"), use: "personal" } as const;
      await asHandler(office, who, io.secret, (actor) => keepRsvp(office, actor, meeting.id, given));
      io.result(
        { number: meeting.number, member: member.number, answer, sequence, stale: read.stale },
        `委員${member.number}の返事（${rsvpNames[answer]}）を残しました。${read.stale ? "日を動かす前の招集状への返事です。" : ""}`,
      );
    },
  };
}
