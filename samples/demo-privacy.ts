import type { Actor } from "../src/base/actor.ts";
import { answerFiling } from "../src/filings/answer-filing.ts";
import { draftFiling } from "../src/filings/draft-filing.ts";
import { findForm } from "../src/filings/filing-form.ts";
import { submitFiling } from "../src/filings/submit-filing.ts";
import { writeWordDocument } from "../src/office/word-document.ts";
import type { Office } from "../src/platform/office.ts";
import { enterLine } from "../src/privacy/enter-line.ts";
import { eligibleFilings } from "../src/privacy/list-lines.ts";
import { quizQuestions } from "../src/privacy/quiz.ts";
import { registerOf } from "../src/privacy/register.ts";
import { closeLine, noteLine, readLine } from "../src/privacy/step-line.ts";
import { takeQuiz } from "../src/privacy/take-quiz.ts";
import type { DemoClock } from "./demo-clock.ts";

interface PrivacyStaff {
  operators: readonly Actor[];
  supervisor: Actor;
  manager: Actor;
  privacy: Actor;
  client: Actor;
}

type Fields = Record<string, string>;
interface Desk {
  office: Office;
  staff: PrivacyStaff;
  at(moment: string): void;
  enter(
    register: string,
    fields: Fields,
    more?: { by?: Actor; filing?: string; paper?: string },
  ): Promise<string>;
}

/** 個人情報の帳簿: 全員の資格、区域と端末、預かりもの、受渡し、規程、監査と是正。人も番号も架空。 */
export async function fillPrivacy(office: Office, clock: DemoClock, staff: PrivacyStaff): Promise<void> {
  const desk: Desk = {
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
function paperOf(title: string): Uint8Array {
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
async function qualify({ office, staff, at, enter }: Desk): Promise<void> {
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

/** 様式を出し、委託者の承認を受ける。 */
async function approve(office: Office, staff: PrivacyStaff, code: string, fields: Fields): Promise<string> {
  const form = findForm(code);
  if (form === undefined) throw new Error(`no form ${code}`);
  const { id } = await draftFiling(office, staff.privacy, {
    ...{ kind: form.kind, form: code, title: form.title, clause: form.clause, body: "", fields },
  });
  await submitFiling(office, staff.privacy, id);
  await answerFiling(office, staff.client, id, { outcome: "approved", text: "" });
  return id;
}

async function placeAreas({ office, staff, at, enter }: Desk): Promise<void> {
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

async function fillShelf({ office, staff, at, enter }: Desk): Promise<void> {
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
    const id = await enter(
      "document",
      { kind, name, version, approved: "2025-06-20", approver: "総括保護管理者", review },
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

/** 預かったもの。一つは返す期限を過ぎている。 @returns 写しのもとになる預かりもの */
async function moveMaterials({ office, staff, at, enter }: Desk): Promise<string> {
  const { operators, supervisor, manager } = staff;
  const [operator = supervisor] = operators;
  at("07-07T10:00");
  const received = await enter(
    "handover",
    {
      direction: "in",
      items: "ＦＡＱの初版と講習会の日程表（個人情報を含まない）",
      quantity: "電子データ 2点",
      means: "手渡し（USB-01、暗号化）",
      day: "2025-07-07",
      time: "10:00",
      place: "デジタル企画課",
      hash: "",
    },
    { by: supervisor },
  );
  await closeLine(office, manager, received, {
    receiver: "受付センター SV",
    confirmed: "2点の名と大きさを一覧と合わせた",
  });
  const loan = await enter("loan", {
    name: "講習会の日程表（第一期から第三期）",
    personal: "no",
    received: "2025-07-07",
    quantity: "電子データ 1点、紙 1冊",
    holder: supervisor.id,
    storage: "事務室の耐火金庫 2段",
    due: "2026-02-27",
  });
  await enter("loan", {
    name: "前年度の問い合わせ記録（個人情報を含む）",
    personal: "yes",
    received: "2025-07-07",
    quantity: "紙 1冊（210件）",
    holder: supervisor.id,
    storage: "事務室の耐火金庫 1段",
    due: "2026-02-27",
  });
  const device = await enter("loan", {
    name: "説明用のスマートフォン",
    personal: "no",
    received: "2025-07-08",
    quantity: "2台",
    holder: operator.id,
    storage: "執務室のキャビネット",
    due: "2025-09-12",
  });
  at("08-04T09:30");
  await noteLine(office, staff.privacy, device, "金庫から出し、操作の説明の練習に使った。16時に戻した。");
  return loan;
}

/** 第一期のリストの受渡しと持出し、許諾のある写し、書き出しの許可、紙からの後入力。 */
async function carryMaterials({ office, staff, at, enter }: Desk, loan: string): Promise<void> {
  const { operators, supervisor, manager } = staff;
  const [operator = supervisor] = operators;
  at("07-25T16:10");
  const handed = await enter(
    "handover",
    {
      direction: "out",
      items: "予約者リスト（第一期）",
      quantity: "電子データ 1点",
      means: "手渡し（USB-01、暗号化）",
      day: "2025-07-25",
      time: "16:10",
      place: "デジタル企画課",
    },
    { by: supervisor },
  );
  await closeLine(office, manager, handed, {
    receiver: "デジタル企画課 係長",
    confirmed: "受領書 第1号。SHA-256 を読み合わせた",
  });
  const takeout = await approve(office, staff, "data-takeout-request", {
    items: "予約者リスト（第一期）1点",
    destination: "デジタル企画課",
    day: "2025-07-25",
    protection: "暗号化した USB を施錠した箱で、2人で運ぶ",
    returned: "2025-07-25",
    reason: "納品",
  });
  const out = await enter(
    "takeout",
    {
      items: "予約者リスト（第一期）1点",
      destination: "デジタル企画課",
      carrier: supervisor.id,
      box: "箱 B-1（ダイヤル錠）",
      tracking: "2人で手渡し、出発と到着を電話で報告",
      encryption: "AES-256（USB-01）",
      day: "2025-07-25",
      back: "2025-07-25",
    },
    { by: supervisor, filing: takeout },
  );
  await closeLine(office, manager, out, { arrived: "デジタル企画課 係長。封と錠に異状なし。" });
  at("09-04T13:00");
  const copying = await approve(office, staff, "copy-permission", {
    material: "講習会の日程表",
    copies: "紙 2部",
    reason: "席に置くため",
    disposal: "期の終わりに裁断",
  });
  await enter(
    "copy",
    { loan, copies: "2", reason: "2番席と3番席に置くため", holder: operator.id, due: "2025-10-31" },
    { by: supervisor, filing: copying },
  );
  at("07-08T09:00");
  await enter("export-permit", {
    purpose: "予約者リストの納品",
    what: "予約者リスト（Excel）",
    destination: "client",
    basis: "仕様書 9(2)、6(2)ク",
    from: "2025-07-08",
    until: "2026-02-28",
  });
  await enter("export-permit", {
    purpose: "受講通知書の印刷と発送",
    what: "はがきの印刷データ、あて名の一覧",
    destination: "inside",
    basis: "仕様書 6(4)",
    from: "2025-07-08",
    until: "2026-02-28",
  });
  at("09-11T10:30");
  const slip = await enter(
    "late-entry",
    {
      slip: "紙-001",
      day: "2025-09-11",
      time: "09:35",
      reason: "3番席の端末が再起動中だった",
      entered: "予約 2041",
    },
    { by: operator },
  );
  await closeLine(office, supervisor, slip, { disposal: "裁断。立会い SV" });
}

async function auditOffice({ office, staff, at, enter }: Desk): Promise<void> {
  const { supervisor, manager, privacy } = staff;
  at("09-02T10:00");
  const check = await enter("audit", {
    kind: "check",
    day: "2025-09-02",
    auditor: "受付センター SV",
    target: "執務室、印刷室、金庫、端末",
    next: "2025-10-02",
  });
  await closeLine(office, manager, check, { result: "間仕切りの隙間の1件を指摘した。" });
  const internal = await enter("audit", {
    kind: "internal",
    day: "2025-08-19",
    auditor: "本社 監査室",
    target: "名簿から消去の手順まで",
    next: "2026-08-19",
  });
  await closeLine(office, privacy, internal, { result: "指摘2件。ほかは基準に合っている。" });
  await enter("audit", {
    kind: "external",
    day: "2025-11-18",
    auditor: "架空認証機構",
    target: "ISMS の維持審査",
    next: "2026-11-18",
  });
  const log = await enter("finding", {
    audit: internal,
    content: "金庫の鍵の受渡しに記録がない。",
    weight: "minor",
    cause: "様式がなかった。",
    action: "鍵の受渡し簿を金庫の横に置く。",
    owner: supervisor.id,
    due: "2025-09-05",
  });
  await noteLine(office, privacy, log, "受渡し簿を置き、三日分の記録を確かめた。");
  at("09-04T16:00");
  await closeLine(office, manager, log, { verified: "9月1日から4日までの受渡し簿を見た。" });
  await enter("finding", {
    audit: check,
    content: "執務室の間仕切りの上に隙間がある。",
    weight: "minor",
    cause: "設置のときの寸法の違い。",
    action: "目隠しの板を足す。",
    owner: supervisor.id,
    due: "2025-09-30",
  });
}
