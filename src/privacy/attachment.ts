import { AppError } from "../base/error.ts";

/** 受けるファイルの大きさの上限（バイト）。 */
export const ATTACHMENT_LIMIT = 20 * 1024 * 1024;

const kinds: readonly { extension: string; media: string; head: readonly number[] }[] = [
  { extension: "pdf", media: "application/pdf", head: [0x25, 0x50, 0x44, 0x46] },
  { extension: "png", media: "image/png", head: [0x89, 0x50, 0x4e, 0x47] },
  { extension: "jpg", media: "image/jpeg", head: [0xff, 0xd8, 0xff] },
  { extension: "zip", media: "application/zip", head: [0x50, 0x4b, 0x03, 0x04] },
];
const offices: Readonly<Record<string, string>> = {
  docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  pptx: "application/vnd.openxmlformats-officedocument.presentationml.presentation",
};

/**
 * 添えるファイルを、中身の頭で見分ける（名は信じない。名は残さず、帳簿と番号の名にする）。
 * @throws AppError BAD_INPUT（空、知らない形）、TOO_LARGE
 */
export function checkAttachment({ fileName, bytes }: { fileName: string; bytes: Uint8Array }): {
  extension: string;
  media: string;
  bytes: Uint8Array;
} {
  if (bytes.length > ATTACHMENT_LIMIT)
    throw new AppError("TOO_LARGE", "ファイルが大きすぎます（上限 20 MB）。小さくするか、分けてください。");
  const found = kinds.find(({ head }) => head.every((byte, at) => bytes[at] === byte));
  const ending = fileName.toLowerCase().split(".").at(-1) ?? "";
  const office = Object.hasOwn(offices, ending) ? offices[ending] : undefined;
  if (found?.extension === "zip" && office !== undefined) return { extension: ending, media: office, bytes };
  if (found === undefined || found.extension === "zip") {
    const message = "PDF・PNG・JPEG・Word・Excel・PowerPoint のどれかを選んでください。";
    throw new AppError("BAD_INPUT", message, { faults: [{ field: "file", message }] });
  }
  return { extension: found.extension, media: found.media, bytes };
}
