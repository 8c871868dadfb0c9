import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { systemActor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import type { Command, CommandIo } from "../platform/command.ts";
import type { Office } from "../platform/office.ts";
import { checkPlan } from "./check-plan.ts";
import { comparePlanVersions, defaultSides, NOW } from "./compare-versions.ts";
import { exportPlan } from "./export-plan.ts";
import { importPlan, reimportPlan } from "./import-plan.ts";
import { readPlanFolder } from "./plan-command.ts";
import type { PlanHand } from "./plan-hand.ts";
import { listPlanBlocks, listPlans } from "./read-plan.ts";
import { listPlanVersions } from "./take-version.ts";

const contractOption = { name: "contract", value: "ID", help: "契約（一つしかなければ要らない）" };
const planOption = { name: "plan", value: "ID", help: "計画（一つしかなければ要らない）" };

/** 事務所の中の計画のコマンド。直すこと、版を残すことは、画面と JSON で人が行う。 */
export function planOfficeCommands(hand: Pick<PlanHand, "contract">): Command[] {
  const inside = async (
    io: CommandIo,
  ): Promise<{ office: Office; actor: ReturnType<typeof systemActor> }> => {
    const office = await io.office();
    return { office, actor: systemActor(await hand.contract(office, io.option("contract"))) };
  };
  return [listCommand(inside), importCommand(inside), exportCommand(inside), ...readCommands(inside)];
}

type Inside = (io: CommandIo) => Promise<{ office: Office; actor: ReturnType<typeof systemActor> }>;

/** 言われた計画。言われなければ、ただ一つの計画。 */
async function planOf(io: CommandIo, office: Office, actor: ReturnType<typeof systemActor>): Promise<string> {
  const plans = await listPlans(office, actor);
  const wanted = io.option("plan");
  const [only, ...others] = wanted === undefined ? plans : plans.filter(({ id }) => id === wanted);
  if (only === undefined)
    throw new AppError("NOT_FOUND", "計画がありません。plan import で取り込むか、--plan をご確認ください。");
  if (others.length > 0)
    throw new AppError(
      "BAD_INPUT",
      "計画が二つ以上あります。--plan で、どれかを言ってください（plan list）。",
    );
  return only.id;
}

function listCommand(inside: Inside): Command {
  return {
    ...{ name: "plan list", usage: "", summary: "事務所の計画の一覧", options: [contractOption] },
    async run(io) {
      const { office, actor } = await inside(io);
      const plans = await listPlans(office, actor);
      const lines = plans.map(({ id, title, sequence }) => `${id}  変更${sequence}回  ${title}`);
      io.result(plans, lines.join("\n") || "計画はまだありません。");
    },
  };
}

function importCommand(inside: Inside): Command {
  return {
    name: "plan import",
    usage: "DIR",
    summary: "原稿のフォルダーを事務所に取り込む（--plan で、外で直したものを前の計画に重ねる）",
    options: [contractOption, planOption, { name: "reason", value: "TEXT", help: "重ねる理由" }],
    async run(io) {
      const files = await readPlanFolder(io.args[0]);
      const { office, actor } = await inside(io);
      const plan = io.option("plan");
      const done =
        plan === undefined
          ? await importPlan(office, actor, files)
          : await reimportPlan(office, actor, plan, files, io.option("reason") ?? "原稿の差替え");
      io.result(
        done,
        [
          `${done.id}  ${done.title}: 足した ${done.added}、直した ${done.changed}、消した ${done.removed}`,
          ...done.warnings.map(({ place, message }) => `注意 ${place.file}:${place.line}  ${message}`),
        ].join("\n"),
      );
    },
  };
}

function exportCommand(inside: Inside): Command {
  return {
    name: "plan export",
    usage: "DIR",
    summary: "事務所の計画を、原稿のフォルダー（plan.yaml、章の .md、データと画像）に書き出す",
    options: [contractOption, planOption],
    async run(io) {
      const [folder] = io.args;
      if (folder === undefined) throw new AppError("BAD_INPUT", "書き出し先のフォルダーをご指定ください。");
      const { office, actor } = await inside(io);
      const files = await exportPlan(office, actor, await planOf(io, office, actor));
      for (const [name, bytes] of files) {
        const path = join(folder, name);
        await mkdir(dirname(path), { recursive: true });
        await io.writeFile(path, bytes);
      }
      io.result({ files: [...files.keys()] }, `${folder} に ${files.size} のファイルを書きました。`);
    },
  };
}

function readCommands(inside: Inside): Command[] {
  return [
    {
      name: "plan blocks",
      usage: "",
      summary: "計画の部分（番号、名、種類、版、見出し）",
      options: [contractOption, planOption],
      async run(io) {
        const { office, actor } = await inside(io);
        const blocks = await listPlanBlocks(office, actor, await planOf(io, office, actor));
        const lines = blocks.map(({ id, kind, number, version, heading }) =>
          [id, kind, number || "－", `第${version}版`, heading].join("  "),
        );
        io.result(blocks, lines.join("\n"));
      },
    },
    {
      name: "plan check",
      usage: "",
      summary: "計画の整合と点検。上位計画との食い違いがあれば終了コード 1",
      options: [contractOption, planOption],
      async run(io) {
        const { office, actor } = await inside(io);
        const checked = await checkPlan(office, actor, await planOf(io, office, actor));
        const { clashes } = checked.consistency;
        io.result(
          checked,
          checked.remarks
            .map(({ title, where, block, text }) => `${title}  ${where}  ${block}  ${text}`)
            .join("\n") || "直すところはありません。",
        );
        if (clashes.length > 0)
          throw new AppError("REFUSED", `上位計画との食い違いが${clashes.length}件あります。`);
      },
    },
    {
      name: "plan versions",
      usage: "",
      summary: "計画の名のある版と、いちばん新しい版からいままでの違い",
      options: [contractOption, planOption],
      async run(io) {
        const { office, actor } = await inside(io);
        const plan = await planOf(io, office, actor);
        const versions = await listPlanVersions(office, actor, plan);
        const sides = await defaultSides(office, actor, plan);
        const changed = sides ? await comparePlanVersions(office, actor, plan, sides.from, NOW) : undefined;
        const lines = versions.map(
          ({ number, name, at, sha256 }) => `第${number}稿  ${at}  ${sha256.slice(0, 12)}  ${name}`,
        );
        io.result(
          { versions, changes: changed?.lines ?? [] },
          [...lines, changed ? `いままでに ${changed.lines.length} か所` : "版はまだありません。"].join("\n"),
        );
      },
    },
  ];
}
