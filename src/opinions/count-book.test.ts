import fc from "fast-check";
import { expect, test } from "vitest";
import { type CountedLetter, type CountedOpinion, countBook } from "./count-book.ts";

const letter = (id: string, more: Partial<CountedLetter> = {}): CountedLetter => ({
  ...{ id, channel: "post", age: "none", kids: false, people: [`p${id}`], signers: 1 },
  ...more,
});
const opinion = (id: string, of: string, more: Partial<CountedOpinion> = {}): CountedOpinion => ({
  ...{ id, letter: of, text: id, section: "1", status: "未定", group: null },
  ...more,
});

test("３(1)(ｴ)① 提出者・通数・意見数・異なる意見は別の数で、まとめると最後の数だけが減る", () => {
  const letters = [
    letter("a"),
    letter("b", { people: ["pa"], channel: "fax" }),
    letter("c", { people: [], signers: 24 }),
  ];
  const opinions = [
    opinion("1", "a"),
    opinion("2", "a"),
    opinion("3", "b", { text: "1" }),
    opinion("4", "c"),
  ];
  const book = countBook(letters, opinions);
  expect(book.total).toEqual({ people: 25, letters: 3, opinions: 4, distinct: 3 });
  expect(book).toMatchObject({ twice: 1, strings: 3, faults: [] });
  const joined = countBook(
    letters,
    opinions.map((one) => (one.id === "4" ? one : { ...one, group: "g" })),
  );
  expect(joined.total).toEqual({ people: 25, letters: 3, opinions: 4, distinct: 2 });
});

test("どんな通と意見でも、表の和は合計に合い、合わなければ言う", () => {
  const someLetters = fc.uniqueArray(
    fc.record({
      ...{ id: fc.string({ minLength: 1, maxLength: 3 }), channel: fc.constantFrom("post", "fax", "form") },
      ...{
        age: fc.constantFrom("u20", "a30", "none"),
        kids: fc.boolean(),
        signers: fc.integer({ min: 1, max: 30 }),
      },
      people: fc.uniqueArray(fc.constantFrom("x", "y", "z", "w"), { maxLength: 3 }),
    }),
    { selector: ({ id }) => id, minLength: 1, maxLength: 12 },
  );
  fc.assert(
    fc.property(
      someLetters,
      fc.array(
        fc.tuple(
          fc.nat(11),
          fc.constantFrom("あ", "い", "う"),
          fc.constantFrom("A", "B"),
          fc.option(fc.constantFrom("g", "h")),
        ),
      ),
      (letters, marks) => {
        const opinions = marks.map(([at, text, status, group], id) =>
          opinion(String(id), letters[at % letters.length]?.id ?? "", { text, status, group }),
        );
        const book = countBook(letters, opinions);
        expect(book.faults).toEqual([]);
        expect(book.total.distinct).toBeLessThanOrEqual(opinions.length);
        expect(book.total.letters).toBe(letters.length);
      },
    ),
  );
  expect(countBook([letter("a")], [opinion("1", "知らない通")]).faults[0]).toContain(
    "数えた通の中にありません",
  );
});
