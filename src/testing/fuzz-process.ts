// 壊したファイルを読ませるプロセス。種を一つ始めるたびに一行を書くので、止まれば親に分かる。
import { writeSync } from "node:fs";
import { AppError } from "../base/error.ts";
import { readTables } from "../office/table-reader.ts";
import { openZip } from "../office/zip.ts";
import { readClassFile } from "../schedule/read-class-file.ts";
import { compileTemplate } from "../word/docx-template.ts";
import { type FuzzFile, fuzzSamples, mutate } from "./fuzz-file.ts";

export interface FuzzOrder {
  from: number;
  to: number;
}

const { from, to } = JSON.parse(process.argv[2] ?? "{}") as FuzzOrder;
const samples = fuzzSamples();
const tally = { read: 0, refused: 0, peak: 0 };
for (let seed = from; seed < to; seed += 1) {
  say({ seed });
  const file = mutate(seed, samples);
  for (const reader of readersOf(file)) tryOne(seed, reader);
  tally.peak = Math.max(tally.peak, process.memoryUsage.rss());
}
say({ done: true, ...tally });

function readersOf({ name, bytes }: FuzzFile): (() => unknown)[] {
  if (name.endsWith(".docx")) return [() => openZip(bytes), () => compileTemplate(bytes)];
  return [() => readTables(bytes, name), () => readClassFile(bytes, name, { today: "2025-09-17" })];
}

function tryOne(seed: number, read: () => unknown): void {
  try {
    read();
    tally.read += 1;
  } catch (cause) {
    tally.refused += 1;
    if (!(cause instanceof AppError)) say({ seed, fault: whereOf(cause) });
  }
}

/** 誤りの文と、投げた所の一行。 */
function whereOf(cause: unknown): string {
  const [message = "", ...frames] =
    cause instanceof Error ? (cause.stack ?? "").split("\n") : [String(cause)];
  const place = /src\/[\w/-]+\.tsx?:\d+/.exec(frames.join(""))?.[0] ?? "";
  return `${message}（${place}）`;
}

function say(what: object): void {
  writeSync(1, `${JSON.stringify(what)}\n`);
}
