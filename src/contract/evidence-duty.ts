import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import { dayOf, instantOf } from "../base/time.ts";
import { isDay } from "../japan/day.ts";
import type { Office } from "../platform/office.ts";
import { openContract } from "../terms/open-contract.ts";
import { refuseContractRole } from "./contract-right.ts";
import { findDuty } from "./find-duty.ts";
import { type Mark, markDuty } from "./mark-duty.ts";
import { isStanding } from "./owed.ts";

/**
 * 証跡を添えて、果たしたと記録する（記録から自動では分からないもの）。
 * @throws AppError BAD_INPUT（何も添えていない）、NOT_FOUND、FORBIDDEN
 */
export async function evidenceDuty(office: Office, actor: Actor, key: string, mark: Mark): Promise<void> {
  refuseContractRole("evidence", actor.roles);
  await findDuty(office, actor.contract, key);
  await markDuty(office, actor, { kind: "obligation.evidenced", key, mark, needed: true });
}

/**
 * 続く義務（留意・遵守・禁止）を守っていると、日付と証跡をつけて表明する。until は見直しの日（省けば設計図の間隔）。
 * @throws AppError BAD_INPUT、REFUSED（続く義務でない）
 */
export async function attestDuty(
  office: Office,
  actor: Actor,
  key: string,
  given: Mark & { until?: string | undefined },
): Promise<void> {
  refuseContractRole("attest", actor.roles);
  const { until, ...mark } = given;
  const { obligation } = await findDuty(office, actor.contract, key);
  if (!isStanding(obligation))
    throw new AppError("REFUSED", "一度きりの義務です。表明でなく、果たした証跡を添えてください。");
  const { blueprint } = await openContract(office, actor.contract);
  const today = dayOf(office.clock.officeNow(actor.contract));
  const at = until === undefined || until === "" ? undefined : until;
  if (at !== undefined && (!isDay(at) || at <= today)) {
    const message = "見直しの日は、あしたより後の、暦にある日を入れてください。";
    throw new AppError("BAD_INPUT", message, { faults: [{ field: "until", message }] });
  }
  await markDuty(office, actor, {
    ...{ kind: "obligation.attested", key, mark, needed: true },
    payload: at === undefined ? {} : { until: instantOf(at, blueprint.hours.close) },
  });
}
