import fc from "fast-check";
import { expect, test } from "vitest";
import { gramsOf, jaccard, opinionKey } from "../tabulation/opinion-text.ts";
import { type GroupLevel, groupOpinions, type OpinionGroup } from "./group-opinions.ts";

/** 種から決まる、日本語らしい長さと文字の文。 */
function writer(seed: number) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const letters = Array.from(
    "市民の生活を支える情報技術と窓口について高齢者にもわかりやすくしてほしいです学校教育防災交通観光",
  );
  const letter = () => letters[Math.floor(next() * letters.length)] ?? "";
  return {
    text: (length: number) => Array.from({ length }, letter).join(""),
    mutate: (text: string, times: number) => {
      const points = Array.from(text);
      for (let i = 0; i < times; i += 1) points[Math.floor(next() * points.length)] = letter();
      return points.join("");
    },
    int: (from: number, to: number) => from + Math.floor(next() * (to - from + 1)),
  };
}

const of = (texts: readonly string[]) => texts.map((text, i) => ({ id: `o${i}`, text }));
const level = (groups: readonly OpinionGroup[], name: GroupLevel) =>
  groups.filter((group) => group.level === name).map(({ members }) => [...members].sort());

test("3(1)(ｴ) 一字も違わない文、幅・空白・記号だけ違う文を、どれもまとめる", () => {
  const { distinct, groups } = groupOpinions(
    of([
      "窓口を増やして。",
      "窓口を増やして。",
      "窓口を　増やして！",
      "ﾏﾄﾞｸﾞﾁを増やして",
      "マドグチを増やして",
      "",
    ]),
  );
  expect(distinct).toBe(5);
  expect(level(groups, "identical")).toEqual([["o0", "o1"]]);
  expect(level(groups, "normalised")).toEqual([
    ["o0", "o1", "o2"],
    ["o3", "o4"],
  ]);
});

test("3(1)(ｴ) 空の文、空白だけの文、記号だけの文は、何ともまとまらない", () => {
  const { distinct, groups } = groupOpinions(of(["", "", " ", "　", "\n", "！？", "…", "・", "　　"]));
  expect(distinct).toBe(8);
  expect(groups).toEqual([]);
});

test("3(1)(ｴ) 似た写し（Jaccard 0.7 以上）は、どの二つも、どこかのまとまりで一緒になる", () => {
  const write = writer(11);
  const texts: string[] = [];
  for (let n = 0; n < 120; n += 1) {
    const base = write.text(write.int(40, 300));
    texts.push(base);
    for (let copy = 0; copy < 5; copy += 1)
      texts.push(write.mutate(base, write.int(1, Math.ceil(base.length * 0.03))));
  }
  const { groups } = groupOpinions(of(texts));
  const grams = texts.map((text) => gramsOf(opinionKey(text)));
  const homes = texts.map(() => new Set<number>());
  for (const [at, { members }] of groups.filter((group) => group.level === "near").entries())
    for (const id of members) homes[Number(id.slice(1))]?.add(at);
  let alike = 0;
  let together = 0;
  for (let i = 0; i < texts.length; i += 1)
    for (let j = i + 1; j < texts.length; j += 1) {
      if (jaccard(grams[i] ?? new Uint32Array(), grams[j] ?? new Uint32Array()) < 0.7) continue;
      alike += 1;
      if ([...(homes[i] ?? [])].some((home) => homes[j]?.has(home))) together += 1;
    }
  expect(alike).toBeGreaterThan(800);
  expect(together / alike).toBeGreaterThanOrEqual(0.999);
});

test("3(1)(ｴ) 似ていない文は、つながりの先でも、中心と一緒にならない", () => {
  const write = writer(5);
  // 少しずつ変えていくと、隣とは似ていて、端とは似ていない。
  const chain = [write.text(120)];
  for (let n = 0; n < 40; n += 1) chain.push(write.mutate(chain.at(-1) ?? "", 3));
  const grams = chain.map((text) => gramsOf(opinionKey(text)));
  const { groups } = groupOpinions(of(chain));
  const near = groups.filter((group) => group.level === "near");
  expect(near.length).toBeGreaterThan(1);
  for (const { members } of near) {
    const [center = "", ...rest] = members.map((id) => grams[Number(id.slice(1))] ?? new Uint32Array());
    for (const one of rest) expect(jaccard(center as Uint32Array, one)).toBeGreaterThan(0.6);
  }
});

test("3(1)(ｴ) 賛成と反対のように、長さに比べて違いの大きい文はまとめない", () => {
  const { groups } = groupOpinions(
    of(["この計画に賛成します", "この計画に反対します", "賛成", "反対", "窓口を増やして", "窓口を減らして"]),
  );
  expect(groups).toEqual([]);
});

test("3(1)(ｴ) 定型文の一部を写した文は、もとの文とまとまり、書き足した文も捨てない", () => {
  const write = writer(3);
  const whole = write.text(400);
  const part = whole.slice(120, 220);
  const added = `${whole.slice(0, 90)}${write.text(12)}`;
  const other = write.text(200);
  const { groups } = groupOpinions(of([whole, part, added, other, write.text(60)]));
  expect(level(groups, "template")).toEqual([["o0", "o1", "o2"]]);
});

test("3(1)(ｴ) どんな文でも、まとまりの id は元にあり、同じまとまりの中で重ならず、二つ以上ある", () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.oneof(
          fc.string({ unit: "grapheme", maxLength: 60 }),
          fc.constantFrom("", "あ", "同じ文です", "同じ文です。"),
        ),
      ),
      (texts) => {
        const { distinct, groups } = groupOpinions(of(texts));
        expect(distinct).toBe(new Set(texts).size);
        for (const { members } of groups) {
          expect(members.length).toBeGreaterThan(1);
          expect(new Set(members).size).toBe(members.length);
          for (const id of members) expect(texts[Number(id.slice(1))]).toBeDefined();
        }
        const same = groups.filter((group) => group.level === "identical");
        for (const { members } of same)
          expect(new Set(members.map((id) => texts[Number(id.slice(1))])).size).toBe(1);
      },
    ),
    { numRuns: 200 },
  );
});
