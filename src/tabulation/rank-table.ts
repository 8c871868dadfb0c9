import type { CodedQuestion } from "./coded-question.ts";
import type { SampleDesign } from "./sample-design.ts";

/** 順位の設問の表。割合はどれも base が分母（count はウエイトつき、people は人数）。 */
export interface RankTable {
  /** 付けられた順位の数（1 位から places 位まで）。 */
  places: number;
  base: number;
  people: number;
  options: RankRow[];
}

export interface RankRow {
  code: string;
  label: string;
  /** 1 位、2 位…の数。 */
  counts: { count: number; people: number }[];
  /** どれかの順位に挙げた数。 */
  any: { count: number; people: number };
  /** 得点: 1 位を places 点、…、いちばん下を 1 点とし、挙げなければ 0 点とした、分母の一人あたりの平均。 */
  score: number;
}

/** 順位を数える。inside は分母に入る回答（1 か 0）。順位の設問でなければ undefined。 */
export function rankTable(
  { question, rank }: CodedQuestion,
  { weight }: Pick<SampleDesign, "weight">,
  inside: ArrayLike<number>,
): RankTable | undefined {
  if (question.type !== "rank" || !rank || rank.length === 0) return undefined;
  let [base, people, places] = [0, 0, 1];
  for (let row = 0; row < inside.length; row += 1) {
    if (inside[row] !== 1) continue;
    base += weight[row] as number;
    people += 1;
    for (const column of rank) places = Math.max(places, column[row] as number);
  }
  const options = question.options.map(({ code, label, short }, at): RankRow => {
    const counts = Array.from({ length: places }, () => ({ count: 0, people: 0 }));
    const any = { count: 0, people: 0 };
    let score = 0;
    for (let row = 0; row < inside.length; row += 1) {
      const place = rank[at]?.[row] ?? 0;
      if (inside[row] !== 1 || place === 0) continue;
      const w = weight[row] as number;
      for (const one of [counts[place - 1], any]) {
        if (!one) continue;
        one.count += w;
        one.people += 1;
      }
      score += w * (places + 1 - place);
    }
    return { code, label: short ?? label, counts, any, score: base > 0 ? score / base : 0 };
  });
  return { places, base, people, options };
}

/** 順位の名（「1位」「2位」…）。 */
export function rankPlaces({ places }: Pick<RankTable, "places">): string[] {
  return Array.from({ length: places }, (_, at) => `${at + 1}位`);
}

/** 得点の決め方の一文（表の下に刷る）。 */
export function rankRule({ places }: Pick<RankTable, "places">): string {
  return `得点は、1位を${places}点${places > 2 ? `、2位を${places - 1}点` : ""}${places > 1 ? `、${places}位を1点` : ""}、挙げなければ0点とした、一人あたりの平均。`;
}
