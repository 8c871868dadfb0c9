import type { Fault } from "../base/error.ts";
import { type Day, dayOf, type Instant, instantFromMs } from "../base/time.ts";
import { addDays } from "../japan/day.ts";

/** 起きたこと。lane は別紙1 6 の三つの連絡の道。 */
export const incidentKinds = {
  violation: { label: "規程・法令の違反の兆候", lane: "violation" },
  sign: { label: "漏えい等の兆候", lane: "leak" },
  leak: { label: "漏えい", lane: "client" },
  misdelivery: { label: "誤送付（別の方への発送・案内）", lane: "client" },
  loss: { label: "紛失・盗難", lane: "client" },
  disclosure: { label: "開示請求等の取次ぎ", lane: "client" },
} as const;
export type IncidentKind = keyof typeof incidentKinds;

export const laneLabels = {
  violation: "違反の兆候 → 保護管理者",
  leak: "漏えいの兆候 → 保護管理者・責任者",
  client: "委託者へ直ちに報告",
} as const;
export type Lane = keyof typeof laneLabels;

export type IncidentState = "open" | "reported" | "closed";
export const incidentStateLabels: Readonly<Record<IncidentState, string>> = {
  open: "対応中",
  reported: "報告した",
  closed: "終了",
};

/** 経過の一つ。 */
export const incidentSteps = {
  recorded: "兆候を記録した",
  told: "委託者に電話で知らせた",
  contained: "被害の広がりを止めた",
  frozen: "証拠を保全した（消去を止めた）",
  thawed: "証拠の保全を解いた",
  counted: "件数を記録から数えた",
  stated: "件数を現物などで確かめた",
  raised: "委託者への報告に上げた",
  instructed: "委託者の指示を受けた",
  obeyed: "指示のとおりにした",
  prevented: "原因と再発防止を決めた",
  relayed: "開示請求を委託者に取り次いだ",
  reported: "事故報告書を作った",
  closed: "対応を終えた",
} as const;
export type IncidentStep = keyof typeof incidentSteps;

/** 画面から残せる経過。 */
export const noteSteps = ["told", "contained", "instructed", "obeyed", "relayed"] as const;

export const incidentLimits = { place: 200, items: 2_000, situation: 4_000, note: 4_000 } as const;

/** 第16条: 直ちに書面で。特記事項に時間の定めはないので、契約の「直ちに」の長さで数える。 */
export function reportDue(noticedAt: Instant, hours: number): Instant {
  return instantFromMs(Date.parse(noticedAt) + hours * 3_600_000);
}

/** 市の側の期限（目安）。速報は知ってから3〜5日以内、確報は30日（不正の目的なら60日）以内。 */
export interface CityClock {
  firstFrom: Day;
  firstTo: Day;
  final: Day;
  /** 100人を超えると、市も個人情報保護委員会に報告する（規則43条4号）。 */
  large: boolean;
}

export function cityClock(noticedAt: Instant, improper: boolean, people: number | null): CityClock {
  const day = dayOf(noticedAt);
  return {
    firstFrom: addDays(day, 3),
    firstTo: addDays(day, 5),
    final: addDays(day, improper ? 60 : 30),
    large: people !== null && people > 100,
  };
}

export interface IncidentWords {
  place: string;
  items: string;
  situation: string;
}

/** 記録するときの直すところ。まだ分からないことは「不明」と書く。 */
export function incidentFaults(given: IncidentWords): Fault[] {
  const asks = { place: "発生場所", items: "個人情報の内容", situation: "発生状況" } as const;
  return (["place", "items", "situation"] as const).flatMap((field): Fault[] => {
    if (given[field].trim() === "")
      return [{ field, message: `${asks[field]}を書いてください。分からなければ「不明」と書きます。` }];
    if ([...given[field]].length > incidentLimits[field])
      return [{ field, message: `${incidentLimits[field]}字までで書いてください。` }];
    return [];
  });
}

/** 終えるのに足りないもの。なければ undefined。 */
export function whyNotClose(facts: {
  kind: IncidentKind;
  lane: Lane;
  state: IncidentState;
  frozen: boolean;
  reportFiled: boolean;
  prevented: boolean;
}): string | undefined {
  if (facts.state === "closed") return "もう終わっています。";
  if (facts.frozen) return "証拠の保全を解いてから終えてください。";
  if (facts.kind !== "disclosure" && !facts.prevented)
    return "原因と再発防止を書いてから終えてください（別紙1 6）。";
  if (facts.lane === "client" && !facts.reportFiled)
    return "委託者への報告（書面）を提出してから終えてください（特記事項 第16条）。";
  return undefined;
}
