import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { canonicalJson } from "../base/canonical.ts";
import { AppError } from "../base/error.ts";
import {
  type Checkpoint,
  collationNumber,
  keyFingerprint,
  newSigningKey,
  signCheckpoint,
} from "./checkpoint.ts";
import { entryLine, type LogEntry, leafBytes } from "./log-entry.ts";
import { MAX_LINE_BYTES, signHeader } from "./log-file.ts";
import { leafHash, rootOf } from "./merkle.ts";
import { type LogExpectation, verifyLogFile } from "./verify-log-file.ts";
import { type LogExport, writeLogFile } from "./write-log-file.ts";

const OFFICE = "office-1";
const AT = "2025-09-17T08:00:00.000Z";
const keys = newSigningKey();
const COUNT = 20;
let dir: string;
let lines: string[];

function entryOf(seq: number, note = "空席を調べた"): LogEntry {
  return {
    seq,
    id: `e${seq}`,
    contract: "c1",
    kind: "class.searched",
    at: AT,
    recordedAt: AT,
    actor: "a1",
    subject: `p${seq % 3}`,
    about: null,
    payload: { note, seats: seq },
  };
}

function pointAt(entries: readonly LogEntry[], size: number, privateKey = keys.privateKey): Checkpoint {
  return signCheckpoint(
    privateKey,
    OFFICE,
    size,
    rootOf(entries.slice(0, size).map((e) => leafHash(leafBytes(e)))),
    AT,
  );
}

function exportOf(count: number, sizes: number[]): LogExport {
  const entries = Array.from({ length: count }, (_, i) => entryOf(i));
  return {
    office: OFFICE,
    privateKey: keys.privateKey,
    exportedAt: AT,
    entries,
    checkpoints: sizes.map((size) => pointAt(entries, size)),
  };
}

function verifyText(text: string | readonly string[], expectation?: LogExpectation) {
  const bytes = Buffer.from(typeof text === "string" ? text : `${text.join("\n")}\n`);
  return verifyLogFile(chunksOf(bytes, 1000), expectation);
}

async function* chunksOf(bytes: Uint8Array, size: number) {
  for (let i = 0; i < bytes.length; i += size) yield bytes.subarray(i, i + size);
}

const without = (index: number) => lines.filter((_, i) => i !== index);
const replaced = (index: number, line: string) => lines.map((old, i) => (i === index ? line : old));

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "madoguchi-log-"));
  const path = join(dir, "log.jsonl");
  await writeLogFile(path, exportOf(COUNT, [7, 14, COUNT]));
  lines = (await readFile(path, "utf8")).trimEnd().split("\n");
});
afterAll(() => rm(dir, { recursive: true }));

test("別紙1 5(6) 書き出した記録は、そのファイルだけで確かめられる", async () => {
  const path = join(dir, "plain.jsonl");
  const written = await writeLogFile(path, exportOf(COUNT, [7, 14, COUNT]));
  const verdict = await verifyLogFile(path);
  expect(verdict).toMatchObject({
    entries: COUNT,
    root: written.root,
    ok: true,
    checkpoints: 3,
    office: OFFICE,
    fingerprint: keyFingerprint(keys.publicKey),
  });
  expect(verdict.firstBad).toBeUndefined();
  expect(lines.length).toBe(1 + COUNT + 3);
  expect(lines.every((line) => line === canonicalJson(JSON.parse(line)))).toBe(true);
  expect((await readdir(dir)).filter((name) => name.endsWith(".part"))).toEqual([]);
});

test("一件もない記録も、書き出して確かめられる", async () => {
  const path = join(dir, "none.jsonl");
  for (const sizes of [[0], []]) expect((await writeLogFile(path, exportOf(0, sizes))).ok).toBe(true);
  expect(await verifyLogFile(path)).toMatchObject({
    ok: true,
    entries: 0,
    root: "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
  });
});

test("塊の切れ目がどこにあっても、結果は同じ（CRLF・BOM・末尾の改行なしも中身は同じ）", async () => {
  const bytes = Buffer.from(lines.join("\n"));
  for (const size of [1, 2, 3, 7, 64, bytes.length])
    expect((await verifyLogFile(chunksOf(bytes, size))).ok).toBe(true);
  expect((await verifyText(`\ufeff${lines.join("\r\n")}\r\n`)).ok).toBe(true);
});

test("別紙1 5(6) 一件の中身の変更は、その行と番号を言い当てる", async () => {
  for (const [before, after] of [
    ["空席", "満席"],
    ['"a1"', '"a2"'],
    ["class.searched", "class.deleted"],
    [AT, "2025-09-17T08:00:00.001Z"],
    ['"p2"', "null"],
  ] as const) {
    const verdict = await verifyText(replaced(10, String(lines[10]).replace(before, after)));
    expect(verdict).toMatchObject({
      ok: false,
      entries: COUNT,
      firstBad: { line: 11, seq: JSON.parse(String(lines[10])).seq },
    });
    expect(verdict.firstBad?.reason).toMatch(/変えられて/);
  }
});

test("別紙1 5(6) ハッシュまで書き直した変更は、検査点が示す", async () => {
  const forged = entryOf(8, "何もしていない");
  const at = lines.findIndex((line) => line.includes('"seq":8,'));
  const verdict = await verifyText(replaced(at, entryLine(forged, leafHash(leafBytes(forged)))));
  expect(verdict).toMatchObject({ ok: false, firstBad: { seq: 7 } });
  expect(verdict.firstBad?.reason).toMatch(/番号 7 から 13 まで/);
});

test("別紙1 5(6) 削除・差し込み・並べ替えは、最初の場所を言い当てる", async () => {
  expect((await verifyText(without(4))).firstBad).toMatchObject({ line: 5, seq: 3 });
  const doubled = lines.toSpliced(4, 0, String(lines[4]));
  expect((await verifyText(doubled)).firstBad).toMatchObject({ line: 6, seq: 3 });
  const swapped = lines.with(4, String(lines[5])).with(5, String(lines[4]));
  expect((await verifyText(swapped)).firstBad).toMatchObject({ line: 5, seq: 3 });
});

test("別紙1 5(6) 番号を付け直した削除と差し込みも見つける", async () => {
  const entries = Array.from({ length: COUNT }, (_, i) => entryOf(i));
  const rewrite = (kept: LogEntry[]) =>
    kept.map((entry, seq) => entryLine({ ...entry, seq }, leafHash(leafBytes(entry))));
  const points = lines.filter((line) => line.includes('"root"'));
  const fewer = [String(lines[0]), ...rewrite(entries.toSpliced(3, 1)), String(points[2])];
  expect((await verifyText(fewer)).firstBad?.reason).toMatch(/抜けています/);
  const more = [
    String(lines[0]),
    ...rewrite(entries.toSpliced(3, 0, entryOf(3, "足した"))),
    String(points[2]),
  ];
  expect((await verifyText(more)).firstBad?.reason).toMatch(/差し込まれて/);
});

test("別紙1 5(6) 末尾の切り取りは、古い検査点で終わっていても見つける", async () => {
  const cutAtOldPoint = lines.slice(0, 1 + 14 + 2);
  expect((await verifyText(cutAtOldPoint)).firstBad?.reason).toMatch(/切り取られて/);
  expect((await verifyText(lines.slice(0, -1))).firstBad?.reason).toMatch(/切り取られた/);
  const header = JSON.parse(String(lines[0]));
  const shrunk = [canonicalJson({ ...header, size: 14 }), ...cutAtOldPoint.slice(1)];
  expect((await verifyText(shrunk)).firstBad?.reason).toMatch(/見出しの署名/);
});

test("どのバイトで切っても通らない", async () => {
  const bytes = Buffer.from(lines.join("\n"));
  await fc.assert(
    fc.asyncProperty(fc.nat(bytes.length - 1), async (at) => {
      const verdict = await verifyLogFile(chunksOf(bytes.subarray(0, at), 4096));
      expect(verdict.ok).toBe(false);
      expect(verdict.firstBad).toBeDefined();
    }),
    { numRuns: 150 },
  );
});

test("どの1バイトを変えても通らない", async () => {
  const bytes = Buffer.from(lines.join("\n"));
  await fc.assert(
    fc.asyncProperty(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), async (at, flip) => {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ flip;
      // 行末の CR は許しているので、改行の直前に CR が現れる変え方だけは除く。
      fc.pre(changed[at] !== 13);
      expect((await verifyLogFile(chunksOf(changed, 4096))).ok).toBe(false);
    }),
    { numRuns: 300 },
  );
});

test("別紙1 5(6) 偽の検査点と別の鍵は通らない", async () => {
  const entries = Array.from({ length: COUNT }, (_, i) => entryOf(i));
  const mallory = newSigningKey();
  const forged = canonicalJson(pointAt(entries, COUNT, mallory.privateKey));
  expect((await verifyText(replaced(lines.length - 1, forged))).firstBad?.reason).toMatch(/検査点の署名/);
  const header = canonicalJson(
    signHeader(mallory.privateKey, {
      office: OFFICE,
      publicKey: mallory.publicKey,
      exportedAt: AT,
      size: COUNT,
    }),
  );
  expect((await verifyText(replaced(0, header))).firstBad?.reason).toMatch(/検査点の署名/);
});

test("全部を別の鍵で作り直したものは、指紋か紙の照合番号との突き合わせで分かる", async () => {
  const mallory = newSigningKey();
  const entries = Array.from({ length: COUNT }, (_, i) => entryOf(i, "作り直した"));
  const path = join(dir, "remade.jsonl");
  const remade = {
    office: OFFICE,
    privateKey: mallory.privateKey,
    exportedAt: AT,
    entries,
    checkpoints: [pointAt(entries, COUNT, mallory.privateKey)],
  };
  await writeLogFile(path, remade);
  expect((await verifyLogFile(path)).ok).toBe(true);
  expect(
    (await verifyLogFile(path, { fingerprint: keyFingerprint(keys.publicKey) })).firstBad?.reason,
  ).toMatch(/控えの指紋/);
  const paper = collationNumber(
    OFFICE,
    JSON.parse(String(lines.findLast((line) => line.includes('"size":14')))),
  );
  expect((await verifyLogFile(path, { collation: paper })).firstBad?.reason).toMatch(/照合番号/);
  expect(
    (await verifyText(lines, { collation: paper.toLowerCase(), fingerprint: keyFingerprint(keys.publicKey) }))
      .ok,
  ).toBe(true);
});

test("空・壊れた JSON・別の種類のファイル・余分な項目・重なった項目は、ことばで断る", async () => {
  expect((await verifyText("")).firstBad).toMatchObject({
    line: 1,
    reason: expect.stringContaining("空です"),
  });
  for (const text of ["\n", "PK\u0003\u0004", "[]", "null", '{"format":"madoguchi-log/2"}']) {
    expect((await verifyText(text)).firstBad?.reason).toMatch(/見出しではありません/);
  }
  expect((await verifyText(replaced(5, "{"))).firstBad).toMatchObject({
    line: 6,
    seq: 4,
    reason: expect.stringContaining("JSON"),
  });
  expect((await verifyText(replaced(5, '{"a":1}'))).firstBad?.reason).toMatch(/記録でも検査点でもない/);
  const extra = String(lines[5]).replace('{"about"', '{"aaa":1,"about"');
  expect((await verifyText(replaced(5, extra))).firstBad?.reason).toMatch(/余分な項目/);
  const twice = String(lines[5]).replace('{"about":null', '{"about":"x","about":null');
  expect((await verifyText(replaced(5, twice))).firstBad?.reason).toMatch(/重なった項目/);
  const deep = String(lines[5]).replace('"seats":4', `"seats":${"[".repeat(50_000)}${"]".repeat(50_000)}`);
  expect((await verifyText(replaced(5, deep))).firstBad?.reason).toMatch(/正規の形/);
  const bytes = Buffer.from(lines.join("\n"));
  bytes[bytes.indexOf("空")] = 0xff;
  expect((await verifyLogFile(chunksOf(bytes, 4096))).firstBad?.reason).toMatch(/UTF-8/);
});

test("とても長い行を溜め込まずに断る（記憶の上限）", async () => {
  async function* endless() {
    yield Buffer.from(`${lines.slice(0, 3).join("\n")}\n`);
    const chunk = Buffer.alloc(1024 * 1024, "x");
    for (let i = 0; i < 300; i++) yield chunk;
    yield Buffer.from(`\n${lines.slice(3).join("\n")}\n`);
  }
  const before = process.memoryUsage().rss;
  const verdict = await verifyLogFile(endless());
  expect(verdict).toMatchObject({ ok: false, entries: COUNT, firstBad: { line: 4, seq: 2 } });
  expect(verdict.firstBad?.reason).toMatch(/長すぎ/);
  expect(process.memoryUsage().rss - before).toBeLessThan(100 * 1024 * 1024);
});

test("五万件を、件数によらない記憶で確かめる", async () => {
  const path = join(dir, "many.jsonl");
  const source = exportOf(50_000, [1, 20_000, 50_000]);
  const written = await writeLogFile(path, source);
  const seen: number[] = [];
  const verdict = await verifyLogFile(path, { onProgress: (entries) => seen.push(entries) });
  expect(verdict).toMatchObject({ ok: true, entries: 50_000, root: written.root });
  expect(seen.length).toBeGreaterThan(3);
});

test("開けないファイルと書けない場所は AppError になる", async () => {
  await expect(verifyLogFile(join(dir, "nothing"))).rejects.toThrow(AppError);
  await expect(verifyLogFile(dir)).rejects.toThrow(/開けません/);
  await expect(writeLogFile(join(dir, "no", "log"), exportOf(1, [1]))).rejects.toThrow(/書き出し先/);
});

test("書き出しは、番号の抜け・検査点より少ない記録・長すぎる行を不具合として止め、半端なファイルを残さない", async () => {
  const path = join(dir, "stopped.jsonl");
  const good = exportOf(3, [3]);
  const broken: LogExport[] = [
    { ...good, entries: [entryOf(0), entryOf(2)] },
    { ...good, entries: [entryOf(0)] },
    { ...good, entries: [entryOf(0, "x".repeat(MAX_LINE_BYTES))] },
  ];
  for (const source of broken) await expect(writeLogFile(path, source)).rejects.toThrow();
  await writeFile(path, "");
  expect((await readdir(dir)).filter((name) => name.startsWith("stopped"))).toEqual(["stopped.jsonl"]);
});

test("記録の表が書き換えられていれば、書き出しの結果も ok にならない", async () => {
  const good = exportOf(3, [3]);
  const path = join(dir, "tampered.jsonl");
  expect(
    (await writeLogFile(path, { ...good, entries: [entryOf(0), entryOf(1, "後から変えた"), entryOf(2)] })).ok,
  ).toBe(false);
  expect((await verifyLogFile(path)).ok).toBe(false);
});
