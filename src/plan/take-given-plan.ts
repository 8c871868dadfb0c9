import type { Actor } from "../base/actor.ts";
import { newId } from "../base/identifier.ts";
import type { ManuscriptWarning } from "../manuscript/manuscript.ts";
import type { Office } from "../platform/office.ts";
import { type ImportedPlan, importPlan } from "./import-plan.ts";
import { insertComment } from "./plan-comment-store.ts";
import { openPlan } from "./read-plan.ts";
import type { PlanFile } from "./read-plan-file.ts";

/** 一つの書き込みの長さ。 */
const COMMENT_LENGTH = 1000;

/** 取り込んだ計画。losses は、よその Word から写せなかったもの。 */
export interface TakenPlan extends ImportedPlan {
  losses: ManuscriptWarning[];
}

/**
 * 読んだファイルを、新しい計画として取り込む。よその Word から写せなかったもの（変更履歴、書き込み、図形など）は、
 * あった部分への書き込みにする（確かめたら、一つずつ済みにできる。どの成果品にも出ない）。
 * @throws AppError importPlan と同じ
 */
export async function takeGivenPlan(office: Office, actor: Actor, file: PlanFile): Promise<TakenPlan> {
  const done = await importPlan(office, actor, file.files);
  const { key, blocks } = await openPlan(office, actor, done.id);
  const known = new Set(blocks.map(({ id }) => id));
  const first = blocks.find(({ content }) => content.kind !== "footnote")?.id;
  const places = Map.groupBy(file.warnings, ({ block }) =>
    block !== undefined && known.has(block) ? block : first,
  );
  if (file.warnings.length > 0 && first !== undefined)
    await office.act(actor, async (tx) => {
      for (const [block = first, losses] of places)
        await insertComment(tx, key, {
          ...{ id: newId(), contract_id: tx.contract, plan_id: done.id, block, state: "open" },
          body: bodyOf(losses.map(({ message }) => message)),
          ...{ made_by: tx.actor.id, made_at: tx.now, closed_by: null, closed_at: null },
        });
      await tx.record({
        kind: "plan.commented",
        about: done.id,
        payload: { imported: true, comments: places.size },
      });
    });
  return { ...done, losses: file.warnings };
}

function bodyOf(messages: readonly string[]): string {
  const all = `取り込みの知らせ: ${[...new Set(messages)].join("\n")}`;
  return all.length <= COMMENT_LENGTH ? all : `${all.slice(0, COMMENT_LENGTH - 10)}…（ほかにも）`;
}
