import { Status, type StatusLook } from "../ui/status.tsx";
import { type DutyState, dutyStateLabels } from "./duty.ts";

const looks: Readonly<Record<DutyState, StatusLook>> = {
  late: "late",
  due: "due",
  waiting: "wait",
  done: "done",
  ahead: "soon",
  never: "none",
};

/** 義務の状態。形・言葉・色の三つで言う。text が空なら、言葉は読み上げだけ。 */
export function DutyStatus({ state, text }: { state: DutyState; text?: string | undefined }) {
  if (text === "") return <Status look={looks[state]} label={dutyStateLabels[state]} />;
  return <Status look={looks[state]}>{text ?? dutyStateLabels[state]}</Status>;
}
