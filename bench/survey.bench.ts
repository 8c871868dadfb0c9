import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { drawFrom } from "../src/staffing/random-draw.ts";
import { readCodebook } from "../src/tabulation/codebook.ts";
import { codeAnswers } from "../src/tabulation/coded-answer.ts";
import { settleAsk } from "../src/tabulation/cross-ask.ts";
import { crossView } from "../src/tabulation/cross-view.ts";
import { readDesign } from "../src/tabulation/sample-design.ts";
import { readSurveyData } from "../src/tabulation/survey-data.ts";
import { tabulate } from "../src/tabulation/tabulate.ts";
import { type BenchRow, percentile } from "./bench-row.ts";

export const name = "調査の集計表（10万人 × 120問 × 12軸、ウエイトつき）と、R の survey・pandas";

const PEOPLE = 100_000;
const QUESTIONS = 120;
const AXES = 12;
/** R と pandas に作らせる表の数。全部の時間は、ここから比で伸ばす。 */
const SLICE_R = 6;
const SLICE_PANDAS = 60;
const execute = promisify(execFile);

/**
 * 時間は CPU の時間（混んだ機械でも比べられるように）。R（svychisq と svyby の代わりに svytable）と pandas（groupby の和）は、
 * 一部の表を作らせて全部の数に伸ばす。どちらも、なければ「入っていない」と書く。
 */
export async function run(): Promise<BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), "madoguchi-survey-"));
  try {
    const data = join(folder, "data.csv");
    const book = join(folder, "book.json");
    writeFileSync(data, makeCsv());
    writeFileSync(book, JSON.stringify(codebook()));
    const ours = tabulateAll(data, book);
    if (ours.crosses !== AXES * (QUESTIONS - 1)) throw new Error("表の数が合いません。");
    const r = await peer("Rscript", ["-e", rScript, data]);
    const pandas =
      (await peer("/usr/bin/python3", ["-c", pandasScript, data])) ??
      (await peer("python3", ["-c", pandasScript, data]));
    const memory = `記憶の最大 ${Math.round(ours.memory)} MB`;
    const all = (from: Peer, slice: number) => from.read + (from.tables / slice) * ours.crosses;
    const total = ours.read + ours.tables;
    const missing = { ours: total, peer: Number.NaN, ratio: Number.NaN, unit: "ミリ秒（CPU）" };
    return [
      r
        ? {
            ...{ what: "R の survey（svytable と svychisq）", ours: total, peer: all(r, SLICE_R) },
            ...{ ratio: total / all(r, SLICE_R), unit: "ミリ秒（CPU）" },
            note: `手本は${SLICE_R}枚を作り、${ours.crosses}枚に伸ばした。${memory}`,
          }
        : { what: "R の survey", ...missing, note: `R の survey が入っていない。${memory}` },
      pandas
        ? {
            ...{ what: "pandas（ウエイトの和だけ。検定なし）", ours: total, peer: all(pandas, SLICE_PANDAS) },
            ...{ ratio: total / all(pandas, SLICE_PANDAS), unit: "ミリ秒（CPU）" },
            note: `手本は${SLICE_PANDAS}枚を作り、${ours.crosses}枚に伸ばした`,
          }
        : { what: "pandas", ...missing, note: "pandas が入っていない" },
      {
        ...{ what: "画面のクロス集計一枚（p99）", ours: percentile(ours.times, 0.99), peer: 50 },
        ...{ ratio: percentile(ours.times, 0.99) / 50, unit: "ミリ秒（CPU）" },
        note: `手本は目標の 50 ミリ秒。中央は ${percentile(ours.times, 0.5).toFixed(1)} ミリ秒`,
      },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Ours {
  read: number;
  tables: number;
  memory: number;
  crosses: number;
  times: number[];
}

function cpu(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** 集計表の全部と、画面のクロス集計。 */
function tabulateAll(dataFile: string, bookFile: string): Ours {
  const started = cpu();
  const codebook = readCodebook(readFileSync(bookFile, "utf8"));
  const data = readSurveyData(readFileSync(dataFile), "data.csv");
  const survey = codeAnswers(data, codebook);
  const design = readDesign(data, codebook.design);
  const read = cpu() - started;
  const found = tabulate(survey, codebook, design);
  const tables = cpu() - started - read;
  const memory = process.resourceUsage().maxRSS / 1024;
  const base = { codebook, survey, weighted: design, plain: readDesign(data, { random: true }) };
  const ids = codebook.questions.map((one) => one.id);
  const times: number[] = [];
  for (let at = 0; at < 240; at += 1) {
    const column = ids[(at * 7) % ids.length] ?? "";
    const row = ids[(at * 13 + 1) % ids.length] ?? "";
    const filters = at % 3 === 0 ? [{ question: ids[(at + 5) % ids.length] ?? "", codes: ["1"] }] : [];
    const ask = settleAsk({ rows: [row], column, filters }, codebook, true);
    const before = cpu();
    crossView(base, ask);
    // はじめの二十回は、温まるまで。
    if (at >= 20) times.push(cpu() - before);
  }
  return { read, tables, memory, crosses: found.crosstabs.length, times };
}

interface Peer {
  read: number;
  tables: number;
}

/** 手本。入っていなければ undefined。 */
async function peer(program: string, args: string[]): Promise<Peer | undefined> {
  try {
    const { stdout } = await execute(program, args, { timeout: 600_000, maxBuffer: 1 << 24 });
    const [read = Number.NaN, tables = Number.NaN] = stdout.trim().split(/\s+/).map(Number);
    return Number.isFinite(read) && Number.isFinite(tables) ? { read, tables } : undefined;
  } catch {
    return undefined;
  }
}

const id = (at: number) => `q${at + 1}`;
const options = (at: number) => 2 + (at % 6);

function makeCsv(): string {
  const draw = drawFrom(11);
  const rows = [["id", ...Array.from({ length: QUESTIONS }, (_, at) => id(at)), "w"].join(",")];
  for (let n = 0; n < PEOPLE; n += 1) {
    const fields = [String(n)];
    for (let at = 0; at < QUESTIONS; at += 1)
      fields.push(draw() < 0.03 ? "" : String(1 + Math.floor(draw() * options(at))));
    fields.push((0.5 + draw() * 1.5).toFixed(4));
    rows.push(fields.join(","));
  }
  return `${rows.join("\n")}\n`;
}

function codebook(): object {
  const questions = Array.from({ length: QUESTIONS }, (_, at) => ({
    ...{ id: id(at), text: id(at), type: "sa" },
    options: Array.from({ length: options(at) }, (_one, k) => ({
      code: String(k + 1),
      label: `選択肢${k + 1}`,
    })),
  }));
  return {
    questions,
    axes: questions.slice(0, AXES).map((one) => one.id),
    design: { weight: "w", random: true },
    tests: { chi2: true, letters: {} },
  };
}

const rScript = `
suppressMessages(library(survey))
f <- commandArgs(TRUE)[1]
t0 <- proc.time()[["user.self"]]
d <- read.csv(f); for (n in names(d)[2:121]) d[[n]] <- factor(d[[n]])
s <- svydesign(~1, weights=~w, data=d)
t1 <- proc.time()[["user.self"]]
for (i in 1:${SLICE_R}) {
  q <- as.formula(paste0("~q", i, "+q", 20 + i))
  x <- svytable(q, s); y <- svychisq(q, s, statistic="F")
}
t2 <- proc.time()[["user.self"]]
cat((t1 - t0) * 1000, (t2 - t1) * 1000)
`;

const pandasScript = `
import sys, time
import pandas as pd
t0 = time.process_time()
d = pd.read_csv(sys.argv[1])
t1 = time.process_time()
k = 0
for axis in range(1, ${AXES + 1}):
    for q in range(20, 20 + ${SLICE_PANDAS / AXES}):
        t = d.groupby(["q%d" % axis, "q%d" % q])["w"].sum().unstack()
        n = d.groupby(["q%d" % axis, "q%d" % q]).size().unstack()
        p = t.div(t.sum(axis=1), axis=0) * 100
        k += 1
t2 = time.process_time()
print((t1 - t0) * 1000, (t2 - t1) * 1000)
`;
