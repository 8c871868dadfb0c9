// @engine both
import fc from "fast-check";
import { afterEach, expect, test } from "vitest";
import { counterTable } from "../platform/counter-store.ts";
import { openDesk, type TestDesk } from "../testing/open-desk.ts";
import { searchTraces } from "./search-traces.ts";

let desk: TestDesk;
afterEach(() => desk?.close());

test("第13条 平文で残った字は、どの表のどこにあっても見つかり、なければ見つからない", async () => {
  desk = await openDesk();
  const words = ["鸚哥ヶ淵　鵺之介", "011-986-7193", "札幌市北区北三十一条"];
  expect((await searchTraces(desk.office, words)).found).toEqual([]);
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom("鸚哥ヶ淵鵺之介", "0119867193", ...words),
      fc.string({ maxLength: 30 }),
      fc.string({ maxLength: 30 }),
      async (word, before, after) => {
        const text = `${before}${word}${after}`.replaceAll("\u0000", "").toWellFormed();
        await desk.office.keep((tx) =>
          tx.q
            .insertInto("counter")
            .values({ contract_id: desk.contract, name: text, next: 1 })
            .onConflict((on) => on.doNothing())
            .execute(),
        );
        expect((await searchTraces(desk.office, words)).found).toContain(`${counterTable.name}.name`);
        await desk.office.keep((tx) => tx.q.deleteFrom("counter").execute());
        expect((await searchTraces(desk.office, words)).found).toEqual([]);
      },
    ),
    { numRuns: 15 },
  );
});
