import { AppError } from "../base/error.ts";
import type { PersonHolder, PersonPick, PickedKeys } from "../erasure/person-holder.ts";
import { nameKey } from "../japan/person-name.ts";
import { withoutDashes } from "../japan/phone-digits.ts";
import { applyMasks, knownMasks, type MaskKind } from "../opinions/mask-text.ts";
import type { Office } from "../platform/office.ts";
import { openRow } from "../platform/sealed-row.ts";
import { findSender, IN_TEXT, letterName, SENDER_HOLDER } from "./find-sender.ts";
import { groupTable, listGroupRows } from "./group-store.ts";
import {
  dropAttachments,
  findLetterRow,
  type LetterRow,
  moveOriginal,
  type OpenOriginalRow,
  type OpenSignerRow,
  openLetterRow,
  readOriginal,
} from "./letter-store.ts";
import { dropSteps, listLetterOpinions, listSteps, openOpinionRow } from "./opinion-store.ts";

/** 一通で、消す方（going）と残る方（staying）。 */
interface Parting {
  letter: LetterRow;
  original: OpenOriginalRow | undefined;
  going: OpenSignerRow[];
  staying: OpenSignerRow[];
  how: PersonPick["how"];
  /** 差出人の欄にない方（文の中にだけ氏名がある）。 */
  inText: boolean;
  refs: string[];
}

/** 意見書の差出人の、一人の方の申出による消去（特記 第13条）。意見の文は、伏せたまま公表のために残す。 */
export const senderHolder: PersonHolder = {
  ...{ code: SENDER_HOLDER, label: "意見書" },
  find: findSender,
  keysOf,
  release,
};

async function keysOf(office: Office, contract: string, picks: readonly PersonPick[]): Promise<PickedKeys> {
  const partings = await partingsOf(office, contract, picks);
  for (const one of partings) await refuseRemains(office, contract, one);
  return {
    keys: partings.flatMap(({ letter, how }) => [
      letter.original_id,
      ...filesOf(letter),
      ...(how === "whole" ? [letter.id] : []),
    ]),
    labels: partings.flatMap((one) => one.refs.map((ref) => ({ ref, label: labelOf(one) }))),
    spared: { comment_signer: partings.reduce((sum, { staying }) => sum + staying.length, 0) },
  };
}

async function partingsOf(
  office: Office,
  contract: string,
  picks: readonly PersonPick[],
): Promise<Parting[]> {
  const out: Parting[] = [];
  for (const [id, own] of Map.groupBy(picks, ({ ref }) => ref.split("/")[0] ?? "")) {
    const letter = await findLetterRow(office.read, contract, id);
    if (!letter) throw new AppError("NOT_FOUND", "その意見書はありません。探し直してください。");
    const found = await readOriginal(office.read, contract, id, async (key) =>
      (await office.keys.get(contract, [key])).get(key),
    );
    const wanted = new Set(own.map(({ ref }) => ref.split("/")[1] ?? ""));
    const alive = (found?.signers ?? []).filter(({ key_id }) => key_id === letter.original_id);
    const inText = wanted.has(IN_TEXT);
    const going = alive.filter((one) => wanted.has(one.id));
    const how = own.some((one) => one.how === "whole") ? "whole" : "identity";
    out.push({
      ...{ letter, going, how, inText, original: found?.original, refs: own.map(({ ref }) => ref) },
      staying: alive.filter((one) => !wanted.has(one.id)),
    });
  }
  return out;
}

function filesOf({ attachments }: LetterRow): string[] {
  return (JSON.parse(attachments) as { id: string }[]).map(({ id }) => id);
}

function labelOf({ letter, going, staying, how }: Parting): string {
  const files = filesOf(letter).length;
  const attached = files > 0 ? `と添付${files}件` : "";
  if (how === "whole")
    return `${letterName(letter)}: 全部（差出人、原本${attached}、伏せた文と意見の文）。通数・意見数は残る。`;
  const who = going.length > 0 ? "この方の氏名・住所・連絡先" : "この方の氏名のある原本";
  return staying.length > 0
    ? `${letterName(letter)}: ${who}${attached}。原本の文の、この方の言葉を伏せる。ほかの差出人${staying.length}人と、伏せた意見の文は残る。`
    : `${letterName(letter)}: ${who}、届いたままの原本${attached}。伏せた意見の文は、公表のために残る。`;
}

/** 消したあとに、残すもの（伏せた文、意見、概要、市の考え方）からその方が分からないか。 */
async function refuseRemains(office: Office, contract: string, one: Parting): Promise<void> {
  const { letter, staying, how, going, inText } = one;
  const name = letterName(letter);
  const keys = await office.keys.get(contract, [letter.id, letter.original_id]);
  const key = keys.get(letter.id);
  if (!key || !keys.has(letter.original_id) || (going.length === 0 && !inText))
    throw new AppError("REFUSED", `${name}の、この方の分は、もう消してあります。`);
  if (how === "whole" && staying.length > 0)
    throw new AppError(
      "REFUSED",
      `${name}には、ほかの差出人${staying.length}人がいます。全部は消せません。「この方の分だけ」を選んでください。`,
    );
  const words = going.flatMap(wordsOf);
  const kept = await groupTexts(office, contract, letter.period_id);
  const told = kept.filter(({ text }) => remains(text, words)).map(({ where }) => where);
  if (told.length > 0)
    throw new AppError(
      "REFUSED",
      `意見の概要か市の考え方（${told.slice(0, 3).join("、")}）に、この方の氏名か連絡先が書かれています。先に書き直してください。`,
    );
  if (how === "whole") return;
  if (letter.masked === 0)
    throw new AppError(
      "REFUSED",
      `${name}は、伏せる所をまだ人が確かめていません。意見の整理で原本を開き、伏せる所を決めてから選んでください。`,
    );
  const opinions = await listLetterOpinions(office.read, contract, letter.id);
  const { body, note } = openLetterRow(key, letter);
  const texts = [body, note ?? "", ...opinions.map((row) => openOpinionRow(key, row).body)];
  if (texts.some((text) => remains(text, words)))
    throw new AppError(
      "REFUSED",
      `${name}の伏せた文に、この方の氏名か連絡先が残っています。意見の整理で原本を開き、伏せる所に加えてください。`,
    );
}

async function groupTexts(office: Office, contract: string, period: string) {
  const rows = await listGroupRows(office.read, contract, period);
  const keys = await office.keys.get(
    contract,
    rows.map(({ id }) => id),
  );
  return rows.map((row) => {
    const { summary, answer, change } = openRow(groupTable, keys.get(row.id), row);
    return { where: `No.${row.number}`, text: `${summary}\n${answer}\n${change ?? ""}` };
  });
}

/** その方だけのものと言える言葉: 氏名の全部、電話・メール、番地まである住所。 */
function wordsOf({ name, address, contact }: OpenSignerRow): string[] {
  return [name, contact, /\d/.test(address.normalize("NFKC")) ? address : ""];
}

function remains(text: string, words: readonly string[]): boolean {
  const hay = withoutDashes(nameKey(text));
  return words
    .map((word) => withoutDashes(nameKey(word)))
    .some((word) => [...word].length >= 3 && hay.includes(word));
}

function known({ name, address, contact }: OpenSignerRow): { kind: MaskKind; words: string }[] {
  return [
    { kind: "name", words: name },
    { kind: "address", words: address },
    { kind: contact.includes("@") ? "mail" : "phone", words: contact },
  ];
}

async function release(
  office: Office,
  contract: string,
  picks: readonly PersonPick[],
  doomed: ReadonlySet<string>,
): Promise<void> {
  for (const { letter, original, going, staying, how, inText } of await partingsOf(office, contract, picks)) {
    // もう移してあれば、原本の鍵は壊すものの中にない。
    if (!doomed.has(letter.original_id)) continue;
    const key = (await office.keys.get(contract, [letter.id])).get(letter.id);
    const words = going.flatMap(wordsOf);
    const steps = key && how === "identity" ? await listSteps(office.read, key, contract, letter.id) : [];
    const telling = steps.filter(({ before }) => remains(before, words)).map(({ id }) => id);
    const fresh = staying.length > 0 && original ? await office.keys.fresh(contract) : undefined;
    await office.keep(async (tx) => {
      await dropAttachments(tx, contract, letter.id);
      await dropSteps(tx, contract, telling);
      if (!fresh || !original) return;
      const shade = (text: string) => applyMasks(text, knownMasks(text, going.flatMap(known)));
      const { body, header } = original;
      // 差出人の欄にない方の言葉は分からないので、人が伏せた文を、そのまま原本にする。
      const next =
        inText && key
          ? { body: openLetterRow(key, letter).body, header: null }
          : { body: shade(body), header: header && shade(header) };
      await moveOriginal(tx, fresh, original, next, staying);
    });
  }
}
