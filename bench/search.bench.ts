import { kanaKey } from "../src/japan/kana.ts";
import { PersonIndex } from "../src/platform/person-index.ts";
import { personFold } from "../src/reception/search-bookings.ts";
import { takeBooking } from "../src/reception/take-booking.ts";
import { openText, sealText } from "../src/sealing/seal.ts";
import { variedCaller } from "../src/testing/many-callers.ts";
import { openDesk, type TestDesk } from "../src/testing/open-desk.ts";
import { openReception } from "../src/testing/reception-fixture.ts";
import { type BenchRow, median } from "./bench-row.ts";

export const name = "封じた氏名から探す（記憶の索引）と、裸の配列・裸の復号";

const PEOPLE = 5000;
const ROUNDS = 5;

export async function run(): Promise<BenchRow[]> {
  const desk = await openDesk({ engine: "sqlite" });
  try {
    await bookEveryone(desk);
    return [await building(desk), await searching(desk)];
  } finally {
    await desk.close();
  }
}

async function bookEveryone(desk: TestDesk): Promise<void> {
  const actor = desk.actor("op", "operator");
  await openReception(desk.office, actor, [{ id: "a", capacity: PEOPLE }]);
  let n = 0;
  const book = async () => {
    while (n < PEOPLE) {
      n += 1;
      await takeBooking(desk.office, actor, variedCaller(n, "a"));
    }
  };
  await Promise.all(Array.from({ length: 32 }, book));
}

/** 開き直した事務所で、鍵を取り出し、カナと電話を開いて索引を作る。手本は、同じ数の欄を開くだけ。 */
async function building(desk: TestDesk): Promise<BenchRow> {
  const ours: number[] = [];
  const peer: number[] = [];
  const key = new Uint8Array(32).fill(7);
  const sealed = Array.from({ length: PEOPLE }, (_, i) => sealText(key, `row-${i}`, "サトウ　キヨ"));
  for (let round = 0; round < 3; round += 1) {
    const office = await desk.reopen();
    ours.push(await timed(() => new PersonIndex(office, desk.contract, personFold).refresh()));
    peer.push(
      await timed(async () => {
        for (const [i, bytes] of sealed.entries()) for (const _ of [0, 1]) openText(key, `row-${i}`, bytes);
      }),
    );
  }
  return row(`開封後に ${PEOPLE} 人の索引を作る`, PEOPLE, median(ours), median(peer), "人/秒");
}

async function searching(desk: TestDesk): Promise<BenchRow> {
  const index = new PersonIndex(desk.office, desk.contract, personFold);
  await index.refresh();
  const kanas = Array.from({ length: PEOPLE }, (_, i) => kanaKey(variedCaller(i + 1, "a").kana));
  const words = ["サトウ", "オノ", "ハル", "ワタナベ　キヨ", "ザキ"];
  const ours: number[] = [];
  const peer: number[] = [];
  let found = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    ours.push(
      await timed(async () => {
        for (const word of words) for (let i = 0; i < 20; i += 1) found += index.byKana(word, 50).length;
      }),
    );
    peer.push(
      await timed(async () => {
        for (const word of words.map(kanaKey))
          for (let i = 0; i < 20; i += 1) found += kanas.filter((kana) => kana.includes(word)).length;
      }),
    );
  }
  if (found === 0) throw new Error("nothing was found");
  return row(`${PEOPLE} 人からカナの一部で探す`, words.length * 20, median(ours), median(peer), "回/秒");
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

function row(what: string, count: number, ms: number, bareMs: number, unit: string): BenchRow {
  const [ours, peer] = [(count / ms) * 1000, (count / bareMs) * 1000];
  const note = `一つに ${(ms / count).toFixed(3)} ミリ秒`;
  return { what, ours: Math.round(ours), peer: Math.round(peer), ratio: ours / peer, unit, note };
}
