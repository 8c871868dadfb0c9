import { expect, test } from "vitest";
import type { RecordedEvent } from "../base/event.ts";
import { countFigure, monthFigures } from "./month.ts";

let made = 0;
function event(kind: string, payload: Record<string, string> = {}, more: Partial<RecordedEvent> = {}) {
  made += 1;
  return {
    ...{ id: `e${made}`, kind, payload, actor: "a", subject: null, about: `line/${made}` },
    ...more,
  } as unknown as RecordedEvent;
}

function countOf(key: string, events: readonly RecordedEvent[]): number {
  const figure = monthFigures.find((one) => one.key === key);
  if (figure === undefined) throw new Error(key);
  return countFigure(figure, events);
}

test("７(3) 受渡し・持出し・貸与の数に、名簿や研修を書いた記録は入らない", () => {
  const events = [
    event("privacy.entered", { register: "takeout" }),
    event("privacy.entered", { register: "handler" }),
    event("privacy.entered", { register: "attendance" }),
    event("inquiry.handed"),
  ];
  expect(countOf("slips", events)).toBe(2);
});

test("７(3) 取り扱った方は、受けた方と表示した方を、同じ方は一人として数える", () => {
  const events = [
    event("booking.taken", {}, { subject: "p1" }),
    event("person.revealed", {}, { subject: "p1" }),
    event("person.revealed", {}, { subject: "p2" }),
  ];
  expect(countOf("people", events)).toBe(2);
});

test("基準10 基準の項目ごとの数は、月の終わりに有効な一件だけを、規程の種類ごとに数える", () => {
  const old = event("privacy.entered", { register: "document", kind: "policy" });
  const events = [
    old,
    event("privacy.closed", { register: "document" }, { about: old.about }),
    event("privacy.entered", { register: "document", kind: "rule" }),
    event("privacy.entered", { register: "document", kind: "law" }),
    event("privacy.entered", { register: "inspection", item: "container" }),
    event("privacy.entered", { register: "inspection", item: "wall" }),
  ];
  expect(["1", "6", "7", "8"].map((item) => countOf(`standard-${item}`, events))).toEqual([1, 0, 1, 1]);
});
