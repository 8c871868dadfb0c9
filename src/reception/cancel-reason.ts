/** 取り消す理由。記録と集計には符号だけが残る。 */
export const cancelReasons = {
  schedule: "都合がつかなくなった",
  health: "体調がすぐれない",
  other: "ほかの講習会に変える",
  mistake: "申し込みの誤り",
  city: "市の変更・中止のため",
  untold: "理由は聞いていない",
} as const;
export type CancelReason = keyof typeof cancelReasons;

export function isCancelReason(text: string): text is CancelReason {
  return Object.hasOwn(cancelReasons, text);
}
