import type { Actor } from "../base/actor.ts";
import type { Office } from "../platform/office.ts";
import { findCallByAlias } from "./call-store.ts";

/** 受付デスクの受付（下書き）の電話。電話システムの記録と合わさっていれば、その電話。まだなければ undefined。 */
export async function findDeskCall(
  office: Office,
  actor: Pick<Actor, "contract" | "id">,
  draftId: string,
): Promise<string | undefined> {
  const alias = `desk:${actor.id}/${draftId}`.slice(0, 200);
  return (await findCallByAlias(office.read, actor.contract, alias))?.id;
}
