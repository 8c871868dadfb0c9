import fc from "fast-check";
import { expect, test } from "vitest";
import { packPicks, readPicks } from "./list-pick.ts";

const ids = fc.uniqueArray(fc.uuid(), { minLength: 1, maxLength: 40 });

test("６(2)イ どの選びも印から元に戻り、選ばなければ空の印になる", () => {
  fc.assert(
    fc.property(ids, fc.infiniteStream(fc.boolean()), (all, picks) => {
      const picked = all.filter(() => picks.next().value === true);
      expect(readPicks(packPicks(picked, all), all)).toEqual(picked);
      expect(packPicks(picked, all) === "").toBe(picked.length === 0);
    }),
  );
});

test("６(2)イ 一覧が変わっていれば、別の回を選んだことにせず、選び直してもらう", () => {
  expect(readPicks(packPicks(["a"], ["a", "b"]), ["b", "a"])).toBeUndefined();
  expect(readPicks(packPicks(["a"], ["a", "b"]), ["a", "b", "c"])).toBeUndefined();
  expect(readPicks("壊れた印", ["a"])).toBeUndefined();
});

test("６(2)イ 千回の選びでも、確かめ直しの戻り先に収まる", () => {
  const all = Array.from({ length: 1000 }, (_, n) => `class-${n}`);
  expect(packPicks(all, all).length).toBeLessThan(200);
});
