import type { EventKind } from "../base/event.ts";

/** 消去・事故・月次報告の記録の種類。`keys.destroyed` の payload の keys は、壊した鍵の id（控えを戻すときの墓標）。 */
export const erasureEvents: EventKind[] = [
  { kind: "erasure.searched", label: "申し出た方のものを探した" },
  { kind: "erasure.planned", label: "消去の範囲を決めた" },
  { kind: "erasure.requested", label: "消去の申請の下書きを作った" },
  { kind: "erasure.cancelled", label: "消去を取りやめた" },
  { kind: "erasure.intended", label: "消去を始めた" },
  { kind: "keys.destroyed", label: "鍵を壊した" },
  { kind: "erasure.scrubbed", label: "消去のあとを確かめた" },
  { kind: "erasure.copy-accounted", label: "控えの始末を残した" },
  { kind: "erasure.certified", label: "消去の証明書を作った" },
  { kind: "erasure.reported", label: "消去の報告の下書きを作った" },
  { kind: "privacy-incident.recorded", label: "事故（兆候）を記録した" },
  { kind: "privacy-incident.stated", label: "関わる件数を現物などで確かめた" },
  { kind: "privacy-incident.counted", label: "関わる件数を記録から数えた" },
  { kind: "privacy-incident.step", label: "事故の対応を進めた" },
  { kind: "privacy-incident.reported", label: "事故の報告の下書きを作った" },
  { kind: "privacy-incident.closed", label: "事故の対応を終えた" },
  { kind: "privacy-month.prepared", label: "月次報告の下書きを作った" },
  { kind: "privacy-month.filled", label: "委託者の様式に差し込んだ" },
  { kind: "privacy-month.template-kept", label: "委託者の様式１を置いた" },
  { kind: "privacy-month.template-mapped", label: "様式１の欄に当てる値を替えた" },
  { kind: "privacy-drill.run", label: "情報流出の訓練をした" },
];
