import fc from "fast-check";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { BarChart } from "./bar-chart.tsx";

test("棒の中身は、絵を見ない人にも言葉で届く", () => {
  const html = renderToStaticMarkup(
    <BarChart
      unit="件"
      bars={[
        { label: "9時", actual: 14, forecast: 16, state: "past" },
        { label: "10時", actual: 6, forecast: 8, state: "now" },
        { label: "11時", forecast: 9, state: "coming" },
      ]}
    />,
  );
  expect(html).toContain('aria-label="実績は9時14件、10時6件（途中）。予測は11時9件。"');
});

test("どんな数でも、絵は枠の中に収まる", () => {
  const bar = fc.record({
    actual: fc.option(fc.nat(100_000), { nil: undefined }),
    forecast: fc.option(fc.nat(100_000), { nil: undefined }),
    state: fc.constantFrom("past" as const, "now" as const, "coming" as const),
  });
  fc.assert(
    fc.property(fc.array(bar, { maxLength: 30 }), (bars) => {
      const html = renderToStaticMarkup(
        <BarChart unit="件" bars={bars.map((each, at) => ({ ...each, label: `${at}` }))} />,
      );
      expect(html).not.toMatch(/NaN|Infinity|undefined/);
      const tops = [...html.matchAll(/d="M(-?[\d.]+) (-?[\d.]+)/g)].map((match) => [
        Number(match[1]),
        Number(match[2]),
      ]);
      for (const [x = -99, y = -99] of tops) {
        expect(x).toBeGreaterThanOrEqual(-1);
        expect(x).toBeLessThanOrEqual(328);
        expect(y).toBeGreaterThanOrEqual(0);
        expect(y).toBeLessThanOrEqual(156);
      }
    }),
    { numRuns: 60 },
  );
});
