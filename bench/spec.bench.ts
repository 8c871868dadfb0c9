import { readFileSync } from "node:fs";
import { readSpecFile } from "../src/reading/read-spec-file.ts";

export const name = "仕様書の読み取り（200ページ）と、同じ文字を行に分けるだけ";

export interface BenchRow {
  what: string;
  ours: number;
  peer: number;
  ratio: number;
  unit: string;
  note: string;
}

/** 一ページの文字の数（A4、40字×36行の見本の平均）。 */
const PAGE = 900;
const PAGES = 200;
/** これを超えたら失敗にする（ミリ秒）。 */
const LIMIT = 2_000;

/** 二つの見本を、200ページ分になるまで別紙として重ねて読む。 */
export async function run(): Promise<BenchRow[]> {
  const folder = new URL("../samples/specifications/", import.meta.url);
  const samples = ["sapporo-ict-strategy", "sapporo-class-booking"].map((file) =>
    readFileSync(new URL(`${file}.txt`, folder), "utf8"),
  );
  let text = "";
  let count = 0;
  while (text.replace(/\s/g, "").length < PAGE * PAGES) {
    count += 1;
    text += `\n\f別紙${count}\n${samples[count % samples.length] ?? ""}`;
  }
  const bytes = new TextEncoder().encode(text);
  const ours = await median(async () => {
    const { obligations } = await readSpecFile(bytes);
    if (obligations.length < count * 100) throw new Error("義務が読めていません。");
  });
  if (ours > LIMIT)
    throw new Error(`${PAGES}ページに ${Math.round(ours)} ミリ秒かかりました（上限 ${LIMIT}）。`);
  const peer = await median(async () => {
    new TextDecoder()
      .decode(bytes)
      .split(/\n/)
      .map((line) => line.normalize("NFKC").trim());
  });
  return [
    { what: `${PAGES}ページ`, ours, peer, ratio: ours / peer, unit: "ミリ秒", note: `上限 ${LIMIT} ミリ秒` },
  ];
}

async function median(work: () => Promise<void>): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < 5; round += 1) {
    const started = performance.now();
    await work();
    times.push(performance.now() - started);
  }
  return times.sort((a, b) => a - b)[2] ?? 0;
}
