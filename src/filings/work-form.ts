import type { FilingForm, FormField } from "./filing-form.ts";

const reason: FormField = { name: "reason", label: "理由", type: "text", required: true };
const basis: FormField = { name: "basis", label: "根拠・見込み", type: "text" };
const from: FormField = { name: "from", label: "いつから", type: "day", required: true };
const done: FormField = { name: "doneOn", label: "完了日", type: "day", required: true };

/** 業務の進め方についての様式（業務仕様書の本文）。 */
export const workForms: readonly FilingForm[] = [
  {
    ...{
      code: "complaint-report",
      kind: "report",
      title: "日次報告書（クレーム）",
      clause: "6(9)",
      series: "日報",
    },
    fields: [
      { name: "day", label: "受けた日", type: "day", required: true },
      { name: "content", label: "クレームの内容", type: "text", required: true },
      { name: "response", label: "対応", type: "text", required: true },
      { name: "prevention", label: "再発を防ぐ手立て", type: "text" },
      { name: "request", label: "委託者にお願いすること", type: "text" },
    ],
  },
  {
    ...{ code: "daily-report", kind: "report", title: "日次報告書", clause: "6(9)", series: "日報" },
    fields: [
      { name: "day", label: "対象の日", type: "day", required: true },
      { name: "calls", label: "入電数", type: "number" },
      { name: "answered", label: "応答数", type: "number" },
      { name: "bookings", label: "申込みの受付数", type: "number" },
      { name: "content", label: "主な問い合わせと対応", type: "text", required: true },
    ],
  },
  {
    ...{ code: "week-report", kind: "report", title: "日別集計報告書", clause: "6(9)", series: "集計報告" },
    fields: [
      { name: "term", label: "期", type: "line", required: true },
      { name: "from", label: "集計の初日", type: "day", required: true },
      { name: "to", label: "集計の終日", type: "day", required: true },
      { name: "counts", label: "日別の対応件数", type: "text", required: true },
      { name: "topics", label: "問い合わせ内容の内訳", type: "text", required: true },
    ],
  },
  {
    ...{
      code: "manager-notice",
      kind: "report",
      title: "業務責任者報告書",
      clause: "6(5)イ",
      series: "報告",
    },
    fields: [
      { name: "manager", label: "責任者の氏名", type: "line", required: true },
      { name: "post", label: "所属・職名", type: "line", required: true },
      { name: "contact", label: "連絡先", type: "line", required: true },
      { ...from, label: "就任の日" },
      { name: "concurrent", label: "SV との兼務", type: "line" },
    ],
  },
  {
    ...{
      code: "consultation",
      kind: "consultation",
      title: "協議書",
      clause: "10(1)",
      series: "協議",
      answerDays: 3,
    },
    fields: [
      { name: "matter", label: "協議する事項", type: "text", required: true },
      { name: "proposal", label: "受託者の考え", type: "text", required: true },
      basis,
    ],
  },
  {
    ...{
      code: "format-change",
      kind: "consultation",
      title: "様式の変更に係る協議書",
      clause: "6(2)オ",
      series: "協議",
    },
    fields: [
      { name: "target", label: "変更する様式", type: "line", required: true },
      { name: "change", label: "変更の内容", type: "text", required: true },
      { name: "effect", label: "効率的になる見込み", type: "text", required: true },
      from,
    ],
  },
  {
    ...{ code: "dispatch-window-change", kind: "consultation", title: "発送期間の変更に係る協議書" },
    ...{ clause: "6(3)イ", series: "協議" },
    fields: [
      { name: "term", label: "期", type: "line", required: true },
      { name: "until", label: "変更後の終わりの日", type: "day", required: true },
      { name: "remaining", label: "残っている通数", type: "number" },
      reason,
    ],
  },
  {
    ...{
      code: "open-days",
      kind: "consultation",
      title: "開設期間に係る協議書",
      clause: "6(3)ア",
      series: "協議",
    },
    fields: [
      { name: "term", label: "期", type: "line", required: true },
      { name: "from", label: "開設の初日", type: "day", required: true },
      { name: "to", label: "開設の終日", type: "day", required: true },
      { ...reason, required: false },
    ],
  },
  {
    ...{
      code: "roster-exception",
      kind: "consultation",
      title: "SV の OP 兼務に係る協議書",
      clause: "6(5)ア",
      series: "協議",
    },
    fields: [
      { name: "from", label: "兼務の初日", type: "day", required: true },
      { name: "to", label: "兼務の終日", type: "day", required: true },
      { name: "forecast", label: "見込みの対応件数", type: "text", required: true },
      { name: "level", label: "サービスレベルを保つ見込み", type: "text", required: true },
    ],
  },
  {
    ...{
      code: "seat-change",
      kind: "consultation",
      title: "回線数・席数の変更に係る協議書",
      clause: "6(5)ウ",
      series: "協議",
    },
    fields: [
      from,
      { name: "seats", label: "席数", type: "line", required: true },
      { name: "lines", label: "回線数", type: "line" },
      { ...basis, required: true },
    ],
  },
  {
    ...{
      code: "system-use",
      kind: "consultation",
      title: "システムの利用に係る協議書",
      clause: "6(6)オ",
      series: "協議",
    },
    fields: [
      { name: "system", label: "使うシステム", type: "line", required: true },
      { name: "purpose", label: "使い道", type: "text", required: true },
      { name: "safety", label: "安全の措置", type: "text", required: true },
    ],
  },
  {
    ...{
      code: "question",
      kind: "consultation",
      title: "質疑書",
      clause: "6(7)",
      series: "質疑",
      answerDays: 1,
    },
    fields: [
      { name: "question", label: "確認したいこと", type: "text", required: true },
      { name: "background", label: "いきさつ", type: "text" },
      { name: "plan", label: "回答までの扱い", type: "text" },
    ],
  },
  {
    ...{
      code: "direct-hire-exception",
      kind: "application",
      title: "直接雇用によらない従事者の申請書",
      clause: "8",
      series: "申請",
    },
    fields: [
      { name: "who", label: "従事者（人数と役割）", type: "line", required: true },
      { name: "form", label: "雇用の形", type: "line", required: true },
      reason,
      { name: "safety", label: "守秘と監督の方法", type: "text", required: true },
    ],
  },
  {
    ...{
      code: "right-exercise",
      kind: "consent",
      title: "残存する権利の行使に係る承諾願",
      clause: "10(2)ア",
      series: "承諾願",
    },
    fields: [
      { name: "right", label: "権利の種類と範囲", type: "text", required: true },
      { name: "use", label: "行使の内容", type: "text", required: true },
      reason,
    ],
  },
  {
    ...{ code: "deliverable-submission", kind: "report", title: "成果品提出書", clause: "9", series: "納品" },
    fields: [
      { name: "deliverable", label: "成果品の名", type: "line", required: true },
      { name: "format", label: "形式・数量", type: "line", required: true },
      { name: "hash", label: "照合値（SHA-256）", type: "line" },
      { name: "due", label: "提出期限", type: "day" },
    ],
  },
  {
    ...{
      code: "inspection-request",
      kind: "application",
      title: "検査願",
      clause: "9",
      series: "検査願",
      answerDays: 10,
    },
    fields: [
      { name: "target", label: "検査を願うもの", type: "text", required: true },
      { name: "day", label: "望む日", type: "day" },
      { name: "fixed", label: "手直しした点", type: "text" },
    ],
  },
  {
    ...{
      code: "completion-notice",
      kind: "notification",
      title: "業務完了届",
      clause: "",
      series: "完了届",
    },
    fields: [done, { name: "work", label: "完了した業務", type: "text", required: true }],
  },
  {
    ...{
      code: "completion-report",
      kind: "report",
      title: "業務完了報告書",
      clause: "9(1)",
      series: "完了報告",
    },
    fields: [
      done,
      { name: "summary", label: "期別の対応状況", type: "text", required: true },
      { name: "attached", label: "添付するもの", type: "text" },
    ],
  },
  {
    ...{
      code: "proposal",
      kind: "consultation",
      title: "提案書",
      clause: "",
      series: "提案",
      answerDays: 10,
    },
    fields: [
      { name: "idea", label: "提案の内容", type: "text", required: true },
      { name: "effect", label: "効果", type: "text", required: true },
      { name: "cost", label: "費用（契約金額の範囲内か）", type: "line", required: true },
      basis,
    ],
  },
  {
    ...{
      code: "minutes-submission",
      kind: "report",
      title: "会議録提出書",
      clause: "",
      series: "会議録",
    },
    fields: [
      { name: "meeting", label: "会議の名・回", type: "line", required: true },
      { name: "day", label: "開催日", type: "day", required: true },
      { name: "summary", label: "概要", type: "text" },
    ],
  },
  {
    ...{ code: "instruction", kind: "instruction", title: "指示書", clause: "6(7)", series: "指示" },
    fields: [],
  },
];
