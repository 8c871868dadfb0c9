// 壊したファイルを読ませるプロセス。種を一つ始めるたびに一行を書くので、止まれば親に分かる。
import { writeSync } from "node:fs";
import { AppError } from "../base/error.ts";
import { fuzzSamples, mutate } from "./fuzz-file.ts";
import { type FuzzReader, fuzzReaders } from "./fuzz-reader.ts";
import { moreFuzzSamples } from "./fuzz-sample.ts";

export interface FuzzOrder {
  from: number;
  to: number;
}

const { from, to } = JSON.parse(process.argv[2] ?? "{}") as FuzzOrder;
const samples = [...fuzzSamples(), ...(await moreFuzzSamples())];
const tally = { read: 0, refused: 0, peak: 0 };
for (let seed = from; seed < to; seed += 1) {
  say({ seed });
  const file = mutate(seed, samples);
  for (const reader of fuzzReaders(file)) await tryOne(seed, reader);
  tally.peak = Math.max(tally.peak, process.memoryUsage.rss());
}
say({ done: true, ...tally });

async function tryOne(seed: number, read: FuzzReader): Promise<void> {
  try {
    await read();
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
