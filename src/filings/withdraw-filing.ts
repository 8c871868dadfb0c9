import type { Actor } from "../base/actor.ts";
import type { Office } from "../platform/office.ts";
import { changeFiling } from "./change-filing.ts";

/** 答えの前に取り下げる。出した側だけができる。番号と内容は残る。 */
export async function withdrawFiling(office: Office, actor: Actor, id: string): Promise<void> {
  await changeFiling(office, actor, id, "withdraw", (filing, tx) => ({
    change: { state: "withdrawn", decided_by: actor.id, decided_at: tx.now },
    kind: "filing.withdrawn",
    payload: { before: filing.state },
  }));
}
