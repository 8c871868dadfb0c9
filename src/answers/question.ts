import { AppError } from "../base/error.ts";

/** 責任者に上げた → 責任者が引き受けた → 委託者に確認中 → 指示を受けた → 折り返して終えた。 */
export type QuestionState = "asked" | "taken" | "sent" | "instructed" | "closed";

export const questionStateLabels: Record<QuestionState, string> = {
  asked: "責任者の引受待ち",
  taken: "責任者が確認中",
  sent: "委託者の指示待ち",
  instructed: "折り返し待ち",
  closed: "終了",
};

export type QuestionAct = "take" | "send" | "instruct" | "try" | "tell";

const actLabels: Record<QuestionAct, string> = {
  take: "引き受けること",
  send: "委託者に確認すること",
  instruct: "指示を記録すること",
  try: "折り返しの試みを記録すること",
  tell: "終えること",
};

/** できる状態。責任者が自分の判断で答えを決めることもできる（taken → instructed）。 */
const allowed: Record<QuestionAct, readonly QuestionState[]> = {
  take: ["asked"],
  send: ["asked", "taken"],
  instruct: ["asked", "taken", "sent"],
  try: ["asked", "taken", "sent", "instructed"],
  tell: ["instructed"],
};

export function mayStep(act: QuestionAct, state: QuestionState): boolean {
  return allowed[act].includes(state);
}

export function refuseQuestionAct(act: QuestionAct, state: QuestionState): void {
  if (mayStep(act, state)) return;
  throw new AppError(
    "REFUSED",
    `いまは「${questionStateLabels[state]}」なので、${actLabels[act]}はできません。画面を開き直してください。`,
  );
}

/** 次に動くのはだれか。 */
export const questionHolders: Record<QuestionState, string> = {
  asked: "責任者",
  taken: "責任者",
  sent: "委託者",
  instructed: "OP・SV",
  closed: "－",
};

/** 折り返しの約束（営業時間で数える）。 */
export const callbackPromises = {
  "60": "1営業時間以内",
  "120": "2営業時間以内",
  "240": "4営業時間以内",
  today: "本日中",
  next: "翌営業日中",
} as const;
export type CallbackPromise = keyof typeof callbackPromises;

export const questionLimits = { ask: 2_000, caller: 200, answer: 4_000, note: 1_000 } as const;
