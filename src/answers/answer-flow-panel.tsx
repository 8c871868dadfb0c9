import { dayOf, type Instant, minuteOf } from "../base/time.ts";
import { formatMonthDay } from "../japan/wareki.ts";
import { Icon } from "../ui/icon.tsx";
import { minutesText, type StepKind, stepLabels } from "./answer-step.ts";

/** 「9月17日（水）13:40」。 */
export function writeAt(at: Instant): string {
  return `${formatMonthDay(dayOf(at), { weekday: true })}${minuteOf(at).replace(/^0/, "")}`;
}

export interface FlowStep {
  label: string;
  state: "done" | "now" | "ahead";
}

/** どこまで進んだか。形と言葉で言う。 */
export function Flow({ label, steps }: { label: string; steps: readonly FlowStep[] }) {
  return (
    <ol className="flow" aria-label={label}>
      {steps.map((step) => (
        <li key={step.label} className={step.state} aria-current={step.state === "now" ? "step" : undefined}>
          <Icon name={step.state === "done" ? "done" : step.state === "now" ? "due" : "none"} />
          {step.label}
          <span className="vh">
            {step.state === "done" ? "（済み）" : step.state === "now" ? "（いまここ）" : "（これから）"}
          </span>
        </li>
      ))}
    </ol>
  );
}

export interface ShownStep {
  id: string;
  kind: StepKind;
  at: Instant;
  minutes: number | undefined;
  who: string;
  note: string | null;
}

/** 受け渡しの時刻と、それぞれにかかった営業時間。 */
export function Timeline({ steps }: { steps: readonly ShownStep[] }) {
  return (
    <ol className="timeline">
      {steps.map((step) => (
        <li key={step.id}>
          <time dateTime={step.at}>{writeAt(step.at)}</time>
          <div>
            <b>{stepLabels[step.kind]}</b>　<span className="sub">{step.who}</span>
            {step.minutes !== undefined && (
              <span className="took">営業時間で{minutesText(step.minutes)}</span>
            )}
            {step.note !== null && <p className="pre">{step.note}</p>}
          </div>
        </li>
      ))}
    </ol>
  );
}
