import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { readCodebook } from "../tabulation/codebook.ts";
import { codeAnswers } from "../tabulation/coded-answer.ts";
import { readDesign } from "../tabulation/sample-design.ts";
import { readSurveyData } from "../tabulation/survey-data.ts";
import { compareWaves } from "./compare-waves.ts";
import { type WaveQuestion, type WaveTables, waveOf } from "./wave.ts";
import { differenceOf, percentOf, waveFinding, waveNote } from "./wave-words.ts";

const book = `
questions:
  - { id: awards, text: 表彰, type: sa, options: { "No": いいえ, "Yes": はい } }
  - { id: comp.imp, text: 改善, type: sa, options: { "No": いいえ, "Yes": はい } }
  - { id: api00, text: 指数, type: number }
`;
function waveFrom(file: string, design: string, label: string): WaveTables {
  const codebook = readCodebook(`${book}\ndesign: ${design}\n`);
  const data = readSurveyData(readFileSync(`samples/survey/${file}`), file);
  return waveOf(label, codeAnswers(data, codebook), codebook, readDesign(data, codebook.design));
}

test("3(1)(ｱ)① 二つの標本設計の差の z と p が、R の survey（svymean の SE の二乗和）と 1e-6 まで同じ", () => {
  const now = waveFrom("apistrat.csv", "{ weight: pw, strata: stype, fpc: fpc }", "今回");
  const before = waveFrom("apisrs.csv", "{ weight: pw, fpc: fpc }", "前回");
  const found = compareWaves(now, [before]);
  const line = (id: string) => found.find((one) => one.id === id)?.lines[1];
  // R 4.1 の survey: z <- (coef(a)-coef(b))/sqrt(SE(a)^2+SE(b)^2)、p <- 2*pnorm(-abs(z))
  expect(line("awards")?.z).toBeCloseTo(0.392339643548, 6);
  expect(line("awards")?.p).toBeCloseTo(0.694807275591, 6);
  expect(line("comp.imp")?.z).toBeCloseTo(-0.198430848181, 6);
  expect(line("comp.imp")?.p).toBeCloseTo(0.842707983916, 6);
  const mean = found.find((one) => one.id === "api00")?.mean;
  expect(mean?.z).toBeCloseTo(0.432188833367, 6);
  expect(mean?.p).toBeCloseTo(0.665604174594, 6);
});

const question = (id: string, text: string, n: number, shares: Record<string, number>): WaveQuestion => ({
  ...{ id, text, n },
  options: Object.entries(shares).map(([label, percent], at) => ({
    ...{ code: String(at + 1), label, percent },
    se: Math.sqrt((percent * (100 - percent)) / (n - 1)),
  })),
});

test("3(1)(ｱ)① 番号の替わった設問、言い回しの違う選択肢を結び、片方だけの選択肢と有意な差を言う", () => {
  const now: WaveTables = {
    label: "今回",
    questions: [
      question("Q5", "インターネットを利用していますか", 3000, {
        毎日利用している: 61.3,
        ときどき利用する: 20,
        利用していない: 18.7,
      }),
      question("Q6", "市の手続で困ったこと", 3000, {
        窓口が遠い: 30,
        待ち時間が長い: 25,
        アプリが分からない: 10,
      }),
      question("Q7", "新しい設問", 3000, { はい: 50, いいえ: 50 }),
    ],
  };
  const before: WaveTables = {
    label: "令和元年度",
    questions: [
      question("問3", "あなたはインターネットを利用していますか。", 1500, {
        毎日利用している: 45.2,
        時々利用する: 20.1,
        利用していない: 34.7,
      }),
      question("問9", "市の手続で困ったこと", 1500, { 窓口が遠い: 31, 待ち時間が長い: 24, 書類が難しい: 12 }),
    ],
  };
  const [use, trouble, ...rest] = compareWaves(now, [before]);
  expect(rest).toEqual([]);
  expect(use?.waves).toEqual([
    { label: "令和元年度", question: "問3", n: 1500 },
    { label: "今回", question: "Q5", n: 3000 },
  ]);
  expect(use?.lines.map(({ mark }) => mark ?? "")).toEqual(["up", "", "down"]);
  expect(waveFinding(use as never)).toBe(
    "令和元年度と比べると、「毎日利用している」が45.2％から61.3％へ、16.1ポイント増加している。「利用していない」は16.0ポイント減少している。",
  );
  expect(trouble?.lines[2]).toMatchObject({ percents: [null, 10] });
  expect(waveNote(trouble as never)).toBe(
    "今回だけの選択肢: 「アプリが分からない」。前回だけの選択肢: 「書類が難しい」。",
  );
  expect(waveFinding(trouble as never)).toContain("有意に変わった選択肢はない");
  // 人の決めた対応が先。対応しないと決めたものは出さない。
  expect(compareWaves(now, [{ ...before, map: { Q5: "", Q7: "問3" } }]).map(({ id }) => id)).toEqual([
    "Q6",
    "Q7",
  ]);
});

test("標準誤差がとても小さくても、p は数のまま（0 に近い割合と 100％）", () => {
  const at = (label: string, share: number): WaveTables => ({
    label,
    questions: [question("Q1", "利用", 500, { はい: share, いいえ: 0 })],
  });
  const [one] = compareWaves(at("今回", 100), [at("前回", 1.5e-323)]);
  expect(one?.lines[0]).toMatchObject({ p: 0, mark: "up" });
});

test("3(1)(ｱ)① 三回分を並べ、差は直前の回と。無作為でない回とは検定しない", () => {
  const at = (label: string, share: number): WaveTables => ({
    label,
    questions: [question("Q1", "利用", 1000, { はい: share, いいえ: 100 - share })],
  });
  const [one] = compareWaves(at("今回", 60), [at("平成29年度", 40), at("令和2年度", 50)]);
  expect(one?.lines[0]).toMatchObject({ percents: [40, 50, 60], difference: 10, mark: "up" });
  const plain = at("令和2年度", 50);
  for (const each of plain.questions) for (const option of each.options) delete option.se;
  const [untested] = compareWaves(at("今回", 60), [plain]);
  expect(untested).toMatchObject({ untested: "無作為に抽出した調査ではない" });
  expect(untested?.lines[0]?.mark).toBeUndefined();
});

test("刷った差は、刷った割合の引き算と合い、補正した p は元の p より小さくならない", () => {
  const share = fc.double({ min: 0, max: 100, noNaN: true });
  fc.assert(
    fc.property(fc.array(fc.tuple(share, share), { minLength: 1, maxLength: 6 }), (pairs) => {
      const of = (label: string, side: 0 | 1): WaveTables => ({
        label,
        questions: [
          question(
            "Q1",
            "設問",
            500,
            Object.fromEntries(pairs.map((one, at) => [`選択肢その${at}号`, one[side]])),
          ),
        ],
      });
      const [one] = compareWaves(of("今回", 1), [of("前回", 0)]);
      for (const line of one?.lines ?? []) {
        const [was = null, is = null] = line.percents;
        const gap = Number(differenceOf(line, 0).replace("−", "-").replace("±", ""));
        expect(gap).toBeCloseTo(Number(percentOf(is)) - Number(percentOf(was)), 8);
        if (line.p !== undefined) expect(line.adjusted).toBeGreaterThanOrEqual(line.p - 1e-12);
      }
    }),
  );
});

test("3(1)(ｱ)① まとめ（計）は、前回の対応する選択肢を足して比べる", () => {
  const now = question("Q1", "満足度", 500, { 満足: 20, やや満足: 30, 不満: 50 });
  now.options.push({ code: "1+2", label: "満足（計）", percent: 50, se: 2, parts: ["1", "2"] });
  const before = question("Q1", "満足度", 500, { 満足: 15, やや満足: 25, 不満: 60 });
  const [one] = compareWaves({ label: "今回", questions: [now] }, [{ label: "前回", questions: [before] }]);
  expect(one?.lines.at(-1)).toMatchObject({ percents: [40, 50], difference: 10, mark: "up" });
  expect(one?.onlyNow).toEqual([]);
});
