import type { EventKind } from "../base/event.ts";

/** 成果品の記録の種類。 */
export const deliveryEvents: EventKind[] = [
  { kind: "deliverable.registered", label: "成果品を登録した" },
  { kind: "deliverable.versioned", label: "新しい版を登録した" },
  { kind: "deliverable.submitted", label: "成果品を提出した" },
  { kind: "deliverable.inspected", label: "検査の結果を記録した" },
  { kind: "deliverable.accepted", label: "受領を記録した" },
  { kind: "deliverable.handed", label: "引き渡した" },
  { kind: "deliverable.opened", label: "成果品のファイルを取り出した" },
  { kind: "right.added", label: "権利を加えた" },
  { kind: "right.signed", label: "権利の確認を記録した" },
  { kind: "right.listed", label: "権利の一覧を書類にした" },
  { kind: "disclosure.listed", label: "公開請求のための一覧を書類にした" },
  { kind: "delivery.packed", label: "納品の一式をまとめた" },
  { kind: "delivery.taken", label: "納品の一式を取り出した" },
  { kind: "completion.previewed", label: "業務完了報告書を書き出した" },
];
