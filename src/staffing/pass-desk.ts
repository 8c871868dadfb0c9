import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import { dayOf } from "../base/time.ts";
import type { Office } from "../platform/office.ts";
import { putTask } from "../tasks/open-task.ts";
import { openContract } from "../terms/open-contract.ts";
import { mayTakeDesk, readGate } from "./desk-gate.ts";
import { deskHandlers } from "./read-roster.ts";
import { refuseStaffing } from "./staffing-right.ts";
import { insertPass } from "./staffing-store.ts";

/**
 * 研修の前の着席を、SV か責任者が緊急に認める。その日だけ。理由は封じて残し、責任者の報告の仕事ができる（６(10)）。
 * @throws AppError BAD_INPUT（理由がない、席に着く人でない）、REFUSED（もう着ける）、FORBIDDEN
 */
export async function passDesk(
  office: Office,
  actor: Actor,
  given: { handler: string; reason: string },
): Promise<{ task: string }> {
  refuseStaffing("plan", actor);
  const reason = given.reason.trim();
  if (reason === "" || reason.length > 400)
    throw new AppError("BAD_INPUT", "緊急に認める理由を、400字までで書いてください。", {
      faults: [{ field: "reason", message: "理由を400字までで書いてください。" }],
    });
  const { blueprint } = await openContract(office, actor.contract);
  const handlers = await deskHandlers(office, actor.contract);
  if (!handlers.some(({ id }) => id === given.handler))
    throw new AppError("BAD_INPUT", "席に着く従業者を選んでください。", {
      faults: [{ field: "handler", message: "従業者を選んでください。" }],
    });
  if (given.handler === actor.id)
    throw new AppError("REFUSED", "自分の着席は認められません。ほかの SV か責任者にお願いしてください。");
  if (mayTakeDesk(await readGate(office, actor.contract), given.handler))
    throw new AppError("REFUSED", "その方は、もう席に着けます。");
  const key = await office.keys.fresh(actor.contract);
  return office.act(actor, async (tx) => {
    const day = dayOf(tx.now);
    const task = await putTask(tx, blueprint, {
      kind: "report",
      title: "研修の前の緊急の着席を、理由とともに委託者に報告する",
      clause: "6(10)",
      role: "manager",
      due: { kind: "business-days", days: 1 },
      about: { room: "staffing", kind: "pass", id: key.id },
      cause: `staffing/pass/${key.id}`,
    });
    await insertPass(tx, key, {
      ...{ id: key.id, contract_id: tx.contract, handler_id: given.handler, day, reason },
      ...{ task_id: task.id, made_by: tx.actor.id, made_at: tx.now },
    });
    await tx.record({
      kind: "desk.passed",
      about: key.id,
      payload: { handler: given.handler, day, task: task.id },
      personal: { key, data: { reason } },
    });
    return { task: task.id };
  });
}
