import type { WaveOption, WaveQuestion } from "./wave.ts";

/** 対応する選択肢がこの割合より少ない設問は、同じ設問とみない。 */
const LEAST_SHARED = 0.5;
/** 設問文・選択肢の似かた（二字ずつのダイス係数）の下限。 */
const NEAR_TEXT = 0.6;
const NEAR_LABEL = 0.75;

export interface OptionMatch {
  now: WaveOption;
  before: WaveOption;
  /** 言い回しが違う（同じとみたもの）。 */
  reworded: boolean;
}

/** 名の比べ方: 全角・空白・記号・頭の番号を除く。 */
function plain(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/^\s*\d{1,2}\s*[.:)、]\s*/, "")
    .replace(/[\s\p{P}\p{S}]/gu, "");
}

/** 二字ずつのダイス係数（0 から 1）。 */
export function likeness(a: string, b: string): number {
  const [x, y] = [plain(a), plain(b)];
  if (x === y) return x === "" ? 0 : 1;
  const grams = (text: string) =>
    Array.from({ length: Math.max(0, text.length - 1) }, (_, at) => text.slice(at, at + 2));
  const [first, second] = [grams(x), grams(y)];
  const left = new Map<string, number>();
  for (const one of first) left.set(one, (left.get(one) ?? 0) + 1);
  let shared = 0;
  for (const one of second) {
    const count = left.get(one) ?? 0;
    if (count > 0) shared += 1;
    left.set(one, count - 1);
  }
  return first.length + second.length === 0 ? 0 : (2 * shared) / (first.length + second.length);
}

/** 選択肢を名で結ぶ。同じ名を先に、残りは似た名を、一つずつ。 */
export function matchOptions(now: WaveQuestion, before: WaveQuestion): OptionMatch[] {
  const left = new Set(before.options);
  const made = new Map<WaveOption, OptionMatch>();
  for (const option of now.options) {
    const same = [...left].find(({ label }) => plain(label) === plain(option.label) && plain(label) !== "");
    if (!same) continue;
    left.delete(same);
    made.set(option, { now: option, before: same, reworded: false });
  }
  for (const option of now.options) {
    if (made.has(option)) continue;
    const [near] = [...left]
      .map((one) => ({ one, score: likeness(one.label, option.label) }))
      .toSorted((a, b) => b.score - a.score);
    if (!near || near.score < NEAR_LABEL) continue;
    left.delete(near.one);
    made.set(option, { now: option, before: near.one, reworded: true });
  }
  for (const option of now.options) {
    const sum = made.has(option) ? undefined : sumOf(now, option, made, before.n);
    if (sum) made.set(option, { now: option, before: sum, reworded: false });
  }
  return now.options.flatMap((option) => made.get(option) ?? []);
}

/** 一つだけ選ぶ設問のまとめ（満足（計）など）は、前回の対応する選択肢を足したものと比べる。 */
function sumOf(
  now: WaveQuestion,
  net: WaveOption,
  made: ReadonlyMap<WaveOption, OptionMatch>,
  n: number,
): WaveOption | undefined {
  const parts = net.parts?.map((code) => now.options.find((one) => one.code === code && one !== net)) ?? [];
  const own = parts.reduce((sum, one) => sum + (one?.percent ?? Number.NaN), 0);
  const pairs = parts.flatMap((one) => (one && made.get(one)?.before) || []);
  // 足して合わないものは、いくつでも選ぶ設問のまとめなので、前回の数からは出せない。
  if (parts.length === 0 || pairs.length < parts.length || Math.abs(own - net.percent) > 1e-6)
    return undefined;
  const percent = pairs.reduce((sum, one) => sum + one.percent, 0);
  const sampled = pairs.every(({ se }) => se !== undefined);
  const se = Math.sqrt(Math.max(0, percent * (100 - percent)) / Math.max(1, n - 1));
  return { code: net.code, label: net.label, percent, ...(sampled ? { se } : {}) };
}

/** 「問5」「Q5」「q05」は同じ番号。 */
function number(id: string): string {
  return id
    .normalize("NFKC")
    .toLowerCase()
    .replace(/^(?:問|設問|質問|q)\s*0*(?=\d)/, "q")
    .replace(/[\s_.-]/g, "-");
}

function isSame(now: WaveQuestion, before: WaveQuestion): boolean {
  if (now.options.length === 0 || before.options.length === 0)
    return (
      now.options.length === before.options.length && now.mean !== undefined && before.mean !== undefined
    );
  const shared = matchOptions(now, before).length;
  return shared / Math.min(now.options.length, before.options.length) > LEAST_SHARED;
}

/**
 * いまの設問ごとに、前回の設問を探す。設問文の似たものを先に、次に番号の同じもの。どちらも選択肢の半分より多くが
 * 対応することを求める。chosen は人の決めた対応（前回の id、対応しないなら空）。
 */
export function matchQuestions(
  now: readonly WaveQuestion[],
  before: readonly WaveQuestion[],
  chosen: Readonly<Record<string, string>> = {},
): Map<string, WaveQuestion> {
  const made = new Map<string, WaveQuestion>();
  const free = new Set(before);
  const take = (id: string, one: WaveQuestion | undefined) => {
    if (!one || !free.has(one)) return;
    free.delete(one);
    made.set(id, one);
  };
  for (const { id } of now)
    if (chosen[id])
      take(
        id,
        before.find((one) => one.id === chosen[id]),
      );
  const open = now.filter(({ id }) => !(id in chosen));
  const pairs = open.flatMap((one) =>
    before.map((old) => ({ one, old, score: likeness(one.text, old.text) })),
  );
  for (const { one, old, score } of pairs.toSorted((a, b) => b.score - a.score))
    if (score >= NEAR_TEXT && !made.has(one.id) && free.has(old) && isSame(one, old)) take(one.id, old);
  for (const one of open) {
    if (made.has(one.id)) continue;
    const old = before.find((each) => free.has(each) && number(each.id) === number(one.id));
    if (old && isSame(one, old)) take(one.id, old);
  }
  return made;
}
