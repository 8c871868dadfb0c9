import { spawn } from "node:child_process";
import type { FuzzOrder } from "./fuzz-process.ts";

/** 一つのファイルにかけてよい時間（ミリ秒）と、プロセスの記憶の上限（バイト）。 */
const HANG_MS = 10_000;
const MEMORY_LIMIT = 700_000_000;
/** 種をこの数ずつ、新しいプロセスに渡す。 */
const SLICE = 5000;

export interface FuzzTally {
  files: number;
  read: number;
  refused: number;
  /** いちばん大きくなったプロセスの記憶（バイト）。 */
  peak: number;
  faults: string[];
}

/** from から count 個の種で壊したファイルを読ませる。二つのプロセスで分け、until を過ぎたら新しい束は始めない。 */
export async function fuzzImports(
  from: number,
  count: number,
  until: number = Number.POSITIVE_INFINITY,
): Promise<FuzzTally> {
  const total: FuzzTally = { files: 0, read: 0, refused: 0, peak: 0, faults: [] };
  let next = from;
  const lane = async () => {
    while (next < from + count && performance.now() < until) {
      const order = { from: next, to: Math.min(next + SLICE, from + count) };
      next = order.to;
      await slice(order, total);
    }
  };
  await Promise.all([lane(), lane()]);
  if (total.peak > MEMORY_LIMIT)
    total.faults.push(`記憶が ${Math.round(total.peak / 1_000_000)} MB になった`);
  return total;
}

/** 一つのプロセスで。止まったり落ちたりしたら、その種を残して次の種から続ける。 */
async function slice(order: FuzzOrder, total: FuzzTally): Promise<void> {
  for (let from = order.from; from < order.to; ) {
    const { at, done } = await once({ ...order, from }, total);
    total.files += (done ? order.to : at + 1) - from;
    if (done) return;
    from = at + 1;
  }
}

function once(order: FuzzOrder, total: FuzzTally): Promise<{ at: number; done: boolean }> {
  const file = new URL("./fuzz-process.ts", import.meta.url).pathname;
  const child = spawn(
    process.execPath,
    [
      "--experimental-strip-types",
      "--disable-warning=ExperimentalWarning",
      "--max-old-space-size=512",
      file,
      JSON.stringify(order),
    ],
    {
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  let at = order.from;
  let done = false;
  let rest = "";
  let said = "";
  let hung = false;
  const hang = () => {
    hung = true;
    child.kill("SIGKILL");
  };
  let watch = setTimeout(hang, HANG_MS * 3); // 起動の間
  child.stderr.on("data", (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-500);
  });
  child.stdout.on("data", (chunk: Buffer) => {
    const lines = (rest + chunk.toString()).split("\n");
    rest = lines.pop() ?? "";
    for (const text of lines) {
      const line = JSON.parse(text) as {
        seed?: number;
        fault?: string;
        done?: boolean;
        read?: number;
        refused?: number;
        peak?: number;
      };
      if (line.seed !== undefined) at = line.seed;
      if (line.fault) total.faults.push(`種 ${line.seed}: ${line.fault}`);
      if (line.done) {
        done = true;
        total.read += line.read ?? 0;
        total.refused += line.refused ?? 0;
        total.peak = Math.max(total.peak, line.peak ?? 0);
      }
    }
    clearTimeout(watch);
    watch = setTimeout(hang, HANG_MS);
  });
  return new Promise((resolve) => {
    child.on("close", (code) => {
      clearTimeout(watch);
      if (hung) total.faults.push(`種 ${at}: ${HANG_MS / 1000} 秒で終わらない`);
      else if (!done) total.faults.push(`種 ${at}: 終了コード ${code}: ${said}`);
      resolve({ at, done });
    });
  });
}
