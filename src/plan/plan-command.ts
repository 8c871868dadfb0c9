import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { AppError } from "../base/error.ts";
import {
  buildPlanFile,
  comparePlanFiles,
  type PlanFormat,
  planFormats,
} from "../manuscript/build-plan-file.ts";
import { readPlanFolder as readFolder } from "../manuscript/read-plan-folder.ts";
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

/** plan compare: 二つの版 → 新旧対照表。 */
const compareCommand: Command = {
  name: "plan compare",
  usage: "A B",
  summary: "原稿の二つの版（フォルダー）を比べ、新旧対照表（Word）を作ります。",
  options: [
    { name: "order", value: "new-first|old-first", help: "左に置く版（既定は new-first、新が左）" },
    { name: "no-remarks", help: "備考の列を付けない" },
    { name: "layout", value: "new-old|amended", help: "新・旧・備考（既定）か、改正後・改正前" },
    { name: "no-omit", help: "変わらない行を略さない" },
  ],
  async run(io: CommandIo): Promise<void> {
    const [before, after] = [folderOf(io.args[0]), folderOf(io.args[1])];
    const order = io.option("order") ?? "new-first";
    if (order !== "new-first" && order !== "old-first")
      throw new AppError("BAD_INPUT", "--order は new-first（新が左）か old-first（旧が左）です。");
    const layout = io.option("layout") ?? "new-old";
    if (layout !== "new-old" && layout !== "amended")
      throw new AppError(
        "BAD_INPUT",
        "--layout は new-old（新・旧・備考）か amended（改正後・改正前）です。",
      );
    const { changes, docx } = comparePlanFiles(await readFolder(before), await readFolder(after), {
      ...{
        created: new Date().toISOString(),
        newFirst: order === "new-first",
        omit: !io.flag("no-omit"),
        layout,
      },
      ...(io.flag("no-remarks") ? { remarks: false } : {}),
    });
    const out = io.option("out");
    if (out) await io.writeFile(out, docx);
    const count = (kind: string) => changes.filter((one) => one.kind === kind).length;
    io.result(
      { changes },
      `追加 ${count("added")}、削除 ${count("removed")}、変更 ${count("changed")}、移動 ${count("moved")}${out ? `。${out} に書きました。` : "。--out FILE.docx を付けると、新旧対照表を書きます。"}`,
    );
  },
};

export const planCommands: Command[] = [buildCommand, compareCommand];

function folderOf(path: string | undefined): string {
  if (path === undefined) throw new AppError("BAD_INPUT", "原稿のフォルダーをご指定ください。");
  return path;
}

function formatsOf(text = "docx,html"): PlanFormat[] {
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
