import fc from "fast-check";
import { expect, test } from "vitest";
import { breakTitle } from "./title-break.ts";

test("3(1)(ｲ) 表紙の題は、語の途中でなく、そろった長さの行に分かれる", () => {
  expect(breakTitle("月浦市子どもの読書活動推進計画（第四次）", 18)).toBe(
    "月浦市子どもの\n読書活動推進計画（第四次）",
  );
  expect(breakTitle("第３次雪見市デジタル・トランスフォーメーション推進計画", 18)).toBe(
    "第３次雪見市デジタル・\nトランスフォーメーション推進計画",
  );
  expect(breakTitle("（仮称）第２次雪見市ICT活用戦略", 18)).toBe("（仮称）第２次雪見市ICT活用戦略");
  // ひらがなの並びでも、小書きでない字の前では分けられる。
  expect(breakTitle("たのしいまちのにぎわいのてびき", 10)).toMatch(/^.{7,8}\n.{7,8}$/);
  expect(breakTitle("雪見市\n第２期まち・ひと・しごと創生総合戦略のとても長い名", 10)).toContain(
    "雪見市\n第２期",
  );
});

test("3(1)(ｲ) どの題でも、字は変わらず、行は幅に収まり、行の頭に閉じかっこや長音が来ない", () => {
  const piece = fc.constantFrom(..."市町のとはデジタルー推進計画（）・ＡB12第次年度　");
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 60 }), fc.integer({ min: 8, max: 20 }), (chars, width) => {
      const title = chars.join("");
      const broken = breakTitle(title, width);
      expect(broken.replaceAll("\n", "")).toBe(title);
      if (!broken.includes("\n")) return;
      const em = (text: string) => [...text].reduce((sum, char) => sum + (/[ -~]/.test(char) ? 0.5 : 1), 0);
      for (const line of broken.split("\n")) {
        expect(em(line.trim())).toBeLessThanOrEqual(width);
        expect(line).not.toMatch(/[（]$/);
      }
      for (const line of broken.split("\n").slice(1)) expect(line).not.toMatch(/^[）・ー]/);
    }),
  );
});
