import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { groupCommentsFile } from "../src/opinions/group-comments-file.ts";
import { drawFrom } from "../src/staffing/random-draw.ts";
import type { BenchRow } from "./bench-row.ts";

export const name = "意見 207,850 件（違う文 8,277）のまとめと、scikit-learn";

/** ある省が実際に受け取った数。 */
const OPINIONS = 207_850;
const DISTINCT = 8_277;

/**
 * 同じファイルを、scikit-learn（文字 5-gram の有無、近い組を全部）と比べる。
 * python3-sklearn がなければ、手本は同じ文字を一度なめるだけの時間。
 */
export async function run(): Promise<BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), "madoguchi-comments-"));
  try {
    const csv = Buffer.from(makeCsv());
    const file = join(folder, "in.csv");
    writeFileSync(file, csv);
    const started = performance.now();
    const found = groupCommentsFile(csv, "in.csv");
    const ours = performance.now() - started;
    if (found.opinions !== OPINIONS || found.distinct !== DISTINCT) throw new Error("数が合いません。");
    const small = Buffer.from(makeCsv(10_000, 9_000));
    const before = performance.now();
    groupCommentsFile(small, "in.csv");
    const ten = performance.now() - before;
    const peer = await sklearn(file);
    const scan = scanTime(csv);
    const memory = `記憶 ${Math.round(process.memoryUsage().rss / 1024 / 1024)} MB`;
    return [
      {
        ...{ what: "207,850 件", ours, peer: peer ?? scan, ratio: ours / (peer ?? scan), unit: "ミリ秒" },
        note: `${peer ? "手本は scikit-learn" : "手本は文字を一度なめるだけ"}。${memory}`,
      },
      {
        ...{ what: "10,000 件（違う文 9,000）", ours: ten, peer: scan, ratio: ten / scan, unit: "ミリ秒" },
        note: "手本は 207,850 件の文字を一度なめるだけ",
      },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function makeCsv(opinions = OPINIONS, distinct = DISTINCT): string {
  const draw = drawFrom(7);
  const letters = Array.from(
    "市民の生活を支える情報技術と窓口について高齢者にもわかりやすくしてほしい学校教育防災交通観光産業医療",
  );
  const letter = () => letters[Math.floor(draw() * letters.length)] ?? "";
  const texts: string[] = [];
  const seen = new Set<string>();
  while (texts.length < distinct) {
    const parent = texts[Math.floor(draw() * Math.min(texts.length, 800))];
    let text = Array.from({ length: 40 + Math.floor(draw() * 260) }, letter).join("");
    if (parent !== undefined && draw() < 0.5) {
      const points = Array.from(parent);
      for (let i = 0; i < 1 + draw() * 5; i += 1) points[Math.floor(draw() * points.length)] = letter();
      text = points.join("");
    }
    if (seen.has(text)) continue;
    seen.add(text);
    texts.push(text);
  }
  const rows = ["id,letter,person,text"];
  for (let n = 0; n < opinions; n += 1) {
    // はじめに一度ずつ、あとは一部の文に偏る。
    const text = texts[n < distinct ? n : Math.floor(draw() ** 4 * distinct)] ?? "";
    rows.push(`o${n},l${n},p${n},${text}`);
  }
  return `${rows.join("\n")}\n`;
}

function scanTime(bytes: Buffer): number {
  const started = performance.now();
  const text = new TextDecoder().decode(bytes);
  let sum = 0;
  for (let i = 0; i < text.length; i += 1) sum += text.charCodeAt(i);
  if (sum === 0) throw new Error("空です。");
  return performance.now() - started;
}

const script = `
import csv, sys, time
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.neighbors import NearestNeighbors
start = time.time()
rows = [r["text"] for r in csv.DictReader(open(sys.argv[1], encoding="utf-8"))]
texts = list(dict.fromkeys(rows))
x = CountVectorizer(analyzer="char", ngram_range=(5, 5), binary=True).fit_transform(texts)
n = x.sum(axis=1).A.ravel()
pairs = 0
for at in range(0, x.shape[0], 500):
    shared = (x[at:at + 500] @ x.T).tocoo()
    j = shared.data / (n[shared.row + at] + n[shared.col] - shared.data)
    pairs += int((j >= 0.7).sum())
print((time.time() - start) * 1000)
`;

async function sklearn(file: string): Promise<number | undefined> {
  try {
    const { stdout } = await promisify(execFile)("python3", ["-c", script, file], { timeout: 300_000 });
    return Number(stdout);
  } catch {
    return undefined;
  }
}
