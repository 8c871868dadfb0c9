import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { instantOf } from "../base/time.ts";
import { blueprintJsonSchema, documentJsonSchema, readBlueprint } from "./blueprint.ts";
import { deskState, termOfClass } from "./term.ts";

const yaml = readFileSync("blueprints/sapporo-class-booking.yaml", "utf8");
const { blueprint } = readBlueprint(yaml);

test("６(3)ア どの期も開設日はちょうど十日", () => {
  for (const [day, n] of [
    ["2025-07-25", 10],
    ["2025-09-26", 10],
    ["2025-12-24", 10],
  ] as const)
    expect(deskState(blueprint, instantOf(day, "10:00"))).toMatchObject({ open: true, openDayNumber: n });
});

test("６(4) 9時ちょうどに開き、16時ちょうどに閉じる", () => {
  expect(deskState(blueprint, instantOf("2025-09-17", "08:59")).open).toBe(false);
  expect(deskState(blueprint, instantOf("2025-09-17", "09:00")).open).toBe(true);
  expect(deskState(blueprint, instantOf("2025-09-17", "15:59")).open).toBe(true);
  expect(deskState(blueprint, instantOf("2025-09-17", "16:00")).open).toBe(false);
});

test("６(3)ア 土日と祝日は開かない", () => {
  for (const day of ["2025-09-13", "2025-09-14", "2025-09-15", "2025-09-23"])
    expect(deskState(blueprint, instantOf(day, "10:00"))).toMatchObject({
      open: false,
      reason: "休業日です",
    });
});

test("６(3)ア 講習会の日から申込対象の期が決まる", () => {
  expect(termOfClass(blueprint, "2025-10-01")?.id).toBe("2");
  expect(termOfClass(blueprint, "2025-12-31")?.id).toBe("2");
  expect(termOfClass(blueprint, "2026-01-05")?.id).toBe("3");
  expect(termOfClass(blueprint, "2025-07-31")).toBeUndefined();
});

test("設計図の誤りは、どの項目かを言って断る", () => {
  expect(() => readBlueprint(yaml.replace("2025-09-11", "2025-02-30"))).toThrowError(
    expect.objectContaining({
      code: "BAD_INPUT",
      faults: [expect.objectContaining({ field: "terms.1.deskFrom" })],
    }),
  );
  expect(() => readBlueprint("a: [")).toThrowError(expect.objectContaining({ code: "BAD_INPUT" }));
  expect(() => readBlueprint(yaml.replace("holdMinutes", "holdMinuets"))).toThrowError(
    expect.objectContaining({ code: "BAD_INPUT" }),
  );
});

test("設計図の JSON Schema は、文書に置いたものと同じ", () => {
  const written = JSON.parse(readFileSync("docs/schemas/blueprint.schema.json", "utf8"));
  expect(written).toEqual(JSON.parse(JSON.stringify(blueprintJsonSchema())));
  const document = JSON.parse(readFileSync("docs/schemas/document.schema.json", "utf8"));
  expect(document).toEqual(JSON.parse(JSON.stringify(documentJsonSchema())));
});
