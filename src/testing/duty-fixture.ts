import type { Json } from "../base/event.ts";
import { instantOf } from "../base/time.ts";
import type { Fact } from "../contract/duty.ts";
import { type Blueprint, readBlueprint } from "../terms/blueprint.ts";

/** 義務だけを差し替えられる、小さな契約の設計図。義務は「  - { … }」の並び。条項は c1 と c2。 */
export function dutyYaml(obligations: string, more = ""): string {
  return `format: madoguchi-blueprint/1
title: 試験の契約
shortTitle: 試験の契約
client: 札幌市
clientUnit: 試験課
fiscalYear: 2025
performance: { from: 2025-06-16, to: 2026-02-28 }
hours: { open: "09:00", close: "16:00" }
terms:
  - { id: "1", label: 第一期, deskFrom: 2025-07-11, deskTo: 2025-07-25, dispatchTo: 2025-08-01, classesFrom: 2025-08-01, classesTo: 2025-09-30 }
  - { id: "2", label: 第二期, deskFrom: 2025-09-11, deskTo: 2025-09-26, dispatchTo: 2025-10-02, classesFrom: 2025-10-01, classesTo: 2025-12-31 }
  - { id: "3", label: 第三期, deskFrom: 2025-12-11, deskTo: 2025-12-24, dispatchTo: 2026-01-05, classesFrom: 2026-01-01, classesTo: 2026-03-31 }
${more}
clauses:
  - { id: c1, number: "6(9)", title: 報告 }
  - { id: c2, number: "9", title: 成果品 }
obligations:${obligations.trim() === "" ? " []" : `\n${obligations}`}
`;
}

export function duties(obligations: string): Blueprint {
  return readBlueprint(dutyYaml(obligations)).blueprint;
}

let last = 0;

/** 記録を一つ。id と about のほかは payload に入る。 */
export function fact(
  kind: string,
  day: string,
  minute: string,
  { id, about, ...payload }: { id?: string; about?: string; [key: string]: Json | undefined } = {},
): Fact {
  last += 1;
  const known = Object.entries(payload).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  );
  return {
    id: id ?? `fact-${last}`,
    kind,
    at: instantOf(day, minute),
    about: about ?? null,
    payload: Object.fromEntries(known),
  };
}
