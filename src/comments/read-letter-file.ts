import { basename, extname } from "node:path";
import type { z } from "zod";
import { AppError } from "../base/error.ts";
import { isDay } from "../japan/day.ts";
import { openZip } from "../office/zip.ts";
import { readLetters } from "../opinions/letter-reader.ts";
import { readMail } from "../opinions/mail-reader.ts";
import { type Channel, channelNames, readAge } from "../opinions/period-rule.ts";
import type { UploadedFile } from "../platform/route.ts";
import type { letterAsk } from "./comment-ask.ts";
import { fileMark, type LetterFile, type NewLetter } from "./receive-letters.ts";

/** 手で打った一通。氏名は一行に一人、住所などははじめの方のもの。 */
export function typedLetter(given: z.infer<typeof letterAsk>, file: UploadedFile | undefined): NewLetter {
  const { name, address, contact, text, ...rest } = given;
  const names = name
    .split(/\r?\n/)
    .map((one) => one.trim())
    .filter(Boolean);
  const first = { address: address.trim(), contact: contact.trim() };
  const senders =
    names.length > 0
      ? names.map((one, at) => ({ name: one, ...(at === 0 ? first : { address: "", contact: "" }) }))
      : first.address || first.contact
        ? [{ name: "", ...first }]
        : [];
  return {
    ...{ ...rest, text: text.replace(/\r\n?/g, "\n"), senders, source: "" },
    signers: Math.max(given.signers, names.length),
    files: file && file.bytes.length > 0 ? [fileOf(file)] : [],
  };
}

function fileOf({ fileName, bytes }: UploadedFile): LetterFile {
  const extension = extname(fileName).slice(1).toLowerCase();
  return { extension, media: media[extension] ?? "application/octet-stream", bytes };
}

const media: Readonly<Record<string, string>> = {
  ...{ pdf: "application/pdf", png: "image/png", jpg: "image/jpeg", jpeg: "image/jpeg", tif: "image/tiff" },
  ...{
    tiff: "image/tiff",
    txt: "text/plain",
    docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  },
};

/** メールのファイル（.eml）。年代や区は、本文に「年代：」などと書かれていれば読む。 */
export function readMailFile(file: UploadedFile, today: string): NewLetter[] {
  if (/\.zip$/i.test(file.fileName)) return readMailZip(file, today);
  const mail = readMail(file.bytes);
  const field = (names: string) =>
    new RegExp(`^[ 　・■●]*(?:${names})[ 　]*[:：][ 　]*(.+)$`, "m").exec(mail.text)?.[1]?.trim() ?? "";
  const address = field("住所|ご住所");
  return [
    {
      ...{ channel: "mail", day: mail.day ?? today, age: readAge(field("年代|年齢|御年代")), kids: false },
      ...{
        ward: (/([^\s市]{1,4}区)/.exec(field("お住まいの区|区|住所|ご住所"))?.[1] ?? "").slice(0, 40),
        signers: 1,
      },
      senders: [{ name: field("氏名|お名前|名前") || mail.from.name, address, contact: mail.from.address }],
      ...{ text: mail.text, source: mail.messageId || fileMark(file.bytes, "mail") },
      header: `件名 ${mail.subject}\n差出人 ${mail.from.name} <${mail.from.address}>`,
      files: mail.attachments.map(({ fileName, media: type, bytes }) => ({
        ...{ media: type, extension: extname(fileName).slice(1).toLowerCase() || "bin", bytes },
      })),
    },
  ];
}

/** メールをまとめた .zip。中の .eml を、名の順に読む。 */
function readMailZip({ bytes }: UploadedFile, today: string): NewLetter[] {
  const files = [...openZip(bytes, {}, (name) => /\.eml$/i.test(name))].sort(([a], [b]) => (a < b ? -1 : 1));
  if (files.length === 0)
    throw new AppError("BAD_INPUT", ".zip の中に、メールのファイル（.eml）がありません。");
  return files.flatMap(([fileName, part]) =>
    readMailFile({ fileName: basename(fileName), bytes: part }, today),
  );
}

/** 表（Excel、CSV）。番号の列があればその番号で、なければ中身と行で、二度受けないようにする。 */
export function readTableFile(
  file: UploadedFile,
  base: { channel?: string; day?: string },
  today: string,
): NewLetter[] {
  const channel = (base.channel ?? "form") as Channel;
  if (!channelNames.includes(channel)) throw new AppError("BAD_INPUT", "提出方法を選び直してください。");
  const day = base.day !== undefined && isDay(base.day) ? base.day : today;
  return readLetters(file.bytes, file.fileName, { channel, day }).map((one, at) => ({
    ...one,
    source: one.source === "" ? fileMark(file.bytes, at) : `表 ${one.channel} ${one.source}`,
  }));
}
