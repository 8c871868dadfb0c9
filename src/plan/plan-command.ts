import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { AppError } from "../base/error.ts";
import { buildPlanFile, type PlanFormat, planFormats } from "../manuscript/build-plan-file.ts";
import { type ChangeKind, changeLabels } from "../manuscript/compare-manuscript.ts";
import { comparePlans, readComparable } from "../manuscript/compare-plan-file.ts";
import { type ComparisonLayout, comparisonLayouts } from "../manuscript/comparison-document.ts";
import { readPlanFolder as readFolder } from "../manuscript/read-plan-folder.ts";
import { readReasons } from "../manuscript/reason-reader.ts";
import type { Command, CommandIo } from "../platform/command.ts";

/** plan build: 原稿 → Word・PowerPoint・HTML・PDF。事務所を開かない。 */
const buildCommand: Command = {
  name: "plan build",
  usage: "DIR",
  summary: "原稿のフォルダーを、Word・PowerPoint・HTML・PDF にします。",
  options: [{ name: "to", value: "docx,pptx,html,pdf", help: "作る形（コンマで。省けば docx と html）" }],
  async run(io: CommandIo): Promise<void> {
    const folder = folderOf(io.args[0]);
    const out = io.option("out") ?? join(folder, "out");
    const built = await buildPlanFile(
      await readFolder(folder),
      formatsOf(io.option("to")),
      new Date().toISOString(),
      { signal: io.signal, progress: async (doing) => io.progress(`${doing}…`) },
    );
    await mkdir(out, { recursive: true });
    const files: string[] = [];
    for (const { format, bytes } of built.files) {
      const path = join(out, `plan.${format}`);
      await io.writeFile(path, bytes);
      files.push(path);
    }
    const { title, warnings, matrix } = built;
    io.result(
      { title, files, warnings, matrix },
      [
        `${title}: ${files.join("、")}`,
        ...warnings.map(({ place, message }) => `注意 ${place.file}:${place.line}  ${message}`),
      ].join("\n"),
    );
  },
};

/** plan compare: 二つの版 → 新旧対照表と、変更履歴つきの本文。 */
const compareCommand: Command = {
  name: "plan compare",
  usage: "A B",
  summary:
    "原稿の二つの版（フォルダーか Word のファイル）を比べ、新旧対照表と変更履歴つきの本文（Word）を作ります。",
  options: [
    { name: "order", value: "new-first|old-first", help: "左に置く版（既定は new-first、新が左）" },
    { name: "no-remarks", help: "備考の列を付けない" },
    {
      name: "layout",
      value: "new-old|amended|current",
      help: "新・旧・備考（既定）、改正後・改正前、現行・改正案",
    },
    { name: "no-omit", help: "変わらない行を略さない" },
    {
      name: "reasons",
      value: "FILE",
      help: "理由の表（部分の id、意見番号、理由、あれば該当の文）。理由の列になる",
    },
    { name: "tracked", value: "FILE", help: "変更履歴つきの本文だけの Word" },
  ],
  async run(io: CommandIo): Promise<void> {
    const [old, now] = [await readComparable(pathOf(io.args[0])), await readComparable(pathOf(io.args[1]))];
    const reasons = io.option("reasons");
    const made = comparePlans(old, now, {
      ...lookOf(io),
      ...{ created: new Date().toISOString(), omit: !io.flag("no-omit") },
      ...(io.flag("no-remarks") ? { remarks: false } : {}),
      ...(reasons === undefined ? {} : { reasons: await readReasons(reasons) }),
    });
    const [out, tracked] = [io.option("out"), io.option("tracked")];
    if (out) await io.writeFile(out, made.docx);
    if (tracked) await io.writeFile(tracked, made.tracked);
    const { changes, warnings } = made;
    const counts = (Object.keys(changeLabels) as ChangeKind[]).flatMap((kind) => {
      const count = changes.filter((one) => one.kind === kind).length;
      return count > 0 ? [`${changeLabels[kind]} ${count}`] : [];
    });
    const files = [out, tracked].filter((one) => one !== undefined);
    io.result(
      { changes, warnings },
      [
        `${counts.length > 0 ? counts.join("、") : "違いはありません"}。${files.length > 0 ? `${files.join("、")} に書きました。` : "--out FILE.docx を付けると、新旧対照表を書きます。"}`,
        ...warnings.map(({ place, message }) => `注意 ${place.file}:${place.line}  ${message}`),
      ].join("\n"),
    );
  },
};

function lookOf(io: CommandIo): { newFirst?: boolean; layout: ComparisonLayout } {
  const order = io.option("order");
  if (order !== undefined && order !== "new-first" && order !== "old-first")
    throw new AppError("BAD_INPUT", "--order は new-first（新が左）か old-first（旧が左）です。");
  const layout = comparisonLayouts.find((one) => one === (io.option("layout") ?? "new-old"));
  if (!layout)
    throw new AppError(
      "BAD_INPUT",
      "--layout は new-old（新・旧・備考）、amended（改正後・改正前）、current（現行・改正案）のどれかです。",
    );
  return { layout, ...(order === undefined ? {} : { newFirst: order === "new-first" }) };
}

function pathOf(path: string | undefined): string {
  if (path === undefined)
    throw new AppError("BAD_INPUT", "前の版と後の版（原稿のフォルダーか Word のファイル）をご指定ください。");
  return path;
}

export const planCommands: Command[] = [buildCommand, compareCommand];

function folderOf(path: string | undefined): string {
  if (path === undefined) throw new AppError("BAD_INPUT", "原稿のフォルダーをご指定ください。");
  return path;
}

/** --to の文字 → 形。 */
export function formatsOf(text = "docx,html"): PlanFormat[] {
  const names = text.split(/[,、\s]+/).filter(Boolean);
  const unknown = names.find((name) => !planFormats.includes(name as PlanFormat));
  if (unknown !== undefined || names.length === 0)
    throw new AppError(
      "BAD_INPUT",
      `--to の「${unknown ?? ""}」は作れません。${planFormats.join("、")} から選んでください。`,
    );
  return names as PlanFormat[];
}

/** 原稿のフォルダーの中身。隠しファイルと out/ は読まない。 */
export async function readPlanFolder(path: string | undefined): Promise<Map<string, Uint8Array>> {
  return readFolder(folderOf(path));
}
