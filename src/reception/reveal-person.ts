import type { Actor } from "../base/actor.ts";
import type { Office } from "../platform/office.ts";

/** 個人情報を見せる前に、見せたことを記録する。記録できなければ、見せてはならない。 */
export async function recordReveal(
  office: Office,
  actor: Actor,
  what: { subject?: string; about: string; field: string; reason: string },
): Promise<void> {
  await office.act(actor, (tx) =>
    tx.record({
      kind: "person.revealed",
      ...(what.subject ? { subject: what.subject } : {}),
      about: what.about,
      payload: { field: what.field, reason: what.reason },
    }),
  );
}
