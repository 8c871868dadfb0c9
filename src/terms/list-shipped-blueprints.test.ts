import { expect, test } from "vitest";
import { listShippedBlueprints } from "./list-shipped-blueprints.ts";

test("添えてある設計図は、準用する文書をつなげて読める。文書だけの YAML は数えない", async () => {
  const found = await listShippedBlueprints();
  expect(found.map((one) => one.client)).toEqual(["札幌市", "札幌市"]);
  expect(found.flatMap((one) => one.missing)).toEqual([]);
  expect(found.every((one) => one.obligations.length > 100)).toBe(true);
});
