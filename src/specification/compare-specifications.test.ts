import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { readSpecificationText } from "../reading/read-specification.ts";
import { readBlueprint } from "../terms/blueprint.ts";
import { carryOver } from "./carry-over.ts";
import { sameEnds } from "./changed-words-panel.tsx";
import { partText } from "./clause-text-panel.tsx";
import { compareSpecifications } from "./compare-specifications.ts";
import { draftSpecification } from "./draft-specification.ts";

const text = readFileSync(
  new URL("../../samples/specifications/sapporo-class-booking.txt", import.meta.url),
  "utf8",
);

test("６(9) 同じ仕様書に違いはなく、期限だけの変更は期限の変更として出る", () => {
  const old = readSpecificationText(text);
  expect(compareSpecifications(old, readSpecificationText(text))).toEqual({ clauses: [], duties: [] });
  const now = readSpecificationText(text.replace("翌営業日中に日次報告書", "当日中に日次報告書"));
  const { clauses, duties } = compareSpecifications(old, now);
  expect(clauses.map((one) => [one.kind, one.after?.number])).toEqual([["changed", "6(9)"]]);
  expect(duties).toMatchObject([{ kind: "due", before: { due: "翌営業日中に" } }]);
});

test("間に条項が入ると、後の条項は番号の移動になる", () => {
  const old = readSpecificationText("１ 報告\n月報を提出すること。\n２ 清掃\n床を清掃すること。\n");
  const now = readSpecificationText(
    "１ 報告\n月報を提出すること。\n２ 警備\n館内を巡回すること。\n３ 清掃\n床を清掃すること。\n",
  );
  expect(
    compareSpecifications(old, now)
      .clauses.map((one) => one.kind)
      .sort(),
  ).toEqual(["added", "moved"]);
});

test("前の設計図と同じ文の義務は、決まりを引き継ぐ", () => {
  const yaml = readFileSync(new URL("../../blueprints/sapporo-class-booking.yaml", import.meta.url), "utf8");
  const { blueprint } = readBlueprint(yaml);
  const known = blueprint.obligations.map((duty) => ({ source: "前の契約", duty }));
  const { duties } = draftSpecification(readSpecificationText(text), known);
  expect(duties.every((one) => one.origin === "carried")).toBe(true);
  expect(duties.find((one) => one.id === "complaint-report")).toMatchObject({
    when: [{ event: "complaint.recorded" }],
    due: { rule: { businessDays: 1 } },
  });
  expect(new Set(duties.map((one) => one.id)).size).toBe(duties.length);
  expect(carryOver(duties, []).every((one, at) => one === duties[at])).toBe(true);
});

test("初めと終わりの同じところを除けば、違うところだけが残る", () => {
  const text = fc.string({ unit: "binary", maxLength: 30 });
  fc.assert(
    fc.property(text, text, text, text, (head, one, other, tail) => {
      const [before, after] = [head + one + tail, head + other + tail];
      const same = sameEnds(before, after);
      expect(same.head + same.tail).toBeLessThanOrEqual(Math.min(before.length, after.length));
      expect(before.slice(0, same.head)).toBe(after.slice(0, same.head));
      expect(before.slice(before.length - same.tail)).toBe(after.slice(after.length - same.tail));
      if (before === after) expect(same.head + same.tail).toBe(before.length);
    }),
  );
});

test("条項の文を分けても、つなげば元の文になる", () => {
  fc.assert(
    fc.property(
      fc.string({ maxLength: 60 }),
      fc.array(fc.string({ maxLength: 8 }), { maxLength: 5 }),
      (all, quotes) => {
        const parts = partText(
          all,
          quotes.map((quote) => ({ quote })),
        );
        expect(parts.map((one) => one.text).join("")).toBe(all);
      },
    ),
  );
});
