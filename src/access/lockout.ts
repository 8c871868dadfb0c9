/*
 * 続けて違えたときの決まり（別紙1 5(8)）。いる人もいない人も同じに数えるので、答えから人の有無は分からない。
 * 五回目から少しずつ待ち、十回で三十分入れない。SV が早く入れるようにできる。
 */
export const MAX_TRIES = 10;
export const LOCK_MINUTES = 30;
const DELAY_FROM = 5;
const MAX_DELAY_MS = 16_000;

/** failed 回続けて違えたあと、次に試せるまでの長さ（ミリ秒）。 */
export function delayAfter(failed: number): number {
  if (failed < DELAY_FROM) return 0;
  return Math.min(MAX_DELAY_MS, 1000 * 2 ** (failed - DELAY_FROM));
}

/** あと何回試せるか。 */
export function triesLeft(failed: number): number {
  return Math.max(0, MAX_TRIES - failed);
}

/** 試せないときの答え。 */
export type Hindered =
  | { readonly kind: "locked"; readonly minutes: number }
  | { readonly kind: "wait"; readonly seconds: number };

/** 試せないときに言う文。 */
export function hinderedMessage(by: Hindered): string {
  return by.kind === "locked"
    ? `続けて違ったため、いまは入れません。あと${by.minutes}分たつと入れます。急ぐときはSVに、入れるようにしてもらってください。`
    : `続けて違ったため、あと${by.seconds}秒待ってから、もう一度お試しください。`;
}
