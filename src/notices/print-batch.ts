import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import type { Json } from "../base/event.ts";
import { dayOf, localMinuteOf } from "../base/time.ts";
import { canConvertToPdf, canJoinPdf, withPdfConverter } from "../office/pdf-converter.ts";
import { type ClientTemplate, findTemplateById, latestTemplate } from "../platform/client-template-store.ts";
import type { JobRun } from "../platform/job.ts";
import { findJob, insertJob } from "../platform/job-store.ts";
import { keepFile } from "../platform/keep-file.ts";
import type { Office } from "../platform/office.ts";
import type { DocxTemplate } from "../word/docx-template.ts";
import { applyChanges, printChanges, tallyNotices } from "./batch.ts";
import type { BatchFile } from "./batch-file.ts";
import { updateBatch } from "./batch-store.ts";
import { changeBatch, countChanges } from "./change-batch.ts";
import { type Edition, editionOf, postalOrder } from "./notice-card.ts";
import { convertNotices, fillNotices, pdfChunk, unevenWarnings } from "./notice-document.ts";
import { openNoticeForm } from "./notice-form.ts";
import type { RecordSource } from "./notice-record.ts";
import { type OpenBatch, openBatch } from "./open-batch.ts";
import type { OwnCardSetting } from "./own-card.ts";
import { printOwnCards } from "./own-card-document.ts";

const docxMedia = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/**
 * 印刷を始める。取り消された予約、承認の後で変わった予約、確かめの残った通は、ここで束から外れる。
 * 二度押しても一度だけ。失敗した印刷は、もう一度始められる。
 */
export async function startPrint(
  office: Office,
  actor: Actor,
  id: string,
): Promise<{ job: string; count: number }> {
  const before = await openBatch(office, actor, id);
  const running = before.batch.job_id
    ? await findJob(office.read, actor.contract, before.batch.job_id)
    : undefined;
  const busy = running && running.state !== "failed" && running.state !== "stopped";
  const job = `notice-print-${id}-${before.batch.version}`;
  let count = before.tally.printed;
  await changeBatch(office, actor, id, "print", (open) => {
    const { state, job_id } = open.batch;
    if ((state === "printing" && busy) || state === "printed") return undefined;
    if (!open.batch.template_id && !open.templateId)
      throw new AppError(
        "REFUSED",
        "受講通知書の様式（Word）が登録されていません。委託者から受け取った様式を登録してから印刷してください。",
      );
    const now = open.cards.map((card) => card.now);
    const changes = state === "printing" ? [] : printChanges(now);
    count = tallyNotices(applyChanges(now, changes)).printed;
    if (count === 0)
      throw new AppError(
        "REFUSED",
        "印刷する受講通知書がありません。承認の後で、すべて取り消されたか変わりました。",
      );
    return {
      change: { state: "printing", job_id: job === job_id ? job_id : job },
      notices: changes,
      event: {
        kind: "batch.printing",
        payload: { count, ...countChanges(changes.filter((one) => one.why)) },
      },
      also: async (tx) => {
        await insertJob(tx, {
          id: job,
          contract_id: tx.contract,
          kind: "notice.print",
          owner: actor.id,
          input: JSON.stringify({ batch: id }),
          state: "waiting",
          done: 0,
          total: count,
          message: "印刷の順番を待っています",
          result: null,
          run_after: tx.systemNow,
          lease_until: null,
          attempts: 0,
          created_at: tx.systemNow,
          finished_at: null,
        });
      },
    };
  });
  return { job: busy && before.batch.job_id ? before.batch.job_id : job, count };
}

interface MadeFile extends Omit<BatchFile, "id"> {
  bytes: Uint8Array;
}

/** 仕事 notice.print: 様式に差し込んだ Word と、LibreOffice があれば PDF（ページの数を確かめる）を封じて残す。 */
export async function printBatch(run: JobRun): Promise<Json> {
  const { office, contract } = run;
  const { batch: id } = run.input as { batch: string };
  const open = await openBatch(office, { contract }, id);
  if (open.batch.state !== "printing") return { files: (JSON.parse(open.batch.files) as BatchFile[]).length };
  const files: MadeFile[] = [];
  let done = 0;
  for (const [edition, sources] of sourcesByEdition(open, office)) {
    const row = await templateFor(office, open, edition);
    const form = await openNoticeForm(office, contract, row);
    const given = done;
    const progress = (n: number) => run.progress(given + n, open.tally.printed, "はがきを組んでいます");
    files.push(
      ...(form.kind === "own"
        ? await makeOwnFile(form.own, edition, sources, progress)
        : await makeFiles(office, contract, form.template, edition, sources, progress)),
    );
    done += sources.length;
  }
  await finish(office, { id: run.owner, contract, roles: [] }, open, files);
  return { files: files.length, people: done };
}

function sourcesByEdition(open: OpenBatch, office: Office): Map<Edition, RecordSource[]> {
  const today = dayOf(office.clock.officeNow(open.batch.contract_id));
  const sources = open.cards
    .filter((card) => card.now.printed)
    .flatMap(({ detail }) => (detail ? [{ detail, blueprint: open.blueprint, today }] : []))
    // 郵便番号の順に刷ると、区分けして差し出せる。
    .sort(
      (a, b) =>
        postalOrder(a.detail) - postalOrder(b.detail) || a.detail.booking.number - b.detail.booking.number,
    );
  return Map.groupBy(sources, (one) => editionOf(one.detail));
}

async function templateFor(office: Office, open: OpenBatch, edition: Edition): Promise<ClientTemplate> {
  const { contract_id: contract, template_id: approved } = open.batch;
  const special = edition === "notice" ? undefined : await latestTemplate(office.read, contract, edition);
  const normal = approved ? await findTemplateById(office.read, contract, approved) : undefined;
  const row = special ?? normal ?? (await latestTemplate(office.read, contract, "notice"));
  if (!row)
    throw new AppError(
      "REFUSED",
      "受講通知書の様式（Word）が登録されていません。登録してから印刷してください。",
    );
  return row;
}

/** まどぐちの標準のはがき。LibreOffice がなくても、PDF と、直せる Word になる。 */
async function makeOwnFile(
  own: OwnCardSetting,
  edition: Edition,
  sources: RecordSource[],
  progress: (done: number) => Promise<void>,
): Promise<MadeFile[]> {
  await progress(0);
  const { pdf, docx, pages, uneven } = await printOwnCards(sources, own, edition);
  const warnings =
    uneven.length > 0
      ? [
          `受付番号 ${uneven.slice(0, 10).join("、")}${uneven.length > 10 ? ` ほか${uneven.length - 10}通` : ""} は、はがきに入りきっていません。切れているものは投函せずに抜いてください。`,
        ]
      : [];
  const common = { edition, people: sources.length, pages, warnings };
  return [
    { format: "pdf", ...common, bytes: pdf },
    { format: "docx", ...common, bytes: docx() },
  ];
}

async function makeFiles(
  office: Office,
  contract: string,
  template: DocxTemplate,
  edition: Edition,
  sources: RecordSource[],
  progress: (done: number) => Promise<void>,
): Promise<MadeFile[]> {
  const now = localMinuteOf(office.clock.officeNow(contract));
  await progress(0);
  const filled = fillNotices(template, sources, now);
  const docx: MadeFile = {
    format: "docx",
    edition,
    people: sources.length,
    pages: filled.pages,
    warnings: filled.warnings,
    bytes: filled.docx,
  };
  if (!canConvertToPdf()) return [docx];
  const pdf = await withPdfConverter({}, async (converter) => {
    const parts: Uint8Array[] = [];
    const uneven: string[] = [];
    let pages = 0;
    const size = canJoinPdf() ? pdfChunk : sources.length;
    for (let start = 0; start < sources.length; start += size) {
      const chunk = sources.slice(start, start + size);
      const part = await convertNotices(converter, template, chunk, now);
      uneven.push(...part.uneven);
      parts.push(part.pdf);
      pages += part.pages;
      await progress(Math.min(sources.length, start + size));
    }
    return { bytes: await converter.join(parts), pages, warnings: unevenWarnings(uneven, template) };
  });
  return [
    docx,
    {
      format: "pdf",
      edition,
      people: sources.length,
      pages: pdf.pages,
      warnings: pdf.warnings,
      bytes: pdf.bytes,
    },
  ];
}

async function finish(
  office: Office,
  actor: Actor,
  open: OpenBatch,
  made: readonly MadeFile[],
): Promise<void> {
  const keys = await Promise.all(made.map(() => office.keys.fresh(actor.contract)));
  await office.act(actor, async (tx) => {
    const files: BatchFile[] = [];
    const hashes: Json[] = [];
    for (const [at, { bytes, ...file }] of made.entries()) {
      const key = keys[at];
      if (!key) continue;
      const name = `notices-${open.batch.number}${file.edition === "notice" ? "" : "-large"}.${file.format}`;
      const media = file.format === "pdf" ? "application/pdf" : docxMedia;
      const kept = await keepFile(tx, key, { kind: "notice-print", fileName: name, media, bytes });
      files.push({ id: kept.id, ...file });
      hashes.push({ format: file.format, people: file.people, pages: file.pages, sha256: kept.sha256 });
    }
    const done = await updateBatch(tx, open.key, open.batch, {
      state: "printed",
      printed_at: tx.now,
      files: JSON.stringify(files),
    });
    if (!done)
      throw new AppError("CONFLICT", "印刷のあいだに、この束が変わりました。もう一度印刷してください。");
    await tx.record({
      kind: "batch.printed",
      about: open.batch.id,
      payload: { batch: open.batch.number, count: open.tally.printed, files: hashes },
    });
  });
}
