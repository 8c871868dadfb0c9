import { mkdir, readdir, readFile, stat } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { AppError } from "../base/error.ts";
import {
  buildPlanFile,
  comparePlanFiles,
  type PlanFormat,
  planFormats,
} from "../manuscript/build-plan-file.ts";
import type { Command, CommandIo } from "../platform/command.ts";

const FILES = 2000;
const BYTES = 512 * 1024 * 1024;

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
  ],
  async run(io: CommandIo): Promise<void> {
    const [before, after] = [folderOf(io.args[0]), folderOf(io.args[1])];
    const order = io.option("order") ?? "new-first";
    if (order !== "new-first" && order !== "old-first")
      throw new AppError("BAD_INPUT", "--order は new-first（新が左）か old-first（旧が左）です。");
    const { changes, docx } = comparePlanFiles(await readFolder(before), await readFolder(after), {
      ...{
        created: new Date().toISOString(),
        newFirst: order === "new-first",
        remarks: !io.flag("no-remarks"),
      },
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

async function readFolder(folder: string): Promise<Map<string, Uint8Array>> {
  const found = await stat(folder).catch(() => undefined);
  if (!found?.isDirectory())
    throw new AppError("BAD_INPUT", "原稿のフォルダーが見つかりません。場所をご確認ください。");
  const files = new Map<string, Uint8Array>();
  let bytes = 0;
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const name = relative(folder, path).split(sep).join("/");
    if (!entry.isFile() || name.split("/").some((part) => part.startsWith(".")) || name.startsWith("out/"))
      continue;
    const body = await readFile(path);
    bytes += body.length;
    if (files.size >= FILES || bytes > BYTES)
      throw new AppError(
        "TOO_LARGE",
        "原稿のフォルダーが大きすぎます（2,000 ファイル、512 MB まで）。写真を小さくしてください。",
      );
    files.set(name, new Uint8Array(body));
  }
  return files;
}
