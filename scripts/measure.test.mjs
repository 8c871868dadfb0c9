import { expect, test } from "vitest";
import { table } from "./measure.mjs";

test("表は全角を二桁と数えて桁をそろえ、数は右に寄せる", () => {
  expect(
    table(
      ["名", "数"],
      [
        ["予約", 1234],
        ["ab", 0.12345],
      ],
    ),
  ).toBe(["名       数", "────  ─────", "予約  1,234", "ab    0.123", ""].join("\n"));
});
