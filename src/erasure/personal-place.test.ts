import { expect, test } from "vitest";
import { bytes, instant, sealed, table, text } from "../base/column.ts";
import { isPersonalFile, personalPlaces } from "./personal-place.ts";

test("第13条 個人情報の一覧は列の宣言から作られ、扱いを決めていない表は黙って消さず、黙って残しもしない", () => {
  const unknown = table("unheard_of", {
    id: text(),
    contract_id: text(),
    words: sealed(),
    made_at: instant(),
  });
  const person = table("person", {
    ...{ id: text(), contract_id: text(), name: sealed(), phone_hmac: bytes("personal") },
    created_at: instant(),
  });
  const places = personalPlaces([unknown, person, table("plain", { id: text(), contract_id: text() })]);
  expect(places.map(({ table: name, fate }) => [name, fate])).toEqual([
    ["person", "people"],
    ["unheard_of", "undecided"],
  ]);
  expect(places[0]).toMatchObject({
    ...{ keyColumn: "id", timeColumn: "created_at" },
    columns: [
      { name: "name", kind: "sealed" },
      { name: "phone_hmac", kind: "lookup" },
    ],
  });
});

test("第13条 はがきの印刷と書き出しの写しは消し、様式と提出物と証跡は残す", () => {
  expect(["notice-print", "notice-picture", "protected-copy"].every(isPersonalFile)).toBe(true);
  expect(
    ["notice-template", "filing-template", "review-answer", "contract.evidence"].some(isPersonalFile),
  ).toBe(false);
});
