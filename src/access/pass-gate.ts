import { dayOf } from "../base/time.ts";
import type { Office } from "../platform/office.ts";
import { type PersonalUse, requireFacts } from "./handler-fact.ts";
import { listFactsOf } from "./handler-fact-store.ts";
import type { CurrentSession } from "./open-session.ts";

/** 着席した人が、個人情報の道を通ってよいか。 @throws AppError FORBIDDEN */
export async function passGate(
  office: Office,
  { actor, roles }: Pick<CurrentSession, "actor" | "roles">,
  use: PersonalUse,
  isRead: boolean,
): Promise<void> {
  const rows = await listFactsOf(office.read, actor.contract, actor.id);
  const now = office.clock.officeNow(actor.contract);
  requireFacts({ use, isRead, roles, rows, now, today: dayOf(now) });
}
