import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import { newId } from "../base/identifier.ts";
import { instantOf } from "../base/time.ts";
import { isDay } from "../japan/day.ts";
import type { Office } from "../platform/office.ts";
import { refuseContractRole } from "./contract-right.ts";
import { dutyKey } from "./duty.ts";
import { findObligation } from "./find-duty.ts";
import { type Mark, markFaults } from "./mark-duty.ts";
import { insertNote } from "./note-store.ts";

/**
 * 起きたとき（クレーム、事故、疑義…）に、義務が生じたと記録する。day・time は起きた日時（省けばいま）。
 * @returns 生じた一回分の番号（key）
 */
export async function raiseDuty(
  office: Office,
  actor: Actor,
  obligation: string,
  given: Pick<Mark, "note"> & { day?: string | undefined; time?: string | undefined },
): Promise<string> {
  refuseContractRole("raise", actor.roles);
  await findObligation(office, actor.contract, obligation);
  const now = office.clock.officeNow(actor.contract);
  const { day = "", time = "", note = "" } = given;
  const faults = markFaults({ note }, false);
  if (day !== "" && !isDay(day)) faults.push({ field: "day", message: "暦にある日を入れてください。" });
  if (time !== "" && !/^([01]\d|2[0-3]):[0-5]\d$/.test(time))
    faults.push({ field: "time", message: "時刻は「15:00」の形で入れてください。" });
  if (faults.length > 0)
    throw new AppError("BAD_INPUT", "起きたことの日時に直すところがあります。", { faults });
  const at = day === "" ? now : instantOf(day, time === "" ? "09:00" : time);
  if (at > now) {
    const message = "まだ来ていない日時です。起きた日時を入れてください。";
    throw new AppError("BAD_INPUT", message, { faults: [{ field: "day", message }] });
  }
  const subject = newId();
  const key = dutyKey(obligation, subject);
  const noteKey = note.trim() === "" ? undefined : await office.keys.fresh(actor.contract);
  await office.act(actor, async (tx) => {
    if (noteKey !== undefined)
      await insertNote(tx, noteKey, {
        ...{ id: noteKey.id, contract_id: tx.contract, duty_key: key, note: note.trim() },
        ...{ made_by: actor.id, made_at: tx.now },
      });
    const payload = { obligation, subject, at, note: noteKey?.id ?? null };
    await tx.record({ kind: "obligation.raised", about: key, payload });
  });
  return key;
}
