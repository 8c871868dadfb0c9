import type { Actor } from "./actor.ts";
import type { RecordedEvent } from "./event.ts";
import { listEvents } from "./event-store.ts";
import type { Office } from "./office.ts";

/** 自分の最近の記録（記録は本人も見られる）。新しい順に limit 件まで。 */
export function listMyDeeds(office: Office, actor: Actor, limit: number): Promise<RecordedEvent[]> {
  return listEvents(office.read, { contract: actor.contract, actor: actor.id, limit });
}
