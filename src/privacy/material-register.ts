import { plainSubcontractFields } from "../filings/privacy-form.ts";
import type { PriorFiling, Register, RegisterField } from "./register-field.ts";

const terms = "再委託の契約に、具体的に定めたこと（特記 第7条5〜7・第15条1）";
const term = (name: string, label: string): RegisterField => ({
  ...{ name, label, type: "check", legend: terms, required: true, later: true },
});

/** 個人情報を扱う再委託の契約に定めること。承諾を得て契約を結んでから付けられ、一つでも欠ければ効かない。 */
const subcontractTerms: readonly RegisterField[] = [
  term("termDuties", "本契約に基づく一切の義務を、再委託先に守らせること（第7条5）"),
  term("termManageProcedure", "管理の手続（だれが、いつ、どの書面で）（第7条6）"),
  term("termManageMethod", "管理の方法（第7条6）"),
  term("termSuperviseProcedure", "監督の手続（だれが、いつ、どの書面で）（第7条6）"),
  term("termSuperviseMethod", "監督の方法（立入り、点検、報告の様式など）（第7条6）"),
  term("termReport", "履行の状況を受託者に報告させ、委託者の求めに応じて出せること（第7条7）"),
  term("termAudit", "委託者の実地の監査・調査を、再委託先も受けること（第15条1）"),
];

const plainConsent: PriorFiling = {
  form: "subcontract-approval",
  need: "approved",
  why: "再委託には、委託者の事前の承認が要ります（11、特記 第7条2）。",
};

/** 預かりもの・受渡し・持出し・複写・再委託の帳簿（特記 第4条3・第7条・第8条・第11条〜第13条、基準5(5)(7)(12)・7、000の7(2)・11）。 */
export const materialRegisters: readonly Register[] = [
  {
    ...{
      code: "loan",
      title: "提供・貸与の台帳",
      group: "material",
      clause: "特記 第13条、基準5(5)(7)、7(2)",
    },
    purpose:
      "委託者から受けたもの全部（個人情報でないものも）。開いている行が一つでもあれば、契約を閉じられません。",
    open: "預かり中",
    writers: ["supervisor", "manager", "planner", "privacy", "chief-privacy"],
    fields: [
      { name: "name", label: "もの", type: "line", required: true },
      {
        name: "personal",
        label: "個人情報",
        type: "choice",
        choices: { yes: "含む", no: "含まない" },
        required: true,
      },
      { name: "received", label: "受けた日", type: "day", required: true },
      { name: "quantity", label: "数量", type: "line", required: true },
      { name: "holder", label: "持っている従業者", type: "handler", required: true },
      { name: "storage", label: "しまう所（耐火金庫など）", type: "line", required: true },
      { name: "due", label: "返す期限", type: "day", required: true },
    ],
    shown: ["name", "holder", "due"],
    due: "due",
    holdsContract: true,
    note: {
      label: "持ち出し・戻しを書き足す",
      help: "だれが、いつ、何のために金庫から出し、戻したか（基準5(7)）。",
    },
    close: {
      label: "返却・消去を記録する",
      done: "返却・消去を残しました。",
      fields: [
        {
          name: "how",
          label: "どうしたか",
          type: "choice",
          choices: { returned: "委託者に返した", erased: "承諾を得て消去・廃棄した" },
          required: true,
        },
        { name: "to", label: "受け取った方・消去報告の番号", type: "line", required: true },
        { name: "copies", label: "写しの始末", type: "line", required: true },
      ],
    },
  },
  {
    ...{ code: "handover", title: "個人情報の受渡し", group: "material", clause: "特記 第12条" },
    purpose: "委託者が指定した手段・日時・場所で行い、預り証か受取りの確認を残します。",
    open: "確認待ち",
    writers: ["supervisor", "manager", "privacy", "chief-privacy"],
    fields: [
      {
        name: "direction",
        label: "向き",
        type: "choice",
        choices: { in: "委託者から受ける", out: "委託者に渡す" },
        required: true,
      },
      { name: "items", label: "もの", type: "text", required: true },
      { name: "quantity", label: "数量・件数", type: "line", required: true },
      { name: "means", label: "指定された手段", type: "line", required: true },
      { name: "day", label: "日", type: "day", required: true },
      { name: "time", label: "時刻", type: "time", required: true },
      { name: "place", label: "場所", type: "line", required: true },
      { name: "hash", label: "電子データの SHA-256", type: "line" },
    ],
    shown: ["items", "direction", "day"],
    due: "day",
    close: {
      label: "受取りの確認を記録する",
      done: "受取りの確認を残しました。",
      fields: [
        { name: "receiver", label: "受け取った方（部署と職名）", type: "line", required: true },
        { name: "confirmed", label: "どう確かめたか（件数・封・SHA-256）", type: "line", required: true },
      ],
    },
  },
  {
    ...{ code: "takeout", title: "持出し", group: "material", clause: "特記 第4条3、基準7" },
    purpose: "委託者が指定した場所へだけ。施錠した容器と、追える手段で運びます。",
    open: "持出し中",
    writers: ["supervisor", "manager", "privacy", "chief-privacy"],
    fields: [
      { name: "items", label: "もの・件数", type: "text", required: true },
      { name: "destination", label: "行き先（委託者の指定）", type: "line", required: true },
      { name: "carrier", label: "運ぶ従業者", type: "handler", required: true },
      { name: "box", label: "施錠した容器の番号", type: "line", required: true },
      { name: "tracking", label: "追跡の番号・手段", type: "line", required: true },
      { name: "encryption", label: "暗号化・パスワード", type: "line", required: true },
      { name: "day", label: "出す日", type: "day", required: true },
      { name: "back", label: "戻す日", type: "day", required: true },
    ],
    shown: ["items", "destination", "back"],
    due: "back",
    first: { form: "data-takeout-request", need: "approved", why: "持出しには、委託者の承認が要ります。" },
    later: { form: "data-takeout-request", need: "approved", why: "持出しには、委託者の承認が要ります。" },
    close: {
      label: "到着・返りを記録する",
      done: "到着・返りを残しました。",
      fields: [{ name: "arrived", label: "受け取った方・封の様子", type: "line", required: true }],
    },
  },
  {
    ...{ code: "recording", title: "通話の録音", group: "material", clause: "6(9)、特記 第8条・第13条" },
    purpose:
      "録音を置くときだけ。録音は個人情報です。録ることを電話で知らせ、聞くたびにわけを残し、保存の期限に消します。",
    open: "保存中",
    writers: ["supervisor", "manager", "privacy", "chief-privacy"],
    fields: [
      {
        name: "range",
        label: "録音の範囲（期・日・席。氏名や番号は書かない）",
        type: "line",
        required: true,
      },
      { name: "count", label: "本数", type: "number", required: true },
      { name: "announcement", label: "電話で知らせることば", type: "text", required: true },
      { name: "purpose", label: "録る目的", type: "line", required: true },
      { name: "storage", label: "しまう所と暗号化", type: "line", required: true },
      { name: "holder", label: "持っている従業者", type: "handler", required: true },
      { name: "until", label: "保存の期限", type: "day", required: true },
    ],
    shown: ["range", "count", "until"],
    due: "until",
    holdsContract: true,
    note: {
      label: "聞いたことを書き足す",
      help: "だれが、いつ、何のために、どの録音（受付番号か通話の番号）を聞いたか。",
    },
    close: {
      label: "消去を記録する",
      done: "録音の消去を残しました。",
      fields: [
        { name: "how", label: "消し方（上書き・媒体の破壊など）", type: "line", required: true },
        { name: "witness", label: "立ち会った従業者", type: "handler", required: true },
      ],
    },
  },
  {
    ...{ code: "copy", title: "複写・複製", group: "material", clause: "特記 第8条" },
    purpose: "委託者の許諾がなければ写せません。写しには通しの番号を入れ、使ったら始末します。",
    open: "使用中",
    writers: ["supervisor", "manager", "privacy", "chief-privacy"],
    fields: [
      { name: "loan", label: "もとのもの（台帳）", type: "line-of", of: "loan", required: true },
      { name: "copies", label: "部数", type: "number", required: true },
      { name: "reason", label: "理由", type: "line", required: true },
      { name: "holder", label: "持っている従業者", type: "handler", required: true },
      { name: "due", label: "始末する期限", type: "day", required: true },
    ],
    shown: ["loan", "copies", "due"],
    due: "due",
    holdsContract: true,
    first: {
      form: "copy-permission",
      need: "approved",
      why: "複写・複製には、委託者の許諾が要ります（特記 第8条）。",
    },
    later: {
      form: "copy-permission",
      need: "approved",
      why: "複写・複製には、委託者の許諾が要ります（特記 第8条）。",
    },
    close: {
      label: "写しの始末を記録する",
      done: "写しの始末を残しました。",
      fields: [
        { name: "disposal", label: "どう始末したか（裁断・返却など）と立会い", type: "line", required: true },
      ],
    },
  },
  {
    ...{
      code: "export-permit",
      title: "書き出しの許可",
      group: "material",
      clause: "特記 第11条、基準5(3)(6)",
    },
    purpose:
      "個人情報を含むファイルを書き出すには、目的と渡す先を決めた許可が要ります。渡す先は委託者だけです。",
    writers: ["privacy", "chief-privacy"],
    fields: [
      { name: "purpose", label: "目的", type: "line", required: true },
      { name: "what", label: "書き出すもの", type: "line", required: true },
      {
        name: "destination",
        label: "渡す先",
        type: "choice",
        choices: { client: "委託者", inside: "取扱区域の中だけ" },
        required: true,
      },
      { name: "basis", label: "もとになる条項・承諾の番号", type: "line", required: true },
      { name: "from", label: "いつから", type: "day", required: true },
      { name: "until", label: "いつまで", type: "day", required: true },
    ],
    shown: ["purpose", "what", "until"],
    close: {
      label: "許可を取り消す",
      done: "許可を取り消しました。",
      fields: [{ name: "why", label: "理由", type: "line", required: true }],
    },
  },
  {
    ...{
      code: "subcontract",
      title: "再委託（個人情報）",
      group: "material",
      clause: "特記 第7条・第15条1、基準5(12)",
    },
    purpose:
      "個人情報を扱う業務の再委託。六つの事項を申請し、書面の承諾を得て、契約に監督の手続と方法を定めてから効きます。契約の定めは、承諾を得て契約を結んでから付けられ、あとから直せます。",
    writers: ["manager", "privacy", "chief-privacy"],
    fields: [
      { name: "name", label: "(1) 再委託先の名称", type: "line", required: true },
      { name: "reason", label: "(2) 再委託する理由", type: "text", required: true },
      { name: "work", label: "(3) 処理する内容", type: "text", required: true },
      { name: "information", label: "(4) 取り扱う情報", type: "text", required: true },
      { name: "safety", label: "(5) 安全性・信頼性を確保する対策", type: "text", required: true },
      { name: "method", label: "(6) 管理・監督の方法", type: "text", required: true },
      ...subcontractTerms,
      {
        name: "contract",
        label: "再委託の契約（名称・締結の日・定めた条）",
        type: "text",
        ...{ required: true, later: true },
        help: "例: 発送業務委託契約（7月1日）第5条 月次の報告と立入り",
      },
    ],
    shown: ["name", "work", "information"],
    file: { label: "委託者指定様式（再委託先が書いたもの）", required: true, help: "特記 第7条4" },
    first: {
      form: "subcontract-request",
      need: "approved",
      why: "再委託には、委託者の書面の承諾が要ります（特記 第7条2）。",
    },
    later: {
      form: "subcontract-request",
      need: "approved",
      why: "再委託には、委託者の書面の承諾が要ります（特記 第7条2）。",
    },
    note: {
      label: "監督の状況を書き足す",
      help: "見た日、履行の様子、監査の結果、求めたこと（特記 第7条7）。",
    },
    holdsContract: true,
    close: {
      label: "再委託の終わりを記録する",
      done: "再委託の終わりを残しました。",
      fields: [{ name: "returned", label: "情報の返還・消去の確認", type: "text", required: true }],
      byOther: true,
    },
  },
  {
    ...{
      code: "subcontract-plain",
      title: "再委託（一般）",
      group: "material",
      clause: "11、特記 第7条2・第7条5",
    },
    purpose:
      "個人情報を扱わない業務の再委託。事前に申請して承認を得ます。個人情報を扱うものは「再委託（個人情報）」に書きます。",
    writers: ["manager", "planner", "privacy", "chief-privacy"],
    fields: plainSubcontractFields,
    shown: ["name", "work", "period"],
    file: { label: "再委託の契約書・見積など", help: "封じて残します。" },
    first: plainConsent,
    later: plainConsent,
    note: { label: "履行の様子を書き足す", help: "見た日、履行の様子、求めたこと。" },
    holdsContract: true,
    close: {
      label: "再委託の終わりを記録する",
      done: "再委託の終わりを残しました。",
      fields: [{ name: "result", label: "成果の受取りと、貸した資料の返却", type: "text", required: true }],
      byOther: true,
    },
  },
  {
    ...{ code: "late-entry", title: "紙の受付票からの後入力", group: "material", clause: "特記 第10条(2)" },
    purpose:
      "扱う資格が足りない人が電話を受けたときは、紙で受け、資格のある人があとから入れます。紙は始末します。",
    open: "始末待ち",
    writers: ["operator", "supervisor", "manager", "privacy", "chief-privacy"],
    fields: [
      { name: "slip", label: "紙の受付票の番号", type: "line", required: true },
      { name: "day", label: "電話を受けた日", type: "day", required: true },
      { name: "time", label: "時刻", type: "time", required: true },
      { name: "reason", label: "紙で受けた理由", type: "line", required: true },
      { name: "entered", label: "入れた予約の番号", type: "line", required: true },
    ],
    shown: ["slip", "day", "entered"],
    due: "day",
    close: {
      label: "紙の始末を記録する",
      done: "紙の始末を残しました。",
      fields: [{ name: "disposal", label: "どう始末したか", type: "line", required: true }],
      byOther: true,
    },
  },
];
