import { createHash, createHmac } from "node:crypto";
import type { Actor } from "../base/actor.ts";
import { AppError, type Fault } from "../base/error.ts";
import { newId } from "../base/identifier.ts";
import { dayOf } from "../base/time.ts";
import { isDay } from "../japan/day.ts";
import type { ReceivedLetter } from "../opinions/letter-reader.ts";
import { applyMasks, findMasks, type MaskRange } from "../opinions/mask-text.ts";
import { takeNumbers } from "../platform/counter-store.ts";
import { keepFile } from "../platform/keep-file.ts";
import type { SubjectKey } from "../platform/key.ts";
import type { Office, Tx } from "../platform/office.ts";
import { refuseComment } from "./comment-right.ts";
import { insertLetter, insertOriginal, listSignerMarks, listSources } from "./letter-store.ts";
import { lateIn } from "./open-period.ts";
import { type Period, requirePeriod } from "./read-period.ts";

/** 添えられたファイル（スキャン、メールの添付）。 */
export interface LetterFile {
  media: string;
  /** 拡張子（名は残さない。氏名が入っていることがある）。 */
  extension: string;
  bytes: Uint8Array;
}

export interface NewLetter extends ReceivedLetter {
  /** メールの頭など、原本と一緒に残すもの。 */
  header?: string | undefined;
  files?: readonly LetterFile[] | undefined;
  /** 添付を開いて、人が確かめる（文を読み取れない添付がある）。 */
  attention?: boolean | undefined;
}

/** 一通の長さの上限（字）と、一度に受ける通数。 */
export const letterLimits = { text: 200_000, letters: 20_000, files: 20, fileBytes: 20_000_000 } as const;

export interface Received {
  /** 受け取った通の id と番号（渡した順）。前に受けていたものは undefined。 */
  letters: ({ id: string; number: number; late: boolean } | undefined)[];
  received: number;
  /** 前に受けていて、飛ばした数。 */
  known: number;
}

/**
 * 意見を受け取る。原本は原本の鍵で、整理に使う文は個人情報らしい所を伏せて通の鍵で封じる。
 * 期間のあとに届いたものも受け取り、数えない通として残す。source が同じものは二度受けない。
 * @throws AppError BAD_INPUT（行の番号つき）、REFUSED（まだ始まっていない）、FORBIDDEN
 */
export async function receiveLetters(
  office: Office,
  actor: Actor,
  given: readonly NewLetter[],
): Promise<Received> {
  refuseComment("work", actor);
  const period = await requirePeriod(office, actor.contract);
  if (period.state === "draft")
    throw new AppError("REFUSED", "意見公募はまだ始まっていません。公表するものをそろえて、始めてください。");
  checkLetters(office, actor, period, given);
  const [sources, marks, lookup] = await Promise.all([
    listSources(office.read, period.id),
    listSignerMarks(office.read, period.id),
    office.keys.lookupKey(actor.contract),
  ]);
  const people = new Map(
    marks.flatMap(({ match, person }) => (match ? [[match.toString("hex"), person]] : [])),
  );
  const seen = new Set(sources);
  const fresh = given.map((letter) => {
    const source = sourceMark(lookup, letter.source);
    if (source !== "" && seen.has(source)) return undefined;
    if (source !== "") seen.add(source);
    return { letter, source };
  });
  const work = await Promise.all(fresh.map((one) => one && withKeys(office, actor, one)));
  const taken = work.filter((one) => one !== undefined);
  if (taken.length === 0) return { letters: given.map(() => undefined), received: 0, known: given.length };
  return office.act(actor, async (tx) => {
    const first = await takeNumbers(tx, period.id, "comment-letter", taken.length);
    const numbers = new Map(taken.map((one, at) => [one, first + at]));
    for (const one of taken)
      await put(tx, period, one, numbers.get(one) ?? 0, (signer) => personOf(people, lookup, signer));
    await tx.record({
      kind: "comment.received",
      about: period.id,
      payload: { letters: taken.length, from: first, known: given.length - taken.length },
    });
    return {
      letters: work.map(
        (one) =>
          one && { id: one.key.id, number: numbers.get(one) ?? 0, late: lateIn(period, one.letter.day) },
      ),
      received: taken.length,
      known: given.length - taken.length,
    };
  });
}

function checkLetters(office: Office, actor: Actor, period: Period, given: readonly NewLetter[]): void {
  const today = dayOf(office.clock.officeNow(actor.contract));
  if (given.length === 0) throw new AppError("BAD_INPUT", "受け取る意見がありません。");
  if (given.length > letterLimits.letters)
    throw new AppError(
      "TOO_LARGE",
      `一度に受け取れるのは${letterLimits.letters}通までです。分けて取り込んでください。`,
    );
  const faults = given.flatMap(({ day, text, files = [], signers }, at): Fault[] => {
    const say = (field: string, message: string): Fault => ({ field, row: at + 1, message });
    return [
      ...(!isDay(day) ? [say("day", "届いた日を書いてください。")] : []),
      ...(isDay(day) && day > today ? [say("day", "届いた日は、今日までの日にしてください。")] : []),
      ...(isDay(day) && period.from !== null && day < period.from
        ? [say("day", "届いた日が、意見公募の始まりより前です。")]
        : []),
      ...(text.length > letterLimits.text ? [say("text", `一通は${letterLimits.text}字までです。`)] : []),
      ...(signers < 1 || signers > 100_000 ? [say("signers", "人数は1以上で書いてください。")] : []),
      ...(files.length > letterLimits.files ||
      files.some(({ bytes }) => bytes.length > letterLimits.fileBytes)
        ? [say("file", "添付は一つ20MB、20個までです。")]
        : []),
    ];
  });
  if (faults.length > 0)
    throw new AppError("BAD_INPUT", `受け取る意見に、直すところが${faults.length}あります。`, {
      faults: faults.slice(0, 50),
    });
}

interface Work {
  letter: NewLetter;
  source: string;
  key: SubjectKey;
  originalKey: SubjectKey;
  files: { key: SubjectKey; file: LetterFile }[];
  masks: MaskRange[];
}

async function withKeys(
  office: Office,
  actor: Actor,
  { letter, source }: { letter: NewLetter; source: string },
): Promise<Work> {
  const [key, originalKey, ...fileKeys] = await Promise.all(
    Array.from({ length: 2 + (letter.files?.length ?? 0) }, () => office.keys.fresh(actor.contract)),
  );
  if (!key || !originalKey) throw new Error("no key");
  const files = fileKeys.flatMap((own, at) => {
    const file = letter.files?.[at];
    return file ? [{ key: own, file }] : [];
  });
  const known = letter.senders.flatMap(({ name, address, contact }) => [
    { kind: "name" as const, words: name },
    { kind: "address" as const, words: address },
    { kind: contact.includes("@") ? ("mail" as const) : ("phone" as const), words: contact },
  ]);
  return { letter, source, key, originalKey, files, masks: findMasks(letter.text, known) };
}

async function put(
  tx: Tx,
  period: Period,
  { letter, source, key, originalKey, files, masks }: Work,
  number: number,
  person: (signer: NewLetter["senders"][number]) => { person: string; match: Buffer | null },
): Promise<void> {
  const made = { made_by: tx.actor.id, made_at: tx.now };
  const own = { contract_id: tx.contract, period_id: period.id };
  const attachments = [];
  for (const [at, { key: fileKey, file }] of files.entries()) {
    const fileName = `意見_${number}_添付${at + 1}.${file.extension.replace(/[^a-z0-9]/gi, "").slice(0, 8) || "bin"}`;
    await keepFile(tx, fileKey, {
      kind: "comment-attachment",
      fileName,
      media: file.media,
      bytes: file.bytes,
    });
    attachments.push({ id: fileKey.id, media: file.media });
  }
  await insertLetter(tx, key, {
    ...{ id: key.id, ...own, number, channel: letter.channel, received_on: letter.day, note: null },
    ...{
      standing: lateIn(period, letter.day) ? "late" : "counted",
      kids: letter.kids ? 1 : 0,
      age: letter.age,
    },
    ...{ ward: letter.ward.slice(0, 40), signers: letter.signers, state: "new", masked: 0 },
    ...{ body: applyMasks(letter.text, masks), masks: JSON.stringify(masks) },
    ...{ attachments: JSON.stringify(attachments), original_id: originalKey.id, source, ...made, edition: 1 },
  });
  await insertOriginal(
    tx,
    originalKey,
    {
      ...{ id: originalKey.id, ...own, letter_id: key.id, body: letter.text },
      ...{ header: letter.header ?? null, ...made },
    },
    letter.senders.map((signer) => {
      const { person: who, match } = person(signer);
      return {
        ...{ id: newId(), ...own, letter_id: key.id, key_id: originalKey.id, person: who, match_hmac: match },
        ...{ ...signer, ...made },
      };
    }),
  );
}

/** 氏名と住所（なければ連絡先）が同じ人は、同じ印。どちらか欠けていれば、その通だけの人。 */
function personOf(
  people: Map<string, string>,
  lookup: Uint8Array,
  { name, address, contact }: NewLetter["senders"][number],
): { person: string; match: Buffer | null } {
  const plain = (text: string) =>
    text
      .normalize("NFKC")
      .replace(/[\s\p{P}ー]/gu, "")
      .toLowerCase();
  const place = plain(address) || plain(contact);
  if (plain(name) === "" || place === "") return { person: newId(), match: null };
  const match = createHmac("sha256", lookup)
    .update(`comment|${plain(name)}|${place}`)
    .digest()
    .subarray(0, 16);
  const known = people.get(match.toString("hex"));
  const person = known ?? newId();
  if (known === undefined) people.set(match.toString("hex"), person);
  return { person, match };
}

/** 取り込みの印は、個人の印かもしれない（アドレス入りの Message-ID）ので、照合値にする。 */
function sourceMark(lookup: Uint8Array, source: string): string {
  if (source === "") return "";
  return createHmac("sha256", lookup).update(`source|${source}`).digest("hex").slice(0, 32);
}

/** ファイルの中身からの印（同じ表を二度取り込んでも、同じ行は二度受けない）。 */
export function fileMark(bytes: Uint8Array, row: number | string): string {
  return `${createHash("sha256").update(bytes).digest("hex").slice(0, 24)}:${row}`;
}
