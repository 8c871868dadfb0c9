import type { ReactNode } from "react";
import { dayOf, type Instant, minuteOf } from "../base/time.ts";
import { formatMonthDay } from "../japan/wareki.ts";
import { type ButtonLook, Submit } from "../ui/button.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { Icon } from "../ui/icon.tsx";
import { Section } from "../ui/section.tsx";

/** 「9月17日（水）13:40」。なければ「－」。 */
export function writeAt(at: Instant | null): string {
  if (at === null) return "－";
  return `${formatMonthDay(dayOf(at), { weekday: true })}${minuteOf(at).replace(/^0/, "")}`;
}

/** どこまで進んだか。reached 番目（0 から）がいま。 */
export function Flow({
  label,
  steps,
  reached,
}: {
  label: string;
  steps: readonly string[];
  reached: number;
}) {
  return (
    <ol className="flow" aria-label={label}>
      {steps.map((step, at) => {
        const state = at < reached ? "done" : at === reached ? "now" : "ahead";
        return (
          <li key={step} className={state} aria-current={state === "now" ? "step" : undefined}>
            <Icon name={state === "done" ? "done" : state === "now" ? "due" : "none"} />
            {step}
            <span className="vh">
              {state === "done" ? "（済み）" : state === "now" ? "（いまここ）" : "（これから）"}
            </span>
          </li>
        );
      })}
    </ol>
  );
}

/** 見出しつきの一つの行い。 */
export function ActForm(props: { id: string; title: string; to: string; csrf: string; children: ReactNode }) {
  return (
    <Section id={`h-${props.id}`} title={props.title}>
      <form method="post" action={props.to} className="pile mt1">
        <Csrf token={props.csrf} />
        {props.children}
      </form>
    </Section>
  );
}

/** 押すだけの行い。 */
export function PressForm(props: {
  to: string;
  csrf: string;
  look?: ButtonLook;
  danger?: boolean;
  hidden?: Readonly<Record<string, string>>;
  children: ReactNode;
}) {
  return (
    <form method="post" action={props.to}>
      <Csrf token={props.csrf} />
      {Object.entries(props.hidden ?? {}).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <Submit look={props.look ?? "second"} danger={props.danger}>
        {props.children}
      </Submit>
    </form>
  );
}

export interface FormState {
  values: Readonly<Record<string, string>>;
  faults: readonly { field?: string; message: string }[];
  /** どの欄でもない誤り。 */
  said?: string | undefined;
}

export const emptyForm: FormState = { values: {}, faults: [] };

export function faultOf(form: FormState, field: string): string | undefined {
  return form.faults.find((one) => one.field === field)?.message;
}
