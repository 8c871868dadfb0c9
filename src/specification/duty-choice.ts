import type { Choice } from "../ui/field.tsx";
import type { DraftDuty } from "./draft-duty.ts";
import { natureLabels, ruleChoice, ruleLabels, whenChoice, whenLabels } from "./draft-duty.ts";

/** 画面の選択肢に出す、記録の種類と名。main が、登録されている種類から選んで渡す。 */
export interface KnownEvent {
  kind: string;
  label: string;
}

export const natureChoices: Choice[] = Object.entries(natureLabels).map(([value, label]) => ({
  value,
  label,
}));

export function ruleChoices({ due }: DraftDuty): Choice[] {
  const now = ruleChoice(due.rule).choice;
  const all = Object.entries(ruleLabels).map(([value, label]) => ({ value, label }));
  return now === "kept" ? [{ value: "kept", label: "引き継いだ決め方" }, ...all] : all;
}

export function whenChoices({ when }: DraftDuty, events: readonly KnownEvent[]): Choice[] {
  const now = whenChoice(when);
  const all = [
    ...Object.entries(whenLabels).map(([value, label]) => ({ value, label })),
    ...events.map(({ kind, label }) => ({ value: `event.${kind}`, label, group: "この記録があるごとに" })),
  ];
  return withNow(all, now, "引き継いだ決め方");
}

/** 果たした記録。届出の様式は「filing.submitted:様式」。 */
export function doneChoices(
  { done }: DraftDuty,
  events: readonly KnownEvent[],
  forms: readonly { code: string; title: string }[],
): Choice[] {
  const all = [
    { value: "", label: "決めていない" },
    ...forms.map(({ code, title }) => ({ value: `filing.submitted:${code}`, label: title, group: "届出" })),
    ...events.map(({ kind, label }) => ({ value: kind, label, group: "記録" })),
  ];
  return withNow(all, doneChoice(done), "引き継いだ記録");
}

export function doneChoice(done: DraftDuty["done"]): string {
  const [only] = done;
  if (only === undefined) return "";
  const names = Object.keys(only.with ?? {});
  if (done.length > 1 || only.same !== undefined || only.awaits !== undefined) return "kept";
  if (names.length === 0) return only.event;
  const form = only.with?.form;
  return names.length === 1 && typeof form === "string" ? `${only.event}:${form}` : "kept";
}

function withNow(all: Choice[], now: string, label: string): Choice[] {
  return all.some((one) => one.value === now) ? all : [{ value: now, label }, ...all];
}
