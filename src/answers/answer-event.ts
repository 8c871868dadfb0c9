import type { EventKind } from "../base/event.ts";

/** 応対（クレーム、市への確認、ＦＡＱ、問い合わせの記録）の記録の種類。 */
export const answerEvents: EventKind[] = [
  { kind: "complaint.recorded", label: "クレームを記録した" },
  { kind: "complaint.step", label: "クレームの対応を進めた" },
  { kind: "complaint.reported", label: "クレームの日次報告を提出した" },
  { kind: "complaint.closed", label: "クレームを終えた" },
  { kind: "contact.changed", label: "緊急の連絡体制を改めた" },
  { kind: "question.escalated", label: "委託者への確認を責任者に上げた" },
  { kind: "question.step", label: "委託者への確認を進めた" },
  { kind: "question.answered", label: "委託者の指示を受けた" },
  { kind: "question.closed", label: "折り返して終えた" },
  { kind: "faq.drafted", label: "ＦＡＱの案を作った" },
  { kind: "faq.submitted", label: "ＦＡＱの案を承認に回した" },
  { kind: "faq.approved", label: "ＦＡＱを承認した" },
  { kind: "faq.returned", label: "ＦＡＱの案を差し戻した" },
  { kind: "faq.retired", label: "ＦＡＱを外した" },
  { kind: "faq.used", label: "ＦＡＱで答えた" },
  { kind: "faq.imported", label: "ＦＡＱを取り込んだ" },
  { kind: "faq.exported", label: "ＦＡＱを書き出した" },
  { kind: "inquiry.tallied", label: "問い合わせを数えた" },
  { kind: "inquiry.untallied", label: "問い合わせの一件を取り消した" },
  { kind: "inquiry.recorded", label: "応対記録を残した" },
  { kind: "inquiry.handed", label: "重要な応対記録を引き渡した" },
  { kind: "inquiry.items-changed", label: "問い合わせの項目を改めた" },
];
