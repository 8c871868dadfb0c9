import fc from "fast-check";
import { expect, test } from "vitest";
import { canonicalBytes, canonicalJson, NotCanonical } from "./canonical.ts";

test("RFC 8785 3.2.2 の例と一致する", () => {
  const given = {
    numbers: [333333333.3333333, 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
    string: "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"/",
    literals: [null, true, false],
  };
  expect(canonicalJson(given)).toBe(
    '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
  );
});

test("RFC 8785 3.2.3 の例: キーは UTF-16 の符号単位順", () => {
  const given = {
    "\u20ac": "Euro Sign",
    "\r": "Carriage Return",
    "\ufb33": "Hebrew Letter Dalet With Dagesh",
    "1": "One",
    "\ud83d\ude00": "Emoji: Grinning Face",
    "\u0080": "Control",
    "\u00f6": "Latin Small Letter O With Diaeresis",
  };
  expect([...canonicalJson(given).matchAll(/:"([^"]+)"/g)].map((m) => m[1])).toEqual([
    "Carriage Return",
    "One",
    "Control",
    "Latin Small Letter O With Diaeresis",
    "Euro Sign",
    "Emoji: Grinning Face",
    "Hebrew Letter Dalet With Dagesh",
  ]);
});

test("キーの順を入れ替えても、読み直して書いても、同じ文字列になる", () => {
  fc.assert(
    fc.property(fc.jsonValue({ noUnicodeString: false, maxDepth: 3 }), (value) => {
      const text = canonicalJson(value);
      expect(canonicalJson(JSON.parse(text))).toBe(text);
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      expect(canonicalJson(shuffled(value))).toBe(text);
    }),
  );
});

test("-0 は 0、__proto__ というキーも値として残る、日本語はそのまま", () => {
  expect(canonicalJson([-0, { b: 1, a: "窓口" }])).toBe('[0,{"a":"窓口","b":1}]');
  expect(canonicalJson(JSON.parse('{"__proto__":1}'))).toBe('{"__proto__":1}');
  expect(canonicalBytes("窓").length).toBe(5);
});

test("表せない値は黙って変えずに断る", () => {
  const loop: unknown[] = [];
  loop.push(loop);
  const holes = [1, 2];
  delete holes[0];
  for (const bad of [
    undefined,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    1n,
    () => 1,
    { a: undefined },
    holes,
    "\ud800",
    { "\ud800": 1 },
    new Date(0),
    new Map(),
    loop,
  ]) {
    expect(() => canonicalJson(bad)).toThrow(NotCanonical);
  }
  expect(() => canonicalJson(JSON.parse("[".repeat(5000) + "]".repeat(5000)))).toThrow(NotCanonical);
});

function shuffled(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shuffled);
  if (value === null || typeof value !== "object") return value;
  const copy: Record<string, unknown> = Object.create(null);
  for (const [key, member] of Object.entries(value).reverse()) copy[key] = shuffled(member);
  return copy;
}
