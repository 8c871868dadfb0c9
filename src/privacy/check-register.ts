import type { Register, RegisterField } from "./register-field.ts";

const parts = "規程に書いてあること（基準1(1)〜(4)。規程には四つとも）";
const part = (name: string, label: string): RegisterField => ({ name, label, type: "check", legend: parts });

/** 規程に書く四つの安全管理措置（基準1、事務対応ガイド 4-3-1）。一つでも欠ければ、規程として置けない。 */
export const ruleParts: readonly RegisterField[] = [
  part("organisational", "(1) 組織的安全管理措置（体制、運用、記録、漏えい等への対応、見直し）"),
  part("human", "(2) 人的安全管理措置（監督、教育、誓約）"),
  part("physical", "(3) 物理的安全管理措置（区域、機器と媒体、持出し、廃棄）"),
  part("technical", "(4) 技術的安全管理措置（アクセスの制御、識別と認証、外部からの防止、暗号化）"),
];

/** 規程・点検・監査・認証の帳簿（特記 第1条・第2条・第10条・第14条・第15条、基準1・6・8・9・11）。 */
export const checkRegisters: readonly Register[] = [
  {
    ...{
      code: "document",
      title: "規程の書棚",
      group: "check",
      clause: "特記 第1条・第2条・第3条2・第10条(1)(2)・第14条2・第16条2、基準1・2・3(1)・6・8",
    },
    purpose:
      "方針・規程・手順・計画・法令の版。承認した版を置き、期限までに見直し、従業者の一人ひとりが読んだと残します。",
    open: "いまの版",
    writers: ["manager", "privacy", "chief-privacy"],
    fields: [
      {
        ...{ name: "kind", label: "種類", type: "choice", required: true },
        choices: {
          policy: "基本方針（基準1）",
          rule: "規程: 組織・人・物理・技術の四つ（基準1）",
          procedure: "取扱手順（基準1）",
          change: "保護管理者・従業者の変更手続（特記 第3条2）",
          report: "定期報告・緊急時報告の手順（特記 第14条2）",
          emergency: "緊急時対応計画（特記 第16条2）",
          contacts: "事件・事故の連絡体制図（基準6）",
          organisation: "管理体制（特記 第2条）",
          employment: "就業規則の秘密保持（基準3(1)）",
          scope: "事務・範囲・従業者の台帳（特記 第10条(1)）",
          law: "法令・事務対応ガイド・市のポリシーの版（特記 第1条、基準8）",
        },
      },
      { name: "name", label: "名", type: "line", required: true },
      { name: "version", label: "版", type: "line", required: true },
      { name: "approved", label: "承認した日", type: "day", required: true },
      { name: "approver", label: "承認した人（職名）", type: "line", required: true },
      { name: "review", label: "次に見直す日", type: "day", required: true },
      ...ruleParts,
    ],
    shown: ["name", "version", "review"],
    due: "review",
    file: { label: "本文", required: true, help: "PDF・Word。封じて残し、読むときに開きます。" },
    read: true,
    note: { label: "見直しを書き足す", help: "見直した結果、変えなかった理由。" },
    close: {
      label: "新しい版に替えた",
      done: "この版を閉じました。",
      fields: [{ name: "next", label: "替わりの版", type: "line", required: true }],
    },
  },
  {
    ...{ code: "audit", title: "点検・監査", group: "check", clause: "特記 第15条、基準9" },
    purpose:
      "点検・内部監査・外部監査を、それぞれの間隔で。委託者の実地監査と、再委託先に及ぶものも残します。",
    open: "これから",
    writers: ["manager", "privacy", "chief-privacy"],
    fields: [
      {
        ...{ name: "kind", label: "区分", type: "choice", required: true },
        choices: {
          check: "点検（毎月）",
          internal: "内部監査（毎年）",
          external: "外部監査（毎年）",
          client: "委託者の監査・調査",
          subcontractor: "再委託先の監査",
        },
      },
      { name: "day", label: "行う日", type: "day", required: true },
      { name: "auditor", label: "行う人（所属と職名）", type: "line", required: true },
      { name: "target", label: "対象", type: "text", required: true },
      { name: "next", label: "次の予定の日", type: "day", required: true },
    ],
    shown: ["kind", "day", "next"],
    due: "day",
    file: { label: "点検表・報告書", help: "PDF・Excel など" },
    close: {
      label: "結果を記録する",
      done: "結果を残しました。",
      fields: [
        { name: "result", label: "結果（指摘は「指摘と是正」に一件ずつ）", type: "text", required: true },
      ],
    },
  },
  {
    ...{ code: "finding", title: "指摘と是正", group: "check", clause: "特記 第15条2、基準9" },
    purpose: "監査の指摘と委託者の指示を、是正まで追います。閉じるのは、書いた人とは別の人です。",
    open: "是正中",
    writers: ["manager", "privacy", "chief-privacy"],
    fields: [
      { name: "audit", label: "もとの点検・監査", type: "line-of", of: "audit", required: true },
      { name: "content", label: "指摘・指示", type: "text", required: true },
      {
        name: "weight",
        label: "重さ",
        type: "choice",
        choices: { minor: "軽い", major: "重い", order: "委託者の指示" },
        required: true,
      },
      { name: "cause", label: "原因", type: "text", required: true },
      { name: "action", label: "是正の措置", type: "text", required: true },
      { name: "owner", label: "担当", type: "handler", required: true },
      { name: "due", label: "期限", type: "day", required: true },
    ],
    shown: ["content", "owner", "due"],
    due: "due",
    note: { label: "進みを書き足す", help: "したこと、見せたもの。" },
    close: {
      label: "是正を確かめて閉じる",
      done: "是正を確かめて閉じました。",
      fields: [{ name: "verified", label: "何を見て確かめたか", type: "text", required: true }],
      byOther: true,
    },
  },
  {
    ...{ code: "certificate", title: "規格の認証", group: "check", clause: "基準11" },
    purpose: "ISMS とプライバシーマークの登録。終わった規格の版は、有効期限の中でも注意を出します。",
    writers: ["manager", "privacy", "chief-privacy"],
    fields: [
      {
        ...{ name: "standard", label: "規格", type: "choice", required: true },
        choices: {
          "iso27001-2022": "ISO/IEC 27001:2022",
          "jisq27001-2023": "JIS Q 27001:2023",
          "jisq15001-2023": "プライバシーマーク（JIS Q 15001:2023）",
          "iso27001-2013": "ISO/IEC 27001:2013",
          "jisq27001-2014": "JIS Q 27001:2014",
          "jisq15001-2017": "プライバシーマーク（JIS Q 15001:2017）",
          "jisq15001-2006": "プライバシーマーク（JIS Q 15001:2006）",
        },
      },
      { name: "number", label: "登録番号", type: "line", required: true },
      { name: "body", label: "認証機関", type: "line", required: true },
      { name: "scope", label: "登録の範囲", type: "line", required: true },
      { name: "from", label: "有効の始まり", type: "day", required: true },
      { name: "until", label: "有効の終わり", type: "day", required: true },
    ],
    shown: ["standard", "number", "until"],
    due: "until",
    file: { label: "登録証の写し", help: "PDF・画像" },
    close: {
      label: "更新・終了を記録する",
      done: "更新・終了を残しました。",
      fields: [{ name: "next", label: "新しい登録・理由", type: "line", required: true }],
    },
  },
];

/** 移行期間の終わった規格の版と、認められていた最後の日。 */
const lapsed: Readonly<Record<string, string>> = {
  "iso27001-2013": "2025-10-31",
  "jisq27001-2014": "2025-10-31",
  "jisq15001-2017": "2024-09-30",
  "jisq15001-2006": "2020-01-31",
};

/** その日から見た、認証の注意。なければ undefined。 */
export function certificateWarning(standard: string, until: string, today: string): string | undefined {
  if (until < today) return "登録の有効期限が過ぎています。";
  const last = Object.hasOwn(lapsed, standard) ? lapsed[standard] : undefined;
  if (last === undefined) return undefined;
  return last < today
    ? `この規格の版は ${last} で移行期間が終わっています。新しい版の登録証に替えてください。`
    : `この規格の版は ${last} で移行期間が終わります。それまでに新しい版へ移ってください。`;
}
