import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type ClassRow, fullClassKey } from "./class.ts";
import { compareClasses } from "./class-change.ts";

const base: ClassRow = {
  date: "2025-08-05",
  start: "10:00",
  end: "11:30",
  venue: "中央区民センター",
  course: "スマホ入門",
  capacity: 10,
  source: { cell: "A2" },
};

const anyRow = fc.record({
  date: fc.constantFrom("2025-08-05", "2025-08-06"),
  start: fc.constantFrom("10:00", "13:00"),
  end: fc.constantFrom("14:00", "15:00"),
  venue: fc.constantFrom("中央", "北"),
  course: fc.constantFrom("入門", "応用"),
  kind: fc.constantFrom("講習会", "相談会"),
  capacity: fc.integer({ min: 1, max: 20 }),
  bring: fc.constantFrom("スマホ", "なし"),
  source: fc.constant({ cell: "A1" }),
});
// 読み取りは、部屋と種別まで同じ枠を二つ返さない。
const rows = fc.uniqueArray(anyRow, { maxLength: 12, selector: fullClassKey });

describe("日程表の取り込みの差分", () => {
  test("欄ごとの変わり方、増えた枠、消えた枠が分かる", () => {
    const gone = { ...base, date: "2025-08-07", course: "応用" };
    const fresh = { ...base, date: "2025-08-08", venue: "北区民センター", course: "カメラ" };
    const changes = compareClasses([base, gone], [{ ...base, end: "12:00", capacity: 12 }, fresh]);
    expect(changes.changed[0]?.fields).toEqual([
      { field: "end", before: "11:30", after: "12:00" },
      { field: "capacity", before: 10, after: 12 },
    ]);
    expect(changes.added).toEqual([fresh]);
    expect(changes.removed).toEqual([gone]);
    expect(changes.moved).toEqual([]);
  });

  test("字の幅や空白だけの違い、ファイルにない欄は、変わったことにしない", () => {
    const stored = { ...base, venueAddress: "中央区南2条西10丁目", bring: "スマートフォン" };
    const again = { ...base, venue: "中央区民 センター", bring: "スマートフォン ", course: "スマホ入門" };
    expect(compareClasses([stored], [again]).unchanged.length).toBe(1);
  });

  test("日が動いただけらしい枠は、組にして知らせる（増えた・消えたにも残す）", () => {
    const moved = { ...base, date: "2025-08-12" };
    const changes = compareClasses([base], [moved]);
    expect(changes.moved).toEqual([{ before: base, after: moved }]);
    expect([changes.added.length, changes.removed.length]).toEqual([1, 1]);
  });

  test("部屋や種別だけが違う枠は、取り違えずに組む", () => {
    const talk = { ...base, kind: "相談会", capacity: 4 };
    const class_ = { ...base, kind: "講習会" };
    expect(compareClasses([talk, class_], [class_, talk]).unchanged.length).toBe(2);
  });

  test("同じファイルをもう一度取り込むと、何も変わらない", () => {
    fc.assert(
      fc.property(rows, (list) => {
        const changes = compareClasses(list, structuredClone(list));
        expect(changes.unchanged.length).toBe(list.length);
        expect([...changes.added, ...changes.changed, ...changes.removed, ...changes.moved]).toEqual([]);
      }),
    );
  });

  test("どの枠もちょうど一度ずつ数えられ、取り込んだ後にもう一度比べると何も変わらない", () => {
    fc.assert(
      fc.property(rows, rows, (before, after) => {
        const changes = compareClasses(before, after);
        const both = changes.changed.length + changes.unchanged.length;
        expect(changes.added.length + both).toBe(after.length);
        expect(changes.removed.length + both).toBe(before.length);
        const applied = [
          ...changes.added,
          ...changes.changed.map((one) => one.after),
          ...changes.unchanged.map((one) => one.before),
        ];
        expect(compareClasses(applied, after).unchanged.length).toBe(after.length);
      }),
    );
  });
});
