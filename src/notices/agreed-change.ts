import type { About } from "../base/about.ts";
import type { Day } from "../base/time.ts";

/** 委託者との協議が要る変更。答えがあるまで、いまのままで動く。 */
export type AgreedChange =
  /** 受講通知書を、まどぐちの標準のはがきにする（６(2)オ「別のフォーマット」）。 */
  | { kind: "own-card"; direction: "horizontal" | "vertical" }
  /** 発送の期間の終わりを変える（６(3)イ「短縮・延長」）。 */
  | { kind: "dispatch-window"; term: string; to: Day; reason: string };

/** open=下書きか返事を待つ、ready=答えがあり始められる、started=始めた。 */
export type AgreedState = "open" | "ready" | "started" | "withdrawn";
export const agreedStates: Record<AgreedState, string> = {
  open: "協議中（いまのまま）",
  ready: "回答がありました",
  started: "使っています",
  withdrawn: "取り下げ",
};

/** 協議の文書が指すもの。中身はここに書き切れるので、ほかの表は要らない。 */
export function agreedAbout(change: AgreedChange): About {
  const id = change.kind === "own-card" ? change.direction : `${change.term}.${change.to}`;
  return { room: "notices", kind: change.kind, id };
}

/** 協議の文書が指す変更。ほかの協議なら undefined。 */
export function readAgreed(about: About | undefined): AgreedChange | undefined {
  if (about?.room !== "notices") return undefined;
  if (about.kind === "own-card" && (about.id === "horizontal" || about.id === "vertical"))
    return { kind: "own-card", direction: about.id };
  const parts = /^(.+)\.(\d{4}-\d{2}-\d{2})$/.exec(about.kind === "dispatch-window" ? about.id : "");
  const [, term, to] = parts ?? [];
  return term && to ? { kind: "dispatch-window", term, to, reason: "" } : undefined;
}

/** 「標準のはがき（横書き）」「第二期の発送を10月6日まで」。 */
export function agreedWords(change: AgreedChange, label: (term: string) => string): string {
  return change.kind === "own-card"
    ? `標準のはがき（宛名は${directionWords[change.direction]}）にする`
    : `${label(change.term)}の発送を${change.to}までにする`;
}

export const directionWords = { horizontal: "横書き", vertical: "縦書き" } as const;
