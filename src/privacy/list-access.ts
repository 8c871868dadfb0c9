import { accountTable, listAccounts, listRoles } from "../access/account-store.ts";
import { missingFacts } from "../access/handler-fact.ts";
import { listFacts } from "../access/handler-fact-store.ts";
import { OFFICE_KEYS } from "../access/office-key.ts";
import { rolesOn, roleTitle } from "../access/role.ts";
import { AppError } from "../base/error.ts";
import { type Day, instantOf } from "../base/time.ts";
import { isDay } from "../japan/day.ts";
import { listEvents } from "../platform/event-store.ts";
import type { Office } from "../platform/office.ts";
import { openRow } from "../platform/sealed-row.ts";

/** ある日の権限の一人。 */
export interface AccessLine {
  id: string;
  number: string;
  name: string;
  roles: string;
  /** その日に使えたか（使えなくした記録まで見る）。 */
  active: boolean;
  /** その日に個人情報を扱えたか。委託者・監査は受託者の従業者ではない。 */
  personal: boolean;
}

/**
 * その日の終わりに、だれがどの役割を持ち、個人情報を扱えたか（基準5(2)(3)(5)、三か月ごとの見直し）。
 * 役割の始まりと終わり、資格の事実、使えなくした・戻した記録から作る。
 * @throws AppError BAD_INPUT（日の形、まだ来ていない日）
 */
export async function listAccess(office: Office, contract: string, day: Day): Promise<AccessLine[]> {
  const message = "日を「2025-09-17」の形で入れてください。";
  if (!isDay(day)) throw new AppError("BAD_INPUT", message, { faults: [{ field: "day", message }] });
  const [accounts, facts, events] = await Promise.all([
    listAccounts(office.read, contract),
    listFacts(office.read, contract),
    listSwitches(office, contract),
  ]);
  const ids = accounts.map((row) => row.id);
  const [roles, keys] = await Promise.all([listRoles(office.read, ids), office.keys.get(OFFICE_KEYS, ids)]);
  const end = instantOf(day, "23:59");
  const own = Map.groupBy(roles, (role) => role.account_id);
  return accounts.flatMap((row) => {
    const held = rolesOn(own.get(row.id) ?? [], contract, day);
    if (held.length === 0) return [];
    const last = events.filter((event) => event.about === row.id && event.at <= end).at(-1);
    const active = last?.kind !== "account.disabled";
    const staff = held.some((role) => role !== "client" && role !== "auditor");
    const missing = missingFacts(
      facts.filter((fact) => fact.account_id === row.id),
      day,
      end,
    );
    return [
      {
        ...{ id: row.id, number: row.number, name: openRow(accountTable, keys.get(row.id), row).name },
        ...{ roles: roleTitle(held), active, personal: active && staff && missing.length === 0 },
      },
    ];
  });
}

async function listSwitches(office: Office, contract: string) {
  const kinds = ["account.disabled", "account.enabled"];
  return (await listEvents(office.read, { contract, kinds, limit: 10_000 })).reverse();
}
