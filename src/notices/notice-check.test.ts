import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cardFontHas } from "./card-character.ts";
import { maskName } from "./notice-card.ts";
import { type CardFacts, type CheckContext, checkCard, compareExceptions } from "./notice-check.ts";

const good: CardFacts = {
  id: "a",
  number: 98,
  name: "佐藤　和子",
  postal: "001-0031",
  address: "札幌市北区北三十一条西5丁目2-10",
  building: "",
  largePrint: false,
  classId: "c",
  day: "2025-10-01",
  venue: "北区民センター",
  changed: false,
};
const calm: CheckContext = {
  daysBeforeClass: () => 7,
  missingFields: () => [],
  hasLargeTemplate: true,
  neighbours: [],
};
const codes = (card: Partial<CardFacts>, context: Partial<CheckContext> = {}) =>
  checkCard({ ...good, ...card }, { ...calm, ...context }).map((one) => one.code);

test("６(2)オ 整った宛先には、確かめるものがない", () => {
  expect(codes({})).toEqual([]);
  expect(codes({ building: "コーポ北 203", name: "髙橋　正" })).toEqual([]);
});

describe("６(2)オ 届かない宛先", () => {
  test("番地がない", () => {
    const [one] = checkCard({ ...good, address: "札幌市北区北三十一条西5丁目" }, calm);
    expect(one).toMatchObject({ code: "no-house-number", tone: "late" });
    expect(one?.detail).toBe("佐＊＊＊＊　住所が「5丁目」で終わっています");
  });

  test("郵便番号と住所が違えば、番号の指す場所と候補を言う", () => {
    const [one] = checkCard({ ...good, postal: "002-8071" }, calm);
    expect(one).toMatchObject({ code: "postal-differs", tone: "late" });
    expect(one?.detail).toContain("あいの里");
    expect(one?.suggested).toContain("0010031");
  });

  test("ない番号・空の番号", () => {
    expect(codes({ postal: "999-9999" })).toContain("postal-unknown");
    expect(codes({ postal: "" })).toEqual(["postal-unknown"]);
  });

  test("次の集荷では受講日に届かないものは、電話に回す", () => {
    expect(codes({}, { daysBeforeClass: () => 0 })).toEqual(["too-late"]);
    expect(codes({}, { daysBeforeClass: () => 1 })).toEqual([]);
  });

  test("様式が印字する項目が空", () => {
    const [one] = checkCard(good, { ...calm, missingFields: () => ["会場所在地"] });
    expect(one).toMatchObject({ code: "missing", detail: "会場所在地がありません" });
  });
});

describe("同じ住所・同じ姓", () => {
  const spouse = { ...good, id: "b", number: 156, name: "佐藤　正" };
  test("同じ日ならご夫婦とみる", () => {
    const [one] = checkCard(good, { ...calm, neighbours: [good, spouse] });
    expect(one).toMatchObject({
      code: "same-home",
      tone: "due",
      detail: "0156 と同日。ご夫婦の別予約とみられます",
    });
  });
  test("住所の書き方が違っても同じ家と分かる", () => {
    const written = { ...spouse, address: "札幌市北区北31条西５丁目２－１０" };
    expect(codes({}, { neighbours: [written] })).toEqual(["same-home"]);
  });
  test("部屋が違えば別の家、同じ方の別の日は二通でよい", () => {
    expect(codes({}, { neighbours: [{ ...spouse, building: "202" }] })).toEqual([]);
    expect(codes({}, { neighbours: [{ ...good, id: "b", day: "2025-10-02" }] })).toEqual([]);
    expect(codes({}, { neighbours: [{ ...good, id: "b", number: 12 }] })).toEqual(["twice"]);
  });
});

describe("書体にない字を、黙って置き換えない", () => {
  test("JIS X 0213 の字は印字できる", () => {
    for (const char of ["髙", "﨑", "𠀋", "あ", "ｱ", "A", "㈱", "圳"])
      expect([char, cardFontHas(char)]).toEqual([char, true]);
  });
  test("異体字セレクタ、表の外の字、分かれた濁点は人が見る", () => {
    for (const char of ["﨑\u{e0101}", "葛\u{e0100}", "𠮷", "𠀋\u{fe00}", "か\u3099", "🙂"])
      expect([char, cardFontHas(char)]).toEqual([char, false]);
    const [one] = checkCard({ ...good, name: "﨑\u{e0101}山　太郎" }, calm);
    expect(one?.detail).toContain("異体字");
  });
});

test("長い氏名・住所、大きな文字、後の変更", () => {
  expect(codes({ building: "サンプルハイツ北二十四条西五丁目ガーデンテラス一番館1203号室" })).toEqual([
    "overflow",
  ]);
  expect(codes({ largePrint: true })).toEqual(["large-print"]);
  expect(checkCard({ ...good, largePrint: true }, { ...calm, hasLargeTemplate: false })[0]?.tone).toBe("due");
  expect(codes({ changed: true })).toEqual(["changed"]);
});

test("悪いものから並び、同じ重さでは受付番号の順", () => {
  const card = { ...good, largePrint: true, changed: true, postal: "" };
  expect(checkCard(card, calm).map((one) => one.tone)).toEqual(["late", "due", "wait"]);
  const rows = [
    { number: 3, exceptions: [] },
    { number: 2, exceptions: checkCard({ ...good, largePrint: true }, calm) },
    { number: 9, exceptions: checkCard({ ...good, postal: "" }, calm) },
    { number: 1, exceptions: checkCard({ ...good, postal: "" }, calm) },
  ];
  expect(rows.sort(compareExceptions).map((one) => one.number)).toEqual([1, 9, 2, 3]);
});

test("氏名の名と番地は、一覧の文に出ない", () => {
  fc.assert(
    fc.property(
      fc.record({
        postal: fc.constantFrom("001-0031", "002-8071", "", "999-9999"),
        address: fc.constantFrom(
          "札幌市北区北三十一条西5丁目",
          "札幌市北区北三十一条西5丁目87-65",
          "札幌市北区屯田七条9丁目87-65",
          "",
        ),
        building: fc.constantFrom("", "ヒミツ荘4321"),
        largePrint: fc.boolean(),
        changed: fc.boolean(),
      }),
      fc.boolean(),
      (given, late) => {
        const card = { ...good, name: "相馬　キヨ子", ...given };
        const found = checkCard(card, {
          ...calm,
          daysBeforeClass: () => (late ? 0 : 7),
          neighbours: [{ ...card, id: "z", name: "相馬　一" }],
        });
        for (const one of found)
          expect(`${one.title}${one.detail}`).not.toMatch(/キヨ子|相馬|87-65|ヒミツ|4321/);
      },
    ),
  );
});

test("どんな文字が来ても壊れない", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: "binary", maxLength: 300 }),
      fc.string({ unit: "binary", maxLength: 20 }),
      (text, code) => {
        expect(() =>
          checkCard({ ...good, name: text, address: text, building: text, postal: code }, calm),
        ).not.toThrow();
        expect([...maskName(text)].length).toBeGreaterThanOrEqual(0);
      },
    ),
    { numRuns: 60 },
  );
});
