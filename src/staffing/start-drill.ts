import type { Actor } from "../base/actor.ts";
import type { Json } from "../base/event.ts";
import { newId } from "../base/identifier.ts";
import type { JobKind, JobRun } from "../platform/job.ts";
import { insertJob } from "../platform/job-store.ts";
import type { Office } from "../platform/office.ts";
import type { DrillHand, DrillReport } from "./drill.ts";
import { checkOrder, type DrillOrder, runDrill } from "./run-drill.ts";
import { refuseStaffing } from "./staffing-right.ts";
import { settingOf } from "./staffing-setting.ts";
import { findSetting, insertDrill, listDrills } from "./staffing-store.ts";

const KIND = "staffing.drill";

export interface KeptDrill {
  id: string;
  at: string;
  report: DrillReport;
}

/** 訓練を頼む（長い仕事）。@throws AppError BAD_INPUT、FORBIDDEN */
export async function startDrill(office: Office, actor: Actor, order: DrillOrder): Promise<{ job: string }> {
  refuseStaffing("plan", actor);
  checkOrder(order);
  const id = newId();
  await office.keepFor(actor, async (scope) => {
    await insertJob(scope, {
      ...{ id, contract_id: scope.contract, kind: KIND, owner: actor.id },
      input: JSON.stringify({ seed: order.seed, calls: order.calls, operators: order.operators }),
      ...{ state: "waiting", done: 0, total: 1, message: "訓練の順番を待っています", result: null },
      ...{ run_after: scope.systemNow, lease_until: null, attempts: 0 },
      ...{ created_at: scope.systemNow, finished_at: null },
    });
  });
  return { job: id };
}

/** 使い捨ての事務所を開いて訓練し、結果だけを残す。 */
export async function holdDrill(
  office: Office,
  actor: Actor,
  hand: DrillHand,
  given: DrillOrder & { id: string },
  progress?: (done: number, total: number) => Promise<void>,
): Promise<DrillReport> {
  const setting = settingOf(await findSetting(office.read, actor.contract));
  const room = await hand.openDrill({ office, contract: actor.contract });
  const report = await runDrill(room, { ...given, setting }, progress).finally(() => room.close());
  await office.act(actor, async (tx) => {
    const kept = await insertDrill(tx, {
      ...{ id: given.id, contract_id: tx.contract, seed: given.seed, report: JSON.stringify(report) },
      ...{ made_by: tx.actor.id, made_at: tx.now },
    });
    if (!kept) return tx.nothingHappened();
    const { seed, calls, operators, answered, doubleBooked, faults } = report;
    await tx.record({
      kind: "drill.finished",
      about: given.id,
      payload: { seed, calls, operators, answered, doubleBooked, faults: faults.length },
    });
  });
  return report;
}

/** 新しい順。 */
export async function listReports(office: Office, contract: string): Promise<KeptDrill[]> {
  const rows = await listDrills(office.read, contract, 10);
  return rows.map(({ id, made_at, report }) => ({
    ...{ id, at: made_at },
    report: JSON.parse(report) as DrillReport,
  }));
}

/** 訓練の長い仕事。 */
export function drillJob(hand: DrillHand): JobKind {
  return {
    kind: KIND,
    run: async ({ office, contract, owner, input, progress }: JobRun): Promise<Json> => {
      const order = input as unknown as DrillOrder;
      const id = `${contract}-${owner}-${order.seed}-${office.clock.systemMs()}`;
      const actor: Actor = { id: owner, contract, roles: ["supervisor"] };
      const report = await holdDrill(office, actor, hand, { ...order, id }, (done, total) =>
        progress(done, total, "訓練の電話を受けています"),
      );
      return { faults: report.faults.length };
    },
  };
}
