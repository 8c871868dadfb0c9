import type { Actor } from "../base/actor.ts";
import type { TracedLink } from "../plan/plan-hand.ts";
import type { Office } from "../platform/office.ts";
import { mayComment } from "./comment-right.ts";
import { readBookOf } from "./read-book.ts";
import { readPeriod } from "./read-period.ts";

/**
 * 計画の変更につながった答え（group の id）から、もとの意見と、結果の資料の修正箇所へ。
 * 読めない役割、知らない id は、入らない。個人情報を伏せた文だけを返す。
 */
export async function traceAnswers(
  office: Office,
  actor: Pick<Actor, "contract" | "roles">,
  ids: readonly string[],
): Promise<Map<string, TracedLink>> {
  const period = ids.length > 0 ? await readPeriod(office, actor.contract) : undefined;
  if (period === undefined || !mayComment("read", actor.roles)) return new Map();
  const { groupOf } = await readBookOf(office, actor.contract, period);
  const needing = new Set(period.statuses.flatMap(({ code, needsChange }) => (needsChange ? [code] : [])));
  return new Map(
    [...new Set(ids)].flatMap((id) => {
      const group = groupOf.get(id);
      if (group === undefined) return [];
      const listed = group.change !== undefined && needing.has(group.status);
      return [
        [
          id,
          {
            summary: group.summary,
            answer: group.answer,
            from: group.members.map(({ name, letter, mark }) => ({
              label: name,
              href: `/comments/letters/${letter}?o=${mark}`,
            })),
            to: listed
              ? [{ label: `結果の資料 No.${group.number}`, href: `/comments/result#no-${group.number}` }]
              : [],
          },
        ] as const,
      ];
    }),
  );
}
