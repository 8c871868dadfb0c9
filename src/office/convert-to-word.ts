import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { AppError } from "../base/error.ts";
import { findProgram, runProgram } from "./office-program.ts";

/** 一つの文書にかけてよい時間（ミリ秒）。 */
const TIME_LIMIT_MS = 60_000;

/** Word に直せる機械か（LibreOffice があるか）。 */
export function canConvertToWord(): boolean {
  return process.env.MADOGUCHI_PDF !== "off" && findProgram(["soffice", "libreoffice"]) !== undefined;
}

/**
 * 古い Word（.doc）、リッチテキスト（.rtf）、OpenDocument（.odt）を、LibreOffice で .docx にする。
 * @throws AppError UNAVAILABLE（LibreOffice がない）、BAD_INPUT（開けない、時間切れ）
 */
export async function convertToWord(
  bytes: Uint8Array,
  extension: "doc" | "rtf" | "odt",
): Promise<Uint8Array> {
  const program = findProgram(["soffice", "libreoffice"]);
  if (!program) throw new AppError("UNAVAILABLE", "Word に直すには LibreOffice が要ります。");
  const folder = await mkdtemp(join(tmpdir(), "madoguchi-word-"));
  try {
    const input = join(folder, `document.${extension}`);
    await writeFile(input, bytes, { mode: 0o600 });
    const profile = `-env:UserInstallation=${pathToFileURL(join(folder, "profile")).href}`;
    const common = ["--headless", "--norestore", "--nolockcheck", "--nodefault", profile];
    await runProgram(program, [...common, "--convert-to", "docx", "--outdir", folder, input], {
      timeLimitMs: TIME_LIMIT_MS,
    });
    return await readFile(join(folder, "document.docx"));
  } catch (cause) {
    if (cause instanceof AppError && cause.code !== "UNAVAILABLE") throw cause;
    throw new AppError(
      "BAD_INPUT",
      "ファイルを開けませんでした。壊れているか、合言葉がかかっています。Word か LibreOffice Writer で開き、.docx で保存し直してください。",
    );
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
}
