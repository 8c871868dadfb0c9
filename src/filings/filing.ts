import { AppError, type Fault } from "../base/error.ts";

/** 下書き → 提出 → 承認・不承認・差戻し・受領・回答。取下げは提出した側、差戻しのあとは新しい版。 */
export type FilingState =
  | "draft"
  | "submitted"
  | "approved"
  | "refused"
  | "returned"
  | "received"
  | "answered"
  | "withdrawn";

/** どちらから出すものか。委託者（client）か受託者（contractor）か。 */
export type Side = "client" | "contractor";

/** 提出されたものへの、相手方の答え。 */
export type Outcome = Extract<FilingState, "approved" | "refused" | "returned" | "received" | "answered">;

export interface FilingKindInfo {
  label: string;
  /** 紙面の表題。 */
  paper: string;
  from: Side;
  /** 出す行いの名（「申請する」）。 */
  submit: string;
  /** 提出してから答えがあるまでの名。 */
  waiting: string;
  /** できる答えと、その名。ここにない答えはできない。 */
  outcomes: Partial<Record<Outcome, string>>;
  /** 書面の答えだけを受ける（仕様書10(2)ア「書面による委託者の承諾」）。 */
  written?: boolean;
  /** どういうときに使うか。 */
  help: string;
}

/**
 * 市とのやりとりの種類。言葉ごとに手続きが違うので、一つにまとめない
 * （承認は申請への許し、承諾は書面による同意、報告と届出に許しは要らず受けるだけ、協議は話し合って決める）。
 */
export const filingKinds = {
  application: {
    label: "申請",
    paper: "申請書",
    from: "contractor",
    submit: "申請する",
    waiting: "承認待ち",
    outcomes: { approved: "承認", returned: "差戻し", refused: "不承認" },
    help: "委託者の承認や許可を求めるもの（別紙1 5(1)、5(12) など）",
  },
  consent: {
    label: "承諾の求め",
    paper: "承諾願",
    from: "contractor",
    submit: "承諾を求める",
    waiting: "承諾待ち",
    outcomes: { approved: "承諾", returned: "差戻し", refused: "不承諾" },
    written: true,
    help: "書面による委託者の承諾を得るもの（10(2)ア など）",
  },
  report: {
    label: "報告",
    paper: "報告書",
    from: "contractor",
    submit: "報告する",
    waiting: "受領待ち",
    outcomes: { received: "受領", returned: "差戻し" },
    help: "行ったことや起きたことを知らせるもの（6(5)イ、6(9)、7(3) など）",
  },
  notification: {
    label: "届出",
    paper: "届出書",
    from: "contractor",
    submit: "届け出る",
    waiting: "受理待ち",
    outcomes: { received: "受理", returned: "差戻し" },
    help: "名簿や体制などを届け出るもの",
  },
  consultation: {
    label: "協議",
    paper: "協議書",
    from: "contractor",
    submit: "協議を申し入れる",
    waiting: "回答待ち",
    outcomes: { answered: "回答", returned: "差戻し" },
    help: "委託者と話し合って決めるもの（6(2)イ、6(3)ア、6(5)ウ、10(1) など）",
  },
  instruction: {
    label: "指示",
    paper: "指示書",
    from: "client",
    submit: "指示する",
    waiting: "承知待ち",
    outcomes: { received: "承知" },
    help: "委託者からの指示（6(7) など）。電話や書面で受けたものは、責任者か SV が記録します",
  },
} as const satisfies Record<string, FilingKindInfo>;
export type FilingKind = keyof typeof filingKinds;

export function isFilingKind(text: string): text is FilingKind {
  return Object.hasOwn(filingKinds, text);
}

export function kindInfo(kind: FilingKind): FilingKindInfo {
  return filingKinds[kind];
}

/** 期限は何の期限か。報告と届出は答えを待たないので、提出の期限。ほかは、答えを望む期限。 */
export function dueOf(kind: FilingKind): "submit" | "answer" {
  return kind === "report" || kind === "notification" ? "submit" : "answer";
}

export const dueLabels = { submit: "提出の期限", answer: "回答を望む期限" } as const;

/** 「承認待ち」「承諾」のように、種類ごとの言葉で言う状態。 */
export function stateText(kind: FilingKind, state: FilingState): string {
  if (state === "draft") return "下書き";
  if (state === "withdrawn") return "取下げ";
  const info = kindInfo(kind);
  return state === "submitted" ? info.waiting : (info.outcomes[state] ?? state);
}

export const filingLimits = { title: 80, clause: 30, body: 8_000, answer: 4_000, heardFrom: 80 } as const;

/** 内容の直すところ。 */
export function filingFaults(given: { title: string; clause: string; body: string }): Fault[] {
  const faults: Fault[] = [];
  if (given.title.trim() === "")
    faults.push({ field: "title", message: "件名を書いてください。氏名や電話番号は書けません。" });
  if (given.body.trim() === "") faults.push({ field: "body", message: "内容を書いてください。" });
  for (const field of ["title", "clause", "body"] as const)
    if ([...given[field]].length > filingLimits[field])
      faults.push({ field, message: `${filingLimits[field]}字までで書いてください。` });
  return faults;
}

export type FilingAct = "draft" | "edit" | "submit" | "answer" | "withdraw" | "amend";

const allowedStates: Record<FilingAct, readonly FilingState[]> = {
  draft: [],
  edit: ["draft"],
  submit: ["draft"],
  answer: ["submitted"],
  withdraw: ["draft", "submitted"],
  amend: ["approved", "refused", "returned", "received", "answered"],
};

/** 行いの名（断るときに言う）。 */
export const actLabels: Record<FilingAct, string> = {
  draft: "作ること",
  edit: "直すこと",
  submit: "提出すること",
  answer: "答えること",
  withdraw: "取り下げること",
  amend: "新しい版を作ること",
};

export function stateAllows(act: FilingAct, state: FilingState): boolean {
  return allowedStates[act].includes(state);
}

/** 状態で断る。REFUSED。 */
export function refuseFilingState(act: FilingAct, kind: FilingKind, state: FilingState): void {
  if (stateAllows(act, state)) return;
  throw new AppError(
    "REFUSED",
    `この${kindInfo(kind).label}は「${stateText(kind, state)}」なので、${actLabels[act]}はできません。画面を開き直して、今の状態をご確認ください。`,
  );
}
