import { answered, checkAgain, nothingKnown, startBooker } from "./kill-loop.ts";
import type { TestDesk } from "./open-desk.ts";

/**
 * 同じ事務所を開く processes 個のプロセスの一つを、予約の最中に殺す。
 * 残ったどれも、殺された後に予約を受け続けなければならない。
 */
export async function killOneOf(
  desk: TestDesk,
  processes: number,
): Promise<{ acknowledged: number; after: number; faults: string[] }> {
  await desk.office.close();
  // 答えは一つの帳面に集め、だれが答えたかは申込者の番号の始まりで分ける。
  const known = nothingKnown();
  const bookers = Array.from({ length: processes }, (_, at) =>
    startBooker(desk, known, { from: (at + 1) * 100_000, callers: 4 }),
  );
  const of = (at: number) =>
    [...known.booked.values()].filter(({ n }) => Math.floor(n / 100_000) === at + 1).length;
  await Promise.all(bookers.map((one) => one.ready));
  for (const one of bookers) one.go();
  await Promise.all(bookers.map((one) => one.opened));
  const [victim, ...survivors] = bookers;
  if (!victim) throw new Error("at least one process is needed");
  await answered(known, 1 + Math.floor(Math.random() * 40), victim);
  victim.kill();
  const faults = (await victim.ended) === "SIGKILL" ? [] : ["殺す前に終わっていた"];
  const before = known.booked.size;
  for (const [at, survivor] of survivors.entries()) {
    const own = of(at + 1);
    for (const end = Date.now() + 20_000; of(at + 1) < own + 5 && Date.now() < end; )
      await answered(known, known.booked.size + 1, survivor);
    if (of(at + 1) < own + 5) faults.push("残った方が続けられなかった");
  }
  for (const survivor of survivors) {
    survivor.kill();
    if ((await survivor.ended) !== "SIGKILL") faults.push("残った方が終わってしまった");
  }
  const after = known.booked.size - before;
  faults.push(...(await checkAgain(desk, known)).faults);
  await desk.reopen();
  return { acknowledged: known.booked.size, after, faults };
}
