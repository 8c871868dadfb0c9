import type { Office } from "../platform/office.ts";
import type { CurrentSession } from "./open-session.ts";
import { deleteSession } from "./session-store.ts";

/** 席を立つ。合い鍵はその場で使えなくなる。 */
export async function leaveDesk(office: Office, session: CurrentSession): Promise<void> {
  await office.act(session.actor, async (tx) => {
    if (!(await deleteSession(tx, session.row.hash)) || session.row.stage !== "seated")
      return tx.nothingHappened();
    await tx.record({ kind: "account.left", about: session.account.id, payload: { why: "self" } });
  });
}
