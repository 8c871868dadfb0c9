import { instantFromMs } from "../base/time.ts";
import { signCheckpoint } from "../sealing/checkpoint.ts";
import {
  appendLeaf,
  emptyFrontier,
  frontierFromBytes,
  frontierRoot,
  frontierToBytes,
} from "../sealing/merkle.ts";
import { insertCheckpoint, latestCheckpoint } from "./checkpoint-store.ts";
import { listUnnumbered, setSeq } from "./event-store.ts";
import { takeLease } from "./lease-store.ts";
import type { Office } from "./office.ts";

/** 一度に番号をつける数。ほかの書き込みを長く待たせないため。 */
const BATCH = 500;
const LEASE_MS = 10_000;

/**
 * 確定した葉に番号をつけ、木の右端を進め、検査点に署名する。番号をつけた数を返す。
 * 役目は一つのプロセスだけが持つ（holder）。別のプロセスが持っていれば 0。
 */
export async function numberEvents(office: Office, holder: string): Promise<number> {
  const signingKey = await office.keys.signingKey();
  return office.keep(async (tx) => {
    const nowMs = office.clock.systemMs();
    const now = instantFromMs(nowMs);
    const waiting = await listUnnumbered(tx, BATCH);
    if (waiting.length === 0) return 0;
    if (!(await takeLease(tx, "sequencer", holder, now, instantFromMs(nowMs + LEASE_MS)))) return 0;
    const latest = await latestCheckpoint(tx);
    const frontier = latest ? frontierFromBytes(latest.frontier) : emptyFrontier();
    for (const leaf of waiting) {
      if (!(await setSeq(tx, leaf.id, frontier.size))) throw new Error("a leaf was numbered by someone else");
      appendLeaf(frontier, leaf.leaf);
    }
    const root = frontierRoot(frontier);
    const point = signCheckpoint(signingKey, office.id, frontier.size, root, now);
    await insertCheckpoint(tx, {
      size: frontier.size,
      root: Buffer.from(root),
      frontier: Buffer.from(frontierToBytes(frontier)),
      at: now,
      signature: Buffer.from(point.signature, "base64"),
    });
    return waiting.length;
  });
}

/** 番号のない葉がなくなるまで続ける（書き出しの前と、閉じる前）。 */
export async function numberAllEvents(office: Office, holder: string): Promise<number> {
  let total = 0;
  for (;;) {
    const done = await numberEvents(office, holder);
    total += done;
    if (done < BATCH) return total;
  }
}
