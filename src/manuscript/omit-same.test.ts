import fc from "fast-check";
import { expect, test } from "vitest";
import { pairSides } from "./omit-same.ts";

const words = (side: { text: string; changed: boolean }[]) =>
  side.map(({ text, changed }) => (changed ? `[${text}]` : text)).join("");

test("3(1)(ｵ) 並びの変わらない項目は「２～５　略」、二つは「及び」、表は「（略）」", () => {
  const before = ["一", "二", "三", "四", "五", "六"].join("\n");
  const sides = pairSides(before, before.replace("一", "壱"), "list");
  expect(words(sides.after)).toBe("[壱]\n２～６　略");
  expect(words(pairSides("あ\nい\nう", "あ\nい\nえ", "list").before)).toBe("１及び２　略\n[う]");
  expect(words(pairSides("題\n見出し｜数\n甲｜1", "題\n見出し｜数\n甲｜2", "table").after)).toBe(
    "（略）\n甲｜[2]",
  );
  expect(words(pairSides("一\n二", "一\n三", "none").after)).toBe("一\n[三]");
});

test("3(1)(ｵ) 略しても、変わった字は両側に一つ残らず出る", () => {
  const line = fc.string({ unit: fc.constantFrom(..."あいう1"), minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(
      fc.array(line, { minLength: 1, maxLength: 6 }),
      fc.array(line, { minLength: 1, maxLength: 6 }),
      (a, b) => {
        const sides = pairSides(a.join("\n"), b.join("\n"), "list");
        const shown = words(sides.after);
        for (const one of b) if (!a.includes(one)) expect(shown.replace(/[[\]]/g, "")).toContain(one);
      },
    ),
  );
});
