import { createHash } from "node:crypto";
import { canConvertToPdf, withPdfConverter } from "../office/pdf-converter.ts";
import { canDrawPdf, pdfPictures } from "../office/pdf-picture.ts";
import type { Actor } from "../platform/actor.ts";
import type { Json } from "../platform/event.ts";
import type { JobRun } from "../platform/job.ts";
import { insertJob } from "../platform/job-store.ts";
import { keepFile, openFile } from "../platform/keep-file.ts";
import type { Office, Tx } from "../platform/office.ts";
import { dayOf, localMinuteOf } from "../platform/time.ts";
import { type Edition, editionOf } from "./notice-card.ts";
import { convertNotices, openNoticeTemplate } from "./notice-document.ts";
import type { NoticePictures } from "./notice-picture.ts";
import type { RecordSource } from "./notice-record.ts";
import { updateNotice } from "./notice-store.ts";
import { type BatchCard, type OpenBatch, openBatch } from "./open-batch.ts";
import { findTemplate, type TemplateRow } from "./template-store.ts";

/** 一度に絵にする通の数。これより多い分は、開いたときに一通ずつ作る。 */
const drawLimit = 50;

/** はがきの絵を作れる機械か（LibreOffice と poppler）。 */
export function canDrawNotices(): boolean {
  return canConvertToPdf() && canDrawPdf();
}

/** 絵のない通の絵を作る仕事を入れる。作れない機械では何もしない（画面は描いたはがきを見せる）。 */
export async function enqueueDrawing(tx: Tx, open: OpenBatch, cards: readonly BatchCard[]): Promise<void> {
  const wanted = cards.filter((card) => card.detail && !card.pictures).slice(0, drawLimit);
  if (wanted.length === 0 || !canDrawNotices() || !open.templateId) return;
  const marks = wanted.map((card) => `${card.notice.id}|${card.mark}`).join("\n");
  const hash = createHash("sha256").update(`${open.templateId}\n${marks}`).digest("hex").slice(0, 24);
  await insertJob(tx, {
    id: `notice-draw-${open.batch.id}-${hash}`,
    contract_id: tx.contract,
    kind: "notice.draw",
    owner: tx.actor.id,
    input: JSON.stringify({ batch: open.batch.id, notices: wanted.map((card) => card.notice.id) }),
    state: "waiting",
    done: 0,
    total: wanted.length,
    message: "はがきの絵を作る順番を待っています",
    result: null,
    run_after: tx.systemNow,
    lease_until: null,
    attempts: 0,
    created_at: tx.systemNow,
    finished_at: null,
  });
}

/** 開いた通の絵を作る仕事を入れる（まだなければ）。行為ではないので記録は残らず、できたときに残る。 */
export async function requestDrawing(
  office: Office,
  actor: Actor,
  open: OpenBatch,
  card: BatchCard,
): Promise<void> {
  if (card.pictures || !canDrawNotices()) return;
  await office.keepFor(actor, (scope) =>
    enqueueDrawing({ ...scope, record: async () => {}, nothingHappened: () => {} }, open, [card]),
  );
}

/** 仕事 notice.draw: 委託者の様式に差し込み、PDF にし、ページごとの絵を封じて残す。 */
export async function drawNotices(run: JobRun): Promise<Json> {
  const { office, contract, owner } = run;
  const input = run.input as { batch: string; notices: string[] };
  const open = await openBatch(office, { contract }, input.batch);
  const wanted = new Set(input.notices);
  const cards = open.cards.filter((card) => wanted.has(card.notice.id) && card.detail && !card.pictures);
  let drawn = 0;
  for (const [edition, group] of Map.groupBy(cards, cardEdition)) {
    const template =
      (await findTemplate(office.read, contract, edition)) ??
      (await findTemplate(office.read, contract, "notice"));
    if (!template) continue;
    await run.progress(drawn, cards.length, "はがきの絵を作っています");
    await drawGroup(office, { id: owner, contract, roles: [] }, open, template, group);
    drawn += group.length;
  }
  await run.progress(drawn, cards.length, "はがきの絵ができました");
  return { drawn };
}

function cardEdition(card: BatchCard): Edition {
  return card.detail ? editionOf(card.detail) : "notice";
}

async function drawGroup(
  office: Office,
  actor: Actor,
  open: OpenBatch,
  row: TemplateRow,
  cards: readonly BatchCard[],
): Promise<void> {
  const file = await openFile(office, actor.contract, row.blob_id);
  const template = openNoticeTemplate(file.bytes);
  const now = office.clock.officeNow(actor.contract);
  const sources = cards.flatMap((card): RecordSource[] =>
    card.detail ? [{ detail: card.detail, blueprint: open.blueprint, today: dayOf(now) }] : [],
  );
  const part = await withPdfConverter({}, (converter) =>
    convertNotices(converter, template, sources, localMinuteOf(now)),
  );
  const pages = await pdfPictures(part.pdf);
  const keys = await Promise.all(pages.map(() => office.keys.fresh(actor.contract)));
  await office.act(actor, async (tx) => {
    for (const [at, card] of cards.entries()) {
      // 何人も載る様式では、その人の載った一枚を見せる。
      const sheet = Math.floor(at / template.peoplePerSheet);
      const start = part.starts[sheet] ?? 0;
      const end = part.starts[sheet + 1] ?? part.pages;
      const blobs: string[] = [];
      for (let page = start; page < end; page++) {
        const [bytes, key] = [pages[page], keys[page]];
        if (!bytes || !key) continue;
        if (at % template.peoplePerSheet === 0) await keepFile(tx, key, picture(bytes));
        blobs.push(key.id);
      }
      const pictures: NoticePictures = {
        mark: card.mark,
        template: row.id,
        pages: blobs,
        expected: template.pagesPerSheet,
      };
      await updateNotice(tx, tx.contract, card.notice.id, { pictures: JSON.stringify(pictures) });
    }
    await tx.record({ kind: "notice.drawn", about: open.batch.id, payload: { count: cards.length } });
  });
}

function picture(bytes: Uint8Array) {
  return { kind: "notice-picture", fileName: "notice.png", media: "image/png", bytes };
}
