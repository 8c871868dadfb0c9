import type { Register, RegisterField } from "./register-field.ts";

const handler: RegisterField = { name: "handler", label: "従業者", type: "handler", required: true };

const employments = {
  regular: "正社員（直接雇用）",
  contract: "契約社員",
  part: "パート・アルバイト",
  dispatch: "派遣労働者",
} as const;

/** 人についての帳簿（特記 第3条・第5条・第6条・第9条、基準2・3）。 */
export const peopleRegisters: readonly Register[] = [
  {
    ...{
      code: "handler",
      title: "従業者名簿",
      group: "people",
      clause: "特記 第3条・第9条・第10条(1)、基準3(2)・5(5)",
    },
    purpose:
      "個人情報を扱う人を、扱う前に委託者へ報告して定めます。事務と範囲も、ここで人ごとに明らかにします。",
    writers: ["manager", "privacy", "chief-privacy"],
    fields: [
      handler,
      { name: "employment", label: "雇用の区分", type: "choice", choices: employments, required: true },
      { name: "work", label: "従事する事務", type: "line", required: true },
      { name: "scope", label: "扱う個人情報の範囲", type: "text", required: true },
      { name: "from", label: "従事を始める日", type: "day", required: true },
      {
        name: "flowdown",
        label: "正社員以外へ契約の義務を守らせる措置",
        type: "text",
        help: "正社員のほかは必須です（特記 第9条）。",
      },
    ],
    shown: ["handler", "employment", "work"],
    first: {
      form: "handler-list",
      need: "submitted",
      why: "保護管理者と従業者は、書面で委託者に報告します（特記 第3条）。",
    },
    later: {
      form: "handler-list",
      need: "submitted",
      why: "従業者の変更は、事前に委託者へ報告します（特記 第3条4）。",
    },
    close: {
      label: "従事の終わりを記録する",
      done: "従事の終わりを残しました。",
      fields: [
        { name: "last", label: "最後の日", type: "day", required: true },
        { name: "returned", label: "返したもの（入室証、資料など）", type: "text", required: true },
      ],
    },
  },
  {
    ...{
      code: "officer",
      title: "総括保護管理者・保護管理者",
      group: "people",
      clause: "特記 第3条3、基準2",
    },
    purpose: "保護管理者の変更は、事前に申請し、委託者の承認を得てから効きます。",
    writers: ["manager", "privacy", "chief-privacy"],
    fields: [
      handler,
      {
        name: "post",
        label: "役目",
        type: "choice",
        choices: { chief: "総括保護管理者", manager: "保護管理者" },
        required: true,
      },
      { name: "from", label: "いつから", type: "day", required: true },
      {
        name: "written",
        label: "明記した規程と箇所",
        type: "line",
        required: true,
        help: "例: 個人情報取扱規程 第5条",
      },
    ],
    shown: ["handler", "post", "from"],
    first: { form: "handler-list", need: "submitted", why: "はじめの保護管理者は、名簿と一緒に報告します。" },
    later: {
      form: "privacy-manager-change",
      need: "approved",
      why: "保護管理者の変更には、委託者の事前の承認が要ります。",
    },
    close: {
      label: "役目の終わりを記録する",
      done: "役目の終わりを残しました。",
      fields: [{ name: "last", label: "最後の日", type: "day", required: true }],
    },
  },
  {
    ...{ code: "pledge", title: "秘密保持の誓約書", group: "people", clause: "特記 第6条4" },
    purpose: "保護管理者と従業者の全員から受け取り、写しと SHA-256 を残します。契約が終わった後も効きます。",
    writers: ["manager", "privacy", "chief-privacy"],
    fields: [
      handler,
      { name: "signed", label: "署名の日", type: "day", required: true },
      { name: "place", label: "原本の保管場所", type: "line", required: true },
    ],
    shown: ["handler", "signed", "place"],
    file: {
      label: "誓約書の写し（PDF・画像）",
      required: true,
      help: "封じて残します。SHA-256 は一件の画面に出ます。",
    },
  },
  {
    ...{ code: "course", title: "教育・研修の計画", group: "people", clause: "特記 第5条、基準3(3)、6(10)" },
    purpose:
      "内容・日・体制を決めておき、受講と確認テストを従業者ごとに残します。毎年一回以上、扱う前に必ず一回。",
    open: "予定",
    writers: ["supervisor", "manager", "privacy", "chief-privacy"],
    fields: [
      { name: "name", label: "研修の名", type: "line", required: true },
      { name: "day", label: "実施日", type: "day", required: true },
      {
        name: "content",
        label: "内容",
        type: "text",
        required: true,
        help: "個人情報の取扱い、運用・セキュリティ対策、サイバーセキュリティ、特記事項の順守",
      },
      { name: "system", label: "実施体制（講師・責任者）", type: "line", required: true },
    ],
    shown: ["name", "day", "system"],
    due: "day",
    file: { label: "教材", help: "PDF・PowerPoint など" },
    note: { label: "受講の様子を書き足す", help: "欠席した人の補講の日など。" },
    close: {
      label: "実施を終えた",
      done: "研修を終えたと残しました。",
      fields: [{ name: "result", label: "結果と、次に直すこと", type: "text", required: true }],
    },
  },
  {
    ...{ code: "attendance", title: "研修の受講", group: "people", clause: "特記 第5条、基準3(3)" },
    purpose: "受講した人・日・確認テストの点。八割から合格で、合格した日から一年、個人情報を扱えます。",
    writers: ["supervisor", "manager", "privacy", "chief-privacy"],
    fields: [
      handler,
      { name: "course", label: "研修", type: "line-of", of: "course", required: true },
      { name: "day", label: "受講した日", type: "day", required: true },
      { name: "score", label: "確認テストの点（100点満点）", type: "number", required: true },
    ],
    shown: ["handler", "course", "score"],
  },
  {
    ...{
      code: "supervision",
      title: "毎月の監督",
      group: "people",
      clause: "特記 第3条5・第10条(3)、基準3(4)",
    },
    purpose: "総括保護管理者と保護管理者が、従業者の監督を月ごとに確かめて署名します。",
    writers: ["privacy", "chief-privacy"],
    fields: [
      { name: "month", label: "対象の月", type: "line", required: true, help: "例: 2025-08" },
      { name: "looked", label: "確かめたこと", type: "text", required: true },
      {
        name: "result",
        label: "結果",
        type: "choice",
        choices: { good: "問題なし", fix: "是正を求めた" },
        required: true,
      },
    ],
    shown: ["month", "result", "looked"],
  },
  {
    ...{
      code: "access-review",
      title: "アクセス権の見直し",
      group: "people",
      clause: "特記 第10条(5)、基準5(2)(3)(5)",
    },
    purpose: "三か月ごとに、だれが何を開けるかを見直します。表は「その日の権限」から。",
    writers: ["privacy", "chief-privacy"],
    fields: [
      { name: "asOf", label: "どの日の権限を見たか", type: "day", required: true },
      { name: "result", label: "見直しの結果（外した・減らした権限）", type: "text", required: true },
      { name: "next", label: "次の見直しの日", type: "day", required: true },
    ],
    shown: ["asOf", "result", "next"],
  },
];
