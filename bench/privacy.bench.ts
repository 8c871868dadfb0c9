import { createDecipheriv, createSecretKey, hash, type KeyObject, randomUUID } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Actor } from "../src/base/actor.ts";
import { kanaKey } from "../src/japan/kana.ts";
import { exportLog } from "../src/platform/export-log.ts";
import { numberAllEvents } from "../src/platform/number-events.ts";
import { PersonIndex } from "../src/platform/person-index.ts";
import { insertPerson } from "../src/platform/person-store.ts";
import { revealBooking } from "../src/reception/open-booking.ts";
import { personFold } from "../src/reception/search-bookings.ts";
import { takeBooking } from "../src/reception/take-booking.ts";
import { sealText } from "../src/sealing/seal.ts";
import { verifyLogFile } from "../src/sealing/verify-log-file.ts";
import { variedCaller } from "../src/testing/many-callers.ts";
import { openDesk, type TestDesk } from "../src/testing/open-desk.ts";
import { openReception } from "../src/testing/reception-fixture.ts";
import { type BenchRow, median, percentile } from "./bench-row.ts";

export const name = "個人情報を見る・探す・記録を確かめる（大きな数）と、裸の部品";

const REVEALS = 400;
const PEOPLE = 100_000;
const EVENTS = 100_000;
const FIELDS = 8;
const BATCH = 2_000;

export async function run(): Promise<BenchRow[]> {
  return [await revealing(), ...(await searching()), ...(await verifying())];
}

/** 一件ずつ、理由を記録してから見せる。手本は、同じ数の欄を AES-256-GCM で開くだけ。 */
async function revealing(): Promise<BenchRow> {
  const desk = await openDesk({ engine: "sqlite" });
  try {
    const actor = desk.actor("sv", "supervisor");
    await openReception(desk.office, actor, [{ id: "a", capacity: REVEALS }]);
    const ids: string[] = [];
    for (let n = 1; n <= REVEALS; n += 1)
      ids.push((await takeBooking(desk.office, actor, variedCaller(n, "a"))).id);
    await desk.reopen();
    const each: number[] = [];
    for (const id of ids) {
      // 大量の閲覧の目安（10分に30人）に届かない速さで見る人のつもりで、時計を進める。
      desk.clock.advance(60_000);
      const started = performance.now();
      await revealBooking(desk.office, actor, id, "call");
      each.push(performance.now() - started);
    }
    const sealed = Array.from({ length: FIELDS }, (_, at) => sealText(bareKey, `f-${at}`, "札幌市北区5-1"));
    const bare: number[] = [];
    for (let round = 0; round < REVEALS; round += 1) {
      const started = performance.now();
      for (const [at, bytes] of sealed.entries()) openBare(bareKey, `f-${at}`, bytes);
      bare.push(performance.now() - started);
    }
    const [own, peer] = [median(each), median(bare)];
    const note = `一件に ${own.toFixed(2)} ミリ秒（95% は ${percentile(each, 0.95).toFixed(2)}）。記録を fsync してから見せる`;
    return row(`理由を残して一人を表示`, 1, own, peer, "件/秒", note);
  } finally {
    await desk.close();
  }
}

/** 封の形（版2・ノンス12・暗号文・札16）を、node:crypto だけで開く。 */
function openBare(key: KeyObject, aad: string, sealed: Uint8Array): string {
  const cipher = createDecipheriv("aes-256-gcm", key, sealed.subarray(2, 14));
  cipher.setAAD(Buffer.concat([sealed.subarray(0, 2), Buffer.from(aad, "utf8")]));
  cipher.setAuthTag(sealed.subarray(-16));
  return Buffer.concat([cipher.update(sealed.subarray(14, -16)), cipher.final()]).toString("utf8");
}

const bareKey = createSecretKey(Buffer.alloc(32, 7));

/** 十万人の索引を作り、カナの一部で探す。手本は、同じ人数の Map を一度なめて includes するだけ。 */
async function searching(): Promise<BenchRow[]> {
  const desk = await openDesk({ engine: "sqlite" });
  try {
    const actor = desk.actor("op", "operator");
    await openReception(desk.office, actor, []);
    for (let from = 1; from <= PEOPLE; from += BATCH) await addPeople(desk, actor, from);
    const office = await desk.reopen();
    const index = new PersonIndex(office, desk.contract, personFold);
    const building = await timed(() => index.refresh());
    const kanas = new Map<string, string>();
    for (let n = 1; n <= PEOPLE; n += 1) kanas.set(`p-${n}`, kanaKey(variedCaller(n, "a").kana));
    const words = ["サトウ", "オノ", "ハル", "ワタナベ　キヨ", "ザキ"];
    const [ours, peer] = [[], []] as [number[], number[]];
    for (let round = 0; round < 9; round += 1)
      for (const word of words) {
        ours.push(
          await timed(async () => {
            if (index.byKana(word, 50).length === 0) throw new Error("nobody was found");
          }),
        );
        const folded = kanaKey(word);
        peer.push(
          await timed(async () => {
            let found = 0;
            for (const kana of kanas.values()) if (kana.includes(folded)) found += 1;
            if (found === 0) throw new Error("nobody was found");
          }),
        );
      }
    const refreshing = await timed(() => index.refresh());
    const note = `一回 ${median(ours).toFixed(1)} ミリ秒、開封後の索引づくり ${(building / 1000).toFixed(1)} 秒、読み足し ${refreshing.toFixed(1)} ミリ秒`;
    return [
      row(`${PEOPLE} 人からカナの一部で探す`, 1, median(ours), median(peer), "回/秒", note),
      row(
        `${PEOPLE} 人の索引を作る`,
        PEOPLE,
        building,
        await bareOpening(),
        "人/秒",
        "手本は、二つの欄を AES-256-GCM で開くだけ",
      ),
    ];
  } finally {
    await desk.close();
  }
}

async function bareOpening(): Promise<number> {
  const sealed = sealText(bareKey, "f-0", "サトウ　キヨ");
  return timed(async () => {
    for (let n = 0; n < PEOPLE * 2; n += 1) openBare(bareKey, "f-0", sealed);
  });
}

async function addPeople(desk: TestDesk, actor: Actor, from: number): Promise<void> {
  const keys = await Promise.all(Array.from({ length: BATCH }, () => desk.office.keys.fresh(desk.contract)));
  await desk.office.act(actor, async (tx) => {
    for (const [at, key] of keys.entries()) {
      const { name: text, kana, phone, address } = variedCaller(from + at, "a");
      await insertPerson(tx, key, {
        ...{ id: key.id, contract_id: tx.contract, name: text, kana, postal: "001-0031", address },
        ...{ building: "", phone, phone_hmac: null, kana_hmac: null, created_at: tx.now, changed_at: tx.now },
      });
    }
    await tx.record({ kind: "office.opened", about: randomUUID() });
  });
}

/** 十万件の記録の検証。手本は、同じバイト列を一度に SHA-256。 */
async function verifying(): Promise<BenchRow[]> {
  const desk = await openDesk({ engine: "sqlite" });
  const folder = mkdtempSync(join(tmpdir(), "madoguchi-verify-"));
  try {
    const actor = desk.actor("op", "operator");
    await openReception(desk.office, actor, []);
    for (let from = 0; from < EVENTS; from += 1_000)
      await desk.office.act(actor, async (tx) => {
        for (let n = from; n < from + 1_000; n += 1)
          await tx.record({
            kind: "booking.taken",
            about: randomUUID(),
            payload: { number: n, class: "c1" },
          });
      });
    await numberAllEvents(desk.office, "bench");
    const file = join(folder, "log.ndjson");
    await exportLog(desk.office, "bench", file);
    const [ours, peer] = [[], []] as [number[], number[]];
    for (let round = 0; round < 3; round += 1) {
      ours.push(
        await timed(async () => {
          const verdict = await verifyLogFile(file);
          if (!verdict.ok || verdict.entries <= EVENTS) throw new Error("the log did not verify");
        }),
      );
      peer.push(await timed(async () => void hash("sha256", readFileSync(file), "buffer")));
    }
    const own = median(ours);
    const note = `${(own / 1000).toFixed(2)} 秒。手本は、ファイルを読んで一度に SHA-256`;
    return [row(`記録 ${EVENTS} 件を検証する`, EVENTS, own, median(peer), "件/秒", note)];
  } finally {
    rmSync(folder, { recursive: true, force: true });
    await desk.close();
  }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

function row(what: string, count: number, ms: number, bareMs: number, unit: string, note: string): BenchRow {
  const [ours, peer] = [(count / ms) * 1000, (count / bareMs) * 1000];
  return { what, ours: Math.round(ours), peer: Math.round(peer), ratio: ours / peer, unit, note };
}
