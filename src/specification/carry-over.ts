import type { Obligation } from "../terms/obligation.ts";
import type { DraftDuty } from "./draft-duty.ts";

/** 引き継ぐ元: 前の設計図の義務と、その名。 */
export interface KnownDuty {
  source: string;
  duty: Obligation;
}

const ENOUGH = 0.82;

/**
 * 前の設計図と同じ（近い）文の義務から、生じる時・期限・果たした記録・性質を引き継ぐ。
 * 一つの義務は一度だけ使う。文が同じものを先に、次に二文字ずつの重なりが 82 % 以上のものを。
 */
export function carryOver(duties: readonly DraftDuty[], known: readonly KnownDuty[]): DraftDuty[] {
  const left = new Set(known);
  const byText = groupBy(known, (one) => solid(one.duty.quote));
  const taken = new Map<DraftDuty, KnownDuty>();
  for (const duty of duties) {
    const same = (byText.get(solid(duty.quote)) ?? []).filter((one) => left.has(one));
    const found = same.find((one) => one.duty.verb === duty.verb) ?? same[0];
    if (found) take(duty, found);
  }
  const rest = [...left].map((one) => ({ one, grams: bigrams(solid(one.duty.quote)) }));
  for (const duty of duties) {
    if (taken.has(duty)) continue;
    const grams = bigrams(solid(duty.quote));
    let best: { one: KnownDuty; score: number } | undefined;
    for (const candidate of rest) {
      if (!left.has(candidate.one) || !near(grams.size, candidate.grams.size)) continue;
      const bonus = candidate.one.duty.verb === duty.verb ? 0.03 : 0;
      const score = overlap(grams, candidate.grams) + bonus;
      if (score >= ENOUGH && (best === undefined || score > best.score)) best = { one: candidate.one, score };
    }
    if (best) take(duty, best.one);
  }
  return duties.map((duty) => {
    const found = taken.get(duty);
    return found ? merge(duty, found) : duty;
  });

  function take(duty: DraftDuty, found: KnownDuty): void {
    taken.set(duty, found);
    left.delete(found);
  }
}

function merge(duty: DraftDuty, { source, duty: known }: KnownDuty): DraftDuty {
  const review = known.review && "months" in known.review ? known.review.months : undefined;
  // 日付の期限は、契約ごとに違う。言葉から読んだ日を使う。
  const dated = typeof known.due.rule === "object" && "date" in known.due.rule;
  const whenDated = known.when.some((one) => "date" in one);
  return {
    ...duty,
    id: known.id.split(".").at(-1) ?? known.id,
    nature: known.nature,
    object: known.object === "" ? duty.object : known.object,
    verb: known.verb,
    to: known.to ?? duty.to,
    format: duty.format === "" ? (known.format ?? "") : duty.format,
    when: whenDated ? duty.when : known.when,
    due: {
      ...duty.due,
      rule: dated ? duty.due.rule : known.due.rule,
      closedDay: known.due.closedDay,
    },
    done: known.done,
    reviewMonths: review,
    rest: {
      ...(known.blocks.length > 0 ? { blocks: known.blocks } : {}),
      ...(known.outlives ? { outlives: true } : {}),
      ...(known.onEnd ? { onEnd: true } : {}),
      ...(known.form === undefined ? {} : { form: known.form }),
      ...(known.note === undefined ? {} : { note: known.note }),
    },
    ...(solid(duty.quote) === solid(known.quote) ? {} : { before: known.quote }),
    origin: "carried",
    source,
  };
}

/**
 * 前の設計図にあって、その文がこの仕様書のどこにもない義務を言う文。半分より多くの文が残る設計図だけ
 * （よその、たまたま似た設計図からは言わない）。準用した文書の義務は、仕様書に書かれないので数えない。
 */
export function missingWords(
  duties: readonly DraftDuty[],
  known: readonly KnownDuty[],
  text: string,
): string[] {
  const whole = solid(text);
  const own = known.filter(({ duty }) => !duty.id.includes("."));
  return [...groupBy(own, (one) => one.source)].flatMap(([source, all]) => {
    const taken = new Set(
      duties.filter((one) => one.origin === "carried" && one.source === source).map((one) => one.id),
    );
    const left = all.filter(({ duty }) => !taken.has(duty.id) && !whole.includes(solid(duty.quote)));
    if (left.length === 0 || left.length * 2 >= all.length) return [];
    const named = left.slice(0, 8).map(({ duty }) => `${duty.object}（${duty.verb}）`);
    const more = left.length > 8 ? `、ほか ${left.length - 8} 件` : "";
    return [
      `前の設計図（${source}）の義務のうち ${left.length} 件は、この仕様書に見つかりません: ${named.join("、")}${more}`,
    ];
  });
}

/** 空白と、全角・半角の違いを除いた文。 */
export function solid(text: string): string {
  return text.normalize("NFKC").replace(/\s/g, "");
}

/** 二文字ずつの集まり。 */
export function bigrams(text: string): Set<string> {
  const out = new Set<string>();
  for (let at = 0; at + 1 < text.length; at++) out.add(text.slice(at, at + 2));
  return out;
}

function near(a: number, b: number): boolean {
  return Math.min(a, b) >= Math.max(a, b) * 0.65;
}

/** 二つの集まりの重なり（Dice、0 から 1）。 */
export function overlap(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  if (a.size + b.size === 0) return 1;
  const [small, large] = a.size < b.size ? [a, b] : [b, a];
  let both = 0;
  for (const one of small) if (large.has(one)) both += 1;
  return (2 * both) / (a.size + b.size);
}

function groupBy<T>(items: readonly T[], key: (one: T) => string): Map<string, T[]> {
  const out = new Map<string, T[]>();
  for (const one of items) out.set(key(one), [...(out.get(key(one)) ?? []), one]);
  return out;
}
