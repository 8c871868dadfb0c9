import { AppError } from "../base/error.ts";
import type { ManuscriptWarning } from "../manuscript/manuscript.ts";
import { readSlidePlan } from "../manuscript/slide-plan-reader.ts";
import { readWordPlan } from "../manuscript/word-plan-reader.ts";
import { writeManuscript } from "../manuscript/write-manuscript.ts";
import { canConvertToWord, convertToWord } from "../office/convert-to-word.ts";
import { openZip } from "../office/zip.ts";

export interface PlanFile {
  /** 名 → 中身。 */
  files: Map<string, Uint8Array>;
  /** Word から写せなかったもの。 */
  warnings: ManuscriptWarning[];
}

/**
 * 原稿の一式（zip）か、ほかで作られた Word の計画書（.docx）を、原稿のフォルダーの形にする。
 * PowerPoint（.pptx）は、スライドの題を見出しにして読む。古い Word（.doc）、.rtf、.odt は、LibreOffice があれば .docx に直して読む。
 * 全体が一つのフォルダーに入っている zip は、その中を見る。
 * @throws AppError BAD_INPUT（どれでもない、壊れている）、TOO_LARGE
 */
export async function readPlanFile(bytes: Uint8Array, title?: string): Promise<PlanFile> {
  const head = Buffer.from(bytes.subarray(0, 8)).toString("latin1");
  if (head.startsWith("\xd0\xcf\x11\xe0") && !isLocked(bytes)) return readOther(bytes, "doc", title);
  if (head.startsWith("{\\rtf")) return readOther(bytes, "rtf", title);
  if (head.startsWith("\xd0\xcf\x11\xe0")) return readWord(bytes, title);
  if (!head.startsWith("PK"))
    throw notPlan(
      head.startsWith("%PDF")
        ? "PDF の字は、順や表が崩れるので読み込みません。元の Word をご用意ください。"
        : "",
    );
  const parts = openZip(bytes);
  const kind = new TextDecoder().decode(parts.get("mimetype") ?? new Uint8Array());
  if (kind.startsWith("application/vnd.oasis.opendocument.text")) return readOther(bytes, "odt", title);
  if (kind.startsWith("application/vnd.oasis.opendocument"))
    throw notPlan("表計算やスライドの OpenDocument は読み込めません。");
  if (parts.has("ppt/presentation.xml")) {
    const manuscript = readSlidePlan(parts, title);
    return { files: writeManuscript(manuscript), warnings: manuscript.warnings };
  }
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

/** 合言葉のかかった Word（暗号化した中身が、古い形の入れ物に入っている）か。 */
function isLocked(bytes: Uint8Array): boolean {
  return Buffer.from(bytes).includes(Buffer.from("EncryptedPackage", "utf16le"));
}

const otherNames = {
  doc: "古い Word（.doc）",
  rtf: "リッチテキスト（.rtf）",
  odt: "OpenDocument（.odt）",
} as const;

async function readOther(
  bytes: Uint8Array,
  extension: keyof typeof otherNames,
  title: string | undefined,
): Promise<PlanFile> {
  if (!canConvertToWord())
    throw new AppError(
      "BAD_INPUT",
      `${otherNames[extension]}です。Word か LibreOffice Writer で開き、「Word 文書（.docx）」として保存し直してください。この機械に LibreOffice を入れると、そのまま読み込めます。`,
    );
  const read = readWord(await convertToWord(bytes, extension), title);
  const place = { file: "Word のはじめ", line: 1 };
  const message = `${otherNames[extension]}を、LibreOffice で Word に直して読みました。形の崩れがないか、元と見比べてください。`;
  return { ...read, warnings: [{ kind: "markup", place, message }, ...read.warnings] };
}

function notPlan(why: string): AppError {
  return new AppError(
    "BAD_INPUT",
    `原稿の一式（.zip）でも、Word（.docx）でもありません。${why}計画の画面の「原稿の一式（zip）」と同じ形の zip か、Word か PowerPoint（.pptx）の計画書を選んでください。`,
  );
}

function readWord(bytes: Uint8Array, title: string | undefined): PlanFile {
  const manuscript = readWordPlan(bytes, title);
  return { files: writeManuscript(manuscript), warnings: manuscript.warnings };
}
