/** 確認テストの一問。answer が正しい答え（true＝正しい文）。 */
export interface QuizQuestion {
  readonly text: string;
  readonly answer: boolean;
  readonly why: string;
}

/** 特記事項と安全管理基準から。従業者が守ることを、一問ずつ。 */
export const quizQuestions: readonly QuizQuestion[] = [
  {
    text: "契約が終わった後も、業務で知った個人情報を漏らしてはならない。",
    answer: true,
    why: "特記 第6条3",
  },
  {
    text: "急ぐときは、予約者リストを私物の USB メモリに入れて移してよい。",
    answer: false,
    why: "特記 第4条3・第8条、基準5(4)。許可のない媒体は使えません。",
  },
  {
    text: "ＳＶの許しがあれば、取扱区域の外へ名簿を持ち出してよい。",
    answer: false,
    why: "特記 第4条3。委託者が指定した場所へだけです。",
  },
  {
    text: "電話の相手が家族でも、本人の予約の内容を確かめずに伝えない。",
    answer: true,
    why: "特記 第6条・第11条",
  },
  {
    text: "通知書を別の人に送ったと気づいたら、まず自分で取り戻してから報告する。",
    answer: false,
    why: "特記 第16条。兆しの段階で、直ちに管理者に報告します。",
  },
  {
    text: "委託者から借りた資料を、見やすくするために一部だけ複写するのは、許諾が要らない。",
    answer: false,
    why: "特記 第8条",
  },
  { text: "席を離れるときは、画面を閉じ、紙をしまう。", answer: true, why: "特記 第10条(4)" },
  {
    text: "同僚の従業者番号とパスワードを借りて入力してよい。",
    answer: false,
    why: "特記 第10条(5)、基準5(8)",
  },
  { text: "違反の兆しに気づいたら、確かでなくても管理者に知らせる。", answer: true, why: "基準6(1)" },
  {
    text: "メモに書いた電話番号は、業務が終わればそのままごみ箱に捨ててよい。",
    answer: false,
    why: "特記 第13条4。読めなくしてから捨てます。",
  },
];

/** 百点満点の点。答えていない問いは誤り。 */
export function scoreQuiz(answers: readonly (boolean | undefined)[]): number {
  const right = quizQuestions.filter((question, at) => answers[at] === question.answer).length;
  return Math.round((right * 100) / quizQuestions.length);
}
