import type { RecordedEvent } from "../base/event.ts";

/** 抜き取るもの: 講習会の契約では予約、意見公募のある契約では意見書。 */
export type ThingKind = "予約" | "意見書";

export interface SampleThing {
  id: string;
  kind: ThingKind;
  /** 意見書の号（受け取りの記録と結ぶため）。 */
  number: number | undefined;
}

/** 意見書の一通について残る記録（受け取りは、まとめて一行なので入らない）。 */
const letterKinds = new Set([
  ...["comment.split", "comment.sorted", "comment.masked", "comment.stood", "comment.reopened"],
]);

/** 記録から、抜き取る母集団を作る（一つのものは一度だけ）。 */
export function sampleThings(events: readonly RecordedEvent[]): SampleThing[] {
  const found = new Map<string, SampleThing>();
  for (const { kind, about, payload } of events) {
    if (about === null || found.has(about)) continue;
    const number = typeof payload.number === "number" ? payload.number : undefined;
    if (kind === "booking.taken") found.set(about, { id: about, kind: "予約", number: undefined });
    else if (letterKinds.has(kind)) found.set(about, { id: about, kind: "意見書", number });
  }
  return [...found.values()];
}

/** その一件の鎖に入る記録か。abouts は、その一件と、つながる束などの印。 */
export function isInChain(
  { id, kind, number }: SampleThing,
  abouts: ReadonlySet<string>,
  event: RecordedEvent,
): boolean {
  if (event.about === null) return false;
  if (abouts.has(event.about)) return true;
  if (kind !== "意見書") return false;
  if (event.about.startsWith(`comments/letter/${id}`)) return true;
  const { from, letters } = event.payload;
  return (
    event.kind === "comment.received" &&
    number !== undefined &&
    typeof from === "number" &&
    typeof letters === "number" &&
    number >= from &&
    number < from + letters
  );
}

/** 母集団の名（「予約」「意見書」「予約と意見書」）。 */
export function thingName(kinds: readonly ThingKind[]): string {
  const named = [...new Set(kinds)].sort();
  return named.length === 0 ? "予約と意見書" : named.join("と");
}
