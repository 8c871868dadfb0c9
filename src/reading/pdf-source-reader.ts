import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { AppError } from "../base/error.ts";
import { markPageNoise } from "./page-noise.ts";
import { groupLines, type PdfItem, type PdfLine, splitMarginRuns } from "./pdf-line.ts";
import { SourceBuilder, type SourceLine, type SpecificationSource } from "./source-line.ts";

const MAX_PAGES = 2_000;
/** 一つの PDF に使ってよい時間。壊れた PDF で止まらないため。 */
const MAX_MS = 120_000;

/**
 * PDF から行を取り出す。柱とページ番号は dropped に移す。
 * @throws AppError BAD_INPUT（壊れている、パスワード、文字がない）、TOO_LARGE
 */
export async function readPdfSource(bytes: Uint8Array): Promise<SpecificationSource> {
  const { getDocument, VerbosityLevel } = await import("pdfjs-dist/legacy/build/pdf.mjs");
  const home = dirname(createRequire(import.meta.url).resolve("pdfjs-dist/package.json"));
  const task = getDocument({
    // pdf.js は渡したバイト列を自分のものにし、Buffer を受け取らないので、写しを渡す。
    data: new Uint8Array(bytes),
    cMapUrl: `${join(home, "cmaps")}/`,
    cMapPacked: true,
    standardFontDataUrl: `${join(home, "standard_fonts")}/`,
    disableFontFace: true,
    useSystemFonts: false,
    useWorkerFetch: false,
    stopAtErrors: false,
    verbosity: VerbosityLevel.ERRORS,
  });
  try {
    const document = await task.promise;
    if (document.numPages > MAX_PAGES)
      throw new AppError("TOO_LARGE", `PDF が${MAX_PAGES}ページを超えています。分けてお試しください。`);
    return await readPages(document);
  } catch (error) {
    throw error instanceof AppError ? error : pdfFault(error);
  } finally {
    await task.destroy();
  }
}

interface PdfPage {
  getTextContent(): Promise<{ items: unknown[] }>;
  getViewport(options: { scale: number }): { width: number };
  cleanup(): unknown;
}

async function readPages(document: {
  numPages: number;
  getPage(n: number): Promise<PdfPage>;
}): Promise<SpecificationSource> {
  const started = performance.now();
  const pages: PdfPageLines[] = [];
  for (let number = 1; number <= document.numPages; number++) {
    if (performance.now() - started > MAX_MS)
      throw new AppError(
        "TOO_LARGE",
        "PDF の読み取りに時間がかかりすぎるため、止めました。ページを分けてお試しください。",
      );
    const page = await document.getPage(number);
    const { items } = await page.getTextContent();
    const { body, margin } = splitMarginRuns(items.flatMap(itemOf));
    pages.push({
      lines: groupLines(body, page.getViewport({ scale: 1 }).width),
      margin: margin.map((item) => item.text.trim()).join(""),
    });
    page.cleanup();
  }
  const empty = pages.filter((page) => page.lines.length === 0).length;
  if (empty === pages.length)
    throw new AppError(
      "BAD_INPUT",
      "この PDF には文字がありません（紙を読み取った画像と思われます）。文字の入った PDF、Word、テキストのいずれかをご用意ください。",
    );
  return sourceOf(pages, empty);
}

interface PdfPageLines {
  lines: PdfLine[];
  /** 余白に縦に並ぶ文字。 */
  margin: string;
}

function itemOf(item: unknown): PdfItem[] {
  if (typeof item !== "object" || item === null || !("str" in item) || !("transform" in item)) return [];
  const { str, transform, width } = item as { str: unknown; transform: unknown; width?: unknown };
  if (typeof str !== "string" || !Array.isArray(transform)) return [];
  const [a = 0, b = 0, , d = 0, x = 0, y = 0] = transform.map(Number);
  const size = Math.max(Math.hypot(a, b), Math.abs(d), 1);
  const rotated = Math.abs(b) > Math.abs(a) * 2;
  return [
    { text: str, x, y, width: typeof width === "number" ? width : 0, size, ...(rotated ? { rotated } : {}) },
  ];
}

function sourceOf(pages: readonly PdfPageLines[], empty: number): SpecificationSource {
  const edges = columnEdges(pages.flatMap((page) => page.lines));
  const rows: Omit<SourceLine, "start">[] = pages.flatMap(({ lines }, index) => {
    const pitch = median(
      lines
        .slice(1)
        .map((line, at) => (lines[at]?.y ?? 0) - line.y)
        .filter((step) => step > 0),
    );
    return lines.map((line, at) => ({
      text: line.text,
      page: index + 1,
      kind: line.table ? ("cell" as const) : ("text" as const),
      full: isFull(line, edges.get(line.column ?? -1)),
      gap: at > 0 && (lines[at - 1]?.y ?? 0) - line.y > pitch * 1.6,
    }));
  });
  const marked = markPageNoise(rows.map((row) => ({ ...row, start: 0 })));
  const dropped = [
    ...marked.filter((line) => line.kind === "noise"),
    ...pages.flatMap(({ margin }, at) => (margin === "" ? [] : [{ page: at + 1, text: margin }])),
  ];
  const out = new SourceBuilder();
  for (const line of marked) if (line.kind !== "noise") out.add(line);
  return {
    format: "pdf",
    text: out.text,
    lines: out.lines,
    pages: pages.length,
    dropped: dropped.map(({ page, text }) => ({ page, text: text.trim() })),
    warnings:
      empty > 0
        ? [`文字のないページが${empty}ページあります（画像と思われます）。そのページは読んでいません。`]
        : [],
  };
}

/** 段ごと（段のない行は -1）の左端と右端。 */
function columnEdges(lines: readonly PdfLine[]): Map<number, { left: number; right: number }> {
  const groups = new Map<number, PdfLine[]>();
  for (const line of lines) {
    const key = line.column ?? -1;
    groups.set(key, [...(groups.get(key) ?? []), line]);
  }
  return new Map(
    [...groups].map(([key, own]) => [
      key,
      { left: own.reduce((least, { x }) => Math.min(least, x), Infinity), right: rightMargin(own) },
    ]),
  );
}

function isFull(line: PdfLine, edge: { left: number; right: number } | undefined): boolean {
  return edge !== undefined && line.right >= edge.left + (edge.right - edge.left) * 0.88;
}

/** 文章の右端。長い行の右端の、九割の位置。 */
function rightMargin(lines: readonly PdfLine[]): number {
  const ends = lines
    .filter((line) => !line.table && line.text.length > 15)
    .map((line) => line.right)
    .sort((a, b) => a - b);
  return ends[Math.floor(ends.length * 0.9)] ?? Number.POSITIVE_INFINITY;
}

function median(values: number[]): number {
  const sorted = values.sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

function pdfFault(error: unknown): AppError {
  const name = error instanceof Error ? error.name : "";
  if (name === "PasswordException")
    return new AppError(
      "BAD_INPUT",
      "PDF にパスワードがかかっているため開けません。パスワードを外した PDF をご用意ください。",
    );
  return new AppError(
    "BAD_INPUT",
    "PDF が壊れているか、PDF ではないため読めません。もう一度受け取り直すか、Word かテキストをご用意ください。",
  );
}
