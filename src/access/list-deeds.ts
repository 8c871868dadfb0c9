import type { Actor } from "../base/actor.ts";
import type { RecordedEvent } from "../base/event.ts";
import { listEvents } from "../platform/event-store.ts";
import type { Office } from "../platform/office.ts";

/** 自分の最近の記録（記録は本人も見られる）。新しい順に limit 件まで。 */
export function listMyDeeds(office: Office, actor: Actor, limit: number): Promise<RecordedEvent[]> {
  return listEvents(office.read, { contract: actor.contract, actor: actor.id, limit });
}
