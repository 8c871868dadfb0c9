import fc from "fast-check";
import { expect, test } from "vitest";
import { staffRoleNames } from "./staff.ts";
import { type ChartBox, drawStaffChart } from "./staff-chart.ts";

const groups = fc.array(
  fc.record({ role: fc.constantFrom(...staffRoleNames), names: fc.array(fc.string(), { maxLength: 30 }) }),
  { maxLength: 20 },
);

test("６(5) 性質: どの体制でも、箱は図に収まり、重ならず、線は上の箱から下の箱へ下りる", () => {
  fc.assert(
    fc.property(groups, (given) => {
      const { boxes, lines, width, height } = drawStaffChart(given);
      const roles = new Set(given.filter((one) => one.names.length > 0).map((one) => one.role));
      expect(new Set(boxes.map((one) => one.role))).toEqual(roles);
      for (const box of boxes) {
        expect(box.x).toBeGreaterThanOrEqual(0);
        expect(box.x + box.width).toBeLessThanOrEqual(width);
        expect(box.y + box.height).toBeLessThanOrEqual(height);
        for (const other of boxes) if (other !== box) expect(overlap(box, other)).toBe(false);
      }
      for (const line of lines) {
        const [, top, , , bottom] = [...line.matchAll(/[\d.]+/g)].map((one) => Number(one[0]));
        expect(bottom).toBeGreaterThan(top ?? 0);
      }
    }),
  );
});

function overlap(a: ChartBox, b: ChartBox): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

test("OP は SV の下、SV がいなければ責任者の下", () => {
  const top = (roles: readonly ("manager" | "supervisor" | "operator")[]) =>
    drawStaffChart(roles.map((role) => ({ role, names: ["あ"] }))).boxes.map((box) => box.y);
  const [first, second, third] = top(["manager", "supervisor", "operator"]);
  expect(first ?? 0).toBeLessThan(second ?? 0);
  expect(second ?? 0).toBeLessThan(third ?? 0);
  const [upper, lower] = top(["manager", "operator"]);
  expect(upper ?? 0).toBeLessThan(lower ?? 0);
});

test("人が多い役割は「ほか何人」でまとめる", () => {
  const [box] = drawStaffChart([
    { role: "operator", names: Array.from({ length: 25 }, (_, i) => `${i}`) },
  ]).boxes;
  expect(box?.names).toHaveLength(10);
  expect(box?.names.at(-1)).toBe("ほか16人");
});
