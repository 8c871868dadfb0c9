import { closeLine, noteLine } from "../src/privacy/step-line.ts";
import { approve, type PrivacyDesk } from "./privacy-desk.ts";

/** 預かったもの。一つは返す期限を過ぎている。 @returns 写しのもとになる預かりもの */
export async function moveMaterials({ office, staff, at, enter }: PrivacyDesk): Promise<string> {
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
export async function carryMaterials({ office, staff, at, enter }: PrivacyDesk, loan: string): Promise<void> {
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

export async function auditOffice({ office, staff, at, enter }: PrivacyDesk): Promise<void> {
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
