import type { Day, Minute } from "../base/time.ts";
import type { Office } from "../platform/office.ts";
import { figureOf } from "./call-figures.ts";
import { countCalls } from "./call-store.ts";

/** 日 × 半時間の入電（時間外を除く）。席数の見込みのもと。両端の日を含む。個人情報は含まない。 */
export async function countSlots(
  office: Office,
  contract: string,
  range: { from: Day; to: Day },
): Promise<{ day: Day; slot: Minute; offered: number }[]> {
  const counts = await countCalls(office.read, contract, range.from, range.to);
  const groups = Map.groupBy(counts, ({ day, slot }) => `${day} ${slot}`);
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    const { offered } = figureOf(group);
    return first && offered > 0 ? [{ day: first.day, slot: first.slot, offered }] : [];
  });
}
