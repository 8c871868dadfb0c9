import { createHash } from "node:crypto";
import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import { newId } from "../base/identifier.ts";
import { instantFromMs } from "../base/time.ts";
import { canConvertToPdf } from "../office/pdf-converter.ts";
import type { JobKind, JobRun } from "../platform/job.ts";
import { findJob, insertJob, stopJob } from "../platform/job-store.ts";
import { type KeptFile, keepFile, openFile } from "../platform/keep-file.ts";
import type { Office } from "../platform/office.ts";
import { openSurvey } from "../survey/open-survey.ts";
import { refuseSurveyRole } from "../survey/survey-right.ts";
import { drawPdf, NO_OFFICE_SUITE } from "./export-report.ts";
import { openReport } from "./open-report.ts";
import { openReportBody, saveReportBody } from "./report-body.ts";
import type { ReportBook } from "./report-book.ts";

const KIND = "analysis.report-pdf";

/** PDF の報告書のいま。 */
export interface PdfState {
  state: "none" | "waiting" | "running" | "done" | "failed" | "stopped";
  done: number;
  total: number;
  message: string;
  /** できたファイル。 */
  file: string | undefined;
  /** できた後に、回答か所見が変わった。 */
  stale: boolean;
}

/** PDF を頼む（何十秒かかかるので、長い仕事にする）。走っているものがあれば、それをそのまま続ける。 */
export async function startPdf(office: Office, actor: Actor, survey: string): Promise<{ job: string }> {
  refuseSurveyRole("work", actor);
  if (!canConvertToPdf()) throw new AppError("UNAVAILABLE", NO_OFFICE_SUITE);
  const kept = await openReportBody(office, actor, survey);
  const known = kept?.body.pdf && (await findJob(office.read, actor.contract, kept.body.pdf.job));
  if (known?.state === "waiting" || known?.state === "running") return { job: known.id };
  const job = newId();
  await saveReportBody(office, actor, survey, {
    kept,
    change: { pdf: { job } },
    event: { kind: "analysis.exported", payload: { format: "pdf", what: "asked" } },
    also: async (tx) => {
      await insertJob(tx, {
        ...{ id: job, contract_id: tx.contract, kind: KIND, owner: actor.id },
        input: JSON.stringify({ survey, roles: [...actor.roles] }),
        ...{ state: "waiting", done: 0, total: 4, message: "順番を待っています", result: null },
        ...{ run_after: tx.systemNow, lease_until: null, attempts: 0 },
        ...{ created_at: tx.systemNow, finished_at: null },
      });
    },
  });
  return { job };
}

/** いちばん新しく頼んだ PDF の仕事と、その結果。頼んでいなければ undefined。 */
async function latestPdf(office: Office, actor: Actor, survey: string) {
  const job = (await openReportBody(office, actor, survey))?.body.pdf?.job;
  const row = job === undefined ? undefined : await findJob(office.read, actor.contract, job);
  return row && { row, made: JSON.parse(row.result ?? "{}") as { file?: string; hash?: string } };
}

/**
 * PDF のいまの進み具合。book は、もう開いてあればいまの報告書（できた PDF が古いかどうかは、これと比べる）。
 * @throws AppError NOT_FOUND（調査がない）、FORBIDDEN
 */
export async function readPdf(
  office: Office,
  actor: Actor,
  survey: string,
  book?: ReportBook,
): Promise<PdfState> {
  if (!book) await openSurvey(office, actor, survey, "look");
  const latest = await latestPdf(office, actor, survey);
  if (!latest) return { state: "none", done: 0, total: 0, message: "", file: undefined, stale: false };
  const { state, done, total, message } = latest.row;
  const { file, hash } = latest.made;
  // できていないうちは何度も見に来るので、報告書を作るのは、比べるものができてから。
  const stale = file !== undefined && hash !== pdfHash(book ?? (await openReport(office, actor, survey)));
  return { state, done, total, message, file, stale };
}

/** 走っている PDF を止める。止めるものがなければ REFUSED。 */
export async function stopPdf(office: Office, actor: Actor, survey: string): Promise<void> {
  refuseSurveyRole("work", actor);
  const job = (await openReportBody(office, actor, survey))?.body.pdf?.job;
  const stopped =
    job !== undefined &&
    (await office.keep((tx) => stopJob(tx, actor.contract, job, instantFromMs(office.clock.systemMs()))));
  if (!stopped) throw new AppError("REFUSED", "止める PDF はありません。もうできているか、止めてあります。");
}

/** できた PDF を開き、書き出したことを記録する。まだなら REFUSED。 */
export async function takePdf(office: Office, actor: Actor, survey: string): Promise<KeptFile> {
  refuseSurveyRole("look", actor);
  const file = (await latestPdf(office, actor, survey))?.made.file;
  if (file === undefined)
    throw new AppError("REFUSED", "PDF はまだできていません。報告書の画面の「PDF を作る」を押してください。");
  const opened = await openFile(office, actor.contract, file);
  await office.act(actor, (tx) =>
    tx.record({ kind: "analysis.exported", about: survey, payload: { format: "pdf", what: "report" } }),
  );
  return opened;
}

async function run({ office, contract, owner, input, progress }: JobRun) {
  const { survey, roles } = input as unknown as { survey: string; roles: Actor["roles"] };
  const actor: Actor = { id: owner, contract, roles };
  await progress(0, 4, "集計しています");
  const book = await openReport(office, actor, survey);
  const bytes = await drawPdf(book, async (done, message) => progress(done, 4, message));
  await progress(4, 4, "しまっています");
  const key = await office.keys.fresh(contract);
  const { id } = await office.act(actor, async (tx) => {
    const made = await keepFile(tx, key, {
      ...{ kind: "survey-report", fileName: "調査報告書.pdf", media: "application/pdf", bytes },
    });
    await tx.record({ kind: "analysis.exported", about: survey, payload: { format: "pdf", what: "made" } });
    return made;
  });
  return { file: id, hash: pdfHash(book) };
}

/** 報告書の指紋: 回答・コードブックと、所見・前の回・自由記述。 */
function pdfHash(book: ReportBook): string {
  const words = book.sections.flatMap((one) => [one, ...one.crosses]).map(({ finding }) => finding.text);
  const labels = book.waves.map(({ waves }) => waves);
  const free = book.free.map(({ codes, frame }) => [codes, frame]);
  return createHash("sha256")
    .update(JSON.stringify([book.dataHash, words, labels, free]))
    .digest("hex");
}

/** 集計の室の長い仕事。 */
export const analysisJobs: JobKind[] = [{ kind: KIND, run }];
