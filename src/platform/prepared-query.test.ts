// @engine both
import { afterEach, expect, test } from "vitest";
import { int32, table, text } from "../base/column.ts";
import { openDesk, type TestDesk } from "../testing/open-desk.ts";
import type { On } from "./database.ts";
import { prepared } from "./prepared-query.ts";

const schema = { counter: table("counter", { contract_id: text(), name: text(), next: int32() }) };
let desk: TestDesk;
afterEach(() => desk.close());

test("組み立ては一度だけで、値は毎回入れ替わる。読む接続でも書く接続でも同じ", async () => {
  desk = await openDesk();
  let built = 0;
  const insert = prepared((q: On<typeof schema>, v: { name: string; next: number }) => {
    built += 1;
    return q
      .insertInto("counter")
      .values({ contract_id: "c", ...v })
      .returning("next");
  });
  const find = prepared((q: On<typeof schema>, v: { from: number; names: string }) =>
    q
      .selectFrom("counter")
      .select(["name", "next"])
      .where("contract_id", "=", "c")
      .where("next", ">=", v.from)
      .where("name", "<>", v.names)
      .orderBy("next"),
  );
  await desk.office.keep(async (tx) => {
    for (let next = 1; next <= 3; next += 1)
      expect(await insert(tx, { name: `n${next}`, next })).toEqual([{ next }]);
  });
  expect(built).toBe(1);
  expect(await find(desk.office.read, { from: 2, names: "" })).toEqual([
    { name: "n2", next: 2 },
    { name: "n3", next: 3 },
  ]);
  expect(await find(desk.office.read, { names: "n2", from: 2 })).toEqual([{ name: "n3", next: 3 }]);
  await expect(find(desk.office.read, { from: 2 } as { from: number; names: string })).rejects.toThrow();
});
