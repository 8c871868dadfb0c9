import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import { newId } from "../base/identifier.ts";
import type { Office } from "../platform/office.ts";
import { refusePlanRole } from "./plan-right.ts";
import { type OpenPlan, openPlan } from "./read-plan.ts";
import type { MatchMark, UpperItem, UpperMatch, UpperPlan } from "./upper.ts";
import { readUpperItems } from "./upper-reader.ts";
import { dropMatchRow, listMatchRows, listUpperRows, putMatchRow, putUpperRow } from "./upper-store.ts";

/** 上位計画と、人が書いた対応。 */
export async function listUppers(
  office: Office,
  { row, key }: Pick<OpenPlan, "row" | "key">,
): Promise<{ uppers: UpperPlan[]; matches: UpperMatch[] }> {
  const [uppers, matches] = await Promise.all([
    listUpperRows(office.read, row.id),
    listMatchRows(office.read, key, row.id),
  ]);
  return {
    uppers: uppers.map(({ id, code, name, short_name, items }) => ({
      ...{ id, code, name, shortName: short_name, items: JSON.parse(items) as UpperItem[] },
    })),
    matches: matches.map(({ measure, upper_id, mark, note }) => ({ measure, upperId: upper_id, mark, note })),
  };
}

/** 上位計画の項目の一覧（Excel、CSV）を取り込む。同じ記号の上位計画は、替える。 */
export async function importUpper(
  office: Office,
  actor: Actor,
  planId: string,
  given: { code: string; name: string; shortName: string; fileName: string; bytes: Uint8Array },
): Promise<{ id: string; items: number }> {
  refusePlanRole("write", actor);
  const plan = await openPlan(office, actor, planId);
  const faults = [
    ...(/^[A-Za-z0-9]{1,8}$/.test(given.code)
      ? []
      : [{ field: "code", message: "半角の英数字 8 字までで書いてください（A、AP など）。" }]),
    ...(given.name.trim() === "" ? [{ field: "name", message: "計画の名を書いてください。" }] : []),
  ];
  if (faults.length > 0) throw new AppError("BAD_INPUT", "上位計画に直すところがあります。", { faults });
  const items = readUpperItems(given.bytes, given.fileName, given.code);
  const known = await listUpperRows(office.read, planId);
  const old = known.find(({ code }) => code === given.code);
  const id = old?.id ?? newId();
  await office.act(actor, async (tx) => {
    await putUpperRow(tx, {
      ...{ id, contract_id: tx.contract, plan_id: plan.row.id, code: given.code, kind: "plan" },
      ...{ name: given.name.trim(), short_name: given.shortName.trim() || given.name.trim() },
      ...{ items: JSON.stringify(items), position: old?.position ?? known.length + 1 },
      ...{ made_by: tx.actor.id, made_at: tx.now },
    });
    await tx.record({
      kind: "plan.upper-imported",
      about: planId,
      payload: { upper: id, code: given.code, items: items.length },
    });
  });
  return { id, items: items.length };
}

/** 施策と上位計画の対応を、人が書く（mark が null なら、書いたものを消す）。settled には理由が要る。 */
export async function matchUpper(
  office: Office,
  actor: Actor,
  planId: string,
  given: { measure: string; upperId: string; mark: MatchMark | null; note: string },
): Promise<void> {
  refusePlanRole("write", actor);
  const { key, blocks } = await openPlan(office, actor, planId);
  if (!blocks.some(({ id, content }) => id === given.measure && content.kind === "measure"))
    throw new AppError("NOT_FOUND", "その施策は、いまの原稿にありません。");
  if (given.mark === "settled" && given.note.trim() === "")
    throw new AppError("BAD_INPUT", "食い違いをこのままにする理由を書いてください。", {
      faults: [{ field: "note", message: "理由を書いてください。" }],
    });
  const place = { plan_id: planId, measure: given.measure, upper_id: given.upperId };
  await office.act(actor, async (tx) => {
    if (given.mark === null) await dropMatchRow(tx, place);
    else
      await putMatchRow(tx, key, {
        ...{ id: newId(), contract_id: tx.contract, ...place, mark: given.mark, note: given.note.trim() },
        ...{ made_by: tx.actor.id, made_at: tx.now },
      });
    await tx.record({
      kind: "plan.matched",
      about: planId,
      payload: { measure: given.measure, upper: given.upperId, mark: given.mark },
    });
  });
}
