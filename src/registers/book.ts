import type { Fault } from "../base/error.ts";

/** 登録簿の欄。name は保存と JSON での名。 */
export interface BookField {
  name: string;
  label: string;
  type: "line" | "text";
  required?: boolean;
  /** 結ぶときに要る欄（決まったこと、回答など）。 */
  closing?: boolean;
  help?: string;
}

export interface Book {
  /** 帳簿の名（「協議簿」）。 */
  label: string;
  /** 番号の前に置く名（「協議 第3号」）。 */
  series: string;
  /** 何を書くものか。 */
  help: string;
  /** 日の欄の名。 */
  day: string;
  /** 期限の欄の名。なければ期限のない帳簿。 */
  due?: string;
  /** 有効期限のある帳簿。 */
  expires?: boolean;
  /** 費用を書く帳簿。 */
  cost?: boolean;
  /** 結ぶ行いの名と、結んだあとの名。 */
  close: { act: string; done: string };
  open: string;
  fields: readonly BookField[];
  /** つなぐ届出の様式と、登録簿の欄 → 様式の欄。 */
  form?: { code: string; fields: Readonly<Record<string, string>> };
}

const basis: BookField = { name: "basis", label: "根拠（条項、資料、数）", type: "text" };
const attendance: BookField[] = [
  { name: "place", label: "場所・方法", type: "line", help: "市役所、電話、オンラインなど" },
  { name: "client", label: "委託者の出席者（部署と職名）", type: "line" },
  { name: "contractor", label: "受託者の出席者（役割）", type: "line" },
];

/**
 * 登録簿。協議・指示・質疑は市とのやりとりの議事録（10(1)、12(1)(7)）、助言・提案は 3(1)(ｶ)・12(6)、
 * 許認可は 12(2)、事故・トラブルは 12(3)。文は封じて置く。件名だけが一覧に出る。
 */
export const books = {
  consultation: {
    ...{ label: "協議簿", series: "協議", day: "協議した日", due: "回答の期限", open: "協議中" },
    help: "委託者と協議したことを、一回ごとに残します。Word の議事録になります。",
    close: { act: "決まったこととして結ぶ", done: "決定" },
    fields: [
      ...attendance,
      { name: "matter", label: "協議した事項", type: "text", required: true },
      { name: "opinion", label: "受託者の考え", type: "text" },
      { name: "reply", label: "委託者の意見・回答", type: "text" },
      { name: "decision", label: "決まったこと", type: "text", closing: true },
      { name: "next", label: "次にすること（だれが、いつまで）", type: "text" },
      basis,
    ],
    form: { code: "consultation", fields: { matter: "matter", opinion: "proposal", basis: "basis" } },
  },
  instruction: {
    ...{ label: "指示簿", series: "指示", day: "受けた日", due: "対応の期限", open: "対応中" },
    help: "委託者から受けた指示と、どう対応したかを残します。",
    close: { act: "対応を終えたとして結ぶ", done: "対応済み" },
    fields: [
      { name: "from", label: "どなたから（部署と職名）", type: "line", required: true },
      { name: "place", label: "方法（電話、書面、来所）", type: "line" },
      { name: "content", label: "指示の内容", type: "text", required: true },
      { name: "plan", label: "対応の方針", type: "text" },
      { name: "result", label: "対応の結果", type: "text", closing: true },
      basis,
    ],
  },
  question: {
    ...{ label: "質疑", series: "質疑", day: "尋ねた日", due: "回答の期限", open: "回答待ち" },
    help: "疑義を委託者に尋ね、回答を残します。",
    close: { act: "回答を得たとして結ぶ", done: "回答済み" },
    fields: [
      { name: "question", label: "確認したいこと", type: "text", required: true },
      { name: "background", label: "いきさつ", type: "text" },
      { name: "plan", label: "回答までの扱い", type: "text" },
      { name: "from", label: "回答された方（部署と職名）", type: "line" },
      { name: "answer", label: "回答", type: "text", closing: true },
      basis,
    ],
    form: {
      code: "question",
      fields: { question: "question", background: "background", plan: "plan" },
    },
  },
  advice: {
    ...{ label: "助言簿", series: "助言", day: "助言した日", due: "返事の期限", open: "検討中", cost: true },
    help: "全体計画の進行管理や構成の整理などへの助言・補佐を残します。",
    close: { act: "結果を書いて結ぶ", done: "結果あり" },
    fields: [
      { name: "subject", label: "助言した相手（部署と職名）", type: "line" },
      { name: "matter", label: "何について", type: "text", required: true },
      { name: "content", label: "助言の内容", type: "text", required: true },
      { ...basis, required: true },
      { name: "effect", label: "見込まれる効果", type: "text" },
      { name: "decision", label: "委託者の判断", type: "text", closing: true },
    ],
  },
  proposal: {
    ...{ label: "提案簿", series: "提案", day: "提案した日", due: "返事の期限", open: "検討中", cost: true },
    help: "よりよい手法・技術・アイデアの提案を残します。契約金額の範囲内で行えるものに限ります。",
    close: { act: "結果を書いて結ぶ", done: "結果あり" },
    fields: [
      { name: "idea", label: "提案の内容", type: "text", required: true },
      { name: "effect", label: "効果", type: "text", required: true },
      { ...basis, required: true },
      { name: "decision", label: "委託者の判断", type: "text", closing: true },
      { name: "next", label: "その後の対応", type: "text" },
    ],
    form: { code: "proposal", fields: { idea: "idea", effect: "effect", basis: "basis" } },
  },
  permit: {
    ...{ label: "許認可", series: "許認可", day: "取得した日", due: "更新の期限", open: "有効" },
    expires: true,
    help: "業務に要る許可・届出・認証と、その有効期限を残します。",
    close: { act: "効力を終えたとして結ぶ", done: "終了" },
    fields: [
      { name: "authority", label: "出したところ", type: "line", required: true },
      { name: "code", label: "許可・登録の番号", type: "line" },
      { name: "law", label: "根拠の法令", type: "line", required: true },
      { name: "scope", label: "内容・条件", type: "text" },
      { name: "end", label: "終えた理由", type: "text", closing: true },
    ],
  },
  accident: {
    ...{ label: "事故・トラブル", series: "事故", day: "起きた日", due: "対応の期限", open: "対応中" },
    help: "事故・トラブルと対応を残します。個人情報は書かないでください（漏えいは、緊急時の報告で扱います）。",
    close: { act: "解決したとして結ぶ", done: "解決" },
    fields: [
      { name: "what", label: "起きたこと", type: "text", required: true },
      { name: "effect", label: "影響", type: "text" },
      { name: "response", label: "行った対応", type: "text" },
      { name: "cause", label: "原因", type: "text", closing: true },
      { name: "prevention", label: "再発を防ぐこと", type: "text", closing: true },
    ],
  },
} as const satisfies Record<string, Book>;
export type BookName = keyof typeof books;
export const bookNames = Object.keys(books) as [BookName, ...BookName[]];

export function isBook(text: string | undefined): text is BookName {
  return text !== undefined && Object.hasOwn(books, text);
}

export function bookOf(name: BookName): Book {
  return books[name];
}

export type BookFields = Readonly<Record<string, string>>;
export const entryLimits = { title: 80, clause: 30, line: 200, text: 8_000, cost: 2_000_000_000 } as const;

/** その帳簿の欄だけを、前後の空白を除いて残す。知らない名は捨てる。 */
export function keepBookFields(book: BookName, given: BookFields): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const { name } of bookOf(book).fields) {
    const value = (Object.hasOwn(given, name) ? (given[name] ?? "") : "").trim();
    if (value !== "") kept[name] = value;
  }
  return kept;
}

/** 欄の直すところ。closing が真なら、結ぶときに要る欄の空きも。 */
export function bookFaults(book: BookName, given: BookFields, closing = false): Fault[] {
  return bookOf(book).fields.flatMap(({ name, label, type, required, closing: ends }): Fault[] => {
    const value = (Object.hasOwn(given, name) ? (given[name] ?? "") : "").trim();
    const field = `f.${name}`;
    if (value === "")
      return required || (closing && ends) ? [{ field, message: `「${label}」を書いてください。` }] : [];
    return [...value].length > entryLimits[type]
      ? [{ field, message: `${entryLimits[type]}字までで書いてください。` }]
      : [];
  });
}
