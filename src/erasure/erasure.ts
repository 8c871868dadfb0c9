import type { Day } from "../base/time.ts";
import type { PersonPick } from "./person-holder.ts";

/** planned=範囲を決めた、intended=始めた、destroyed=鍵を壊した、scrubbed=跡を確かめた、cancelled=取りやめ。 */
export type ErasureState = "planned" | "intended" | "destroyed" | "scrubbed" | "cancelled";

/** people=申出のあった方、period=期間（期）、contract=契約の終わり（残すものを除く全部）。 */
export type ErasureScope = "people" | "period" | "contract";

export const scopeLabels: Readonly<Record<ErasureScope, string>> = {
  people: "申出のあった方",
  period: "期間（期ごと）",
  contract: "業務の終わり（全部）",
};

/** 範囲。 */
export type Selection =
  | { scope: "people"; numbers: readonly number[]; picks?: readonly PersonPick[] }
  | { scope: "period"; from: Day; to: Day; label: string }
  | { scope: "contract" };

/** 一つの表で消えるもの。 */
export interface PlaceCount {
  table: string;
  label: string;
  columns: string;
  keys: number;
  rows: number;
}

/** 承諾の様子。 */
export type Consent = "none" | "draft" | "waiting" | "given" | "refused";

export interface ErasureFacts {
  state: ErasureState;
  consent: Consent;
  /** 証拠の保全（事故）で止まっている。 */
  frozen: boolean;
  plannedDay: Day;
  today: Day;
  /** 始末のついていない控えの数。 */
  openCopies: number;
  /** 消したことの記録がまだない、会議の録音の数（事務所の外の媒体）。 */
  openRecordings: number;
  /** 委託者が立会いを求め、まだ立会いの記録がない。 */
  witnessMissing: boolean;
}

export type ErasureAct = "request" | "witness" | "cancel" | "run" | "resume" | "account" | "report";

/**
 * その行いを、いまできるか。できなければ理由（画面と断りの文）。
 * 承諾なしに run はできず、一度始めたもの（intended から）は取りやめられない。
 */
export function whyNot(act: ErasureAct, facts: ErasureFacts): string | undefined {
  const { state, consent } = facts;
  const started = state !== "planned" && state !== "cancelled";
  switch (act) {
    case "request":
      if (state !== "planned") return "もう申請の段階ではありません。";
      return consent === "none" || consent === "refused" ? undefined : "申請はもう作ってあります。";
    case "witness":
      return state === "planned" ? undefined : "消去を始める前に決めることです。";
    case "cancel":
      return started
        ? "始めた消去は取りやめられません。"
        : state === "cancelled"
          ? "もう取りやめました。"
          : undefined;
    case "run":
      return whyNotRun(facts);
    case "resume":
      return state === "intended" || state === "destroyed" ? undefined : "途中の消去ではありません。";
    case "account":
      return state === "scrubbed" ? undefined : "鍵を壊し、跡を確かめてから、控えの始末を残してください。";
    case "report":
      return state === "scrubbed" ? undefined : "消去が済んでから報告してください。";
  }
}

function whyNotRun(facts: ErasureFacts): string | undefined {
  if (facts.state === "cancelled") return "取りやめた消去です。";
  if (facts.state !== "planned") return "もう始まっています。";
  if (facts.consent !== "given")
    return "委託者の承諾がありません（特記事項 第13条2）。申請への承諾が書面で届くまで、消去はできません。";
  if (facts.frozen)
    return "事故の証拠を保全しているので、消去は止まっています。事故の画面で保全を解いてから行ってください。";
  if (facts.today < facts.plannedDay) return "承諾された処理予定日がまだ来ていません。";
  if (facts.witnessMissing)
    return "委託者が立会いを求めています（特記事項 第13条3）。立ち会う方を記録してから行ってください。";
  return undefined;
}

/** 画面での一言。 */
export function stateText(
  facts: Pick<ErasureFacts, "state" | "consent" | "openCopies" | "openRecordings">,
): string {
  if (facts.state === "planned")
    return {
      none: "申請前",
      draft: "申請の下書き",
      waiting: "承諾待ち",
      given: "承諾あり",
      refused: "承諾されず",
    }[facts.consent];
  if (facts.state === "cancelled") return "取りやめ";
  if (facts.state === "intended" || facts.state === "destroyed") return "消去の途中";
  const open = [
    ...(facts.openCopies > 0 ? [`控え${facts.openCopies}`] : []),
    ...(facts.openRecordings > 0 ? [`録音${facts.openRecordings}`] : []),
  ];
  return open.length > 0 ? `未完（${open.join("・")}）` : "完了";
}

/** 消し終え、控えも録音も残っていない。 */
export function isComplete(facts: Pick<ErasureFacts, "state" | "openCopies" | "openRecordings">): boolean {
  return facts.state === "scrubbed" && facts.openCopies === 0 && facts.openRecordings === 0;
}

/** 控えの始末のしかた。 */
export const copyHows = {
  destroyed: "控えの媒体を壊した・消した",
  "keys-destroyed": "鍵の控えだけを消した（本体の控えは読めない）",
  replaced: "消去のあとの控えで上書きした",
  returned: "委託者に引き渡した",
} as const;
export type CopyHow = keyof typeof copyHows;

/** 消去の方法として申請に書く文。 */
export const methodText =
  "対象の方・文書ごとの暗号鍵（AES-256）を鍵の保管庫から壊し、照合値と記憶の中の索引を除き、封じた列を空にし、データベースのファイルを詰め直して跡を消した後、残っていないことを探して確かめます。控え（バックアップ）は、組ごとに始末を記録します。";
