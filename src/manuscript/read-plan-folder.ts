import { readdir, readFile, stat } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { AppError } from "../base/error.ts";

const FILES = 2000;
const BYTES = 512 * 1024 * 1024;

/**
 * 原稿のフォルダーの中身（名 → バイト列）。隠しファイルと out/ は読まない。
 * @throws AppError BAD_INPUT（フォルダーがない）、TOO_LARGE（2,000 ファイル、512 MB を超える）
 */
export async function readPlanFolder(folder: string): Promise<Map<string, Uint8Array>> {
  const found = await stat(folder).catch(() => undefined);
  if (found?.isFile())
    throw new AppError(
      "BAD_INPUT",
      "フォルダーではなく、ファイルが指定されています。plan.yaml と本文（.md）の入ったフォルダーをご指定ください。",
    );
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
