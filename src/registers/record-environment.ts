import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import { newId } from "../base/identifier.ts";
import { dayOf } from "../base/time.ts";
import type { Office } from "../platform/office.ts";
import { type EnvironmentValues, environmentFaults, environmentNames, itemOf } from "./environment.ts";
import { listEnvironmentRows, putEnvironment } from "./environment-store.ts";
import { refuseRight } from "./register-right.ts";

/**
 * 一月の環境の数を書く。省いた項目は変えない。記録の value は前との差なので、足せば今の合計になる。
 * @returns 書き換えた項目の数
 * @throws AppError BAD_INPUT（欄の名つき）、FORBIDDEN
 */
export async function recordEnvironment(
  office: Office,
  actor: Actor,
  month: string,
  given: EnvironmentValues,
): Promise<{ changed: number }> {
  refuseRight("environment", actor);
  const thisMonth = dayOf(office.clock.officeNow(actor.contract)).slice(0, 7);
  return office.act(actor, async (tx) => {
    const rows = (await listEnvironmentRows(tx, tx.contract)).filter((row) => row.month === month);
    const before: EnvironmentValues = Object.fromEntries(rows.map((row) => [row.item, row.value]));
    const faults = environmentFaults(month, { ...before, ...given }, thisMonth);
    if (faults.length > 0) throw new AppError("BAD_INPUT", "環境の数に直すところがあります。", { faults });
    const changed = environmentNames.filter(
      (name) => given[name] !== undefined && given[name] !== before[name],
    );
    if (changed.length === 0)
      throw new AppError("BAD_INPUT", "新しい数がありません。変わった項目の数を入れてください。");
    for (const item of changed) {
      const value = given[item] ?? 0;
      await putEnvironment(tx, {
        ...{ id: newId(), contract_id: tx.contract, month, item, value },
        ...{ made_by: actor.id, made_at: tx.now },
      });
      const { label, unit } = itemOf(item);
      await tx.record({
        kind: "environment.recorded",
        about: `registers/environment/${month}`,
        payload: { month, item, label, unit, value: value - (before[item] ?? 0), total: value },
      });
    }
    return { changed: changed.length };
  });
}
