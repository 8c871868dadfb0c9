import type { Actor } from "../src/base/actor.ts";
import { writeWordDocument } from "../src/office/word-document.ts";
import type { Office } from "../src/platform/office.ts";
import { enterLine } from "../src/privacy/enter-line.ts";
import { eligibleFilings } from "../src/privacy/list-lines.ts";
import { quizQuestions } from "../src/privacy/quiz.ts";
import { registerOf } from "../src/privacy/register.ts";
import { closeLine, readLine } from "../src/privacy/step-line.ts";
import { takeQuiz } from "../src/privacy/take-quiz.ts";
import type { DemoClock } from "./demo-clock.ts";
import { auditOffice, carryMaterials, moveMaterials } from "./demo-material.ts";
import { approve, type PrivacyDesk, type PrivacyStaff } from "./privacy-desk.ts";

/** 個人情報の帳簿: 全員の資格、区域と端末、預かりもの、受渡し、規程、監査と是正。人も番号も架空。 */
export async function fillPrivacy(office: Office, clock: DemoClock, staff: PrivacyStaff): Promise<void> {
  const desk: PrivacyDesk = {
    office,
    staff,
    at: (moment) => clock.set(`2025-${moment}:00`),
    enter: async (register, fields, { by = staff.privacy, filing, paper } = {}) => {
      const file = paper === undefined ? undefined : { fileName: "paper.docx", bytes: paperOf(paper) };
      return (await enterLine(office, by, { register, fields, filing, file })).id;
    },
  };
  await qualify(desk);
  await placeAreas(desk);
  await fillShelf(desk);
  await carryMaterials(desk, await moveMaterials(desk));
  await auditOffice(desk);
}

/** 見本の書類（Word）。 */
export function paperOf(title: string): Uint8Array {
  return writeWordDocument({
    ...{ title, author: "講習会受付センター", created: "2025-06-20T01:00:00Z", footer: "見本（架空の内容）" },
    blocks: [
      { kind: "title", text: title },
      { kind: "paragraph", text: "この書類は、デモのための見本です。" },
    ],
  });
}

async function filedFor(office: Office, contract: string, code: string, form: string): Promise<string> {
  const prior = { form, need: "submitted", why: "" } as const;
  const [one] = await eligibleFilings(office, contract, registerOf(code), prior);
  if (one === undefined) throw new Error(`the demo has no ${form}`);
  return one.id;
}

/** 名簿、誓約書、研修。全員の資格をそろえる。 */
async function qualify({ office, staff, at, enter }: PrivacyDesk): Promise<void> {
  const { operators, supervisor, manager, privacy } = staff;
  const filing = await filedFor(office, privacy.contract, "handler", "handler-list");
  at("07-01T10:00");
  const course = await enter(
    "course",
    {
      ...{ name: "着任前の研修（個人情報と情報セキュリティ）", day: "2025-07-03" },
      content: "特記事項の順守、運用・管理・セキュリティ対策、サイバーセキュリティ、事故のときの連絡",
      system: "講師 保護管理者、責任者 業務責任者",
    },
    { paper: "着任前の研修　教材" },
  );
  const work: readonly [Actor, string, string][] = [
    [manager, "業務の統括、委託者との連絡", "予約者リストと報告に要る範囲"],
    [supervisor, "OP の支援、受講通知書の発送の承認", "申し込んだ方の氏名・住所・電話・配慮事項"],
    [privacy, "保護管理、消去と監査", "閲覧の記録。内容は理由のあるときだけ"],
    ...operators.map((one): [Actor, string, string] => [
      one,
      "電話の受付と予約",
      "申し込んだ方の氏名・住所・電話・配慮事項",
    ]),
  ];
  for (const [actor, text, scope] of work) {
    const employment = actor === operators[1] ? "contract" : "regular";
    const flowdown =
      employment === "regular" ? {} : { flowdown: "雇用契約に特記事項の順守を定め、誓約書に写しを添えた。" };
    await enter(
      "handler",
      { handler: actor.id, employment, work: text, scope, from: "2025-07-01", ...flowdown },
      { filing },
    );
    await enter(
      "pledge",
      { handler: actor.id, signed: "2025-07-01", place: "事務室の耐火金庫 1段" },
      { paper: "秘密保持に関する誓約書" },
    );
  }
  for (const [post, actor] of [
    ["manager", privacy],
    ["chief", manager],
  ] as const) {
    const first = post === "manager";
    const change = first
      ? filing
      : await approve(office, staff, "privacy-manager-change", {
          before: "（置いていません）",
          after: "業務責任者が総括を兼ねる",
          from: "2025-07-01",
          reason: "規程の改正",
        });
    await enter(
      "officer",
      { handler: actor.id, post, from: "2025-07-01", written: "個人情報取扱規程 第5条" },
      { filing: change },
    );
  }
  at("07-03T16:00");
  for (const [actor] of work) {
    const wrong = actor === operators[0] ? 4 : -1;
    await takeQuiz(office, actor, {
      course,
      answers: quizQuestions.map(({ answer }, n) => (n === wrong ? !answer : answer)),
    });
  }
  await closeLine(office, supervisor, course, {
    result: "全員合格。問い5（まず報告）の誤りを朝礼で取り上げた。",
  });
  at("09-01T10:00");
  await enter("course", {
    ...{ name: "第二期の前の研修（誤送付の防止）", day: "2025-09-26" },
    ...{ content: "誤送付の事例、返戻の扱い、画面ののぞき見", system: "講師 SV、責任者 保護管理者" },
  });
  for (const [day, month] of [
    ["08-01", "2025-07"],
    ["09-01", "2025-08"],
  ] as const) {
    at(`${day}T17:00`);
    await enter("supervision", {
      month,
      looked: "閲覧の記録、席の後始末、入退室簿、持出しの記録",
      result: "good",
    });
  }
  at("07-10T16:00");
  await enter("access-review", {
    asOf: "2025-07-10",
    result: "全員の役割が体制表と合うことを確かめた。外したものはない。",
    next: "2025-10-10",
  });
}

async function placeAreas({ office, staff, at, enter }: PrivacyDesk): Promise<void> {
  const { supervisor, privacy } = staff;
  at("07-02T10:00");
  const lock = "IC カードの錠、警報、入口の監視カメラ";
  const authentication = "IC カードと暗証。暗証は本人だけが知り、入力は見えない向きにする";
  const area = await enter(
    "area",
    {
      name: "執務室",
      place: "受付センター 3階 執務室",
      wall: "床から天井までの間仕切り",
      lock,
      entrants: "名簿の従業者の全員",
      authentication,
    },
    { filing: await filedFor(office, privacy.contract, "area", "area-report"), paper: "執務室の図面" },
  );
  at("09-03T10:00");
  await enter(
    "area",
    {
      name: "印刷室",
      place: "受付センター 3階 印刷室",
      wall: "壁",
      lock,
      entrants: "SV と保護管理者",
      authentication,
    },
    { filing: await filedFor(office, privacy.contract, "area", "area-change"), paper: "印刷室の図面" },
  );
  at("07-02T11:00");
  for (const [name, users] of [
    ["サーバー SRV-01", "保護管理者"],
    ["端末 PC-01（1番席）", "SV"],
    ["端末 PC-02（2番席）", "OP"],
    ["端末 PC-03（3番席）", "OP"],
  ] as const)
    await enter("terminal", {
      name,
      area,
      users,
      network: "office",
      protection: "定義ファイルは毎朝、媒体の口はふさぎ、OS でも止めている",
    });
  await enter("media", {
    name: "USB-01（委託者へ渡す専用）",
    use: "予約者リストの納品",
    encrypted: "yes",
    storage: "事務室の耐火金庫 2段",
  });
  at("09-01T09:10");
  const clean = await enter(
    "entry",
    {
      area,
      who: "清掃会社の作業員（1名）",
      kind: "visitor",
      purpose: "床の清掃",
      day: "2025-09-01",
      in: "09:10",
      badge: "V-03",
      attendant: "SV",
    },
    { by: supervisor },
  );
  at("09-01T09:40");
  await closeLine(office, supervisor, clean, { out: "09:40" });
  at("09-17T13:20");
  await enter(
    "entry",
    {
      area,
      who: "電話機の保守員（1名）",
      kind: "visitor",
      purpose: "3番席の電話機の交換",
      day: "2025-09-17",
      in: "13:20",
      badge: "V-01",
      attendant: "SV",
    },
    { by: supervisor },
  );
  at("09-02T09:30");
  const checks = [
    ["lock", "good", "扉2か所の錠、閉まることを確かめた。"],
    ["camera", "good", "入口のカメラ、録画30日分を確かめた。"],
    ["virus", "good", "4台とも定義ファイルは9月2日付け。"],
    ["safe", "good", "耐火金庫の施錠、鍵の保管者を確かめた。"],
    ["wall", "bad", "間仕切りの上に5センチの隙間がある。"],
  ] as const;
  for (const [item, result, found] of checks) {
    await enter("inspection", { item, day: "2025-09-02", result, found }, { by: supervisor });
  }
}

async function fillShelf({ office, staff, at, enter }: PrivacyDesk): Promise<void> {
  const { operators, supervisor, manager, privacy } = staff;
  at("07-02T14:00");
  const shelf = [
    ["policy", "個人情報保護の基本方針", "2.0"],
    ["rule", "個人情報取扱規程（四つの安全管理措置）", "3.1"],
    ["procedure", "申込受付と受講通知書の取扱手順", "1.2"],
    ["change", "保護管理者・従業者の変更手続", "1.0"],
    ["report", "定期報告・緊急時報告の手順", "1.1"],
    ["emergency", "緊急時対応計画", "1.3"],
    ["contacts", "事件・事故の連絡体制図（違反の兆候・漏えいの兆候・委託者への報告）", "1.0"],
    ["organisation", "個人情報の管理体制", "1.0"],
    ["employment", "就業規則（抜粋: 秘密の保持）", "2025-04"],
    ["scope", "事務・個人情報の範囲・従業者の台帳", "1.1"],
    ["law", "個人情報保護法・事務対応ガイド（4-3-1）・市のセキュリティポリシー", "2025-04"],
  ] as const;
  for (const [kind, name, version] of shelf) {
    const review = kind === "report" ? "2025-09-10" : "2026-06-30";
    const four = { organisational: "yes", human: "yes", physical: "yes", technical: "yes" };
    const id = await enter(
      "document",
      {
        kind,
        name,
        version,
        approved: "2025-06-20",
        approver: "総括保護管理者",
        review,
        ...(kind === "rule" && four),
      },
      { paper: name },
    );
    for (const actor of [manager, privacy, supervisor, ...operators])
      if (kind !== "emergency" || actor !== operators[1]) await readLine(office, actor, id);
  }
  await enter(
    "certificate",
    {
      standard: "iso27001-2013",
      number: "IS 000000",
      body: "架空認証機構",
      scope: "受付センターの運営",
      from: "2022-11-01",
      until: "2025-10-31",
    },
    { paper: "ISMS 登録証の写し" },
  );
  await enter(
    "certificate",
    {
      standard: "jisq15001-2023",
      number: "00000000(01)",
      body: "架空推進協会",
      scope: "全社",
      from: "2025-01-15",
      until: "2027-01-14",
    },
    { paper: "プライバシーマーク登録証の写し" },
  );
}
