import { expect, test } from "vitest";
import {
  describeFile,
  fileFaults,
  importFaults,
  importsOf,
  nameFaults,
  pureRoomFaults,
} from "./walls-rules.mjs";

const none = new Set();

function messages(path, text = "", all = none) {
  return fileFaults(describeFile(path, text), all).map((fault) => fault.message);
}

function importing(path, from) {
  return importFaults(describeFile(path, `import { x } from "${from}";\n`), none).map(
    (fault) => fault.message,
  );
}

test("読み込みを、型・副作用・動的・再公開のどれも読み取る", () => {
  const text = [
    'import { a,\n  b } from "./a.ts";',
    'import type { T } from "./t.ts";',
    'import "./side.ts";',
    'export { c } from "./c.ts";',
    'import * as d from "./d.ts";',
    'const e = await import("./e.ts");',
    'export function f() {\n  return "text from";\n}',
  ].join("\n");
  expect(
    importsOf(text)
      .map(({ from }) => from)
      .sort(),
  ).toEqual(["./a.ts", "./c.ts", "./d.ts", "./e.ts", "./side.ts", "./t.ts"]);
});

test("行番号は読み込みの行", () => {
  expect(importsOf('\n\nimport { a } from "./a.ts";')).toEqual([{ from: "./a.ts", line: 3 }]);
});

test("下の階へはよい。上の階、同じ階の部屋へは違反", () => {
  expect(importing("src/notices/card.ts", "../reception/booking.ts")).toEqual([]);
  expect(importing("src/reception/booking.ts", "../notices/card.ts")).toEqual([
    expect.stringContaining("上の階"),
  ]);
  expect(importing("src/notices/card.ts", "../calls/call.ts")).toEqual([expect.stringContaining("同じ階")]);
  expect(importing("src/platform/office.ts", "../japan/day.ts")).toEqual([expect.stringContaining("上の階")]);
});

test("ほかの部屋の保管・画面・道・島は閉じている。panel と main の道はよい", () => {
  for (const closed of ["booking-store.ts", "booking-page.tsx", "booking-routes.tsx", "booking-island.tsx"])
    expect(importing("src/desk/desk.ts", `../reception/${closed}`), closed).toEqual([
      expect.stringContaining("閉じて"),
    ]);
  expect(importing("src/home/home-page.tsx", "../reception/seat-panel.tsx")).toEqual([]);
  expect(importing("src/reception/take-booking.ts", "../platform/person-store.ts")).toEqual([]);
  expect(importing("src/main/rooms.ts", "../reception/booking-routes.tsx")).toEqual([]);
  expect(importing("src/main/rooms.ts", "../reception/booking-store.ts")).toEqual([
    expect.stringContaining("閉じて"),
  ]);
});

test("問い合わせの組み立て（kysely）は保管と地階だけ", () => {
  expect(importing("src/reception/take-booking.ts", "kysely")).toEqual([
    expect.stringContaining("*-store.ts"),
  ]);
  expect(importing("src/reception/booking-store.ts", "kysely")).toEqual([]);
  expect(importing("src/platform/database.ts", "kysely")).toEqual([]);
});

test("試験の道具は試験だけが使う", () => {
  expect(importing("src/reception/take-booking.ts", "../testing/open-desk.ts")).toHaveLength(1);
  expect(importing("src/reception/take-booking.test.ts", "../testing/open-desk.ts")).toEqual([]);
  expect(importing("src/reception/take-booking.ts", "vitest")).toHaveLength(1);
});

test("画面と、ファイルからファイルへの仕事は、保管も Node も知らない", () => {
  expect(importing("src/reception/booking-page.tsx", "./booking-store.ts")).toHaveLength(1);
  expect(importing("src/reception/desk-island.tsx", "node:fs")).toHaveLength(1);
  expect(importing("src/notices/fill-notices-file.ts", "./card-store.ts")).toHaveLength(1);
});

test("保管は自分の部屋と地階の型だけを使う", () => {
  expect(importing("src/notices/card-store.ts", "../reception/booking.ts")).toHaveLength(1);
  expect(importing("src/notices/card-store.ts", "../platform/database.ts")).toEqual([]);
  expect(importing("src/notices/card-store.ts", "./card.ts")).toEqual([]);
});

test("リポジトリの外、拡張子のない道、ないファイルは違反", () => {
  expect(importing("src/office/zip.ts", "../../../shared/x.ts")).toHaveLength(1);
  expect(importing("src/office/zip.ts", "./checksum")).toEqual([expect.stringContaining("拡張子")]);
  const file = describeFile("src/office/zip.ts", 'import { x } from "./gone.ts";\n');
  expect(importFaults(file, new Set(["src/office/zip.ts"]))).toHaveLength(1);
});

test("部屋は平らで、語彙は閉じている", () => {
  const names = (path) => nameFaults(describeFile(path, ""), none).map((fault) => fault.message);
  expect(names("src/reception/parts/booking.ts")).toEqual([expect.stringContaining("平ら")]);
  expect(names("src/kitchen/booking.ts")).toEqual([expect.stringContaining("家にない部屋")]);
  expect(names("src/reception/Booking.ts")).toEqual([expect.stringContaining("kebab-case")]);
  expect(names("src/reception/booking-utils.ts")).toEqual([expect.stringContaining("引き出し")]);
  expect(names("src/reception/index.ts")).toEqual([expect.stringContaining("引き出し")]);
  expect(names("src/reception/booking-view.tsx")).toEqual([expect.stringContaining("語彙")]);
  expect(names("src/reception/booking-page.ts")).toEqual([expect.stringContaining("語彙")]);
  expect(names("src/platform/keep-file.ts")).toEqual([]);
  expect(names("src/reception/booking-store.ts")).toEqual([]);
});

test("試験は名指すファイルの隣にある", () => {
  const alone = describeFile("src/reception/booking.test.ts", "");
  expect(nameFaults(alone, new Set(["src/reception/booking.test.ts"]))).toHaveLength(1);
  expect(nameFaults(alone, new Set(["src/reception/booking.ts"]))).toEqual([]);
});

test("データベースを知らない部屋", () => {
  expect(pureRoomFaults(describeFile("src/japan/day-store.ts", ""))).toHaveLength(1);
  const reads = describeFile("src/reading/clause.ts", 'import type { Tx } from "../platform/database.ts";\n');
  expect(pureRoomFaults(reads)).toHaveLength(1);
});

test("手本どおりのファイルには違反がない", () => {
  const text =
    'import { AppError } from "../base/error.ts";\n\nexport function admit() {\n  throw new AppError("CLASS_FULL", "満席です。");\n}\n';
  const all = new Set(["src/reception/booking.ts", "src/base/error.ts"]);
  expect(messages("src/reception/booking.ts", text, all)).toEqual([]);
});
