import type { EventKind } from "../base/event.ts";

/** 従業者の入り口の記録（別紙1 5(3) 利用状況の記録）。 */
export const accountEvents: EventKind[] = [
  { kind: "account.created", label: "従業者を登録した" },
  { kind: "account.roles-changed", label: "役割を変えた" },
  { kind: "account.password-changed", label: "パスワードを変えた" },
  { kind: "account.password-reset", label: "パスワードを仮のものに戻した" },
  { kind: "account.factor-added", label: "第二の要素を登録した" },
  { kind: "account.factor-removed", label: "第二の要素を外した" },
  { kind: "account.unlocked", label: "入れなくなった人を入れるようにした" },
  { kind: "account.disabled", label: "従業者を使えなくした" },
  { kind: "account.enabled", label: "従業者を使えるようにした" },
  { kind: "account.seated", label: "着席した" },
  { kind: "account.left", label: "退席した" },
  { kind: "account.refused", label: "着席を断った" },
  { kind: "account.stepped-up", label: "本人であることを確かめ直した" },
  { kind: "account.moved", label: "業務（契約）を替えた" },
  { kind: "session.locked", label: "操作がないので画面を閉じた" },
  { kind: "session.resumed", label: "閉じた画面を開いた" },
];
