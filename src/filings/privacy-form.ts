import type { FilingForm, FormField } from "./filing-form.ts";

const reason: FormField = { name: "reason", label: "理由", type: "text", required: true };
const from: FormField = { name: "from", label: "いつから", type: "day", required: true };

/** 個人情報を扱わない再委託で述べること。申請書と、再委託（一般）の帳簿に同じ欄がある。 */
export const plainSubcontractFields: readonly FormField[] = [
  { name: "name", label: "再委託先の名称", type: "line", required: true },
  { name: "reason", label: "再委託する理由", type: "text", required: true },
  { name: "work", label: "再委託する業務", type: "text", required: true },
  { name: "period", label: "期間", type: "line", required: true },
  { name: "without", label: "個人情報を扱わせない措置", type: "text", required: true },
];

/** 個人情報についての様式（７、別紙１、特記事項）。 */
export const privacyForms: readonly FilingForm[] = [
  {
    ...{
      code: "monthly-privacy-report",
      kind: "report",
      title: "個人情報取扱状況報告書（様式１）",
      clause: "7(3)",
      series: "様式１",
    },
    fields: [
      { name: "month", label: "対象の月", type: "line", required: true },
      { name: "handled", label: "取り扱った個人情報の項目と件数", type: "text", required: true },
      { name: "handlers", label: "取り扱った従業者の数", type: "number", required: true },
      { name: "measures", label: "安全管理措置の状況", type: "text", required: true },
      { name: "incidents", label: "事故・違反の有無", type: "text", required: true },
      { name: "training", label: "教育・研修の状況", type: "text" },
      { name: "moves", label: "受渡し・持出し・消去の状況", type: "text" },
    ],
  },
  {
    ...{
      code: "erasure-request",
      kind: "consent",
      title: "個人情報の消去・廃棄に係る申請書",
      clause: "特記13(2)",
      series: "消去",
    },
    answerDays: 5,
    fields: [
      { name: "items", label: "消去又は廃棄すべき個人情報の項目", type: "text", required: true },
      { name: "media", label: "媒体名", type: "line", required: true },
      { name: "quantity", label: "数量", type: "line", required: true },
      { name: "method", label: "消去又は廃棄の方法", type: "text", required: true },
      { name: "day", label: "処理予定日", type: "day", required: true },
    ],
  },
  {
    ...{
      code: "erasure-report",
      kind: "report",
      title: "個人情報の消去・廃棄報告書",
      clause: "特記13(5)",
      series: "消去報告",
    },
    fields: [
      { name: "at", label: "日時", type: "line", required: true },
      { name: "who", label: "担当者名", type: "line", required: true },
      { name: "content", label: "消去又は廃棄の内容", type: "text", required: true },
      { name: "certificate", label: "証明書の番号", type: "line" },
    ],
  },
  {
    ...{
      code: "subcontract-request",
      kind: "consent",
      title: "再委託に係る申請書",
      clause: "特記7",
      series: "再委託",
    },
    answerDays: 5,
    fields: [
      { name: "name", label: "再委託先の名称", type: "line", required: true },
      { name: "reason", label: "再委託する理由", type: "text", required: true },
      { name: "work", label: "再委託して処理する内容", type: "text", required: true },
      { name: "information", label: "再委託先において取り扱う情報", type: "text", required: true },
      {
        name: "safety",
        label: "再委託先における安全性及び信頼性を確保する対策",
        type: "text",
        required: true,
      },
      { name: "supervision", label: "再委託先に対する管理及び監督の方法", type: "text", required: true },
    ],
  },
  {
    ...{
      code: "subcontract-approval",
      kind: "application",
      title: "再委託の承認申請書（個人情報を扱わない業務）",
      clause: "特記7(2)",
      series: "再委託承認",
    },
    answerDays: 5,
    fields: plainSubcontractFields,
  },
  {
    ...{
      code: "subcontract-status",
      kind: "report",
      title: "再委託先の管理・監督の状況報告書",
      clause: "特記7(7)",
      series: "報告",
    },
    fields: [
      { name: "name", label: "再委託先の名称", type: "line", required: true },
      { name: "status", label: "履行と管理・監督の状況", type: "text", required: true },
    ],
  },
  {
    ...{
      code: "handler-list",
      kind: "notification",
      title: "保護管理者及び従業者の報告書",
      clause: "特記3(1)",
      series: "名簿",
    },
    fields: [
      { name: "privacyManager", label: "保護管理者（職名）", type: "line", required: true },
      { name: "handlers", label: "従業者の数と役割", type: "text", required: true },
      { ...from, label: "適用の日" },
      { name: "change", label: "前の名簿からの変更", type: "text" },
    ],
  },
  {
    ...{
      code: "privacy-manager-change",
      kind: "application",
      title: "保護管理者の変更に係る申請書",
      clause: "特記3(3)",
      series: "申請",
    },
    fields: [
      { name: "before", label: "変更前（職名）", type: "line", required: true },
      { name: "after", label: "変更後（職名）", type: "line", required: true },
      from,
      reason,
    ],
  },
  {
    ...{ code: "area-report", kind: "report", title: "取扱区域の報告書", clause: "特記4(1)", series: "区域" },
    fields: [
      { name: "area", label: "取扱区域（場所と範囲）", type: "text", required: true },
      { name: "measures", label: "間仕切り・施錠・入退室の措置", type: "text", required: true },
      from,
    ],
  },
  {
    ...{
      code: "area-change",
      kind: "application",
      title: "取扱区域の変更に係る申請書",
      clause: "特記4(2)",
      series: "区域変更",
    },
    fields: [
      { name: "before", label: "変更前の区域", type: "text", required: true },
      { name: "after", label: "変更後の区域", type: "text", required: true },
      { name: "measures", label: "間仕切り・施錠・入退室の措置", type: "text", required: true },
      from,
      reason,
    ],
  },
  {
    ...{
      code: "copy-permission",
      kind: "consent",
      title: "複写・複製に係る承諾願",
      clause: "特記8",
      series: "複写",
    },
    fields: [
      { name: "material", label: "複写する資料", type: "line", required: true },
      { name: "copies", label: "部数・媒体", type: "line", required: true },
      reason,
      { name: "disposal", label: "使った後の扱い", type: "text", required: true },
    ],
  },
  {
    ...{
      code: "data-takeout-request",
      kind: "application",
      title: "個人情報の持出しに係る申請書",
      clause: "別紙1 7",
      series: "持出し",
    },
    fields: [
      { name: "items", label: "持ち出す情報の項目・件数", type: "text", required: true },
      { name: "destination", label: "行き先", type: "line", required: true },
      { name: "day", label: "持ち出す日", type: "day", required: true },
      { name: "protection", label: "暗号化・施錠容器などの措置", type: "text", required: true },
      { name: "returned", label: "戻す日", type: "day" },
      reason,
    ],
  },
  {
    ...{
      code: "network-permission",
      kind: "application",
      title: "ネットワーク接続等の許可申請書",
      clause: "別紙1 5(1)",
      series: "接続",
    },
    fields: [
      { name: "machine", label: "機器", type: "line", required: true },
      { name: "network", label: "接続先と範囲", type: "text", required: true },
      reason,
      { name: "safety", label: "安全の措置", type: "text", required: true },
    ],
  },
  {
    ...{
      code: "incident-report",
      kind: "report",
      title: "個人情報に関する事故報告書",
      clause: "特記16(1)",
      series: "事故",
    },
    fields: [
      { name: "at", label: "発生・把握した日時", type: "line", required: true },
      { name: "place", label: "発生場所", type: "line", required: true },
      { name: "items", label: "個人情報の内容", type: "text", required: true },
      { name: "count", label: "件数", type: "line", required: true },
      { name: "situation", label: "発生状況", type: "text", required: true },
      { name: "measures", label: "講じた措置・再発防止", type: "text" },
      { name: "request", label: "指示を仰ぐこと", type: "text" },
    ],
  },
  {
    ...{
      code: "training-report",
      kind: "report",
      title: "教育・研修の実施報告書",
      clause: "6(10)",
      series: "研修",
    },
    fields: [
      { name: "day", label: "実施日", type: "day", required: true },
      { name: "content", label: "内容", type: "text", required: true },
      { name: "attended", label: "受講者数", type: "number", required: true },
    ],
  },
  {
    ...{
      code: "audit-report",
      kind: "report",
      title: "点検・監査の結果報告書",
      clause: "別紙1 9",
      series: "監査",
    },
    fields: [
      { name: "day", label: "実施日", type: "day", required: true },
      { name: "result", label: "結果", type: "text", required: true },
      { name: "actions", label: "改善の措置", type: "text" },
    ],
  },
  {
    ...{
      code: "material-return",
      kind: "report",
      title: "貸与資料の返還書",
      clause: "",
      series: "返還",
    },
    fields: [
      { name: "material", label: "返す資料", type: "text", required: true },
      { name: "day", label: "返す日", type: "day", required: true },
      { name: "method", label: "返す方法", type: "line" },
    ],
  },
];
