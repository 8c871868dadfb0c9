import { systemActor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import type { Command, CommandIo } from "../platform/command.ts";
import type { Office } from "../platform/office.ts";
import { previewMove } from "./adopt-workplan.ts";
import { drawWorkplan, isPlanFormat } from "./export-workplan.ts";
import type { MovedLine } from "./move-date.ts";
import { writeLinks } from "./plan-task.ts";
import { proposeWorkplan } from "./propose-workplan.ts";
import { readCockpit } from "./read-cockpit.ts";
import { readPlanFile } from "./read-plan-file.ts";
import { readWorkplan } from "./read-workplan.ts";
import { planJson } from "./workplan-api-routes.ts";
import type { WorkplanHand } from "./workplan-hand.ts";

const contractOption = { name: "contract", value: "ID", help: "契約（一つしかなければ要らない）" };

type Inside = (io: CommandIo) => Promise<{ office: Office; contract: string }>;

/** 工程表のコマンド。定めること、動かすことは、画面と JSON で人が行う。 */
export function workplanCommands(hand: WorkplanHand): Command[] {
  const inOffice: Inside = async (io) => {
    const office = await io.office();
    return { office, contract: await hand.contract(office, io.option("contract")) };
  };
  return [...fileCommands(inOffice), ...dateCommands(inOffice)];
}

function fileCommands(inOffice: Inside): Command[] {
  return [
    {
      name: "workplan show",
      usage: "",
      summary: "工程表（--out で .xlsx .pptx .docx に書き出す）",
      options: [contractOption, { name: "out", value: "PATH", help: "書き出し先（.xlsx .pptx .docx）" }],
      async run(io) {
        const { office, contract } = await inOffice(io);
        const { plan, baseline, version } = await readWorkplan(office, contract);
        const out = io.option("out");
        if (out !== undefined) {
          const format = out.split(".").at(-1) ?? "";
          if (!isPlanFormat(format))
            throw new AppError("BAD_INPUT", "--out は .xlsx、.pptx、.docx のどれかにしてください。");
          await io.writeFile(out, (await drawWorkplan(office, systemActor(contract), format)).bytes);
        }
        const tasks = planJson(plan, baseline);
        const lines = tasks.map((one) =>
          [
            ...[one.critical ? "*" : " ", one.code, one.start, one.end, `余裕${one.float}`],
            ...[one.name, writeLinks(one.links)],
          ].join("  "),
        );
        io.result(
          { version: version?.number ?? null, misses: plan?.misses ?? [], tasks },
          out === undefined ? lines.join("\n") || "工程表はまだありません。" : `${out} に書き出しました。`,
        );
      },
    },
    {
      name: "workplan read",
      usage: "FILE",
      summary: "市の工程表（Excel、CSV）を読む。読めないます目があれば終了コード 2",
      options: [contractOption],
      async run(io) {
        const [path] = io.args;
        if (path === undefined) throw new AppError("BAD_INPUT", "ファイルを一つ指定してください。");
        const { office, contract } = await inOffice(io);
        const { frame, blueprint } = await readWorkplan(office, contract);
        const world = { calendar: frame.calendar, within: blueprint.performance };
        const sheet = readPlanFile(await io.readFile(path), path, world);
        const faults = sheet.faults.map(({ ref, message }) => `${sheet.sheet}!${ref} ${message}`);
        if (faults.length > 0)
          throw new AppError(
            "BAD_INPUT",
            `読めないます目が${faults.length}つあります。\n${faults.join("\n")}`,
          );
        const lines = sheet.tasks.map(
          ({ code, name, from, by, days, milestone }) =>
            `${code}  ${from ?? by ?? "－"}  ${milestone ? "節目" : `${days}日`}  ${name}`,
        );
        io.result(sheet, lines.join("\n"));
      },
    },
  ];
}

function dateCommands(inOffice: Inside): Command[] {
  return [
    {
      name: "workplan propose",
      usage: "",
      summary: "義務の期限から逆に引いた工程表の案",
      options: [contractOption],
      async run(io) {
        const { office, contract } = await inOffice(io);
        const { tasks, plan } = await proposeWorkplan(office, contract);
        const lines = (plan?.tasks ?? []).map(
          ({ task, start, end }) => `${task.code}  ${start}  ${end}  ${task.name}`,
        );
        io.result({ tasks, misses: plan?.misses ?? [] }, lines.join("\n") || "期限のある義務はありません。");
      },
    },
    {
      name: "workplan move",
      usage: "CODE DAY",
      summary: "日を動かしたときの新旧（何も変えない）",
      options: [contractOption, { name: "later", help: "つながりがなくても、後に始まるものを動かす" }],
      async run(io) {
        const [code, day] = io.args;
        if (code === undefined || day === undefined)
          throw new AppError("BAD_INPUT", "作業の記号と新しい日を指定してください（T05 2025-02-12）。");
        const { office, contract } = await inOffice(io);
        const behind = io.flag("later") ? "later" : "linked";
        const { lines, after } = await previewMove(office, contract, { code, day, behind });
        io.result({ lines, misses: after.misses }, lines.map(lineText).join("\n") || "日は動きません。");
      },
    },
    {
      name: "workplan cockpit",
      usage: "",
      summary: "意見募集の締切から納品まで: 残る営業日、作業、止めているもの",
      options: [contractOption],
      async run(io) {
        const { office, contract } = await inOffice(io);
        const cockpit = await readCockpit(office, contract);
        const { closes, delivery, span, left, blocks, open } = cockpit;
        io.result(
          {
            ...cockpit,
            open: open.map(({ task, start, end, room }) => ({ code: task.code, start, end, room })),
          },
          [
            `${closes ?? "締切なし"} → ${delivery}  ${span}営業日（今日から${left}営業日）`,
            ...open.map(({ task, end, room }) => `${task.code}  ${end}  余裕${room ?? "－"}  ${task.name}`),
            ...blocks.map(({ text }) => text),
          ].join("\n"),
        );
      },
    },
  ];
}

function lineText({ code, name, before, after, days, note }: MovedLine): string {
  const moved = days === 0 ? "±0" : days > 0 ? `+${days}` : String(days);
  return `${code}  ${before.start}〜${before.end} → ${after.start}〜${after.end}  ${moved}  ${name}  ${note}`;
}
