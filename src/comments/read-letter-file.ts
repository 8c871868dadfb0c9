import { basename, extname } from "node:path";
import type { z } from "zod";
import { AppError } from "../base/error.ts";
import { isDay } from "../japan/day.ts";
import { openZip } from "../office/zip.ts";
import { readLetters } from "../opinions/letter-reader.ts";
import { type MailFile, readMail } from "../opinions/mail-reader.ts";
import { type Channel, channelNames, readAge } from "../opinions/period-rule.ts";
import type { UploadedFile } from "../platform/route.ts";
import { readDocxSource } from "../reading/docx-source-reader.ts";
import { readPdfSource } from "../reading/pdf-source-reader.ts";
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

/**
 * メールのファイル（.eml）。差出人・年代・区は、本文に「氏名：」「【年代】」などと書かれていれば、そこから読む。
 * 転送されたメールは、もとの差出人の一通。添えられた Word・PDF の文は、本文のあとに足す（原本のファイルも残る）。
 */
export async function readMailFile(file: UploadedFile, today: string): Promise<NewLetter[]> {
  if (/\.zip$/i.test(file.fileName)) return readMailZip(file, today);
  const mail = readMail(file.bytes);
  const attached = await attachedTexts(mail.attachments);
  const text = [mail.text, ...attached.texts].filter((one) => one !== "").join("\n\n");
  const field = (names: string) => writtenField(text, names);
  const address = field("ご?住所|お?住まい");
  const from = mail.origin ?? mail.from;
  const unread = mail.unread.map(
    (name) => `${name} は Outlook だけの形で、中を読めません。差出人に、送り直しを頼んでください。`,
  );
  const scans =
    attached.unread > 0
      ? [`文を読み取れない添付が${attached.unread}つあります。開いて確かめてください。`]
      : [];
  return [
    {
      ...{
        channel: "mail",
        day: mail.day ?? today,
        age: readAge(field("年代|ご?年齢層?|御年代")),
        kids: false,
      },
      ...{
        ward: (/([^\s市]{1,4}区)/.exec(field("お住まいの区|居住区|区") || address)?.[1] ?? "").slice(0, 40),
        signers: 1,
      },
      senders: [
        {
          name: field("ご?氏名|お?名前|提出者") || from.name,
          address,
          contact: from.address || field("ご?連絡先|電話(?:番号)?"),
        },
      ],
      ...{ text, source: mail.messageId || fileMark(file.bytes, "mail") },
      header: [
        `件名 ${mail.subject}`,
        `差出人 ${mail.from.name} <${mail.from.address}>`,
        ...(mail.origin ? [`転送のもとの差出人 ${mail.origin.name} <${mail.origin.address}>`] : []),
        ...[...unread, ...scans],
      ].join("\n"),
      attention: unread.length + scans.length > 0,
      files: mail.attachments.map(({ fileName, media: type, bytes }) => ({
        ...{ media: type, extension: extname(fileName).slice(1).toLowerCase() || "bin", bytes },
      })),
    },
  ];
}

/** 「氏名：」「【氏名】」「[氏名] 」「■氏名」の欄。同じ行になければ、次の行。見出しだけの行は値ではない。 */
function writtenField(text: string, names: string): string {
  const mark = "[ 　・■●◆○◇▼□*]*";
  const found = new RegExp(
    `^${mark}(?:[【\\[［〔](?:${names})[】\\]］〕][ 　]*[:：]?|(?:${names})[ 　]*[:：]|(?<=[■●◆○◇▼□])(?:${names})$)[ 　]*(.*)(?:\\n(.*))?`,
    "m",
  ).exec(text);
  const [same, next] = [found?.[1]?.trim() ?? "", found?.[2]?.trim() ?? ""];
  if (same !== "") return same;
  return /^[【[［〔■●◆○◇▼□]|[:：]/.test(next) ? "" : next;
}

/** 添えられた Word と PDF の文。開けないもの、文のない PDF（スキャン）は数える。 */
async function attachedTexts(files: readonly MailFile[]): Promise<{ texts: string[]; unread: number }> {
  const texts: string[] = [];
  let unread = 0;
  for (const { fileName, bytes } of files) {
    const kind = extname(fileName).toLowerCase();
    if (kind !== ".docx" && kind !== ".pdf") continue;
    try {
      const { text } = kind === ".docx" ? readDocxSource(bytes) : await readPdfSource(bytes);
      if (text.trim() === "") unread += 1;
      else texts.push(`〔添付の文〕\n${text.trim()}`);
    } catch {
      unread += 1;
    }
  }
  return { texts, unread };
}

/** メールをまとめた .zip。中の .eml を、名の順に読む。 */
async function readMailZip({ bytes }: UploadedFile, today: string): Promise<NewLetter[]> {
  const files = [...openZip(bytes, {}, (name) => /\.eml$/i.test(name))].sort(([a], [b]) => (a < b ? -1 : 1));
  if (files.length === 0)
    throw new AppError("BAD_INPUT", ".zip の中に、メールのファイル（.eml）がありません。");
  const letters: NewLetter[] = [];
  for (const [fileName, part] of files)
    letters.push(...(await readMailFile({ fileName: basename(fileName), bytes: part }, today)));
  return letters;
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
