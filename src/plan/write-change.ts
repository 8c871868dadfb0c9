import type { About } from "../base/about.ts";
import { aboutText } from "../base/about.ts";
import { newId } from "../base/identifier.ts";
import type { SubjectKey } from "../platform/key.ts";
import { putLink } from "../platform/link-store.ts";
import type { Tx } from "../platform/office.ts";
import type { BlockContent, ChangeAct, ChangeLink, ReviewState } from "./plan-block.ts";
import { type BlockRow, insertBlock, insertChange, updateBlock } from "./plan-store.ts";

/** これから書く変更。 */
export interface NextBlock {
  block: string;
  content: BlockContent;
  parent: string | null;
  position: number;
  state: "live" | "removed";
  trackedFrom: number | null;
  review: ReviewState;
}

export interface WhyChanged {
  act: ChangeAct;
  reason: string;
  link?: ChangeLink | undefined;
  merged?: boolean;
}

export interface Changed {
  /** 変更の id（plan/change/<id> として、つながりの先になる）。 */
  id: string;
  block: string;
  version: number;
  /** 計画の中での変更の通し番号。 */
  number: number;
  merged: boolean;
}

/**
 * 一つの変更を書く: 部分のいまの姿、経過、上の室へのつながり、記録。
 * before は、この取引の中で読んだ行（新しい部分なら undefined）。number は takeSequence で取った番号。
 */
export async function writeChange(
  tx: Tx,
  { plan, key }: { plan: string; key: SubjectKey },
  number: number,
  before: BlockRow | undefined,
  next: NextBlock,
  why: WhyChanged,
): Promise<Changed> {
  const version = (before?.version ?? 0) + 1;
  const body = JSON.stringify(next.content);
  const place = { plan_id: plan, block: next.block, parent: next.parent, position: next.position };
  const row: BlockRow = {
    ...{
      id: before?.id ?? newId(),
      contract_id: tx.contract,
      ...place,
      kind: next.content.kind,
      body,
      version,
    },
    ...{ tracked_from: next.trackedFrom, state: next.state, review: next.review },
    ...{ changed_by: tx.actor.id, changed_at: tx.now },
  };
  if (before === undefined) await insertBlock(tx, key, row);
  else if (!(await updateBlock(tx, key, before.version, row)))
    throw new Error("a block changed although its plan row was held");
  const id = newId();
  const link = linkText(why.link);
  await insertChange(tx, key, {
    ...{
      id,
      contract_id: tx.contract,
      ...place,
      number,
      version,
      act: why.act,
      kind: next.content.kind,
      body,
    },
    ...{ reason: why.reason.trim(), link, link_label: why.link?.label ?? null },
    ...{ merged: why.merged ? 1 : 0, made_by: tx.actor.id, made_at: tx.now },
  });
  if (link !== null)
    await putLink(tx, {
      from_ref: link,
      relation: "changed",
      to_ref: `plan/change/${id}`,
      label: next.block,
    });
  await tx.record({
    kind: "plan.changed",
    about: plan,
    payload: { change: id, block: next.block, act: why.act, version, number, link },
  });
  return { id, block: next.block, version, number, merged: why.merged ?? false };
}

/** 表に入れるつながりの形。 */
export function linkText(link: About | undefined): string | null {
  return aboutText(link && { room: link.room, kind: link.kind, id: link.id });
}
