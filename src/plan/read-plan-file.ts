import { AppError } from "../base/error.ts";
import type { ManuscriptWarning } from "../manuscript/manuscript.ts";
import { readWordPlan } from "../manuscript/word-plan-reader.ts";
import { writeManuscript } from "../manuscript/write-manuscript.ts";
import { openZip } from "../office/zip.ts";

export interface PlanFile {
  /** 名 → 中身。 */
  files: Map<string, Uint8Array>;
  /** Word から写せなかったもの。 */
  warnings: ManuscriptWarning[];
}

/**
 * 原稿の一式（zip）か、ほかで作られた Word の計画書（.docx）を、原稿のフォルダーの形にする。
 * 全体が一つのフォルダーに入っている zip は、その中を見る。
 * @throws AppError BAD_INPUT（どちらでもない、壊れている）、TOO_LARGE
 */
export function readPlanFile(bytes: Uint8Array, title?: string): PlanFile {
  if (bytes[0] === 0xd0 && bytes[1] === 0xcf) return readWord(bytes, title);
  if (bytes[0] !== 0x50 || bytes[1] !== 0x4b)
    throw new AppError(
      "BAD_INPUT",
      "原稿の一式（.zip）でも、Word（.docx）でもありません。計画の画面の「原稿の一式（zip）」と同じ形の zip か、Word の計画書を選んでください。",
    );
  const parts = openZip(bytes);
  if (parts.has("[Content_Types].xml")) return readWord(bytes, title);
  const names = [...parts.keys()].filter((name) => !name.startsWith("__MACOSX/"));
  const top = names[0]?.split("/")[0] ?? "";
  const nested = top !== "" && names.every((name) => name.startsWith(`${top}/`));
  const files = names.flatMap((name): [string, Uint8Array][] => {
    const own = nested ? name.slice(top.length + 1) : name;
    const body = parts.get(name);
    return body && !own.split("/").some((part) => part.startsWith(".")) ? [[own, body]] : [];
  });
  return { files: new Map(files), warnings: [] };
}

function readWord(bytes: Uint8Array, title: string | undefined): PlanFile {
  const manuscript = readWordPlan(bytes, title);
  return { files: writeManuscript(manuscript), warnings: manuscript.warnings };
}
