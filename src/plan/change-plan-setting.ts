import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import type { Office } from "../platform/office.ts";
import { refusePlanRole } from "./plan-right.ts";
import { applySetting, type PlanSetting, settingOf } from "./plan-setting.ts";
import { updatePlanMeta } from "./plan-store.ts";
import { openPlan } from "./read-plan.ts";

/** 計画の決めごと。 @throws AppError NOT_FOUND、FORBIDDEN */
export async function readPlanSetting(office: Office, actor: Actor, plan: string): Promise<PlanSetting> {
  const { row, meta } = await openPlan(office, actor, plan);
  return settingOf(meta, row.edition);
}

/**
 * 計画の決めごとを直す。変わった欄の名だけが記録に残る。
 * @throws AppError BAD_INPUT、NOT_FOUND、FORBIDDEN、CONFLICT（ほかの人が先に直した）
 */
export async function changePlanSetting(
  office: Office,
  actor: Actor,
  plan: string,
  setting: PlanSetting,
): Promise<PlanSetting> {
  refusePlanRole("write", actor);
  const { row, meta } = await openPlan(office, actor, plan);
  const next = applySetting(meta, setting);
  const before = settingOf(meta, row.edition);
  const after = settingOf(next, row.edition + 1);
  const names = (Object.keys(after) as (keyof PlanSetting)[]).filter(
    (name) => name !== "edition" && after[name] !== before[name],
  );
  if (setting.edition !== row.edition) throw taken();
  if (names.length === 0) return before;
  await office.act(actor, async (tx) => {
    if (!(await updatePlanMeta(tx, row, { title: next.title, meta: JSON.stringify(next) }))) throw taken();
    await tx.record({ kind: "plan.setting-changed", about: plan, payload: { fields: names } });
  });
  return after;
}

function taken(): AppError {
  return new AppError(
    "CONFLICT",
    "ほかの人が、先に決めごとを直しました。画面を開き直し、もう一度お書きください。",
  );
}
