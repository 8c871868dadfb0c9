import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import { newId } from "../base/identifier.ts";
import type { Day } from "../base/time.ts";
import type { Office } from "../platform/office.ts";
import { openContract } from "../terms/open-contract.ts";
import { pickDay } from "./open-day.ts";
import { deskHandlers, isBothAllowed } from "./read-roster.ts";
import { rosterFaults, type Shift, slotsOf } from "./roster.ts";
import { refuseStaffing } from "./staffing-right.ts";
import { replaceShifts, stepRosterDay } from "./staffing-store.ts";

/** 一日の勤務を決める。edition は見ていた版（まだなければ 0）。 */
export interface RosterDay {
  readonly day: Day;
  readonly edition: number;
  readonly shifts: readonly Shift[];
}

/**
 * 一日の勤務を入れ替える。SV と OP のいない半時間があれば断る（６(5)ア）。
 * SV が OP を兼ねる日は、協議の回答がその日を含むときだけ。
 * @throws AppError REFUSED（SV か OP がいない。faults に半時間）、BAD_INPUT（勤務の誤り。faults に行）、CONFLICT、FORBIDDEN
 */
export async function saveRoster(
  office: Office,
  actor: Actor,
  given: RosterDay,
): Promise<{ edition: number }> {
  refuseStaffing("plan", actor);
  const { blueprint } = await openContract(office, actor.contract);
  const { picked } = pickDay(blueprint, given.day, given.day);
  const slots = slotsOf(blueprint.hours);
  const handlers = await deskHandlers(office, actor.contract);
  const bothAllowed = await isBothAllowed(office, actor.contract, picked.day);
  const known = new Map(
    handlers.map(({ id, roles }) => [
      id,
      {
        leads: roles.includes("supervisor") || roles.includes("manager"),
        answers: roles.includes("operator") || roles.includes("supervisor"),
      },
    ]),
  );
  const faults = rosterFaults(given.shifts, { slots, known, bothAllowed });
  if (faults.length > 0) throw refusal(faults);
  const edition = given.edition + 1;
  return office.act(actor, async (tx) => {
    const stepped = await stepRosterDay(tx, {
      ...{ contract_id: tx.contract, day: picked.day, edition, made_by: tx.actor.id, made_at: tx.now },
    });
    if (!stepped)
      throw new AppError(
        "CONFLICT",
        "ほかの人が先にこの日の勤務を変えました。画面を開き直し、新しい勤務を見てから直してください。",
      );
    const rows = given.shifts.map((shift) => ({
      ...{ id: newId(), contract_id: tx.contract, day: picked.day, handler_id: shift.handlerId },
      ...{ duty: shift.duty, starts: shift.starts, ends: shift.ends },
      ...{ lunch_starts: shift.lunch?.starts ?? null, lunch_ends: shift.lunch?.ends ?? null },
    }));
    await replaceShifts(tx, tx.contract, picked.day, rows);
    await tx.record({
      kind: "roster.saved",
      about: `staffing/roster/${picked.day}`,
      payload: { day: picked.day, edition, people: new Set(rows.map((row) => row.handler_id)).size },
    });
    return { edition };
  });
}

function refusal(faults: ReturnType<typeof rosterFaults>): AppError {
  const shown = faults.slice(0, 20).map(({ row, message }) => ({
    ...(row === undefined ? {} : { field: `shift-${row}`, row: row + 1 }),
    message,
  }));
  if (faults.some(({ row }) => row !== undefined))
    return new AppError("BAD_INPUT", `勤務に直すところがあります。${faults[0]?.message ?? ""}`, {
      faults: shown,
    });
  return new AppError(
    "REFUSED",
    `SV一名と OP一名のいない半時間があるので、この勤務は決められません（６(5)ア）。${faults[0]?.message ?? ""}人を足すか、SV が OP を兼ねる協議の回答を得てください。`,
    { faults: shown },
  );
}
