import { execFile, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, parse } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);

/**
 * LibreOffice で書類を開き、別の形式（"pdf"、"docx"、"txt:Text" など）にする。渡した順で返す。
 * 起動に数秒かかるので、一つの試験ファイルの書類は一度にまとめて渡す。利用者の設定は毎回新しい。
 * 開けない書類が一つでもあれば、その名を挙げて失敗する。
 */
export async function convertDocuments(
  documents: readonly { name: string; bytes: Uint8Array }[],
  to: string,
): Promise<Uint8Array[]> {
  const folder = mkdtempSync(join(tmpdir(), "madoguchi-soffice-"));
  try {
    const inputs = documents.map(({ name, bytes }, at) => {
      mkdirSync(join(folder, String(at)));
      const path = join(folder, String(at), `${at}${parse(name).ext}`);
      writeFileSync(path, bytes);
      return path;
    });
    const output = join(folder, "out");
    mkdirSync(output);
    await soffice(["--convert-to", to, "--outdir", output, ...inputs], join(folder, "profile"));
    const made = new Map(readdirSync(output).map((file) => [parse(file).name, join(output, file)]));
    return documents.map(({ name }, at) => {
      const path = made.get(String(at));
      if (!path) throw new Error(`LibreOffice が ${name} を開けませんでした。`);
      return new Uint8Array(readFileSync(path));
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

// 止まった soffice は自分では終わらない。二分で、子（soffice.bin）ごと止める。
function soffice(args: string[], profile: string): Promise<void> {
  const settings = ["--headless", "--norestore", `-env:UserInstallation=${pathToFileURL(profile).href}`];
  return new Promise((resolve, reject) => {
    const child = spawn("soffice", [...settings, ...args], { stdio: "ignore", detached: true });
    const timer = setTimeout(() => {
      if (child.pid) process.kill(-child.pid, "SIGKILL");
    }, 120_000);
    child.on("error", () => {
      clearTimeout(timer);
      reject(
        new Error(
          "LibreOffice がありません。Debian では apt-get install libreoffice-writer-nogui で入ります。",
        ),
      );
    });
    child.on("exit", (code) => {
      clearTimeout(timer);
      if (code === 0) resolve();
      else reject(new Error(`LibreOffice が書類を変換できませんでした（終了コード ${code}）。`));
    });
  });
}

export interface PdfFacts {
  pages: number;
  /** 一枚目の大きさ（ポイント）。A4 は 595.3 × 841.9、はがきは 283.5 × 419.5。 */
  width: number;
  height: number;
  /** ページごとの文字。 */
  texts: string[];
}

/** PDF の枚数、大きさ、ページごとの文字。 */
export function pdfFacts(pdf: Uint8Array): Promise<PdfFacts> {
  return withPdf(pdf, async (path) => {
    const info = (await run("pdfinfo", [path])).stdout;
    const text = (await run("pdftotext", ["-layout", path, "-"], { maxBuffer: 64 << 20 })).stdout;
    const size = /^Page size:\s+([\d.]+) x ([\d.]+)/m.exec(info);
    const pages = Number(/^Pages:\s+(\d+)/m.exec(info)?.[1]);
    if (!size || !Number.isInteger(pages)) throw new Error("pdfinfo の答えを読めませんでした。");
    return {
      pages,
      width: Number(size[1]),
      height: Number(size[2]),
      texts: text.split("\f").slice(0, pages),
    };
  });
}

/** PDF の各ページの絵（PNG）。dpi は一インチの画素数。 */
export function pdfPictures(pdf: Uint8Array, dpi = 72): Promise<Uint8Array[]> {
  return withPdf(pdf, async (path, folder) => {
    await run("pdftoppm", ["-png", "-r", String(dpi), path, join(folder, "page")]);
    const pictures = readdirSync(folder).filter((file) => file.endsWith(".png"));
    return pictures.sort().map((file) => new Uint8Array(readFileSync(join(folder, file))));
  });
}

async function withPdf<T>(pdf: Uint8Array, work: (path: string, folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "madoguchi-pdf-"));
  try {
    const path = join(folder, "document.pdf");
    writeFileSync(path, pdf);
    return await work(path, folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
