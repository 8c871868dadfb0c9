import { expect, test } from "vitest";
import { labDistance, labOf, seenAs } from "./colour-vision.ts";

test("色の隔たり（CIEDE2000）は、公表された検算の値と合う", () => {
  // Sharma, Wu & Dalal 2005 の検算の表から。
  const rows: [Parameters<typeof labDistance>[0], Parameters<typeof labDistance>[0], number][] = [
    [[50, 2.6772, -79.7751], [50, 0, -82.7485], 2.0425],
    [[50, -1.3802, -84.2814], [50, 0, -82.7485], 1.0],
    [[50, 2.5, 0], [73, 25, -18], 27.1492],
    [[60.2574, -34.0099, 36.2677], [60.4626, -34.1751, 39.4387], 1.2644],
    [[22.7233, 20.0904, -46.694], [23.0331, 14.973, -42.5619], 2.0373],
    [[2.0776, 0.0795, -1.135], [0.9033, -0.0636, -0.5514], 0.9082],
  ];
  for (const [one, other, distance] of rows) expect(labDistance(one, other)).toBeCloseTo(distance, 4);
});

test("白・黒・灰は、どの見え方でも同じ。赤と緑は、P型とD型で近づく", () => {
  for (const vision of ["grey", "protan", "deutan", "tritan"] as const)
    for (const rgb of ["FFFFFF", "000000", "808080"]) expect(seenAs(rgb, vision)).toBe(rgb);
  expect(labOf("FFFFFF")[0]).toBeCloseTo(100, 2);
  const apart = (vision: "normal" | "protan" | "deutan") =>
    labDistance(labOf(seenAs("C03030", vision)), labOf(seenAs("3C7A30", vision)));
  expect(apart("deutan")).toBeLessThan(apart("normal") / 2);
  expect(apart("protan")).toBeLessThan(apart("normal") / 2);
});
