import { parseDocument } from "yaml";
import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import type { Day } from "../base/time.ts";
import type { Office } from "../platform/office.ts";
import { findContract } from "./contract-store.ts";
import { replaceBlueprint } from "./replace-blueprint.ts";

/**
 * 設計図の、一つの期の発送の期限（dispatchTo）だけを変える。ほかの文字と注釈はそのまま残る。
 * @param given.reason 根拠（協議の番号など。個人情報を書かない）
 * @throws AppError NOT_FOUND（期がない）、BAD_INPUT（設計図の決まりに合わない日、同じ日）、CONFLICT
 */
export async function moveDispatch(
  office: Office,
  actor: Actor,
  given: { term: string; to: Day; reason: string },
): Promise<void> {
  const row = await findContract(office.read, actor.contract);
  const document = parseDocument(row?.blueprint ?? "");
  const terms = (document.toJS() as { terms?: { id: unknown }[] } | null)?.terms ?? [];
  const at = terms.findIndex((term) => String(term.id) === given.term);
  if (!row || at < 0)
    throw new AppError("NOT_FOUND", "その期はこの契約にありません。期を選び直してください。");
  document.setIn(["terms", at, "dispatchTo"], given.to);
  const yaml = document.toString({ lineWidth: 0 });
  await replaceBlueprint(office, actor, { yaml, before: row.blueprint_hash, reason: given.reason });
}
