import { mkdir } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { parseInput } from "../access/zod-message.ts";
import { type Actor, systemActor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import type { PlanFormat } from "../manuscript/build-plan-file.ts";
import type { ManuscriptWarning } from "../manuscript/manuscript.ts";
import { decodeText } from "../office/csv-encoding.ts";
import type { Command, CommandIo } from "../platform/command.ts";
import type { Office } from "../platform/office.ts";
import { buildPlan } from "./build-plan.ts";
import { checkPlan } from "./check-plan.ts";
import { comparePlanVersions, defaultSides, NOW } from "./compare-versions.ts";
import { listUnexplained } from "./explain-change.ts";
import { exportPlan } from "./export-plan.ts";
import { reimportPlan } from "./import-plan.ts";
import { startBody } from "./plan-ask.ts";
import { formatsOf, readPlanFolder } from "./plan-command.ts";
import type { PlanHand } from "./plan-hand.ts";
import { COMMON_OUTLINE, numberSchemeNames } from "./plan-outline.ts";
import { listPlanBlocks, listPlans } from "./read-plan.ts";
import { type PlanFile, readPlanFile } from "./read-plan-file.ts";
import { listPlanVersions } from "./read-version.ts";
import { startPlan } from "./start-plan.ts";
import { takeGivenPlan } from "./take-given-plan.ts";

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
  return [
    listCommand(inside),
    startCommand(inside),
    importCommand(inside),
    exportCommand(inside),
    ...readCommands(inside),
  ];
}

type Inside = (io: CommandIo) => Promise<{ office: Office; actor: ReturnType<typeof systemActor> }>;

/** 言われた計画。言われなければ、ただ一つの計画。 */
export async function planOf(
  io: CommandIo,
  office: Office,
  actor: Pick<Actor, "contract" | "roles">,
): Promise<string> {
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
    usage: "DIR|F.docx",
    summary: "原稿のフォルダーか Word の計画書を事務所に取り込む（--plan で、外で直した原稿を重ねる）",
    options: [contractOption, planOption, { name: "reason", value: "TEXT", help: "重ねる理由" }],
    async run(io) {
      const { files, warnings } = await readGiven(io);
      const { office, actor } = await inside(io);
      const plan = io.option("plan");
      const done =
        plan === undefined
          ? await takeGivenPlan(office, actor, { files, warnings })
          : await reimportPlan(office, actor, plan, files, io.option("reason") ?? "原稿の差替え");
      const told = { ...done, warnings: [...warnings, ...done.warnings] };
      io.result(
        told,
        [
          `${done.id}  ${done.title}: 足した ${done.added}、直した ${done.changed}、消した ${done.removed}`,
          ...told.warnings.map(({ place, message }) => `注意 ${place.file}:${place.line}  ${message}`),
        ].join("\n"),
      );
    },
  };
}

/** フォルダーならそのまま、ファイルなら中身を見て（Word、zip）。 */
async function readGiven(io: CommandIo): Promise<PlanFile> {
  const [path] = io.args;
  if (path !== undefined && /\.(docx|dotx|zip|doc|rtf|odt|pptx|pdf)$/i.test(path))
    return readPlanFile(await io.readFile(path), basename(path).replace(/\.[^.]*$/, ""));
  return { files: await readPlanFolder(path), warnings: [] };
}

/** 章立ての文字のファイルから始める。 */
function startCommand(inside: Inside): Command {
  return {
    name: "plan start",
    usage: "[章立て.txt]",
    summary: "章立て（一行に一つ、字下げが段）から計画を始める。省けば、よくある章立て",
    options: [
      contractOption,
      { name: "title", value: "TEXT", help: "計画の名" },
      { name: "subtitle", value: "TEXT", help: "副題" },
      { name: "scheme", value: numberSchemeNames.join("・"), help: "見出しの番号（既定 chapter）" },
    ],
    async run(io) {
      const [path] = io.args;
      const outline = path === undefined ? COMMON_OUTLINE : decodeText(await io.readFile(path)).text;
      const given = { title: io.option("title") ?? "", subtitle: io.option("subtitle") ?? "", outline };
      const { office, actor } = await inside(io);
      const done = await startPlan(
        office,
        actor,
        parseInput(startBody, { ...given, scheme: io.option("scheme") }),
      );
      io.result(done, `${done.id}  ${done.title}: 見出し ${done.added}`);
    },
  };
}

function exportCommand(inside: Inside): Command {
  return {
    name: "plan export",
    usage: "DIR",
    summary:
      "事務所の計画を、原稿のフォルダー（plan.yaml、章の .md、データと画像）に書き出す。--to で、Word などに",
    options: [
      contractOption,
      planOption,
      { name: "to", value: "docx,pptx,html,pdf", help: "作る形（コンマで。省けば、原稿のフォルダー）" },
      { name: "version", value: "ID", help: "名のある版（plan versions。省けば、いまの原稿）" },
    ],
    async run(io) {
      const [folder] = io.args;
      if (folder === undefined) throw new AppError("BAD_INPUT", "書き出し先のフォルダーをご指定ください。");
      const { office, actor } = await inside(io);
      const to = io.option("to");
      if (to !== undefined) {
        await exportOutputs(io, office, actor, { folder, formats: formatsOf(to) });
        return;
      }
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

/** 計画を、その場で Word などにする。進みは標準エラーに、Ctrl+C で止まる。 */
async function exportOutputs(
  io: CommandIo,
  office: Office,
  actor: ReturnType<typeof systemActor>,
  { folder, formats }: { folder: string; formats: readonly PlanFormat[] },
): Promise<void> {
  const plan = await planOf(io, office, actor);
  await mkdir(folder, { recursive: true });
  const files: string[] = [];
  const warned = new Map<string, ManuscriptWarning>();
  for (const format of formats) {
    const made = await buildPlan(office, actor, plan, format, io.option("version"), {
      signal: io.signal,
      progress: async (doing) => io.progress(`${format}: ${doing}…`),
    });
    const path = join(folder, `plan.${format}`);
    await io.writeFile(path, made.bytes);
    files.push(path);
    for (const one of made.warnings) warned.set(`${one.place.file}:${one.place.line} ${one.message}`, one);
  }
  const warnings = [...warned.values()];
  io.result(
    { files, warnings },
    [
      `${files.join("、")} に書きました。`,
      ...warnings.map(({ place, message }) => `注意 ${place.file}:${place.line}  ${message}`),
    ].join("\n"),
  );
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
      name: "plan reasons",
      usage: "",
      summary: "意見公募にかけた版のあとの、理由も意見もない変更。あれば終了コード 1",
      options: [contractOption, planOption],
      async run(io) {
        const { office, actor } = await inside(io);
        const found = await listUnexplained(office, actor, await planOf(io, office, actor));
        const lines = found?.lines ?? [];
        io.result(
          { from: found?.from ?? null, lines },
          lines
            .map(({ block, under, after, before }) => `${block}  ${under}  ${after || before}`)
            .join("\n") || "理由のない変更はありません。",
        );
        if (lines.length > 0)
          throw new AppError("REFUSED", `理由も意見もない変更が${lines.length}か所あります。`);
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
          ({ id, number, name, at, sha256 }) =>
            `第${number}稿  ${id}  ${at}  ${sha256.slice(0, 12)}  ${name}`,
        );
        io.result(
          { versions, changes: changed?.lines ?? [] },
          [...lines, changed ? `いままでに ${changed.lines.length} か所` : "版はまだありません。"].join("\n"),
        );
      },
    },
  ];
}
