import { expect, test } from "vitest";
import { raceFaults } from "./seat-race.ts";

test("線形化の確かめは、食い違いを見つける", () => {
  const op = (started: number, ended: number, number?: number) => ({
    who: 0,
    started: String(started),
    ended: String(ended),
    ...(number === undefined ? { ok: false, code: "CLASS_FULL" } : { ok: true, number }),
  });
  expect(raceFaults([op(0, 2, 1), op(1, 3, 2), op(0, 4)], 2)).toEqual([]);
  expect(raceFaults([op(0, 1), op(2, 3, 1)], 1)).toEqual(["満席の答えの後に始まった要求が取れた"]);
  expect(raceFaults([op(0, 1, 2), op(2, 3, 1)], 2)).toEqual(["先に終わった要求の番号が後"]);
  expect(raceFaults([op(0, 1, 1), op(0, 1, 1), op(0, 1, 3)], 2)).toHaveLength(2);
});
