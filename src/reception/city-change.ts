import type { Day, Minute } from "../base/time.ts";

/** moved=日時か会場が変わった、closed=中止になった。 */
export type ChangeKind = "moved" | "closed";
export const changeKindLabels: Record<ChangeKind, string> = { moved: "日時・会場の変更", closed: "中止" };

/** 伝えた結果。withdrawn は、伝える前に予約が取り消されたか、ほかの回へ移ったもの。 */
export const toldResults = {
  stays: "変わった日時・会場で受ける",
  changes: "別の回に移る",
  waits: "取り消し、先に案内される待機に入る",
  cancels: "取り消す",
  withdrawn: "連絡は要らなくなった",
} as const;
export type ToldResult = keyof typeof toldResults;

/** 画面で選べる結果。中止なら、そのままで受けることはできない。 */
export function answersFor(kind: ChangeKind): ToldResult[] {
  return kind === "moved" ? ["stays", "changes", "waits", "cancels"] : ["changes", "waits", "cancels"];
}

/** 講習会の、変わりうるところ。 */
export interface ClassPlace {
  day: Day;
  start: Minute;
  end: Minute;
  venueId: string;
  venue: string;
  room: string;
}

/** 何が変わるかの一文の部品（「10:00 → 13:30」）。同じものは出さない。 */
export function placeChanges(before: ClassPlace, after: ClassPlace): string[] {
  const parts: [string, string][] = [
    [before.day, after.day],
    [`${before.start}～${before.end}`, `${after.start}～${after.end}`],
    [before.venue, after.venue],
    [before.room, after.room],
  ];
  return parts.flatMap(([from, to]) => (from === to ? [] : [`${from || "なし"} → ${to || "なし"}`]));
}
