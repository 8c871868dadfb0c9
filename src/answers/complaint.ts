import { AppError, type Fault } from "../base/error.ts";

/** 記録 → SV の対応 → 責任者の確認 → 日次報告 → 終了。報告の状態は協議・届出が持つ。 */
export type ComplaintState = "recorded" | "handled" | "confirmed" | "closed";

export const complaintStateLabels: Record<ComplaintState, string> = {
  recorded: "SVの対応待ち",
  handled: "責任者の確認待ち",
  confirmed: "責任者が確認済み",
  closed: "終了",
};

/** emergency は、委託者側の職員による緊急対応が要るもの（仕様書６(9)ただし書）。 */
export const severities = {
  normal: "通常",
  serious: "重い",
  emergency: "緊急（委託者の職員の対応が要る）",
} as const;
export type Severity = keyof typeof severities;

export const complaintChannels = {
  phone: "電話",
  visit: "来所",
  letter: "手紙・ファクス",
  mail: "電子メール",
  client: "委託者を通じて",
} as const;
export type ComplaintChannel = keyof typeof complaintChannels;

export const complaintTopics = {
  line: "電話がつながらない",
  full: "満席・申込みの方法",
  manner: "応対のしかた",
  notice: "受講通知書",
  lesson: "講習会の内容・講師",
  venue: "会場・道順",
  privacy: "個人情報",
  other: "そのほか",
} as const;
export type ComplaintTopic = keyof typeof complaintTopics;

/** 日次報告（協議・届出）のいま。accepted は委託者が受理したもの。 */
export type ReportState = "none" | "draft" | "waiting" | "accepted" | "returned";
export const reportLabels: Record<ReportState, string> = {
  none: "まだ",
  draft: "下書き",
  waiting: "受理待ち",
  accepted: "受理",
  returned: "差戻し",
};

/** 協議・届出の状態から、報告のいま。取り下げたものは、ないのと同じ。 */
export function reportStateOf(filing: string | undefined): ReportState {
  switch (filing) {
    case "draft":
      return "draft";
    case "submitted":
      return "waiting";
    case "received":
      return "accepted";
    case "returned":
      return "returned";
    default:
      return "none";
  }
}

/** 進めてよいかを決める事実。 */
export interface ComplaintFacts {
  state: ComplaintState;
  severity: Severity;
  /** 委託者へ電話で連絡したか。 */
  called: boolean;
  report: ReportState;
}

export type ComplaintAct = "handle" | "confirm" | "call" | "report" | "close";

const actLabels: Record<ComplaintAct, string> = {
  handle: "対応の記録",
  confirm: "責任者の確認",
  call: "電話連絡の記録",
  report: "日次報告の提出",
  close: "終了",
};

/** できない理由。できるなら undefined。報告のないクレームは、どうしても終えられない。 */
export function whyNot(act: ComplaintAct, facts: ComplaintFacts): string | undefined {
  const { state, severity, called, report } = facts;
  if (state === "closed") return "もう終わっています。";
  switch (act) {
    case "handle":
      return state === "confirmed" ? "責任者がもう確認しています。" : undefined;
    case "confirm":
      return state === "recorded"
        ? "SV の対応がまだ記録されていません。"
        : state === "confirmed"
          ? "責任者がもう確認しています。"
          : undefined;
    case "call":
      return undefined;
    case "report":
      if (state !== "confirmed") return "責任者の確認がまだです。";
      if (report === "waiting") return "日次報告は提出済みで、委託者の受理を待っています。";
      return report === "accepted" ? "日次報告は受理されています。" : undefined;
    case "close":
      if (state !== "confirmed") return "責任者の確認がまだです。";
      if (severity === "emergency" && !called) return "委託者への緊急の電話連絡が記録されていません。";
      return report === "accepted" ? undefined : "日次報告が委託者に受理されていません。";
  }
}

export function refuseComplaintAct(act: ComplaintAct, facts: ComplaintFacts): void {
  const reason = whyNot(act, facts);
  if (reason === undefined) return;
  throw new AppError("REFUSED", `${reason}${actLabels[act]}はできません。画面を開き直してご確認ください。`);
}

export const complaintLimits = { content: 4_000, response: 4_000, prevention: 2_000, note: 1_000 } as const;

/** 文の欄の直すところ。must の欄は空にできない。 */
export function textFaults(
  given: Readonly<Record<string, string>>,
  rules: Readonly<Record<string, { limit: number; must?: string }>>,
): Fault[] {
  return Object.entries(rules).flatMap(([field, { limit, must }]) => {
    const text = (given[field] ?? "").trim();
    if (must !== undefined && text === "") return [{ field, message: must }];
    return [...text].length > limit ? [{ field, message: `${limit}字までで書いてください。` }] : [];
  });
}
