import { declaredTables, type Table } from "../base/column.ts";

/**
 * 個人情報のある表。列の宣言（sealed・personal）から作るので、表が増えれば一覧も増える。
 * fate: people=本人と申込み、documents=応対・電話・作ったファイル、kept=委託者への提出物と事務所の記録、undecided=まだ決めていない。
 */
export interface PersonalPlace {
  readonly table: string;
  readonly label: string;
  readonly columns: readonly PersonalColumn[];
  /** 封じた鍵の id の列。 */
  readonly keyColumn: string;
  /** いつのものかの列。 */
  readonly timeColumn: string | undefined;
  readonly fate: "people" | "documents" | "kept" | "undecided";
  /** 残す理由。 */
  readonly why: string;
}

export interface PersonalColumn {
  readonly name: string;
  /** 照合値（HMAC）か、封じた値か。 */
  readonly kind: "sealed" | "lookup";
  readonly nullable: boolean;
}

interface Known {
  label: string;
  fate: "people" | "documents" | "kept";
  key?: string;
  why?: string;
}

const filed = "委託者への提出物とその答え（契約の記録）";
const panel = "会議の運営の記録（委託者への提出物のもと）";
const proof = "義務を果たした証跡";
const staff = "受託者の従業者と事務所の記録（委託された個人情報ではない）";

/** 表の名と、消去での扱い。 */
const known: Readonly<Record<string, Known>> = {
  person: { label: "本人（氏名・カナ・住所・電話）", fate: "people" },
  booking: { label: "予約（配慮事項・メモ・代理の方）", fate: "people" },
  wait: { label: "待機（配慮事項・メモ・代理の方）", fate: "people" },
  notice: { label: "受講通知書（外した理由）", fate: "people" },
  batch: { label: "受講通知書の束（差し戻しの理由）", fate: "documents" },
  draft: { label: "途中の受付", fate: "documents" },
  call: { label: "電話の記録（発信者の番号）", fate: "documents" },
  complaint: { label: "クレーム", fate: "documents" },
  answer_step: { label: "応対の経過", fate: "documents", key: "thing_id" },
  question: { label: "委託者への確認", fate: "documents" },
  inquiry: { label: "応対記録", fate: "documents" },
  blob: {
    label:
      "残したファイル（はがきの印刷、はがきの見本、調査の回答、意見書の添付、会議の文字起こし、個人情報を含む成果品）",
    fate: "documents",
  },
  emergency_contact: { label: "緊急の連絡体制", fate: "kept", why: staff },
  filing: { label: "協議・届出", fate: "kept", why: filed },
  filing_version: { label: "協議・届出の前の版", fate: "kept", key: "filing_id", why: filed },
  review_package: { label: "確認用の一式", fate: "kept", why: filed },
  officer_key: { label: "委託者の方の鍵", fate: "kept", why: filed },
  review_answer: { label: "署名つきの回答", fate: "kept", why: filed },
  deliverable_version: {
    label: "成果品の版（番号・検査と受領。個人情報を含むファイルは消す）",
    fate: "kept",
    why: filed,
  },
  right_item: { label: "権利の台帳", fate: "kept", why: filed },
  duty_note: { label: "義務の証跡の言葉", fate: "kept", why: proof },
  specification: { label: "仕様書", fate: "kept", why: proof },
  plan_block: { label: "計画の原稿", fate: "kept", key: "plan_id", why: proof },
  plan_change: { label: "計画の原稿の経過", fate: "kept", key: "plan_id", why: proof },
  plan_aside: { label: "計画の、重なって入らなかった文", fate: "kept", key: "plan_id", why: proof },
  plan_version: { label: "計画の版", fate: "kept", key: "plan_id", why: proof },
  plan_decision: { label: "計画の決めたこと", fate: "kept", key: "plan_id", why: proof },
  plan_comment: { label: "計画への書き込み", fate: "kept", key: "plan_id", why: proof },
  plan_match: { label: "施策と上位計画の対応", fate: "kept", key: "plan_id", why: proof },
  plan_inquiry_line: { label: "庁内照会の文", fate: "kept", key: "plan_id", why: proof },
  plan_file: { label: "計画のデータと画像の権利", fate: "kept", key: "plan_id", why: proof },
  workplan_version: { label: "実施計画", fate: "kept", why: proof },
  survey_figure: { label: "調査の図（集計した値）", fate: "kept", why: proof },
  survey_report: { label: "調査報告書の所見", fate: "kept", why: proof },
  register_entry: { label: "台帳", fate: "kept", why: proof },
  council: { label: "有識者会議（事務局と会場）", fate: "kept", why: panel },
  council_member: { label: "委員", fate: "documents" },
  council_meeting: { label: "会議（論点・出欠・謝金）", fate: "kept", why: panel },
  council_answer: { label: "日程の回答", fate: "documents", key: "meeting_id" },
  council_minutes: { label: "会議録", fate: "kept", why: filed },
  council_action: { label: "委員の指摘", fate: "kept", why: panel },
  account: { label: "従業者", fate: "kept", why: staff },
  equipment: { label: "機器", fate: "kept", why: staff },
  desk_pass: { label: "着席の許し", fate: "kept", why: staff },
  staff_member: { label: "体制の人", fate: "kept", why: staff },
  privacy_line: { label: "個人情報の帳簿", fate: "kept", why: staff },
  privacy_note: { label: "帳簿の経過", fate: "kept", why: staff },
  break_glass: { label: "緊急の閲覧の理由", fate: "kept", why: staff },
  survey: { label: "調査（件名・コードブック・調査票）", fate: "kept", why: filed },
  survey_frame: { label: "自由記述の符号の枠", fate: "kept", key: "survey_id", why: filed },
  survey_sheet: { label: "打ち込んだ調査票", fate: "documents" },
  survey_coding: { label: "自由記述に付けた符号", fate: "documents" },
  survey_mask: { label: "自由記述の伏せ字", fate: "documents" },
  survey_fix: { label: "調査の回答を直した記録", fate: "documents" },
  comment_period: { label: "意見公募（公表するもの、分類）", fate: "kept", why: proof },
  comment_letter: { label: "意見書（個人情報を伏せた文）", fate: "documents" },
  comment_original: { label: "意見書の原本", fate: "documents" },
  comment_signer: { label: "意見書の差出人（氏名・住所・連絡先）", fate: "documents" },
  comment_opinion: { label: "分けた意見", fate: "documents" },
  comment_step: { label: "意見の分け方の経過", fate: "documents" },
  comment_group: { label: "意見の概要と市の考え方", fate: "kept", why: filed },
  incident: { label: "事故の記録", fate: "kept", why: proof },
  incident_step: { label: "事故の経過", fate: "kept", key: "incident_id", why: proof },
};

/** 従業者・研修・監査などの台帳は、表の名のはじまりで分かる（受託者の側の記録）。 */
const staffTables = /^(privacy|watch|handler|pledge|training|area|device|media|audit|subcontract|library)_/;

/** 申込みの方を刷ったファイルの種類。ほかの仕事のもの（調査の回答、意見書の添付）は、申込みの方の申出では消さない。 */
export function isPrintedFile(kind: string): boolean {
  return /^(notice-print|notice-picture|protected-copy|deliverable-personal|list-)/.test(kind);
}

/** 消すファイルの種類。ほかの種類（様式、提出物、証跡）は残す。 */
export function isPersonalFile(kind: string): boolean {
  return isPrintedFile(kind) || /^(survey-answers|comment-attachment|council-transcript)/.test(kind);
}

const times = ["taken_at", "created_at", "made_at", "received_at", "arrived_at", "saved_at", "at"];

/** 個人情報のある表の全部。 */
export function personalPlaces(tables: readonly Table[] = declaredTables()): PersonalPlace[] {
  return tables
    .flatMap((one) => placeOf(one) ?? [])
    .sort((a, b) => order.indexOf(a.fate) - order.indexOf(b.fate) || (a.table < b.table ? -1 : 1));
}

const order: readonly PersonalPlace["fate"][] = ["people", "documents", "undecided", "kept"];

function placeOf(of: Table): PersonalPlace | undefined {
  const columns = Object.entries(of.columns)
    .filter(([, column]) => column.care === "personal")
    .map(
      ([name, column]): PersonalColumn => ({
        name,
        kind: name.endsWith("_hmac") ? "lookup" : "sealed",
        nullable: column.nullable,
      }),
    );
  if (columns.length === 0) return undefined;
  const has = (name: string) => Object.hasOwn(of.columns, name);
  const given = known[of.name];
  const keyColumn = given?.key ?? ["key_id", "person_id", "id"].find(has);
  if (keyColumn === undefined || !has("contract_id")) return undefined;
  const kept = staffTables.test(of.name);
  return {
    ...{ table: of.name, columns, keyColumn, timeColumn: times.find(has) },
    label: given?.label ?? `表 ${of.name}`,
    fate: given?.fate ?? (kept ? "kept" : "undecided"),
    why: given?.why ?? (kept ? staff : ""),
  };
}

const columnLabels: Readonly<Record<string, string>> = {
  name: "氏名",
  kana: "カナ氏名",
  postal: "郵便番号",
  address: "住所",
  building: "建物名",
  phone: "電話番号",
  phone_hmac: "電話番号の照合値",
  kana_hmac: "カナ氏名の照合値",
  needs: "配慮事項",
  memo: "メモ",
  proxy: "代理の方",
  caller: "発信者の番号・お名前",
  caller_hmac: "発信者の番号の照合値",
  content: "内容",
  response: "対応",
  prevention: "再発防止",
  note: "経過の言葉",
  ask: "確認の内容",
  answer: "回答",
  header: "メールの件名と差出人",
  contact: "連絡先",
  match_hmac: "氏名と住所の照合値",
  before: "前の形",
  summary: "概要",
  change: "案の変更",
  reason: "理由",
  returned_reason: "差し戻しの理由",
  about: "調査の概要",
  codebook: "コードブック",
  questionnaire: "調査票",
  respondent_hmac: "回答者の番号の照合値",
  body: "本文",
  came: "返った文",
  cause: "原因",
  closing: "閉じた理由",
  detail: "番号・契約先・機種",
  employer: "雇用主",
  evidence: "証跡",
  fields: "記入した欄",
  heard: "電話の相手",
  heard_from: "受けた相手",
  holder: "権利者・創作者",
  items: "個人情報の内容",
  lines: "部署・職名・電話",
  manifest: "一式の目録",
  measures: "講じた措置",
  officer: "委託者の方の部署・職名",
  place: "発生場所",
  post: "所属・職名",
  qualification: "資格・研修・経験",
  remark: "意見",
  rights: "権利",
  sent: "送った文",
  situation: "発生状況",
  subject: "権利の対象",
  terms: "使える条件",
  title: "件名",
  words: "答えの言葉",
};

/** 「氏名、カナ氏名、…」。申請の「項目」に書く。 */
export function columnText(place: Pick<PersonalPlace, "columns">): string {
  return place.columns.map(({ name }) => columnLabels[name] ?? name).join("、");
}
