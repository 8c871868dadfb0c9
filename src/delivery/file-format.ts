import { AppError } from "../base/error.ts";
import { openZip } from "../office/zip.ts";

/** 納品の形式（仕様書９「.docx、.xlsx、.pptx、.pdf のうち何れか」、000 ６「編集可能なデータ」）。 */
export const fileFormats = ["docx", "xlsx", "pptx", "pdf"] as const;
export type FileFormat = (typeof fileFormats)[number];

export const formatInfo: Readonly<Record<FileFormat, { label: string; media: string }>> = {
  docx: {
    label: "Word（.docx）",
    media: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  },
  xlsx: {
    label: "Excel（.xlsx）",
    media: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  },
  pptx: {
    label: "PowerPoint（.pptx）",
    media: "application/vnd.openxmlformats-officedocument.presentationml.presentation",
  },
  pdf: { label: "PDF（.pdf）", media: "application/pdf" },
};

export function isFileFormat(text: string): text is FileFormat {
  return (fileFormats as readonly string[]).includes(text);
}

/** 「.docx、.xlsx」のような言葉から形式を読む。知らない形式は除く。 */
export function readFormats(text: string): FileFormat[] {
  const words = text.normalize("NFKC").toLowerCase();
  const found = fileFormats.filter((format) => words.includes(format));
  if (/word/.test(words) && !found.includes("docx")) found.push("docx");
  if (/power\s*point/.test(words) && !found.includes("pptx")) found.push("pptx");
  if (/excel/.test(words) && !found.includes("xlsx")) found.push("xlsx");
  return fileFormats.filter((format) => found.includes(format));
}

const mainTypes: readonly [FileFormat | "macro", RegExp][] = [
  ["macro", /application\/vnd\.ms-(word|excel|powerpoint)\.[a-z.]*macroEnabled/i],
  ["docx", /wordprocessingml\.document\.main\+xml/],
  ["xlsx", /spreadsheetml\.sheet\.main\+xml/],
  ["pptx", /presentationml\.(presentation|slideshow)\.main\+xml/],
];

/**
 * 名前ではなく、中身のバイト列から形式を見分ける。
 * @throws AppError BAD_INPUT（空、暗号つき、マクロ入り、知らない形式）、TOO_LARGE
 */
export function detectFormat(bytes: Uint8Array): FileFormat {
  if (bytes.length === 0) throw refuse("ファイルが空です。選び直してください。");
  if (startsWith(bytes, [0x25, 0x50, 0x44, 0x46, 0x2d])) {
    if (!hasTail(bytes, "%%EOF"))
      throw refuse("PDF が途中で切れています。もう一度書き出してから選んでください。");
    return "pdf";
  }
  if (startsWith(bytes, [0xd0, 0xcf, 0x11, 0xe0]))
    throw refuse(
      "パスワードが付いているか、古い形式（.doc、.xls、.ppt）のファイルです。パスワードを外し、.docx・.xlsx・.pptx で保存し直してください。",
    );
  if (!startsWith(bytes, [0x50, 0x4b]))
    throw refuse("Word・Excel・PowerPoint・PDF のどれでもないファイルです。形式をご確認ください。");
  const parts = openZip(bytes, {}, (name) => name === "[Content_Types].xml");
  const types = new TextDecoder().decode(parts.get("[Content_Types].xml") ?? new Uint8Array());
  const found = mainTypes.find(([, pattern]) => pattern.test(types))?.[0];
  if (found === "macro")
    throw refuse("マクロの入ったファイルは納められません。マクロのない形式で保存し直してください。");
  if (found === undefined)
    throw refuse("Word・Excel・PowerPoint の文書として読めない ZIP です。元のソフトで保存し直してください。");
  return found;
}

/** 求められた形式の一つか。違えば欄の名をつけて断る。 */
export function checkFormat(bytes: Uint8Array, allowed: readonly FileFormat[]): FileFormat {
  const format = detectFormat(bytes);
  if (allowed.length === 0 || allowed.includes(format)) return format;
  const wanted = allowed.map((one) => formatInfo[one].label).join("・");
  throw refuse(
    `中身は${formatInfo[format].label}です。この成果品の形式は${wanted}なので、その形式で保存し直してください。`,
  );
}

function startsWith(bytes: Uint8Array, head: readonly number[]): boolean {
  return head.every((value, at) => bytes[at] === value);
}

function hasTail(bytes: Uint8Array, text: string): boolean {
  return Buffer.from(bytes.subarray(Math.max(0, bytes.length - 2048)))
    .toString("latin1")
    .includes(text);
}

function refuse(message: string): AppError {
  return new AppError("BAD_INPUT", message, { faults: [{ field: "file", message }] });
}
