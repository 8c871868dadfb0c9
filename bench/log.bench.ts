import { hash, randomUUID } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { exportLog } from "../src/platform/export-log.ts";
import { numberAllEvents } from "../src/platform/number-events.ts";
import { verifyLogFile } from "../src/sealing/verify-log-file.ts";
import { openDesk } from "../src/testing/open-desk.ts";
import { openReception } from "../src/testing/reception-fixture.ts";
import { type BenchRow, median } from "./bench-row.ts";

export const name = "行為の記録（番号つけ・書き出し・検証）と、同じバイト列の裸の SHA-256";

const EVENTS = 20_000;
const ROUNDS = 3;

export async function run(): Promise<BenchRow[]> {
  const desk = await openDesk({ engine: "sqlite" });
  const folder = mkdtempSync(join(tmpdir(), "madoguchi-log-"));
  try {
    const actor = desk.actor("op", "operator");
    await openReception(desk.office, actor, []);
    await Promise.all(
      Array.from({ length: EVENTS }, (_, i) =>
        desk.office.act(actor, (tx) =>
          tx.record({
            kind: "booking.taken",
            about: randomUUID(),
            payload: { number: i, class: "c1", desk: "2" },
          }),
        ),
      ),
    );
    const numbering = await timed(() => numberAllEvents(desk.office, "bench"));
    const file = join(folder, "log.ndjson");
    const writing = await timed(() => exportLog(desk.office, "bench", file));
    const verifying: number[] = [];
    const hashing: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      verifying.push(
        await timed(async () => {
          const verdict = await verifyLogFile(file);
          if (!verdict.ok || verdict.entries <= EVENTS) throw new Error("the log did not verify");
        }),
      );
      hashing.push(await timed(() => hashLines(file)));
    }
    const bare = median(hashing);
    const size = `${Math.round(statSync(file).size / EVENTS)} バイト/件`;
    return [
      row("検証（署名・木・正規形）", median(verifying), bare, size),
      row("書き出し", writing, bare, size),
      row("番号つけと検査点の署名", numbering, bare, "500 件ずつ、取引つき"),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
    await desk.close();
  }
}

/** 手本: ファイルを読み、一行ずつハッシュを取るだけ。 */
async function hashLines(file: string): Promise<void> {
  const bytes = readFileSync(file);
  for (let at = 0; at < bytes.length; ) {
    const end = bytes.indexOf(10, at);
    hash("sha256", bytes.subarray(at, end), "buffer");
    at = end + 1;
  }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

function row(what: string, ms: number, bareMs: number, note: string): BenchRow {
  const [ours, peer] = [(EVENTS / ms) * 1000, (EVENTS / bareMs) * 1000];
  return { what, ours: Math.round(ours), peer: Math.round(peer), ratio: ours / peer, unit: "件/秒", note };
}
