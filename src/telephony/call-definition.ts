/** 一つの電話の終わり方。どれも一つの電話に一つだけ。 */
export const callOutcomes = {
  answered: "応答",
  abandoned: "放棄",
  timeout: "待ち時間切れ",
  empty: "席なしで終了",
  key: "ボタンで退出",
  withdrawn: "取り下げ",
  incompatible: "接続できず",
  refused: "待ち行列に入れず",
  "ivr-hangup": "案内中に切断",
  unfinished: "終わりの記録なし",
  closed: "時間外",
} as const;
export type CallOutcome = keyof typeof callOutcomes;

/** 待ち行列に入れなかった訳。 */
export type RefusedReason = "full" | "join-empty" | "unknown";

/** 数の決めごと。表の下にいつも印刷する。ほかの場所に書かない。 */
export const callDefinitions: readonly { term: string; text: string }[] = [
  {
    term: "入電",
    text: "開設時間の内に電話機（ＰＢＸ）に着いた電話の数。待ち行列に入れなかったもの、案内の途中で切れたものも含む。かけ直しは別の一件で、転送されても一件。日と時間帯は着いた時刻で分ける。",
  },
  { term: "応答", text: "入電のうち、オペレーターにつながったものの数。一度でもつながれば応答とする。" },
  {
    term: "放棄",
    text: "入電のうち、待っている間にかけた方が切ったものの数。待ち時間切れ、席なし、ボタンでの退出は、放棄に入れず別に数える。",
  },
  {
    term: "時間外",
    text: "開設日でない日、または開設時間の外に着いた電話の数。入電には含めない。閉める時刻ちょうどは時間外。オペレーターにつながったものは、時刻によらず入電と応答に数える。",
  },
  {
    term: "話中",
    text: "回線がふさがっていて着かなかった電話の数。ＰＢＸには見えないので、電話会社の統計の数を手で入れる。入れていなければ「－」。",
  },
];

/** 着いた電話のうち入電に数えるか（時間外だけを除く）。 */
export function isOffered(outcome: CallOutcome): boolean {
  return outcome !== "closed";
}
