import type { PlanVersion } from "./plan-version.ts";

/** 新旧対照表の行の印（画面の中の id）。 */
export function compareRow(block: string): string {
  return `r-${block}`;
}

/** その変更（通し番号）を含む新旧対照表の、その部分の行。前の版がなければ空。 */
export function comparePlace(
  plan: string,
  versions: readonly Pick<PlanVersion, "id" | "sequence">[],
  change: { block: string; number: number },
): string {
  const from = versions.findLast(({ sequence }) => sequence < change.number);
  const to = versions.find(({ sequence }) => sequence >= change.number);
  if (from === undefined) return "";
  const row = encodeURIComponent(compareRow(change.block));
  return `/plans/${plan}/compare?from=${from.id}&to=${to?.id ?? "now"}#${row}`;
}
