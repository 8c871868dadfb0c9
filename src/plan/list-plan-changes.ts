import type { About } from "../base/about.ts";
import type { Actor } from "../base/actor.ts";
import type { Instant } from "../base/time.ts";
import type { Office } from "../platform/office.ts";
import type { BlockContent, BlockKind, ChangeAct } from "./plan-block.ts";
import { type ChangeRow, listChangeRows } from "./plan-store.ts";
import { contentText } from "./plan-text.ts";
import { type OpenPlan, openPlanRow } from "./read-plan.ts";
import { linkText } from "./write-change.ts";

/** 一つの変更。before と after は、直すための文字（新しい部分の before と、消した部分の after は空）。 */
export interface PlanChangeLine {
  id: string;
  number: number;
  block: string;
  kind: BlockKind;
  act: ChangeAct;
  version: number;
  before: string;
  after: string;
  reason: string;
  /** 「室/種類/番号」と、画面での短い名。 */
  link: { ref: string; label: string } | null;
  merged: boolean;
  by: string;
  at: Instant;
}

/**
 * 変更の経過（番号の順）。sinceVersion は、この通し番号より後（名のある版の sequence）。link は、そのつながりのものだけ。
 * @throws AppError NOT_FOUND、FORBIDDEN
 */
export async function listPlanChanges(
  office: Office,
  actor: Pick<Actor, "contract" | "roles">,
  planId: string,
  only: { sinceVersion?: number; link?: About; block?: string } = {},
): Promise<PlanChangeLine[]> {
  return changesOf(office, await openPlanRow(office, actor, planId), only);
}

/** 開いた計画の、変更の経過（計画を開き直さない）。 */
export async function changesOf(
  office: Office,
  { row, key }: Pick<OpenPlan, "row" | "key">,
  only: { sinceVersion?: number; link?: About; block?: string } = {},
): Promise<PlanChangeLine[]> {
  const all = await listChangeRows(office.read, key, row.id, only.block ? { block: only.block } : {});
  const ref = linkText(only.link);
  const last = new Map<string, ChangeRow>();
  return all.flatMap((row) => {
    const was = last.get(row.block);
    last.set(row.block, row);
    if (row.number <= (only.sinceVersion ?? 0) || (ref !== null && row.link !== ref)) return [];
    return [lineOf(row, was)];
  });
}

function lineOf(row: ChangeRow, was: ChangeRow | undefined): PlanChangeLine {
  const text = (one: ChangeRow | undefined) =>
    one === undefined || one.act === "remove"
      ? ""
      : contentText(one.block, JSON.parse(one.body) as BlockContent);
  return {
    ...{ id: row.id, number: row.number, block: row.block, kind: row.kind as BlockKind, act: row.act },
    ...{ version: row.version, before: text(was), after: text(row), reason: row.reason },
    link: row.link === null ? null : { ref: row.link, label: row.link_label ?? "" },
    ...{ merged: row.merged === 1, by: row.made_by, at: row.made_at },
  };
}
