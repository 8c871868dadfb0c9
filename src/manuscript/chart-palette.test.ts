import fc from "fast-check";
import { expect, test } from "vitest";
import { contrastRatio, inkOn } from "../office/colour.ts";
import { labOf, seenAs } from "../office/colour-vision.ts";
import { mendedPalette, paletteFrom, paletteRemarks, readPalette } from "./chart-palette.ts";
import { planThemes, themeOf } from "./plan-theme.ts";

const rgb = fc.integer({ min: 0, max: 0xffffff }).map((n) => n.toString(16).padStart(6, "0").toUpperCase());
const step = (one: string, other: string) =>
  Math.abs(labOf(seenAs(one, "grey"))[0] - labOf(seenAs(other, "grey"))[0]);

test("3(1)(ｲ) 見出しの色から作った六つの図の色は、どの色からでも、紙でも白黒でも見分けられる", () => {
  fc.assert(
    fc.property(rgb, (accent) => {
      const palette = paletteFrom(accent);
      expect(new Set(palette).size).toBe(6);
      if (contrastRatio(accent, "FFFFFF") >= 3) expect(palette[0]).toBe(accent);
      for (const one of palette) expect(contrastRatio(one, "FFFFFF")).toBeGreaterThanOrEqual(3);
      for (const [at, one] of palette.slice(1).entries())
        expect(step(palette[at] ?? "", one)).toBeGreaterThanOrEqual(12);
      expect(paletteRemarks(palette)).toEqual([]);
    }),
    { numRuns: 200 },
  );
});

test("3(1)(ｲ) 直した図の色は、どの決まりも満たす。足りている並びは替えない", () => {
  fc.assert(
    fc.property(fc.uniqueArray(rgb, { minLength: 2, maxLength: 6 }), (palette) => {
      const mended = mendedPalette(palette);
      if (mended) expect(paletteRemarks(mended)).toEqual([]);
      if (paletteRemarks(palette).length === 0) expect(mended).toEqual(palette);
    }),
    { numRuns: 150 },
  );
});

test("図の中の数は、どの地の色でも、明るさの比 4.5 の字で読める", () => {
  fc.assert(fc.property(rgb, (fill) => contrastRatio(inkOn(fill), fill) >= 4.5));
});

test("3(1)(ｲ) 用意してある見た目の図の色に、直すところはない", () => {
  for (const { name, palette } of Object.values(planThemes)) {
    expect([name, paletteRemarks(palette)]).toEqual([name, []]);
    expect(palette.length).toBe(6);
  }
});

test("3(1)(ｲ) 図の色の直すところは、何番目の何が、なぜ、どうすればよいかを言う", () => {
  expect(paletteRemarks(["17508C", "BAC6D2"])).toMatchObject([
    { kind: "paper", at: 1, message: expect.stringMatching(/2番目の色 BAC6D2.*1\.7.*3 以上.*濃くして/) },
  ]);
  expect(paletteRemarks(["17508C", "1D6343"])).toMatchObject([
    { kind: "beside", at: 1, message: expect.stringMatching(/白黒の印刷で同じ濃さ.*濃くするか/) },
    { kind: "beside", at: 1, message: expect.stringContaining("T型）に似た色") },
  ]);
  // 隣でなくても、赤と緑は取り違える。
  const far = paletteRemarks(["8F2A1C", "6C93BE", "4F5A12"]);
  expect(far).toMatchObject([{ kind: "apart", at: 2, message: expect.stringContaining("型）に似た色") }]);
  const { theme, faults } = themeOf({ meta: meta({ base: "yukimi", palette: ["#17508c", "BAC6D2"] }) });
  expect(theme.palette).toEqual(["17508C", "BAC6D2"]);
  expect(faults).toMatchObject([{ field: "palette" }]);
  expect(
    themeOf({ meta: meta({ base: "yukimi", accent: "8A1C3C", palette: "accent" }) }).theme.palette[0],
  ).toBe("8A1C3C");
});

test("図の色は、ほかの道具から貼った書き方でも読む。読めないものは、どれかを言う", () => {
  expect(readPalette("#17508c, #DE7A33；２Ｂ５Ｆ５０　#abc").palette).toEqual([
    "17508C",
    "DE7A33",
    "2B5F50",
    "AABBCC",
  ]);
  expect(readPalette("17508C 青").fault).toContain("2番目の「青」");
  expect(readPalette("17508C").fault).toContain("2 つから");
  expect(readPalette("17508C,17508c").fault).toContain("二度");
});

function meta(theme: unknown) {
  return {
    ...{ title: "", subtitle: "", author: "", date: "", numbering: [], glossary: {}, upper: {} },
    theme,
  };
}
