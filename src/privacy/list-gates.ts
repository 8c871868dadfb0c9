import { missingFacts, type neededFacts } from "../access/handler-fact.ts";
import { listFacts } from "../access/handler-fact-store.ts";
import { nameHandlers } from "../access/name-handlers.ts";
import { roleTitle } from "../access/role.ts";
import { type Day, dayOf } from "../base/time.ts";
import type { Office } from "../platform/office.ts";
import { staffOf } from "./list-lines.ts";

type Needed = (typeof neededFacts)[number];

/** 従業者一人の、個人情報を扱う資格。 */
export interface HandlerGate {
  id: string;
  number: string;
  name: string;
  role: string;
  missing: Needed[];
  /** 研修が切れる日。 */
  trainedUntil: Day | null;
  glass: boolean;
}

/** 従業者ごとの資格（足りない人から、番号の順）。 */
export async function listGates(office: Office, contract: string): Promise<HandlerGate[]> {
  const [names, facts] = await Promise.all([
    nameHandlers(office, contract),
    listFacts(office.read, contract),
  ]);
  const now = office.clock.officeNow(contract);
  const today = dayOf(now);
  const own = Map.groupBy(facts, (row) => row.account_id);
  return staffOf(names)
    .map((one) => {
      const rows = own.get(one.id) ?? [];
      const trained = rows.filter((row) => row.fact === "trained").map((row) => row.to_day ?? "");
      return {
        ...{ id: one.id, number: one.number, name: one.name, role: roleTitle(one.roles) },
        missing: missingFacts(rows, today, now),
        trainedUntil: trained.sort().at(-1) ?? null,
        glass: rows.some((row) => row.fact === "glass" && row.until !== null && now < row.until),
      };
    })
    .sort((a, b) => b.missing.length - a.missing.length || (a.number < b.number ? -1 : 1));
}
