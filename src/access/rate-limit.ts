import { AppError } from "../base/error.ts";

/** 記憶に置く端末の数の上限。あふれたら、いちばん古いものを忘れる。 */
const MAX_KEYS = 10_000;

/** 一定の間に試せる回数を、端末ごとに数える。時刻はシステムの時計。 */
export interface RateLimit {
  /** 一回使う。尽きていれば TOO_MANY。 */
  spend(key: string, systemMs: number): void;
}

/** windowMs の間に limit 回まで。 */
export function rateLimit(limit: number, windowMs: number): RateLimit {
  const tries = new Map<string, number[]>();
  return {
    spend: (key, systemMs) => {
      const recent = (tries.get(key) ?? []).filter((at) => systemMs - at < windowMs && at <= systemMs);
      tries.delete(key);
      if (tries.size >= MAX_KEYS) tries.delete(tries.keys().next().value ?? "");
      if (recent.length >= limit) {
        tries.set(key, recent);
        throw new AppError(
          "TOO_MANY",
          "この端末から続けて試した回数が多すぎます。一分ほど待ってから、もう一度お試しください。",
        );
      }
      tries.set(key, [...recent, systemMs]);
    },
  };
}
