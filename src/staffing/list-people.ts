import type { HandlerName } from "../access/name-handlers.ts";
import type { Actor } from "../base/actor.ts";
import { listFilings } from "../filings/list-filings.ts";
import type { Office } from "../platform/office.ts";
import { mayTakeDesk, readGate } from "./desk-gate.ts";
import { deskHandlers } from "./read-roster.ts";
import { refuseStaffing } from "./staffing-right.ts";
import { listGrounds } from "./staffing-store.ts";

/** 席に着く人の、雇用・研修・着席。 */
export interface DeskPerson {
  handler: HandlerName;
  /** unknown は、まだ記録していない。 */
  hired: "direct" | "exception" | "unknown";
  filing: string | null;
  trained: boolean;
  /** 本日だけ緊急に認められている。 */
  passed: boolean;
  mayTakeDesk: boolean;
}

export interface PeopleView {
  people: DeskPerson[];
  /** 研修の記録をつけ始めているか。 */
  trainingKept: boolean;
  /** 承認された、直接雇用によらない従事者の申請。 */
  exceptions: { id: string; number: number }[];
}

/** 席に着く人の一覧（６(10)、８）。 */
export async function listPeople(office: Office, actor: Actor): Promise<PeopleView> {
  refuseStaffing("see", actor);
  const { contract } = actor;
  const [handlers, gate, grounds, filed] = await Promise.all([
    deskHandlers(office, contract),
    readGate(office, contract),
    listGrounds(office.read, contract),
    listFilings(office, { contract, roles: ["manager"] }, { form: "direct-hire-exception" }),
  ]);
  const groundOf = new Map(grounds.map((row) => [row.handler_id, row]));
  return {
    trainingKept: gate.kept,
    exceptions: filed.filter(({ state }) => state === "approved").map(({ id, number }) => ({ id, number })),
    people: handlers.map((handler) => {
      const ground = groundOf.get(handler.id);
      return {
        handler,
        hired: ground?.hired ?? "unknown",
        filing: ground?.filing_id ?? null,
        trained: gate.trained.has(handler.id),
        passed: gate.passed.has(handler.id),
        mayTakeDesk: mayTakeDesk(gate, handler.id),
      };
    }),
  };
}
