import { mkdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { systemActor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import type { Command, CommandIo } from "../platform/command.ts";
import type { Office } from "../platform/office.ts";
import { pbxMapOf } from "../telephony/call-command.ts";
import { callFigures } from "./call-figures.ts";
import { exportDialplan } from "./export-dialplan.ts";
import { importCalls } from "./import-calls.ts";
import { rangeOf } from "./list-calls.ts";
import { listenAmi } from "./listen-ami.ts";
import { speakAnnouncement } from "./speak-announcement.ts";

const contractOption = { name: "contract", value: "ID", help: "契約（一つしかなければ要らない）" };

type Opened = (io: CommandIo) => Promise<{ office: Office; contract: string }>;

/** 事務所の電話の記録のコマンド。契約の選び方は、上の階が渡す。 */
export function callCommands(hand: {
  contract(office: Office, id: string | undefined): Promise<string>;
}): Command[] {
  const open: Opened = async (io) => {
    const office = await io.office();
    return { office, contract: await hand.contract(office, io.option("contract")) };
  };
  return [keepCommand(open), figuresCommand(open), listenCommand(open), dialplanCommand(open)];
}

function keepCommand(open: Opened): Command {
  return {
    name: "calls keep",
    usage: "",
    summary:
      "queue_log と CDR、ほかの電話機の CSV を事務所の電話の記録に取り込む（何度でも同じ、開設時間は契約の暦）",
    options: [
      { name: "cdr", value: "FILE", many: true, help: "CDR の CSV" },
      { name: "queue-log", value: "FILE", many: true, help: "queue_log" },
      { name: "pbx", value: "FILE", many: true, help: "ほかの電話機の CSV" },
      { name: "pbx-map", value: "M.yaml", help: "その CSV の列・値・日時の書き方の対応表" },
      { name: "cdr-columns", value: "default|basic-pbx|a,b,c", help: "CDR の列の並び" },
      contractOption,
    ],
    async run(io) {
      const { office, contract } = await open(io);
      const read = async (option: string) =>
        Promise.all(
          io.options(option).map(async (path) => ({ name: basename(path), bytes: await io.readFile(path) })),
        );
      const result = await importCalls(
        office,
        systemActor(contract),
        { queueLogs: await read("queue-log"), cdrs: await read("cdr"), pbx: await read("pbx") },
        { cdrColumns: io.option("cdr-columns"), pbxMap: await pbxMapOf(io) },
      );
      const { added, merged, known } = result;
      io.result(result, `加わった ${added}件、ほかの知らせと合わせた ${merged}件、もうあった ${known}件`);
    },
  };
}

function figuresCommand(open: Opened): Command {
  return {
    name: "calls figures",
    usage: "",
    summary: "入電・応答・放棄・時間外・話中を、日・半時間・席・期で",
    options: [
      { name: "from", value: "DAY", help: "始まりの日" },
      { name: "to", value: "DAY", help: "終わりの日" },
      contractOption,
    ],
    async run(io) {
      const { office, contract } = await open(io);
      const range = await rangeOf(office, contract, { from: io.option("from"), to: io.option("to") });
      const figures = await callFigures(office, contract, range);
      const { total, definitions } = figures;
      io.result(
        figures,
        [
          `入電 ${total.offered}、応答 ${total.answered}、放棄 ${total.abandoned}、時間外 ${total.closed}、話中 ${figures.busy ?? "－"}`,
          ...figures.byDay.map((row) => `${row.day}  ${row.offered}  ${row.answered}  ${row.abandoned}`),
          ...definitions.map(({ term, text }) => `${term}: ${text}`),
        ].join("\n"),
      );
    },
  };
}

function listenCommand(open: Opened): Command {
  return {
    name: "calls listen",
    usage: "",
    summary: "Asterisk の管理の口（AMI）の知らせを、止めるまで電話の記録に重ねる（許しがあるときだけ）",
    options: [
      { name: "ami", value: "HOST:PORT", required: true, help: "管理の口。例 192.0.2.10:5038" },
      { name: "user", value: "NAME", required: true, help: "manager.conf の名（合い言葉は尋ねる）" },
      {
        name: "queue-log",
        value: "FILE",
        many: true,
        help: "つながるたびに読み、切れていた間を埋める queue_log",
      },
      {
        name: "channel",
        value: "PJSIP/{desk}",
        help: "画面からの発信で鳴らす、席のチャネル（{desk} は席の番号）。省けば発信しない",
      },
      { name: "context", value: "NAME", help: "画面からの発信で使う文脈（既定 from-internal）" },
      contractOption,
    ],
    async run(io) {
      const { office, contract } = await open(io);
      const [, host, port] = /^(.+):(\d{1,5})$/.exec(io.option("ami") ?? "") ?? [];
      if (host === undefined || Number(port) > 65_535)
        throw new AppError("BAD_INPUT", "--ami は「192.0.2.10:5038」の形で書いてください。");
      const secret = await io.secret("管理の口の合い言葉: ");
      const client = await listenAmi(office, {
        contract,
        place: { host, port: Number(port), user: io.option("user") ?? "", secret },
        queueLogs: () =>
          Promise.all(
            io
              .options("queue-log")
              .map(async (path) => ({ name: basename(path), bytes: await io.readFile(path) })),
          ),
        dial:
          io.option("channel") === undefined
            ? undefined
            : { channel: io.option("channel") ?? "", context: io.option("context") ?? "from-internal" },
        report: (line) => io.progress(line),
      });
      io.signal.addEventListener("abort", () => client.stop());
      await client.run();
      io.result({ stopped: true }, "止めました。");
    },
  };
}

function dialplanCommand(open: Opened): Command {
  return {
    name: "calls dialplan",
    usage: "",
    summary: "契約の暦から、休みの表・Asterisk のダイヤルプラン・時間外の案内の文（と声）を --out に書く",
    options: [contractOption],
    async run(io) {
      const out = io.option("out");
      if (out === undefined)
        throw new AppError("BAD_INPUT", "--out DIR に、書き出すフォルダーを書いてください。");
      const { office, contract } = await open(io);
      const { files, from, to } = await exportDialplan(office, contract);
      await mkdir(out, { recursive: true });
      for (const { name, text } of files) await io.writeFile(join(out, name), new TextEncoder().encode(text));
      const spoken = files.find(({ name }) => name === "announcement.txt")?.text ?? "";
      const audio = await speakAnnouncement(spoken, join(out, "madoguchi-closed.wav"));
      const names = [...files.map(({ name }) => name), ...(audio.made ? ["madoguchi-closed.wav"] : [])];
      io.result(
        { files: names, from, to, missing: audio.missing },
        audio.made
          ? `${names.length}個のファイルを書きました。`
          : `${names.length}個のファイルを書きました。声には ${audio.missing.join("、")} が要ります（Debian の apt で入ります）。`,
      );
    },
  };
}
