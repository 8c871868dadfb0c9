/** 大量の閲覧の知らせへの答え（わけ）。自由な文を置かないので、個人情報が入らない。 */
export const answerLabels = {
  work: "業務の範囲と確かめた",
  warned: "業務に要らない表示があり、本人に注意した",
  stopped: "業務に要らない表示があり、扱いを止めた",
  incident: "事故・兆候として扱う",
} as const;

export type AlertAnswer = keyof typeof answerLabels;

export const alertAnswers = Object.keys(answerLabels) as [AlertAnswer, ...AlertAnswer[]];
