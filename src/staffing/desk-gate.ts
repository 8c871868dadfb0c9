import { dayOf } from "../base/time.ts";
import { listEvents } from "../platform/event-store.ts";
import type { Office } from "../platform/office.ts";
import { listPasses } from "./staffing-store.ts";

/** 研修の記録（privacy の室が書く）。payload は {handler, course}。 */
const TRAINED = "training.completed";
const MOST_EVENTS = 20_000;

/** 研修の様子。 */
export interface DeskGate {
  /** 研修の記録が一つでもあるか。なければ、まだ門は閉じない。 */
  readonly kept: boolean;
  /** 研修を終えた従業者。 */
  readonly trained: ReadonlySet<string>;
  /** 本日、緊急に認められた従業者。 */
  readonly passed: ReadonlySet<string>;
}

/** 事前の研修（６(10)）を終えた人と、本日の緊急の着席。記録（training.completed）だけを見る。 */
export async function readGate(office: Office, contract: string): Promise<DeskGate> {
  const today = dayOf(office.clock.officeNow(contract));
  const [events, passes] = await Promise.all([
    listEvents(office.read, { contract, kinds: [TRAINED], limit: MOST_EVENTS }),
    listPasses(office.read, contract, today),
  ]);
  const trained = events.flatMap(({ payload }) =>
    typeof payload.handler === "string" ? [payload.handler] : [],
  );
  return {
    kept: events.length > 0,
    trained: new Set(trained),
    passed: new Set(passes.map(({ handler_id }) => handler_id)),
  };
}

/** 席に着けるか。研修の記録をつけ始めたら、終えていない人は着けない。 */
export function mayTakeDesk({ kept, trained, passed }: DeskGate, handler: string): boolean {
  return !kept || trained.has(handler) || passed.has(handler);
}
