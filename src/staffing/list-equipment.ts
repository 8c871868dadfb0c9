import type { Actor } from "../base/actor.ts";
import { dayOf } from "../base/time.ts";
import type { Office } from "../platform/office.ts";
import { openContract } from "../terms/open-contract.ts";
import { termOn } from "../terms/term.ts";
import { type Equipment, type EquipmentFinding, type EquipmentNeed, equipmentFindings } from "./equipment.ts";
import { morningShares } from "./forecast.ts";
import { MOST_CALLS_PER_DAY } from "./printed-figure.ts";
import { planOf } from "./read-need.ts";
import { shiftOf } from "./read-roster.ts";
import { slotsOf, staffOf } from "./roster.ts";
import { settingOf } from "./staffing-setting.ts";
import { findSetting, listEquipmentRows, listShifts, openEquipment } from "./staffing-store.ts";

export interface EquipmentView {
  items: Equipment[];
  need: EquipmentNeed;
  findings: EquipmentFinding[];
}

/** 設備の一覧と、上限450件/日・勤務表のいちばん多い席との突き合わせ。 */
export async function listEquipment(office: Office, actor: Actor): Promise<EquipmentView> {
  const { contract } = actor;
  const [{ blueprint }, rows, setting] = await Promise.all([
    openContract(office, contract),
    listEquipmentRows(office.read, contract),
    findSetting(office.read, contract),
  ]);
  const keys = await office.keys.get(
    contract,
    rows.map(({ id }) => id),
  );
  const slots = slotsOf(blueprint.hours);
  const shares = morningShares(slots.length);
  const plan = planOf(
    settingOf(setting),
    slots,
    shares.map((share) => share * MOST_CALLS_PER_DAY),
  );
  const term =
    blueprint.terms.length > 0 ? termOn(blueprint, dayOf(office.clock.officeNow(contract))) : undefined;
  const shifts = term ? await listShifts(office.read, contract, term.deskFrom, term.deskTo) : [];
  const staffed = Math.max(
    0,
    ...[...Map.groupBy(shifts, ({ day }) => day).values()].flatMap((day) =>
      staffOf(day.map(shiftOf), slots, { bothAllowed: true }).map(({ seats }) => seats),
    ),
  );
  const need = { seats: plan.maxSeats, lines: plan.maxLines, staffed };
  const items = rows.map((row): Equipment => {
    const open = openEquipment(keys.get(row.id), row);
    return {
      ...{ id: open.id, kind: open.kind, count: open.count, payer: open.payer, onDay: open.on_day },
      ...{ down: open.down ?? undefined, up: open.up ?? undefined },
      ...{ detail: open.detail, ended: open.ended_at !== null },
    };
  });
  return { items, need, findings: equipmentFindings(items, need) };
}
