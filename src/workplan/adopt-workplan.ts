import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import { dayOf } from "../base/time.ts";
import { prepareFiling } from "../filings/prepare-filing.ts";
import { formatWareki } from "../japan/wareki.ts";
import { takeNumber } from "../platform/counter-store.ts";
import type { SubjectKey } from "../platform/key.ts";
import type { Office, Tx } from "../platform/office.ts";
import { openContract } from "../terms/open-contract.ts";
import { computePlan, type PlanFrame } from "./compute-plan.ts";
import { type DateMove, type MovedLine, type MovedPlan, moveDate } from "./move-date.ts";
import type { PlanTask } from "./plan-task.ts";
import {
  type Baseline,
  frameOf,
  noWorkplan,
  readWorkplan,
  type Workplan,
  writeBody,
} from "./read-workplan.ts";
import { refusePlanRole } from "./workplan-right.ts";
import { insertWorkplan, updateWorkplan } from "./workplan-store.ts";

/**
 * 工程表を定める（新しい版）。そのときの日が、比べる基準になる。
 * @throws AppError BAD_INPUT（作業の誤り、理由がない）、FORBIDDEN、CONFLICT
 */
export async function adoptWorkplan(
  office: Office,
  actor: Actor,
  given: { tasks: readonly PlanTask[]; reason: string },
): Promise<{ id: string; number: number }> {
  refusePlanRole("adopt", actor);
  requireReason(given.reason);
  const { blueprint } = await openContract(office, actor.contract);
  const today = dayOf(office.clock.officeNow(actor.contract));
  const baseline = baselineOf(given.tasks, frameOf(blueprint, today));
  const before = await readWorkplan(office, actor.contract);
  const key = await office.keys.fresh(actor.contract);
  return putVersion(office, actor, before, key, {
    ...{ tasks: given.tasks, baseline, reason: given.reason, filing: null, kind: "workplan.adopted" },
    payload: {},
  });
}

/** 計画だけの日。実績のある作業も、工程表に書かれた始まりと長さから数える。 */
function baselineOf(tasks: readonly PlanTask[], { calendar, from }: PlanFrame): Baseline {
  const bare = tasks.map((task) => ({ ...task, started: null, finished: null, progress: 0 }));
  const plan = computePlan(bare, { calendar, from });
  return Object.fromEntries(plan.tasks.map(({ task, start, end }) => [task.code, { start, end }]));
}

/** 動かす前に見る、新旧の差。何も変えない。 */
export async function previewMove(
  office: Office,
  contract: string,
  move: DateMove,
): Promise<MovedPlan & { workplan: Workplan }> {
  const workplan = await readWorkplan(office, contract);
  if (workplan.version === undefined) throw noWorkplan();
  return { ...moveDate(workplan.tasks, move, workplan.frame), workplan };
}

/**
 * 日を動かして、工程表を定め直す。新旧の表を書いた協議書の下書きを作る（市が日を動かしたときの控えにもなる）。
 * edition は、差を見たときの版。ほかの人が先に変えていれば CONFLICT。
 */
export async function rebaseWorkplan(
  office: Office,
  actor: Actor,
  given: { move: DateMove; reason: string; edition: number },
): Promise<{ id: string; number: number; filing: string; filingNumber: number }> {
  refusePlanRole("adopt", actor);
  requireReason(given.reason);
  const moved = await previewMove(office, actor.contract, given.move);
  if (moved.workplan.version?.edition !== given.edition) throw stale();
  if (moved.lines.length === 0) throw new AppError("REFUSED", "日は動きません。新しい日をお確かめください。");
  const key = await office.keys.fresh(actor.contract);
  const filing = await prepareFiling(office, actor, {
    form: "consultation",
    title: "業務スケジュールの変更に係る協議書",
    about: { room: "workplan", kind: "version", id: key.id },
    fields: { matter: `業務スケジュールの変更\n${linesText(moved.lines)}`, proposal: given.reason },
  });
  const after = Object.fromEntries(
    moved.after.tasks.map(({ task, start, end }) => [task.code, { start, end }]),
  );
  const made = await putVersion(office, actor, moved.workplan, key, {
    ...{ tasks: moved.tasks, baseline: after, reason: given.reason, filing: filing.id },
    kind: "workplan.rebased",
    payload: {
      ...{ code: given.move.code, day: given.move.day, filing: filing.id },
      ...{ moved: moved.lines.length, late: moved.after.misses.length },
    },
  });
  return { ...made, filing: filing.id, filingNumber: filing.number };
}

function linesText(lines: readonly MovedLine[]): string {
  const text = ({ start, end }: { start: string; end: string }) =>
    start === end ? formatWareki(end) : `${formatWareki(start)}から${formatWareki(end)}まで`;
  const shown = lines
    .slice(0, 30)
    .map((line) => `・${line.name}: ${text(line.before)} → ${text(line.after)}`);
  const rest = lines.length > 30 ? [`ほか${lines.length - 30}件（新旧表のとおり）`] : [];
  return [...shown, ...rest].join("\n");
}

function requireReason(reason: string): void {
  const message = "理由を 1 字から 500 字で書いてください。";
  if (reason.trim() === "" || reason.length > 500)
    throw new AppError("BAD_INPUT", message, { faults: [{ field: "reason", message }] });
}

function stale(): AppError {
  return new AppError("CONFLICT", "ほかの人が先に工程表を変えました。差をもう一度見てください。");
}

async function putVersion(
  office: Office,
  actor: Actor,
  { version: before }: Workplan,
  key: SubjectKey,
  given: {
    tasks: readonly PlanTask[];
    baseline: Baseline;
    reason: string;
    filing: string | null;
    kind: "workplan.adopted" | "workplan.rebased";
    payload: Readonly<Record<string, string | number>>;
  },
): Promise<{ id: string; number: number }> {
  const old = before && (await office.keys.get(actor.contract, [before.id])).get(before.id);
  return office.act(actor, async (tx: Tx) => {
    if (before && (!old || !(await updateWorkplan(tx, old, before.row, { state: "past" })))) throw stale();
    const number = await takeNumber(tx, tx.contract, "workplan");
    await insertWorkplan(tx, key, {
      ...{ id: key.id, contract_id: tx.contract, number, state: "current", filing: given.filing },
      ...{ body: writeBody(given.tasks, given.baseline), reason: given.reason.trim() },
      ...{ made_by: tx.actor.id, made_at: tx.now, edition: 1 },
    });
    await tx.record({
      kind: given.kind,
      about: key.id,
      payload: { number, tasks: given.tasks.length, ...given.payload },
    });
    return { id: key.id, number };
  });
}
