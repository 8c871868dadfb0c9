/** 市の考え方の書き出し。〔 〕は、書き直す所。 */
export interface AnswerTemplate {
  name: string;
  /** 合う区分。空なら、どの区分にも。 */
  status: string;
  text: string;
}

export const answerTemplates: readonly AnswerTemplate[] = [
  {
    ...{ name: "案を修正する", status: "A" },
    text: "ご意見の趣旨を踏まえ、〔箇所〕に〔内容〕を加えます。〔そうする理由〕と考えています。",
  },
  {
    ...{ name: "もう書いてある", status: "B" },
    text: "ご意見の内容は、案の〔章・頁〕に〔内容〕として盛り込んでいます。〔これからの進め方〕を進めます。",
  },
  {
    ...{ name: "進めるときの参考にする", status: "C" },
    text: "〔取組の名〕を進めるときの参考にします。いまは〔いまの状況〕です。",
  },
  {
    ...{ name: "案のとおりとする", status: "D" },
    text: "〔案の内容〕は、〔理由〕のため、案のとおりとします。〔心配への手当て〕を行います。",
  },
  {
    ...{ name: "ほかの計画・部署のこと", status: "E" },
    text: "この計画の対象ではありませんが、いただいたご意見は〔担当の部署〕に伝えました。",
  },
  { name: "子どもへの答え", status: "", text: "ごいけんをありがとうございます。〔わかりやすい答え〕" },
];
