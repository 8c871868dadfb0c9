import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import { applyMasks, type MaskRange, tidyMasks } from "../opinions/mask-text.ts";
import { opinionText, type TextRange } from "../opinions/split-letter.ts";
import type { Office } from "../platform/office.ts";
import { recordReveals } from "../tasks/record-reveal.ts";
import { openContract } from "../terms/open-contract.ts";
import { refuseComment } from "./comment-right.ts";
import { readOriginal, type Standing, updateLetter } from "./letter-store.ts";
import { noteSorted } from "./note-sorted.ts";
import { replaceOpinions } from "./opinion-store.ts";
import { refusePublished, requirePeriod } from "./read-period.ts";
import { openLetter, stale } from "./split-opinions.ts";

/**
 * 一通の整理を終える。どの意見にも分類があり、伏せる所を人が見たことになる。意見のない通（あいさつだけ、空の通）も終えられる。
 * @throws AppError REFUSED（分類のない意見がある）、CONFLICT、FORBIDDEN
 */
export async function sortLetter(office: Office, actor: Actor, id: string): Promise<void> {
  refuseComment("work", actor);
  const { row, key, opinions } = await openLetter(office, actor.contract, id);
  const open = opinions.filter(({ code }) => code === null);
  if (open.length > 0)
    throw new AppError(
      "REFUSED",
      `分類のない意見が${open.length}件あります。1–5のキーか一覧から選んでください。`,
    );
  if (row.state === "sorted" && row.masked === 1) return;
  await office.act(actor, async (tx) => {
    if (!(await updateLetter(tx, key, row, { state: "sorted", masked: 1 }))) throw stale();
    await tx.record({
      kind: "comment.sorted",
      about: id,
      payload: { number: row.number, opinions: opinions.length },
    });
    await noteSorted(tx, row.period_id);
  });
}

/** 整理済みの通を、整理中に戻す。結果を公表したあとは REFUSED。 */
export async function reopenLetter(office: Office, actor: Actor, id: string): Promise<void> {
  refuseComment("work", actor);
  refusePublished(await requirePeriod(office, actor.contract));
  const { row, key } = await openLetter(office, actor.contract, id);
  if (row.state === "new") return;
  await office.act(actor, async (tx) => {
    if (!(await updateLetter(tx, key, row, { state: "new" }))) throw stale();
    await tx.record({ kind: "comment.reopened", about: id, payload: { number: row.number } });
  });
}

/**
 * 伏せる所を決め直す。整理に使う文と意見の文は、原本から作り直す（範囲は変わらない）。
 * @throws AppError NOT_FOUND（原本が消去されている）、BAD_INPUT（範囲の外）、CONFLICT、FORBIDDEN
 */
export async function maskLetter(
  office: Office,
  actor: Actor,
  id: string,
  masks: readonly MaskRange[],
): Promise<void> {
  refuseComment("open", actor);
  const { row, key, opinions } = await openLetter(office, actor.contract, id);
  const found = await readOriginal(office.read, actor.contract, id, async (own) =>
    (await office.keys.get(actor.contract, [own])).get(own),
  );
  if (!found || !(await office.keys.get(actor.contract, [row.original_id])).has(row.original_id))
    throw new AppError("NOT_FOUND", "原本は消去されています。伏せた所は変えられません。");
  const text = found.original.body;
  if (masks.some(({ start, end }) => start < 0 || end > text.length || start >= end))
    throw new AppError("BAD_INPUT", "伏せる範囲が、文の外にあります。選び直してください。");
  const tidy = tidyMasks(masks);
  const body = applyMasks(text, tidy);
  await office.act(actor, async (tx) => {
    if (!(await updateLetter(tx, key, row, { body, masks: JSON.stringify(tidy), masked: 1 }))) throw stale();
    await replaceOpinions(
      tx,
      key,
      row,
      opinions.map((one) => ({
        ...one,
        body: opinionText(body, JSON.parse(one.ranges) as TextRange[]),
        edition: one.edition + 1,
      })),
    );
    await tx.record({
      kind: "comment.masked",
      about: id,
      payload: { number: row.number, places: tidy.length },
    });
  });
}

const standings: Readonly<Record<Standing, string>> = {
  counted: "数える",
  late: "期間のあと（数えない）",
  copy: "同じ書面の二通め（数えない）",
};
export const standingLabels = standings;

/** 数える通か、期間のあとの通か、二通めかを、理由とともに決める。 */
export async function standLetter(
  office: Office,
  actor: Actor,
  id: string,
  standing: Standing,
  reason: string,
): Promise<void> {
  refuseComment("decide", actor);
  const message = "数える・数えないと決めた理由を、500字までで書いてください。";
  if (reason.trim() === "" || reason.length > 500)
    throw new AppError("BAD_INPUT", message, { faults: [{ field: "reason", message }] });
  refusePublished(await requirePeriod(office, actor.contract));
  const { row, key } = await openLetter(office, actor.contract, id);
  await office.act(actor, async (tx) => {
    if (!(await updateLetter(tx, key, row, { standing, note: reason.trim() }))) throw stale();
    await tx.record({
      kind: "comment.stood",
      about: id,
      payload: { number: row.number, from: row.standing, to: standing },
    });
    await noteSorted(tx, row.period_id);
  });
}

export interface OpenedOriginal {
  number: number;
  text: string;
  header: string | null;
  senders: { name: string; address: string; contact: string; person: string }[];
  masks: MaskRange[];
}

/** 原本（差出人、添付を含む）を見る理由。記録には符号だけが残る。 */
export const originalReasons = {
  mask: "伏せる所を確かめる",
  split: "意見の分け方を確かめる",
  stand: "数え方（期間・同じ方）を決める",
  sender: "差出人に問い合わせる",
  audit: "監査・委託者の求めに応じる",
} as const;
export type OriginalReason = keyof typeof originalReasons;

/** 選んだ理由。選んでいなければ BAD_INPUT。 */
export function originalReasonOf(text: string | undefined): OriginalReason {
  if (text !== undefined && Object.hasOwn(originalReasons, text)) return text as OriginalReason;
  throw new AppError("BAD_INPUT", "見る理由を選んでください。記録に残ります。", {
    faults: [{ field: "reason", message: "見る理由を選んでください。" }],
  });
}

/** 原本を開く。見せる前に、差出人の一人ずつを、理由とともに記録する（差出人のない通は、通を一つと数える）。 */
export async function openOriginal(
  office: Office,
  actor: Actor,
  id: string,
  reason: OriginalReason,
): Promise<OpenedOriginal> {
  refuseComment("open", actor);
  const { row } = await openLetter(office, actor.contract, id);
  const found = await readOriginal(office.read, actor.contract, id, async (own) =>
    (await office.keys.get(actor.contract, [own])).get(own),
  );
  if (!found || !(await office.keys.get(actor.contract, [row.original_id])).has(row.original_id))
    throw new AppError(
      "NOT_FOUND",
      "原本は、消去の申出により消してあります。整理に使う文（伏せたもの）と数は残っています。",
    );
  const { original, signers } = found;
  const { blueprint } = await openContract(office, actor.contract);
  const people = signers.length > 0 ? signers.map(({ person }) => `${id}/${person}`) : [id];
  await recordReveals(
    office,
    actor,
    blueprint,
    people.map((one) => ({ about: `comments/letter/${one}`, field: "original", reason })),
  );
  return {
    ...{ number: row.number, text: original.body, header: original.header },
    senders: signers.map(({ name, address, contact, person }) => ({ name, address, contact, person })),
    masks: JSON.parse(row.masks) as MaskRange[],
  };
}
