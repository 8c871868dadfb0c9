import type { Actor } from "../base/actor.ts";
import { putLink } from "../platform/link-store.ts";
import type { Office } from "../platform/office.ts";
import { findDeskCall } from "./find-desk-call.ts";

/**
 * この受付（下書き）の電話があれば、残したもの（to は「室/種類/id」）とつなぐ。電話ごとの突き合わせのもと。
 * label は画面での短い名（個人情報を書かない）。電話の番号を返し、なければ undefined。
 */
export async function linkCall(
  office: Office,
  actor: Actor,
  draftId: string,
  { to, label }: { to: string; label: string },
): Promise<string | undefined> {
  const call = await findDeskCall(office, actor, draftId);
  if (call === undefined) return undefined;
  await office.act(actor, async (tx) => {
    if (!(await putLink(tx, { from_ref: `calls/call/${call}`, relation: "led-to", to_ref: to, label })))
      return tx.nothingHappened();
    await tx.record({ kind: "call.linked", about: `calls/call/${call}`, payload: { to } });
  });
  return call;
}
