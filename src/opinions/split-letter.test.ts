import fc from "fast-check";
import { expect, test } from "vitest";
import {
  letterPieces,
  type MarkedOpinion,
  markName,
  markRange,
  mergeOpinions,
  moveRange,
  opinionText,
  restLength,
  snapRange,
  without,
} from "./split-letter.ts";

const text = "いつもお世話になります。相談の場を増やしてください。紙も残してください。よろしく。";

test("範囲を意見にすると、残りは意見でない所として残り、切れ目をつなぐと原文に戻る", () => {
  const one = markRange([], text, [12, 25], "a") ?? [];
  const two = markRange(one, text, [25, 35], "b") ?? [];
  expect(two.map(({ ranges }) => opinionText(text, ranges))).toEqual(
    ["相談の場を増やしてください。", "紙も残してください。"].map((_, at) =>
      text.slice(
        ...([
          [12, 25],
          [25, 35],
        ][at] as [number, number]),
      ),
    ),
  );
  const pieces = letterPieces(text, two);
  expect(pieces.map(({ start, end }) => text.slice(start, end)).join("")).toBe(text);
  expect(pieces.map(({ mark }) => mark)).toEqual([undefined, 0, 1, undefined]);
  expect(restLength(text, two)).toBe(text.length - 23);
});

test("どんな手の続きでも、範囲は重ならず、原文は一字も失われず、一字も割れない", () => {
  const letter = fc.string({
    unit: fc.constantFrom("あ", "。", "\n", " ", "👨‍👩‍👧", "が", "葛󠄀", "😀", "A"),
    minLength: 1,
    maxLength: 40,
  });
  const step = fc.tuple(
    fc.constantFrom("mark", "move", "clear", "merge"),
    fc.nat(80),
    fc.nat(80),
    fc.nat(5),
    fc.nat(5),
  );
  fc.assert(
    fc.property(letter, fc.array(step, { maxLength: 12 }), (words, steps) => {
      let now: MarkedOpinion[] = [];
      for (const [at, [act, from, to, x, y]] of steps.entries()) {
        const [a, b] = [
          now[x % Math.max(1, now.length)]?.id ?? "",
          now[y % Math.max(1, now.length)]?.id ?? "",
        ];
        if (act === "mark") now = markRange(now, words, [from, to], `o${at}`) ?? now;
        if (act === "move") now = moveRange(now, words, [from, to], a) ?? now;
        if (act === "clear") {
          const range = snapRange(words, [from, to]);
          if (range) now = without(now, range);
        }
        if (act === "merge") now = mergeOpinions(now, a, b) ?? now;
        const all = now.flatMap(({ ranges }) => ranges).toSorted((p, q) => p[0] - q[0]);
        for (const [i, [start, end]] of all.entries()) {
          expect(end).toBeGreaterThan(start);
          if (i > 0) expect(start).toBeGreaterThanOrEqual(all[i - 1]?.[1] ?? 0);
          expect(/^[\udc00-\udfff]/.test(words.slice(start))).toBe(false);
        }
        const pieces = letterPieces(words, now);
        expect(pieces.map((one) => words.slice(one.start, one.end)).join("")).toBe(words);
      }
    }),
  );
});

test("絵文字・結合文字・異体字の途中で選んでも、一字として広がる", () => {
  const family = "👨‍👩‍👧";
  expect(snapRange(`a${family}b`, [3, 4])).toEqual([1, 1 + family.length]);
  expect(snapRange("葛󠄀城", [0, 1])).toEqual([0, 3]);
  expect(snapRange("   ", [0, 3])).toBeUndefined();
  expect([markName(0), markName(25), markName(26)]).toEqual(["A", "Z", "AA"]);
});
