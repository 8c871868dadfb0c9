import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import type { Office } from "../platform/office.ts";
import { refuseStaffing } from "./staffing-right.ts";
import { readSetting, type StaffingSetting, settingOf } from "./staffing-setting.ts";
import { findSetting, putSetting } from "./staffing-store.ts";

/**
 * 席数を出す条件を決める（６(5)ウ）。同じなら何も起きない。
 * @throws AppError BAD_INPUT（欄の名つき）、CONFLICT（ほかの人が先に変えた）、FORBIDDEN
 */
export async function setStaffing(
  office: Office,
  actor: Actor,
  given: Parameters<typeof readSetting>[0],
): Promise<StaffingSetting> {
  refuseStaffing("plan", actor);
  const row = await findSetting(office.read, actor.contract);
  const before = settingOf(row);
  const setting = readSetting(given, before);
  if (row && JSON.stringify(before) === JSON.stringify(setting)) return setting;
  return office.act(actor, async (tx) => {
    const done = await putSetting(tx, {
      contract_id: tx.contract,
      aht: setting.aht,
      target_share: setting.targetShare,
      target_seconds: setting.targetSeconds,
      patience: setting.patience,
      printed: setting.printed,
      edition: (row?.edition ?? 0) + 1,
      made_by: tx.actor.id,
      made_at: tx.now,
    });
    if (!done)
      throw new AppError("CONFLICT", "ほかの人が先に条件を変えました。画面を開き直してからお試しください。");
    await tx.record({ kind: "staffing.set", about: "staffing", payload: { ...setting } });
    return setting;
  });
}
