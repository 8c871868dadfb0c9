import type { HandlerName } from "../access/name-handlers.ts";
import type { Actor } from "../base/actor.ts";
import type { Office } from "../platform/office.ts";
import { mayTakeDesk, readGate } from "./desk-gate.ts";
import { deskHandlers } from "./read-roster.ts";
import { refuseStaffing } from "./staffing-right.ts";

/** 席に着く人の、研修・着席。雇用の形は、業務の体制（/team）が持つ。 */
export interface DeskPerson {
  handler: HandlerName;
  trained: boolean;
  /** 本日だけ緊急に認められている。 */
  passed: boolean;
  mayTakeDesk: boolean;
}

export interface PeopleView {
  people: DeskPerson[];
  /** 研修の記録をつけ始めているか。 */
  trainingKept: boolean;
}

/** 席に着く人の一覧（６(10)）。 */
export async function listPeople(office: Office, actor: Actor): Promise<PeopleView> {
  refuseStaffing("see", actor);
  const { contract } = actor;
  const [handlers, gate] = await Promise.all([deskHandlers(office, contract), readGate(office, contract)]);
  return {
    trainingKept: gate.kept,
    people: handlers.map((handler) => ({
      handler,
      trained: gate.trained.has(handler.id),
      passed: gate.passed.has(handler.id),
      mayTakeDesk: mayTakeDesk(gate, handler.id),
    })),
  };
}
