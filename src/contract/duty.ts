import type { Json } from "../base/event.ts";
import type { Day, Instant } from "../base/time.ts";
import type { Nature } from "../terms/obligation.ts";

/** 契約に起きた一つのこと（記録から。個人の部分は含まない）。 */
export interface Fact {
  readonly id: string;
  readonly kind: string;
  readonly at: Instant;
  readonly about: string | null;
  readonly payload: { readonly [key: string]: Json };
}

/** 証跡: 果たしたことを示す記録。 */
export interface Proof {
  readonly event: string;
  readonly kind: string;
  readonly about: string | null;
  readonly at: Instant;
}

/** open=まだ、waiting=出して答えを待つ、done=果たした、waived=免じられた、void=契約が終わり、生じない。 */
export type Outcome = "open" | "waiting" | "done" | "waived" | "void";

/** 一つの義務の、一回分。いつの時点でも同じで、いまの色は stateOf が決める。 */
export interface Duty {
  /** 義務の id（一回だけなら）、または「id@何について」。 */
  readonly key: string;
  readonly obligation: string;
  readonly clause: string;
  readonly nature: Nature;
  /** 何について（記録の about、2025-09、期の番号…）。一回だけなら null。 */
  readonly subject: string | null;
  /** 「9月分」「第二期」。なければ空。 */
  readonly label: string;
  /** 生じた（生じる）時。 */
  readonly since: Instant;
  /** 「これから」から「いま」になる時。 */
  readonly shows: Instant;
  readonly due: Instant | null;
  /** この日までは保管する。 */
  readonly keepUntil: Day | null;
  /** 続く義務が終わる時（契約の終わり）。契約より長く続くものは null。 */
  readonly until: Instant | null;
  /** 期限がどう決まったか。一行ずつ。 */
  readonly how: readonly string[];
  readonly outcome: Outcome;
  /** 果たした・出した・免じられた時。 */
  readonly at: Instant | null;
  /** 表明の見直しの時。 */
  readonly expires: Instant | null;
  /** 古い順に、20 まで。 */
  readonly proofs: readonly Proof[];
}

/** late=赤、due=黄（いま）、waiting=黄（答え待ち）、done=緑、ahead=輪郭（これから）、never=灰。 */
export type DutyState = "late" | "due" | "waiting" | "done" | "ahead" | "never";
export const dutyStates: readonly DutyState[] = ["late", "due", "waiting", "done", "ahead", "never"];
export const dutyStateLabels: Readonly<Record<DutyState, string>> = {
  late: "遅れ",
  due: "いま",
  waiting: "答え待ち",
  done: "済み",
  ahead: "これから",
  never: "なし",
};

export type OwedItem = Duty & { readonly state: DutyState };

type Standing = Pick<Duty, "nature" | "outcome" | "expires" | "until" | "keepUntil" | "shows" | "due">;

/** いまの色。委託者の義務は、遅れても赤くしない（こちらの責めではない）。 */
export function stateOf(duty: Standing, now: Instant): DutyState {
  if (duty.outcome === "waived" || duty.outcome === "void") return "never";
  if (duty.outcome === "waiting") return "waiting";
  if (duty.outcome === "done" && (duty.expires === null || now < duty.expires)) return "done";
  if (duty.outcome === "done") return duty.until !== null && duty.until <= now ? "done" : "due";
  if (now < duty.shows) return "ahead";
  if (duty.due !== null && duty.due < now) return duty.nature === "client" ? "due" : "late";
  return "due";
}

/** 幾つかの色を一つに: 遅れ → いま → 答え待ち → 済み → これから → なし。 */
export function worstOf(states: readonly DutyState[]): DutyState {
  return dutyStates.find((state) => states.includes(state)) ?? "never";
}

/** 義務の id と、何についてから、一回分の番号。 */
export function dutyKey(obligation: string, subject: string | null): string {
  return subject === null ? obligation : `${obligation}@${subject}`;
}

/** 記録の about は、番号だけのことも「室/種類/番号」のこともある。番号で突き合わせる。 */
export function thingOf(about: string): string {
  return about.slice(about.lastIndexOf("/") + 1);
}

/** ほかの室が書いた印（「complaint-report:answers/complaint/番号」）も、一回分の番号にする。 */
export function readDutyKey(text: string): string {
  const found = /^([^:@]+):(?:[^/]+\/)*([^/]+)$/.exec(text);
  return found?.[1] === undefined || found[2] === undefined ? text : dutyKey(found[1], found[2]);
}

export function obligationOf(key: string): string {
  const at = key.indexOf("@");
  return at < 0 ? key : key.slice(0, at);
}
