import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AppError } from "../base/error.ts";
import { findProgram, runProgram } from "./office-program.ts";

const TIME_LIMIT_MS = 120_000;
/** 一インチの画素数。はがき（幅 100 mm）が 472 画素になり、画面の絵の二倍ほど。 */
const DPI = 120;

/** PDF のページを絵（PNG）にできる機械か（poppler の pdftoppm があるか）。 */
export function canDrawPdf(): boolean {
  return findProgram(["pdftoppm"]) !== undefined;
}

/**
 * PDF の各ページを PNG にする。ページの順。一時ファイルは本人だけが読めるフォルダに置き、終わると消す。
 * @throws AppError UNAVAILABLE pdftoppm がない、失敗、時間切れ
 */
export async function pdfPictures(pdf: Uint8Array, signal?: AbortSignal): Promise<Uint8Array[]> {
  const program = findProgram(["pdftoppm"]);
  if (!program)
    throw new AppError(
      "UNAVAILABLE",
      "PDF を絵にする道具（poppler-utils の pdftoppm）がありません。Debian・Ubuntu では apt-get install poppler-utils で入ります。",
    );
  const folder = await mkdtemp(join(tmpdir(), "madoguchi-picture-"));
  try {
    const input = join(folder, "document.pdf");
    await writeFile(input, pdf, { mode: 0o600 });
    await runProgram(program, ["-png", "-r", String(DPI), input, join(folder, "page")], {
      timeLimitMs: TIME_LIMIT_MS,
      signal,
    });
    const names = (await readdir(folder)).filter((name) => name.endsWith(".png"));
    return await Promise.all(
      names
        .sort((a, b) => pageOf(a) - pageOf(b))
        .map(async (name) => new Uint8Array(await readFile(join(folder, name)))),
    );
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
}

function pageOf(name: string): number {
  return Number(/-(\d+)\.png$/.exec(name)?.[1] ?? 0);
}
