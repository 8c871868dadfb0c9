import { nameHandlers } from "../access/name-handlers.ts";
import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import type { Office } from "../platform/office.ts";
import { changeTask } from "./change-task.ts";

/**
 * 仕事を引き受ける。to を言えばその人に渡す（SV と責任者、または今の担当だけが渡せる）。
 * @throws AppError FORBIDDEN（渡せない）、BAD_INPUT（その人はこの契約にいない）、REFUSED（もう閉じている）
 */
export async function takeTask(office: Office, actor: Actor, id: string, to = actor.id): Promise<void> {
  if (to !== actor.id && !(await nameHandlers(office, actor.contract)).has(to))
    throw new AppError("BAD_INPUT", "渡す相手が見つかりません。選び直してください。", {
      faults: [{ field: "to", message: "担当する人を選んでください。" }],
    });
  await changeTask(office, actor, id, "take", (task) => {
    if (task.holder === to) return undefined;
    const leads = actor.roles.some((role) => role === "supervisor" || role === "manager");
    if (to !== actor.id && task.holder !== actor.id && !leads)
      throw new AppError("FORBIDDEN", "ほかの人に渡せるのは、今の担当か SV・責任者です。");
    return { change: { holder: to }, kind: "task.taken", payload: { holder: to, before: task.holder } };
  });
}
