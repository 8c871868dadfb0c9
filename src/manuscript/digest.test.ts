import { readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { writeWordDocument } from "../office/word-document.ts";
import { openZip } from "../office/zip.ts";
import { TextBinder } from "./bound-text.ts";
import { buildPlanFile } from "./build-plan-file.ts";
import { checkDigest, fingerprintOf, freshDigest, readDigest } from "./digest.ts";
import { digestDocument } from "./digest-document.ts";
import { allBlocks } from "./manuscript.ts";
import { readManuscript } from "./manuscript-reader.ts";
import { refigurePlanFile } from "./refigure-plan-file.ts";

const root = fileURLToPath(new URL("../../samples/plan/", import.meta.url));
const files = new Map(
  readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry): [string, Uint8Array] => {
      const path = join(entry.parentPath, entry.name);
      return [relative(root, path).split(sep).join("/"), new Uint8Array(readFileSync(path))];
    }),
);
const view = (name: string) => readDigest(files.get(name) ?? new Uint8Array(), name);

test("3(1)(ｳ) 概要版と子ども版は、同じ原稿の見え方で、読みやすさの目標に届いて初めて出せる", () => {
  const manuscript = readManuscript(files);
  for (const name of ["views/gaiyou.yaml", "views/kodomo.yaml"]) {
    const digest = view(name);
    const report = checkDigest(manuscript, digest);
    expect(report.plain.unmet).toEqual([]);
    expect(report).toMatchObject({ stale: [], missing: [], ready: true });
    const hard = {
      ...digest,
      items: [{ text: "情報通信技術活用戦略策定支援業務実施要領改定案概要説明資料作成。" }],
    };
    expect(checkDigest(manuscript, hard).ready).toBe(false);
  }
});

test("3(1)(ｳ) 元の部分が変われば、どこが変わったかを知らせる。消えれば、ないと知らせる", () => {
  const manuscript = readManuscript(files);
  const digest = freshDigest(manuscript, view("views/gaiyou.yaml"));
  const changed = new Map(files);
  const source = new TextDecoder().decode(files.get("04-priority.md"));
  changed.set(
    "04-priority.md",
    new TextEncoder().encode(source.replace("前の晩に、地区ごとの", "前の日に、町内ごとの")),
  );
  const report = checkDigest(readManuscript(changed), digest);
  expect(report.stale.map(({ block }) => block)).toEqual(["s4-2.p1"]);
  expect(report.ready).toBe(false);
  const gone = checkDigest(manuscript, { ...digest, items: [{ block: "nowhere", text: "文。" }] });
  expect(gone.missing).toEqual(["nowhere"]);
  const bare = checkDigest(manuscript, { ...digest, items: [{ block: "s4-2.p1", text: "文です。" }] });
  expect(bare).toMatchObject({ unstamped: ["s4-2.p1"], ready: false });
  const [first] = allBlocks(manuscript.blocks);
  expect(first && fingerprintOf(first)).toMatch(/^[0-9a-f]{12}$/);
});

test("3(1)(ｳ) A3 を二つに折る概要版は、横向き・二段で、図は元のまま入る", () => {
  const manuscript = readManuscript(files);
  const binder = new TextBinder(manuscript);
  const docx = writeWordDocument(
    digestDocument(manuscript, binder, view("views/gaiyou.yaml"), "2024-10-31T00:00:00.000Z"),
  );
  const parts = openZip(docx);
  const xml = new TextDecoder().decode(parts.get("word/document.xml"));
  expect(xml).toMatch(/<w:pgSz w:w="23811" w:h="16838" w:orient="landscape"\/>/);
  expect(xml).toMatch(/<w:cols w:num="2"/);
  expect([...parts.keys()].filter((name) => name.startsWith("word/charts/chart"))).toHaveLength(2);
  expect(binder.warnings).toEqual([]);
});

test("3(1)(ｲ) デザインし直した Word の図に、いまの数だけを入れる。色は残り、ない図は知らせる", async () => {
  const { files: made } = await buildPlanFile(files, ["docx"], "2024-09-27T00:00:00.000Z", { noPages: true });
  const parts = openZip(made[0]?.bytes ?? new Uint8Array());
  const charts = [...parts].filter(([name]) => /^word\/charts\/chart\d+\.xml$/.test(name));
  const chart = charts.find(([, body]) => new TextDecoder().decode(body).includes("従来型の携帯電話"));
  const changed = new Map(files);
  const source = new TextDecoder().decode(files.get("data/device.csv"));
  changed.set("data/device.csv", new TextEncoder().encode(source.replace("86.3", "91.4")));
  const again = refigurePlanFile(made[0]?.bytes ?? new Uint8Array(), changed);
  expect(again.filled).toHaveLength(17);
  expect(again.missing).toEqual([]);
  const after = new TextDecoder().decode(openZip(again.bytes).get(chart?.[0] ?? ""));
  expect(after).toContain("<c:v>91.4</c:v>");
  expect(after).toContain("17508C");
  const { files: other } = await buildPlanFile(
    new Map([
      ["plan.yaml", new TextEncoder().encode("title: 別")],
      ["01.md", new TextEncoder().encode("# 章 {#c}\n本文。")],
    ]),
    ["docx"],
    "2024-09-27T00:00:00.000Z",
    { noPages: true },
  );
  expect(refigurePlanFile(other[0]?.bytes ?? new Uint8Array(), files).missing).toHaveLength(17);
  expect(() => refigurePlanFile(new Uint8Array([1, 2, 3]), files)).toThrowError(
    expect.objectContaining({ code: "BAD_INPUT" }),
  );
});
