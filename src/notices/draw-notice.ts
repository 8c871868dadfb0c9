import { createHash } from "node:crypto";
import type { Actor } from "../base/actor.ts";
import type { Json } from "../base/event.ts";
import { dayOf, localMinuteOf } from "../base/time.ts";
import { canConvertToPdf, withPdfConverter } from "../office/pdf-converter.ts";
import { canDrawPdf, pdfPictures } from "../office/pdf-picture.ts";
import { latestTemplate } from "../platform/client-template-store.ts";
import type { JobRun } from "../platform/job.ts";
import { insertJob } from "../platform/job-store.ts";
import { keepFile } from "../platform/keep-file.ts";
import type { Office, Scope, Tx } from "../platform/office.ts";
import { type Edition, editionOf } from "./notice-card.ts";
import { convertNotices, type PrintedPart, pdfChunk } from "./notice-document.ts";
import { type NoticeForm, openNoticeForm } from "./notice-form.ts";
import type { NoticePictures } from "./notice-picture.ts";
import type { RecordSource } from "./notice-record.ts";
import { updateNotice } from "./notice-store.ts";
import { type BatchCard, type OpenBatch, openBatch } from "./open-batch.ts";
import type { OwnCardSetting } from "./own-card.ts";
import { printOwnCards } from "./own-card-document.ts";

/** 絵を一度に作る通の数の上限。これより多い分は、開いたときに一通ずつ作る。 */
const drawLimit = 50;

/** はがきの絵を作れる機械か（poppler。委託者の Word の様式なら LibreOffice も）。 */
export function canDrawNotices(own?: OwnCardSetting): boolean {
  return (own !== undefined || canConvertToPdf()) && canDrawPdf();
}

/**
 * 様式に組む仕事を入れる。all なら束の全部を組んでページの数を確かめ、確かめるもののある通は絵も作る。
 * そうでなければ cards の絵を作る。作れない機械では何もしない（画面は描いたはがきを見せる）。
 */
export async function enqueueDrawing(
  scope: Scope,
  open: OpenBatch,
  given: { cards: readonly BatchCard[]; all: boolean },
): Promise<void> {
  const draw = given.cards.filter((card) => card.detail && !isDrawn(card)).slice(0, drawLimit);
  const measure = given.all ? open.cards.filter((card) => card.detail && !card.pictures) : [];
  if (draw.length + measure.length === 0 || !canDrawNotices(open.own) || !open.templateId) return;
  const marks = [...draw, ...measure].map((card) => `${card.notice.id}|${card.mark}`).join("\n");
  const hash = createHash("sha256").update(`${open.templateId}\n${marks}`).digest("hex").slice(0, 24);
  await insertJob(scope, {
    id: `notice-draw-${open.batch.id}-${hash}`,
    contract_id: scope.contract,
    kind: "notice.draw",
    owner: scope.actor.id,
    input: JSON.stringify({
      batch: open.batch.id,
      notices: draw.map((card) => card.notice.id),
      all: given.all,
    }),
    state: "waiting",
    done: 0,
    total: Math.max(draw.length, measure.length),
    message: "はがきを組む順番を待っています",
    result: null,
    run_after: scope.systemNow,
    lease_until: null,
    attempts: 0,
    created_at: scope.systemNow,
    finished_at: null,
  });
}

/** 開いた通の絵を作る仕事を入れる（まだなければ）。行為ではないので、記録はできたときに残る。 */
export async function requestDrawing(
  office: Office,
  actor: Actor,
  open: OpenBatch,
  card: BatchCard,
): Promise<void> {
  if (isDrawn(card) || !canDrawNotices(open.own)) return;
  await office.keepFor(actor, (scope) => enqueueDrawing(scope, open, { cards: [card], all: false }));
}

function isDrawn(card: BatchCard): boolean {
  return card.pictures !== undefined && card.pictures.pages.length > 0;
}

/** 仕事 notice.draw: 委託者の様式に差し込んで組み、頼まれた通と、入りきらない通の絵を封じて残す。 */
export async function drawNotices(run: JobRun): Promise<Json> {
  const { office, contract, owner } = run;
  const input = run.input as { batch: string; notices: string[]; all: boolean };
  const open = await openBatch(office, { contract }, input.batch);
  const wanted = new Set(input.notices);
  const cards = open.cards.filter(
    (card) => card.detail && (wanted.has(card.notice.id) ? !isDrawn(card) : input.all && !card.pictures),
  );
  let done = 0;
  for (const [edition, group] of Map.groupBy(cards, cardEdition)) {
    const form = await openForm(office, contract, edition);
    if (!form) continue;
    for (let start = 0; start < group.length; start += pdfChunk) {
      await run.progress(done, cards.length, "はがきを組んでいます");
      const chunk = group.slice(start, start + pdfChunk);
      const part = await layOut(office, open, form, edition, chunk);
      await keepDrawn(office, { id: owner, contract, roles: [] }, open, form, chunk, part, wanted);
      done += chunk.length;
    }
  }
  await run.progress(done, cards.length, "はがきを組みました");
  return { done };
}

async function openForm(office: Office, contract: string, edition: Edition): Promise<NoticeForm | undefined> {
  const row =
    (await latestTemplate(office.read, contract, edition)) ??
    (await latestTemplate(office.read, contract, "notice"));
  return row && openNoticeForm(office, contract, row);
}

function cardEdition(card: BatchCard): Edition {
  return card.detail ? editionOf(card.detail) : "notice";
}

async function layOut(
  office: Office,
  open: OpenBatch,
  form: NoticeForm,
  edition: Edition,
  cards: readonly BatchCard[],
): Promise<PrintedPart> {
  const now = office.clock.officeNow(open.batch.contract_id);
  const sources = cards.flatMap((card): RecordSource[] =>
    card.detail ? [{ detail: card.detail, blueprint: open.blueprint, today: dayOf(now) }] : [],
  );
  if (form.kind === "own") {
    const { pdf, pages, uneven } = await printOwnCards(sources, form.own, edition);
    return { pdf, pages, uneven, starts: sources.map((_, at) => at * form.pagesPerSheet) };
  }
  return withPdfConverter({}, (converter) =>
    convertNotices(converter, form.template, sources, localMinuteOf(now)),
  );
}

/** 一通のページ（0 から、終わりを含まない）。何人も載る様式では、その人の載った一枚。 */
function pagesOf(at: number, part: PrintedPart, template: NoticeForm): { from: number; to: number } {
  const sheet = Math.floor(at / template.peoplePerSheet);
  return { from: part.starts[sheet] ?? 0, to: part.starts[sheet + 1] ?? part.pages };
}

async function keepDrawn(
  office: Office,
  actor: Actor,
  open: OpenBatch,
  form: NoticeForm,
  cards: readonly BatchCard[],
  part: PrintedPart,
  wanted: ReadonlySet<string>,
): Promise<void> {
  const pagesAt = cards.map((_, at) => pagesOf(at, part, form));
  const shown = cards.map((card, at) => {
    const { from = 0, to = 0 } = pagesAt[at] ?? {};
    return wanted.has(card.notice.id) || to - from > form.pagesPerSheet;
  });
  const pictures = shown.includes(true) ? await pdfPictures(part.pdf) : [];
  const kept = pagesAt.map(({ from, to }, at) => (shown[at] ? pictures.slice(from, to) : []));
  const keys = await Promise.all(
    kept.map((pages) => Promise.all(pages.map(() => office.keys.fresh(actor.contract)))),
  );
  await office.act(actor, async (tx) => {
    for (const [at, card] of cards.entries()) {
      const blobs = await keepPages(tx, kept[at] ?? [], keys[at] ?? []);
      const { from = 0, to = 0 } = pagesAt[at] ?? {};
      const made: NoticePictures = {
        mark: card.mark,
        template: form.id,
        pages: blobs,
        made: to - from,
        expected: form.pagesPerSheet,
      };
      await updateNotice(tx, tx.contract, card.notice.id, { pictures: JSON.stringify(made) });
    }
    await tx.record({ kind: "notice.drawn", about: open.batch.id, payload: { count: cards.length } });
  });
}

async function keepPages(
  tx: Tx,
  pages: readonly Uint8Array[],
  keys: readonly { id: string; key: Uint8Array }[],
): Promise<string[]> {
  const blobs: string[] = [];
  for (const [at, bytes] of pages.entries()) {
    const key = keys[at];
    if (!key) continue;
    await keepFile(tx, key, { kind: "notice-picture", fileName: "notice.png", media: "image/png", bytes });
    blobs.push(key.id);
  }
  return blobs;
}
