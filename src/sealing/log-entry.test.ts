import fc from "fast-check";
import { expect, test } from "vitest";
import { canonicalJson } from "../base/canonical.ts";
import type { Json } from "../base/event.ts";
import { entryLine, isInstant, isLogEntry, type LogEntry, leafBytes } from "./log-entry.ts";
import { leafHash } from "./merkle.ts";

const text = fc.string({ unit: "grapheme", maxLength: 12 }).map((s) => s.toWellFormed());
const instants = fc
  .date({ min: new Date(0), max: new Date("2099-12-31"), noInvalidDate: true })
  .map((d) => d.toISOString());
const entries: fc.Arbitrary<LogEntry> = fc.record({
  seq: fc.nat(),
  id: text,
  contract: text,
  kind: text,
  at: instants,
  recordedAt: instants,
  actor: text,
  subject: fc.option(text),
  about: fc.option(text),
  payload: fc.dictionary(text, fc.jsonValue({ noUnicodeString: true, maxDepth: 3 }) as fc.Arbitrary<Json>, {
    maxKeys: 4,
  }),
});

test("葉のバイト列は、番号を除いた正規の JSON に等しい", () => {
  fc.assert(
    fc.property(entries, (entry) => {
      const { seq: _, ...rest } = entry;
      expect(Buffer.from(leafBytes(entry)).toString("utf8")).toBe(canonicalJson(rest));
      expect(leafBytes({ ...rest })).toEqual(leafBytes(entry));
    }),
  );
});

test("ファイルの一行も正規の JSON で、読み直すと元の記録になる", () => {
  fc.assert(
    fc.property(entries, (entry) => {
      const leaf = leafHash(leafBytes(entry));
      const line = entryLine(entry, leaf);
      const parsed = JSON.parse(line);
      expect(line).toBe(canonicalJson(parsed));
      expect(line).not.toContain("\n");
      expect(isLogEntry(parsed)).toBe(true);
      expect(canonicalJson({ ...entry, leaf: Buffer.from(leaf).toString("base64") })).toBe(line);
    }),
  );
});

test("記録の形でない値を見分ける", () => {
  const good = {
    seq: 0,
    id: "e",
    contract: "c",
    kind: "k",
    at: "2025-09-17T04:40:00.000Z",
    recordedAt: "2025-09-17T04:40:00.000Z",
    actor: "a",
    subject: null,
    about: null,
    payload: {},
    leaf: "",
  };
  expect(isLogEntry(good)).toBe(true);
  for (const key of Object.keys(good)) {
    const { [key as keyof typeof good]: _, ...without } = good;
    expect(isLogEntry(without)).toBe(false);
    expect(isLogEntry({ ...good, [key]: key === "payload" ? [] : false })).toBe(false);
  }
  expect(isInstant("2025-09-17T04:40:00.000Z")).toBe(true);
  for (const bad of ["2025-02-30T00:00:00.000Z", "2025-09-17 04:40:00.000Z", "2025-09-17T04:40:00Z", 5, null])
    expect(isInstant(bad)).toBe(false);
});
