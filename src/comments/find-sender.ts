import type { PersonHit, SoughtPerson } from "../erasure/person-holder.ts";
import { nameKey } from "../japan/person-name.ts";
import { phoneKey } from "../japan/phone.ts";
import { withoutDashes } from "../japan/phone-digits.ts";
import { formatMonthDay } from "../japan/wareki.ts";
import { type Channel, channels } from "../opinions/period-rule.ts";
import type { Office } from "../platform/office.ts";
import {
  type LetterRow,
  listLettersOf,
  listOriginals,
  listSigners,
  type OpenOriginalRow,
  type OpenSignerRow,
} from "./letter-store.ts";

export const SENDER_HOLDER = "letter";
/** 差出人の欄になく、文の中に氏名のある通の、差出人の印。 */
export const IN_TEXT = "text";

/**
 * 申し出た方の意見書を探す。差出人と原本を記憶の中で開いて比べ、開いたものは残さない。
 * 氏名は異体字・空白の違いを、電話は書き方の違いを、住所は数字と空白の違いを問わない。
 */
export async function findSender(
  office: Office,
  contract: string,
  sought: SoughtPerson,
): Promise<PersonHit[]> {
  const keysOf = (ids: readonly string[]) => office.keys.get(contract, ids);
  const [letters, signers, originals] = await Promise.all([
    listLettersOf(office.read, contract),
    listSigners(office.read, contract, keysOf),
    listOriginals(office.read, contract, undefined, keysOf),
  ]);
  const byLetter = Map.groupBy(signers, ({ letter_id }) => letter_id);
  const originalOf = new Map(originals.map((one) => [one.letter_id, one]));
  const basis = basisOf(sought, signers);
  return letters.flatMap((letter): PersonHit[] => {
    const own = byLetter.get(letter.id) ?? [];
    const found = own.flatMap((signer, at) => {
      const why = basis(signer);
      return why === undefined ? [] : [hitOf(letter, own, signer.id, at, why)];
    });
    if (found.length > 0) return found;
    const original = originalOf.get(letter.id);
    return original && isInText(original, sought)
      ? [hitOf(letter, own, IN_TEXT, -1, "文の中に氏名か連絡先がある")]
      : [];
  });
}

function basisOf(sought: SoughtPerson, signers: readonly OpenSignerRow[]) {
  const direct = (signer: OpenSignerRow) => {
    const name = sought.name !== "" && nameKey(signer.name) === nameKey(sought.name);
    const contact = isSameContact(sought.contact, signer);
    if (name && contact) return "氏名と連絡先が同じ";
    if (name) return sought.contact === "" ? "氏名が同じ" : "氏名が同じ（連絡先は違うか、書かれていない）";
    if (!contact) return undefined;
    return sought.name === "" ? "連絡先が同じ" : "連絡先が同じ（氏名は違うか、書かれていない）";
  };
  const people = new Set(signers.filter((one) => direct(one) !== undefined).map(({ person }) => person));
  return (signer: OpenSignerRow) =>
    direct(signer) ?? (people.has(signer.person) ? "同じ方と決めた通" : undefined);
}

function isSameContact(sought: string, { contact, address }: OpenSignerRow): boolean {
  if (sought === "") return false;
  const phone = phoneKey(sought);
  if (phone !== undefined && phoneKey(contact) === phone) return true;
  const wanted = plainPlace(sought);
  return wanted.length >= 4 && [contact, address].some((one) => plainPlace(one) === wanted);
}

function plainPlace(text: string): string {
  return text
    .normalize("NFKC")
    .replace(/[\s\p{P}ー丁目番地号]/gu, "")
    .toLowerCase();
}

function isInText({ body, header }: OpenOriginalRow, { name, contact }: SoughtPerson): boolean {
  const hay = `${body}\n${header ?? ""}`;
  const key = nameKey(name);
  if ([...key].length >= 3 && nameKey(hay).includes(key)) return true;
  const digits = contact.normalize("NFKC").replace(/\D/g, "");
  if (phoneKey(contact) !== undefined)
    return withoutDashes(hay)
      .replace(/[\s()]/g, "")
      .includes(digits);
  return contact.length >= 6 && plainPlace(hay).includes(plainPlace(contact));
}

function hitOf(
  letter: LetterRow,
  own: readonly OpenSignerRow[],
  signer: string,
  at: number,
  basis: string,
): PersonHit {
  const others = own.length - (at >= 0 ? 1 : 0);
  const files = (JSON.parse(letter.attachments) as unknown[]).length;
  const place = at >= 0 && own.length > 1 ? `、差出人${own.length}人の${at + 1}人め` : "";
  const channel = channels[letter.channel as Channel] ?? "";
  return {
    ...{ holder: SENDER_HOLDER, ref: `${letter.id}/${signer}`, basis },
    label: `${letterName(letter)}（${formatMonthDay(letter.received_on)} ${channel}${place}）`,
    hows: others > 0 ? ["identity"] : ["identity", "whole"],
    note: [
      ...(others > 0 ? [`ほかの差出人${others}人の氏名などは残ります。`] : []),
      ...(files > 0 ? [`添付${files}件も消えます。`] : []),
      ...(letter.masked === 0 ? ["伏せる所をまだ確かめていません。先に意見の整理で確かめます。"] : []),
    ].join(""),
  };
}

/** 「意見書 第0012号」。 */
export function letterName({ number }: Pick<LetterRow, "number">): string {
  return `意見書 第${String(number).padStart(4, "0")}号`;
}
