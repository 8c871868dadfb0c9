import { createHash } from "node:crypto";

/** 抜き取りの件数の上限と、はじめの件数。 */
export const SAMPLE_MOST = 50;
export const SAMPLE_USUAL = 5;

/**
 * 種の言葉と id のハッシュの小さい順に count 件。同じ種と同じ母集団なら、だれが引いても同じ。
 * 種は監査の人が選ぶので、受託者が都合のよいものを出せない。
 */
export function pickSample(ids: readonly string[], seed: string, count: number): string[] {
  const rank = (id: string) => createHash("sha256").update(`${seed}\n${id}`).digest("hex");
  return [...new Set(ids)]
    .map((id) => ({ id, rank: rank(id) }))
    .sort((a, b) => (a.rank < b.rank ? -1 : 1))
    .slice(0, count)
    .map(({ id }) => id);
}
