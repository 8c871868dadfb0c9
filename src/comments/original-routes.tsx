import { parseInput } from "../access/zod-message.ts";
import { AppError, type Fault } from "../base/error.ts";
import { type MaskKind, type MaskRange, maskKinds } from "../opinions/mask-text.ts";
import { openFile } from "../platform/keep-file.ts";
import { postPage, withFaults } from "../platform/make-route.ts";
import type { Ask, Route } from "../platform/route.ts";
import { standAsk } from "./comment-ask.ts";
import { mayComment } from "./comment-right.ts";
import { OriginalAskPage, OriginalPage } from "./original-page.tsx";
import { readBook } from "./read-book.ts";
import {
  maskLetter,
  type OriginalReason,
  openOriginal,
  originalReasonOf,
  standLetter,
} from "./sort-letter.ts";

const CURRENT = "comments.page";

/** 理由を選んで来たら原本を、まだなら理由を尋ねる。理由がなければ、開かず、記録もしない。 */
async function openedPage(ask: Ask): Promise<Response> {
  const given = (await ask.form()).get("reason");
  try {
    return await originalPage(ask, originalReasonOf(given));
  } catch (cause) {
    if (!(cause instanceof AppError) || cause.code !== "BAD_INPUT") throw cause;
    const id = ask.param("id");
    const letter = (await readBook(ask.office, ask.actor.contract)).letterOf.get(id);
    if (!letter) throw noLetter();
    const fault = given === undefined ? undefined : cause.message;
    return ask.page({
      title: "意見書の原本",
      current: CURRENT,
      status: fault === undefined ? 200 : 422,
      body: <OriginalAskPage csrf={ask.seated.csrf} letter={letter} fault={fault} />,
    });
  }
}

function noLetter(): AppError {
  return new AppError("NOT_FOUND", "その意見書はありません。一覧から選び直してください。");
}

/** 原本の画面。理由とともに、開いたことを記録する。 */
export async function originalPage(
  ask: Ask,
  reason: OriginalReason,
  faults: readonly Fault[] = [],
): Promise<Response> {
  const id = ask.param("id");
  const book = await readBook(ask.office, ask.actor.contract);
  const letter = book.letterOf.get(id);
  if (!letter) throw noLetter();
  const original = await openOriginal(ask.office, ask.actor, id, reason);
  const people = new Set(letter.people);
  const same = book.letters.filter((one) => one.id !== id && one.people.some((person) => people.has(person)));
  const { roles } = ask.actor;
  const may = { work: mayComment("work", roles), decide: mayComment("decide", roles) };
  return ask.page({
    title: "意見書の原本",
    current: CURRENT,
    status: faults.length > 0 ? 422 : 200,
    body: <OriginalPage csrf={ask.seated.csrf} {...{ letter, original, reason, may, faults, same }} />,
  });
}

/** 添付にも氏名や住所がある。原本と同じく、理由とともに記録してから渡す（GET では渡さない）。 */
async function attachedFile(ask: Ask): Promise<Response> {
  const reason = originalReasonOf((await ask.form()).get("reason"));
  const book = await readBook(ask.office, ask.actor.contract);
  const found = book.letterOf.get(ask.param("id"))?.attachments[Number(ask.param("at")) - 1];
  if (!found) throw new AppError("NOT_FOUND", "その添付はありません。");
  const file = await openFile(ask.office, ask.actor.contract, found.id);
  await openOriginal(ask.office, ask.actor, ask.param("id"), reason);
  return ask.download(file);
}

async function maskForm(ask: Ask): Promise<Response> {
  const id = ask.param("id");
  const form = await ask.form();
  const keep = await ask.formAll("keep");
  const words = (form.get("words") ?? "")
    .split(/\r?\n/)
    .map((one) => one.trim())
    .filter(Boolean);
  const { text } = await openOriginal(ask.office, ask.actor, id, "mask");
  const kept = keep.flatMap((one): MaskRange[] => {
    const [start, end, kind = "other"] = one.split("-");
    const known = Object.hasOwn(maskKinds, kind) ? (kind as MaskKind) : "other";
    return [{ start: Number(start), end: Number(end), kind: known }];
  });
  await maskLetter(ask.office, ask.actor, id, [...kept, ...words.flatMap((word) => everyPlace(text, word))]);
  return ask.go(`/comments/letters/${id}`, "伏せる所を決めました。");
}

function everyPlace(text: string, word: string): MaskRange[] {
  const found: MaskRange[] = [];
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length))
    found.push({ start: at, end: at + word.length, kind: "other", byHand: true });
  return found;
}

async function standForm(ask: Ask): Promise<Response> {
  const { standing, reason } = parseInput(standAsk, Object.fromEntries(await ask.form()));
  return withFaults(
    async () => {
      await standLetter(ask.office, ask.actor, ask.param("id"), standing, reason);
      return ask.go(`/comments/letters/${ask.param("id")}`, "数え方を決めました。");
    },
    (faults) => originalPage(ask, "stand", faults),
  );
}

/** 原本を開くもの、原本を見て決めるものの道。 */
export const originalRoutes: Route[] = [
  postPage(
    "comments.original.reveal",
    "/comments/letters/:id/original",
    "原本を見る（見る前に、開いたことを記録する）",
    openedPage,
  ),
  {
    ...{ id: "comments.attachment", method: "POST", path: "/comments/letters/:id/files/:at", kind: "file" },
    summary: "原本に添えられたファイルを取り出す（理由とともに記録する）",
    handle: attachedFile,
  },
  postPage("comments.mask", "/comments/letters/:id/mask", "伏せる所を決める", maskForm),
  postPage("comments.stand", "/comments/letters/:id/stand", "数え方を決める", standForm),
];
