import { AppError, type Fault } from "../base/error.ts";
import { isDay } from "../japan/day.ts";

/** 準備 → 提出（検査待ち）→ 合格 か 手直し → 再検査 → 受領 → 引渡し。 */
export type DeliverableState =
  | "preparing"
  | "submitted"
  | "rework"
  | "resubmitted"
  | "passed"
  | "received"
  | "handed";

export const stateLabels: Readonly<Record<DeliverableState, string>> = {
  preparing: "準備中",
  submitted: "検査待ち",
  rework: "手直し",
  resubmitted: "再検査待ち",
  passed: "合格",
  received: "受領済み",
  handed: "引渡し済み",
};

/** 画面に並べる道のり。手直しの間は、検査の所で止まっている。 */
export const stages: readonly { label: string; states: readonly DeliverableState[] }[] = [
  { label: "準備", states: ["preparing"] },
  { label: "検査", states: ["submitted", "rework", "resubmitted"] },
  { label: "合格", states: ["passed"] },
  { label: "受領", states: ["received"] },
  { label: "引渡し", states: ["handed"] },
];

/** 作り方の決まっている成果品。 */
export const deliverableForms = {
  "completion-report": "業務完了報告書",
  "completion-notice": "業務完了届",
} as const;
export type DeliverableForm = keyof typeof deliverableForms;

export type DeliverableAct = "version" | "submit" | "inspect" | "receive" | "hand";
export const deliverableActs: Readonly<Record<DeliverableAct, string>> = {
  version: "新しい版を登録すること",
  submit: "提出すること",
  inspect: "検査の結果を記録すること",
  receive: "受領を記録すること",
  hand: "引き渡すこと",
};

const allowed: Readonly<Record<DeliverableAct, readonly DeliverableState[]>> = {
  version: ["preparing", "rework"],
  submit: ["preparing", "rework"],
  inspect: ["submitted", "resubmitted"],
  receive: ["passed"],
  hand: ["received"],
};

export function stateAllows(act: DeliverableAct, state: DeliverableState): boolean {
  return allowed[act].includes(state);
}

/** 状態で断る。REFUSED。 */
export function refuseState(act: DeliverableAct, state: DeliverableState): void {
  if (stateAllows(act, state)) return;
  throw new AppError(
    "REFUSED",
    `この成果品は「${stateLabels[state]}」なので、${deliverableActs[act]}はできません。画面を開き直して、今の状態をご確認ください。`,
  );
}

export type InspectOutcome = "passed" | "rework";

/** 行いのあとの状態。 */
export function afterAct(
  act: DeliverableAct,
  state: DeliverableState,
  outcome?: InspectOutcome,
): DeliverableState {
  refuseState(act, state);
  if (act === "version") return state;
  if (act === "submit") return state === "rework" ? "resubmitted" : "submitted";
  if (act === "inspect") return outcome === "passed" ? "passed" : "rework";
  return act === "receive" ? "received" : "handed";
}

/** 成果品の名から、申込みの方や答えた方の個人情報を含みそうか（登録する人が改められる）。 */
export function holdsPersons(title: string): boolean {
  return (
    /名簿|(?:予約|申込|受講|参加|出席|回答|差出|提出|対象|応募|利用)者(?:の)?(?:リスト|一覧|台帳)|受講通知書|宛名/.test(
      title,
    ) && !/様式|ひな形|見本|件数|集計|業務従事者|従業者/.test(title)
  );
}

export const deliverableLimits = { title: 80, clause: 30, code: 12, accepter: 60, words: 2_000 } as const;

export interface DeliverableInput {
  code: string;
  title: string;
  clause: string;
  formats: readonly string[];
  due: string;
  accepter: string;
}

/** 登録する内容の直すところ。 */
export function deliverableFaults(given: DeliverableInput): Fault[] {
  const faults: Fault[] = [];
  const say = (field: string, message: string) => faults.push({ field, message });
  if (given.title.trim() === "") say("title", "成果品の名を書いてください。氏名は書けません。");
  if (given.formats.length === 0) say("formats", "納める形式を一つ以上選んでください。");
  if (given.code !== "" && !/^[A-Za-z0-9-]+$/.test(given.code))
    say("code", "記号は半角の英数字とハイフンで書いてください。");
  if (given.due !== "" && !isDay(given.due)) say("due", "日を「2026-01-30」の形で入れてください。");
  for (const field of ["title", "clause", "code", "accepter"] as const)
    if ([...given[field]].length > deliverableLimits[field])
      say(field, `${deliverableLimits[field]}字までで書いてください。`);
  return faults;
}

/** 管理番号。「R7-D-03-2」＝年度、成果品の記号、版。 */
export function markOf(fiscalYear: number, code: string, version: number): string {
  return `${fiscalYear >= 2019 ? `R${fiscalYear - 2018}` : fiscalYear}-${code}-${version}`;
}

/** 文書に付ける公文書の印（仕様書12(4)）。 */
export function publicNotice(client: string): string {
  return `${client}の公文書（情報公開の対象）`;
}
