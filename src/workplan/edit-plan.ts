import type { Actor } from "../base/actor.ts";
import { AppError, type Fault } from "../base/error.ts";
import type { Json } from "../base/event.ts";
import type { Office } from "../platform/office.ts";
import { type PlanTask, planFaults } from "./plan-task.ts";
import { noWorkplan, readWorkplan, type Workplan, writeBody } from "./read-workplan.ts";
import { refusePlanRole } from "./workplan-right.ts";
import { updateWorkplan } from "./workplan-store.ts";

/** 直したあとの作業の並びと、記録に残すこと。 */
export interface PlanEdit {
  /** 直した作業の記号。 */
  code: string;
  tasks: readonly PlanTask[];
  /** 作業の誤りのほかに、この直しだけの誤り。 */
  faults?: readonly Fault[];
  kind?: "workplan.progressed" | "workplan.edited";
  payload: Readonly<Record<string, Json>>;
}

/**
 * いまの版の作業を直す（版も、比べる基準も変わらない）。誤りの欄の名は、直した作業の欄の名。
 * edition は、画面を開いたときのもの。ほかの人が先に変えていれば CONFLICT。
 */
export async function editPlan(
  office: Office,
  actor: Actor,
  edition: number | undefined,
  edit: (tasks: readonly PlanTask[], workplan: Workplan) => PlanEdit,
): Promise<{ code: string; edition: number }> {
  refusePlanRole("write", actor);
  const workplan = await readWorkplan(office, actor.contract);
  const { version, baseline } = workplan;
  if (version === undefined) throw noWorkplan();
  if (edition !== undefined && edition !== version.edition) throw stale();
  const { code, tasks, payload, kind = "workplan.edited", faults: own = [] } = edit(workplan.tasks, workplan);
  const faults = [
    ...planFaults(tasks).map((fault) => ({ ...fault, field: (fault.field ?? "").replace(`${code}.`, "") })),
    ...own,
  ];
  if (faults.length > 0) throw new AppError("BAD_INPUT", "作業に直すところがあります。", { faults });
  const key = (await office.keys.get(actor.contract, [version.id])).get(version.id);
  if (key === undefined) throw noWorkplan();
  return office.act(actor, async (tx) => {
    if (!(await updateWorkplan(tx, key, version.row, { body: writeBody(tasks, baseline) }))) throw stale();
    await tx.record({ kind, about: version.id, payload: { code, ...payload } });
    return { code, edition: version.edition + 1 };
  });
}

function stale(): AppError {
  return new AppError("CONFLICT", "ほかの人が先に工程表を変えました。画面を開き直してください。");
}
