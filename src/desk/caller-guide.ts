/** 聞こえ・ことば・大声など、いつもの聞き方で進まない電話の道すじ。 */
export interface CallerGuide {
  code: "hearing" | "relay" | "language" | "abuse";
  title: string;
  /** そのまま言える文。 */
  say: readonly string[];
  /** 次にすること。 */
  next: string;
}

export const callerGuides: readonly CallerGuide[] = [
  {
    code: "hearing",
    title: "聞こえにくい方",
    say: [
      "ゆっくり、短くお話しします。",
      "日にちは数字で一つずつ申し上げます。",
      "ＦＡＸかご家族を通しての連絡もできます。",
    ],
    next: "「連絡の取り方」をＦＡＸ・ご家族に変え、配慮事項に書く。折り返しの電話は掛けない。",
  },
  {
    code: "relay",
    title: "電話リレーサービス",
    say: ["通訳の方を通してお受けします。", "お一人ずつ、通訳が終わるのを待ってお話しします。"],
    next: "ご本人として受ける（代理ではない）。切らずに待ち、「連絡の取り方」を電話リレーにする。",
  },
  {
    code: "language",
    title: "日本語でない方",
    say: [
      "One moment, please. Japanese only at this number. May we call you back?",
      "请稍等，我们会请懂中文的人给您回电。",
      "잠시만 기다려 주세요. 다시 전화드리겠습니다.",
    ],
    next: "番号を数字で復唱し、「委託者に確認」で折り返しの仕事にする（理由: ことば・聞こえの手助け）。",
  },
  {
    code: "abuse",
    title: "大声・同じ話のくり返し",
    say: [
      "ご不便をおかけしております。ご用件だけ、もう一度お聞かせください。",
      "そのお言葉が続きますと、お話を続けられません。（二度まで）",
      "これ以上はお受けできません。電話を切らせていただきます。",
    ],
    next: "二度お願いしても変わらなければ SV に代わる。SV が告げてから終話し、「苦情として記録」に残す。身の危険や予告は、すぐに緊急の連絡。",
  },
];
