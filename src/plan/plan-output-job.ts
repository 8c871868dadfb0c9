import { createHash } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import type { Json } from "../base/event.ts";
import { instantFromMs } from "../base/time.ts";
import { buildPlanFile, type PlanFormat } from "../manuscript/build-plan-file.ts";
import { canConvertToPdf } from "../office/pdf-converter.ts";
import type { JobKind, JobRun } from "../platform/job.ts";
import { findJob, insertJob, type JobRow, restartJob, stopJob } from "../platform/job-store.ts";
import { keepFile, openFile } from "../platform/keep-file.ts";
import type { Office } from "../platform/office.ts";
import { folderOf, planMedia } from "./build-plan.ts";
import { mayPlan, refusePlanRole } from "./plan-right.ts";
import { readContentKey } from "./read-content.ts";

const KIND = "plan.output";
/** 走っている間、止めるように言われたかを見る間（ミリ秒）。 */
const BEAT_MS = 2000;
/** 頼んだその場で待つ時間: 100 ミリ秒を何度か。短い文書は、これで渡せる。 */
const WAITS = 20;

/** 一つの形の書き出し。 */
export interface PlanOutput {
  job: string;
  format: PlanFormat;
  /** 版の id。いまの原稿は null。 */
  version: string | null;
  state: JobRow["state"];
  done: number;
  total: number;
  message: string;
  /** できたファイルの大きさ（バイト）と、原稿への注意の数。 */
  made: { size: number; warnings: number } | null;
}

interface WorkInput {
  plan: string;
  format: PlanFormat;
  version: string | null;
  roles: Actor["roles"];
}
interface WorkResult {
  file: string;
  hash: string;
  size: number;
  warnings: number;
}

type Asking = { format: PlanFormat; version?: string | undefined; again?: boolean | undefined };

/**
 * 版（省けば、いま）を一つの形にするように頼む。同じ中身の同じ形が、できているか作りかけなら、それを答える
 * （何人が同時に押しても、仕事は一つ）。again なら、できていても作り直す。
 * @throws AppError NOT_FOUND、FORBIDDEN、UNAVAILABLE（PDF に LibreOffice がない）、REFUSED（公開する版の権利が足りない）
 */
export async function askPlanOutput(
  office: Office,
  actor: Actor,
  planId: string,
  { format, version, again }: Asking,
): Promise<PlanOutput> {
  refusePlanRole("read", actor);
  if (format === "pdf" && !canConvertToPdf())
    throw new AppError(
      "UNAVAILABLE",
      "PDF を作るには LibreOffice が要ります。入れてから、もう一度お試しください。",
    );
  const { hash } = await readContentKey(office, actor, planId, version);
  const job = createHash("sha256").update([actor.contract, planId, format, hash].join("|")).digest("hex");
  const known = await findJob(office.read, actor.contract, job);
  const busy = known?.state === "waiting" || known?.state === "running";
  const made = known?.state === "done" && resultOf(known).hash === hash && again !== true;
  if (known && (busy || made)) return workOf(known);
  const input: WorkInput = { plan: planId, format, version: version ?? null, roles: actor.roles };
  await office.act(actor, async (tx) => {
    const fresh = {
      ...{ id: job, contract_id: tx.contract, owner: actor.id, input: JSON.stringify(input) },
      ...{ total: stepsOf(format), message: "順番を待っています", run_after: tx.systemNow },
    };
    const inserted = await insertJob(tx, {
      ...{ ...fresh, kind: KIND, state: "waiting", done: 0, result: null, attempts: 0 },
      ...{ lease_until: null, created_at: tx.systemNow, finished_at: null },
    });
    if (!inserted) await restartJob(tx, fresh);
    await tx.record({
      kind: "plan.file-asked",
      about: planId,
      payload: { format, version: version ?? null },
    });
  });
  return readPlanOutput(office, actor, planId, job);
}

/** 頼んで、すぐにできるなら待つ。できなければ、そのときの進み具合。 */
export async function awaitPlanOutput(
  office: Office,
  actor: Actor,
  planId: string,
  asking: Asking,
): Promise<PlanOutput> {
  let work = await askPlanOutput(office, actor, planId, asking);
  for (let n = 0; n < WAITS && (work.state === "waiting" || work.state === "running"); n += 1) {
    await pause(100);
    work = workOf(await rowOf(office, actor, planId, work.job));
  }
  return work;
}

/** 書き出しのいま。なければ NOT_FOUND。 */
export async function readPlanOutput(
  office: Office,
  actor: Pick<Actor, "contract" | "roles">,
  planId: string,
  job: string,
): Promise<PlanOutput> {
  refusePlanRole("read", actor);
  return workOf(await rowOf(office, actor, planId, job));
}

/** 止める。頼んだ人か、原稿を直せる人。止めるものがなければ REFUSED。 */
export async function stopPlanOutput(
  office: Office,
  actor: Actor,
  planId: string,
  job: string,
): Promise<void> {
  const row = await rowOf(office, actor, planId, job);
  if (row.owner !== actor.id && !mayPlan("write", actor.roles))
    throw new AppError("FORBIDDEN", "ほかの方が頼んだ書き出しです。止めるのは、頼んだ方か企画担当です。");
  const now = instantFromMs(office.clock.systemMs());
  if (!(await office.keep((tx) => stopJob(tx, actor.contract, job, now))))
    throw new AppError("REFUSED", "止める書き出しはありません。もうできているか、止めてあります。");
}

/**
 * できたファイル。渡したことを記録する。公開する版は、渡すときにも画像の権利を確かめる。
 * @throws AppError NOT_FOUND、FORBIDDEN、REFUSED（まだできていない、権利が足りない）
 */
export async function takePlanOutput(
  office: Office,
  actor: Actor,
  planId: string,
  job: string,
): Promise<{ fileName: string; media: string; bytes: Uint8Array }> {
  refusePlanRole("read", actor);
  const row = await rowOf(office, actor, planId, job);
  if (row.state !== "done") throw new AppError("REFUSED", "このファイルは、まだできていません。");
  const { format, version } = inputOf(row);
  const { name } = await readContentKey(office, actor, planId, version ?? undefined);
  const { bytes } = await openFile(office, actor.contract, resultOf(row).file);
  await office.act(actor, (tx) =>
    tx.record({ kind: "plan.exported", about: planId, payload: { format, version } }),
  );
  return { fileName: `${name}.${format}`, media: planMedia[format], bytes };
}

async function rowOf(
  office: Office,
  actor: Pick<Actor, "contract" | "roles">,
  planId: string,
  job: string,
): Promise<JobRow> {
  const row = await findJob(office.read, actor.contract, job);
  if (row?.kind !== KIND || inputOf(row).plan !== planId)
    throw new AppError("NOT_FOUND", "その書き出しはありません。版の画面から、もう一度お選びください。");
  return row;
}

const inputOf = ({ input }: JobRow) => JSON.parse(input) as WorkInput;
const resultOf = ({ result }: JobRow) => JSON.parse(result ?? "{}") as WorkResult;

function workOf(row: JobRow): PlanOutput {
  const { id: job, state, done, total, message } = row;
  const { format, version } = inputOf(row);
  const { size, warnings } = resultOf(row);
  return {
    ...{ job, format, version, state, done, total, message },
    made: state === "done" ? { size, warnings } : null,
  };
}

/** 知らせの数（原稿を読む、組む、刷る、しまう）。 */
function stepsOf(format: PlanFormat): number {
  return format === "pdf" ? 5 : format === "docx" ? 4 : 3;
}

async function run({ office, contract, owner, input, progress }: JobRun): Promise<Json> {
  const { plan, format, version, roles } = input as unknown as WorkInput;
  const actor: Actor = { id: owner, contract, roles };
  const stop = new AbortController();
  const total = stepsOf(format);
  let [step, doing] = [0, "原稿を読んでいます"];
  const tell = (next: string) => {
    [step, doing] = [doing === next ? step : step + 1, next];
    return progress(Math.min(step, total), total, doing);
  };
  await progress(0, total, doing);
  // LibreOffice を待つ間にも、止めるように言われたら止める（仕事を引き受けている時間も延びる）。
  const beat = setInterval(() => void tell(doing).catch((cause) => stop.abort(cause)), BEAT_MS);
  try {
    const { files, hash } = await filesOf(office, actor, plan, version ?? undefined);
    const created = office.clock.officeNow(contract);
    const built = await buildPlanFile(files, [format], created, { progress: tell, signal: stop.signal });
    await tell("しまっています");
    const bytes = built.files[0]?.bytes ?? new Uint8Array();
    const key = await office.keys.fresh(contract);
    const kept = { kind: "plan-output", fileName: `計画.${format}`, media: planMedia[format], bytes };
    const { id } = await office.act(actor, async (tx) => {
      await tx.record({ kind: "plan.file-made", about: plan, payload: { format, version } });
      return keepFile(tx, key, kept);
    });
    return { file: id, hash, size: bytes.length, warnings: built.warnings.length };
  } finally {
    clearInterval(beat);
  }
}

async function filesOf(office: Office, actor: Actor, plan: string, version: string | undefined) {
  // 指紋を先に: 読む間に直されたら、次に頼んだときに作り直す。
  const { hash } = await readContentKey(office, actor, plan, version);
  return { hash, files: (await folderOf(office, actor, plan, version)).files };
}

/** 計画の室の長い仕事。 */
export const planJobs: JobKind[] = [{ kind: KIND, run }];
