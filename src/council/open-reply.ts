import type { Member } from "../meetings/meeting.ts";
import { decodeText, headText } from "../office/csv-encoding.ts";
import { readMail } from "../opinions/mail-reader.ts";

export interface OpenedReply {
  /** 本文と、テキストの添付。 */
  text: string;
  /** 差出人のアドレス。メールでなければ空。 */
  from: string;
  /** 予定への返事（text/calendar）。 */
  calendars: Uint8Array[];
}

/**
 * 委員の返事のファイルを開く: メール（.eml）、カレンダーの返事（.ics）、回答のテキスト（.txt）。形は中身で見分ける。
 * Outlook・Google・Apple の返事のメールは、text/calendar の部分に返事がある。
 */
export function openReply(bytes: Uint8Array): OpenedReply {
  const head = headText(bytes, 4_096);
  if (/^\s*BEGIN:VCALENDAR/i.test(head)) return { text: "", from: "", calendars: [bytes] };
  if (!/^(?:[\w-]+:[^\n]*\r?\n(?:[ \t][^\n]*\r?\n)*){2,}/.test(head))
    return { text: decodeText(bytes).text, from: "", calendars: [] };
  const mail = readMail(bytes);
  const texts = mail.attachments
    .filter(({ fileName, media }) => /\.txt$/i.test(fileName) || media === "text/plain")
    .map((one) => decodeText(one.bytes).text);
  const calendars = mail.attachments
    .filter(
      ({ fileName, media }) =>
        /\.ics$/i.test(fileName) || /^(?:text|application)\/(?:calendar|ics)$/.test(media),
    )
    .map((one) => one.bytes);
  return { text: [mail.text, ...texts].join("\n"), from: mail.from.address, calendars };
}

/** だれの返事か: 返事か差出人のアドレス、なければ「お名前」。一人に決まらなければ undefined（人が選ぶ）。 */
export function whoseReply(
  members: readonly Member[],
  addresses: readonly string[],
  name: string,
): { member: Member | undefined; by: "address" | "name" | undefined } {
  for (const address of addresses) {
    const mail = address.trim().toLowerCase();
    const found = mail === "" ? undefined : members.find((one) => one.mail.toLowerCase() === mail);
    if (found) return { member: found, by: "address" };
  }
  const plain = (text: string) => text.normalize("NFKC").replace(/[\s　]/g, "");
  const named = plain(name).replace(/(?:委員|様|先生)$/, "");
  const byName = members.filter((one) => named !== "" && plain(one.name) === named);
  const member = byName.length === 1 ? byName[0] : undefined;
  return { member, by: member && "name" };
}
