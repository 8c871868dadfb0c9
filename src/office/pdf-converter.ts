import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { AppError } from "../base/error.ts";
import { findProgram, type RunLimits, runProgram } from "./office-program.ts";

/** 変換する文書の一つ。大きな文書は急に遅くなるので、呼ぶ側が 100 人ほどに分けて、その都度作る。 */
export interface PdfBatch {
  docx: Uint8Array;
  /** 自動で入る白いページも刷る（表裏の組をそろえるとき）。 */
  keepBlankPages?: boolean;
  /** 読み上げのための印（タグ）と、見出しのしおりを付ける。 */
  tagged?: boolean;
}

export interface PdfOptions {
  signal?: AbortSignal;
  /** 一つの文書にかけてよい時間（ミリ秒）。 */
  timeLimitMs?: number;
  /** 一つ終わるごとに呼ぶ。 */
  onProgress?(done: number): void;
  /** LibreOffice の実行ファイル（試験用。ふつうは探す）。 */
  program?: string;
  /** 一時ファイルを置くフォルダ。省くと、その機械の一時フォルダ。 */
  temporary?: string;
}

export interface ConvertedPdf {
  pdf: Uint8Array;
  pages: number;
  /** 文書の中の目印（ブックマーク）の名前 → ページ（1 から）。調べる道具がなければ undefined。 */
  marks: Map<string, number> | undefined;
}

const BATCH_TIME_LIMIT_MS = 180_000;
const TOOL_TIME_LIMIT_MS = 60_000;

/** PDF への変換ができる機械か（LibreOffice があるか）。 */
export function canConvertToPdf(): boolean {
  return process.env.MADOGUCHI_PDF !== "off" && findProgram(["soffice", "libreoffice"]) !== undefined;
}

/** 分けて作った PDF を一つにつなぐ道具があるか。なければ、分けずに一度で変換する。 */
export function canJoinPdf(): boolean {
  return findProgram(["qpdf", "pdfunite"]) !== undefined;
}

/**
 * LibreOffice で .docx を PDF にする作業場。設定も一時ファイルもこの作業だけのもので、終わると消す。
 * @throws AppError UNAVAILABLE LibreOffice がない、失敗、時間切れ
 */
export async function withPdfConverter<T>(
  options: PdfOptions,
  work: (converter: PdfConverter) => Promise<T>,
): Promise<T> {
  const program = options.program ?? findProgram(["soffice", "libreoffice"]);
  if (!program) {
    throw new AppError(
      "UNAVAILABLE",
      "PDF を作るには LibreOffice が要ります。この機械に入れてから（Debian・Ubuntu では apt-get install libreoffice-writer、ほかの機械では LibreOffice の配布元のインストーラー）もう一度お試しください。Word 文書（.docx）は LibreOffice がなくても作れます。",
    );
  }
  // 名簿の中身を書くので、本人だけが読めるフォルダ（0700）に置く。
  const folder = await mkdtemp(join(options.temporary ?? tmpdir(), "madoguchi-pdf-"));
  try {
    return await work(new PdfConverter(program, folder, options));
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
}

export class PdfConverter {
  private readonly program: string;
  private readonly folder: string;
  private readonly options: PdfOptions;
  private done = 0;

  constructor(program: string, folder: string, options: PdfOptions) {
    this.program = program;
    this.folder = folder;
    this.options = options;
  }

  /** 一つの文書を変換する。 */
  async convert(batch: PdfBatch): Promise<ConvertedPdf> {
    const place = join(this.folder, String(this.done));
    await mkdir(place);
    const input = join(place, "document.docx");
    await writeFile(input, batch.docx, { mode: 0o600 });
    const profile = `-env:UserInstallation=${pathToFileURL(join(this.folder, "profile")).href}`;
    const common = ["--headless", "--norestore", "--nolockcheck", "--nodefault", profile];
    await runProgram(
      this.program,
      [...common, "--convert-to", filterOf(batch), "--outdir", place, input],
      this.limits(),
    );
    const output = join(place, "document.pdf");
    const pdf = await readFile(output).catch(() => {
      throw new AppError(
        "UNAVAILABLE",
        "LibreOffice が文書を PDF にできませんでした。ひな形を Word で開いて保存し直し、もう一度お試しください。",
      );
    });
    await rm(input);
    this.done += 1;
    this.options.onProgress?.(this.done);
    const made = batch.tagged ? inJapanese(pdf) : pdf;
    return { pdf: made, pages: countPages(made), marks: await this.marksOf(output) };
  }

  /** PDF を順につなぐ。 */
  async join(pdfs: Uint8Array[]): Promise<Uint8Array> {
    const [only] = pdfs;
    if (pdfs.length === 1 && only) return only;
    const inputs: string[] = [];
    for (const [at, pdf] of pdfs.entries()) {
      const path = join(this.folder, `join-${at}.pdf`);
      await writeFile(path, pdf, { mode: 0o600 });
      inputs.push(path);
    }
    const output = join(this.folder, "joined.pdf");
    const qpdf = findProgram(["qpdf"]);
    const unite = findProgram(["pdfunite"]);
    if (qpdf)
      await runProgram(
        qpdf,
        ["--empty", "--pages", ...inputs, "--", output],
        this.limits(TOOL_TIME_LIMIT_MS),
      );
    else if (unite) await runProgram(unite, [...inputs, output], this.limits(TOOL_TIME_LIMIT_MS));
    else {
      throw new AppError(
        "UNAVAILABLE",
        "PDF をつなぐ道具（qpdf か poppler-utils）がありません。apt-get install qpdf などで入れてください。",
      );
    }
    return readFile(output);
  }

  private async marksOf(path: string): Promise<Map<string, number> | undefined> {
    const info = findProgram(["pdfinfo"]);
    if (!info) return undefined;
    const text = await runProgram(info, ["-dests", path], this.limits(TOOL_TIME_LIMIT_MS));
    return new Map(
      [...text.matchAll(/^\s*(\d+)\s+\[.*\]\s+"([^"]*)"\s*$/gm)].map((found) => [
        found[2] ?? "",
        Number(found[1]),
      ]),
    );
  }

  private limits(timeLimitMs = this.options.timeLimitMs ?? BATCH_TIME_LIMIT_MS): RunLimits {
    return { timeLimitMs, signal: this.options.signal };
  }
}

function filterOf(batch: PdfBatch): string {
  const flag = (value: boolean) => ({ type: "boolean", value: String(value) });
  const settings = {
    ExportBookmarksToPDFDestination: flag(true),
    ExportBookmarks: flag(batch.tagged === true),
    ...(batch.tagged ? { UseTaggedPDF: flag(true), PDFUACompliance: flag(true) } : {}),
    IsSkipEmptyPages: flag(!batch.keepBlankPages),
  };
  return `pdf:writer_pdf_Export:${JSON.stringify(settings)}`;
}

/**
 * 文書ぜんたいの言語を日本語に。LibreOffice は、欧文の言語（数字を行の途中で割らないように英語にしてある）を
 * 文書の言語として書く。字数が同じなので、その場で書き替えられる（位置の表は変わらない）。
 */
function inJapanese(pdf: Uint8Array): Uint8Array {
  const text = Buffer.from(pdf.buffer, pdf.byteOffset, pdf.byteLength).toString("latin1");
  const catalog = text.indexOf("/Type/Catalog");
  const end = text.indexOf("endobj", catalog);
  const at = text.indexOf("/Lang(en-US)", catalog);
  if (catalog < 0 || at < 0 || at > end) return pdf;
  const made = new Uint8Array(pdf);
  made.set(Buffer.from("/Lang(ja-JP)", "latin1"), at);
  return made;
}

/** LibreOffice の PDF はページの見出しを圧縮しないので、数えるだけなら読み解かなくてよい。 */
export function countPages(pdf: Uint8Array): number {
  return (
    Buffer.from(pdf.buffer, pdf.byteOffset, pdf.byteLength)
      .toString("latin1")
      .match(/\/Type\s*\/Page(?![s\w])/g) ?? []
  ).length;
}
