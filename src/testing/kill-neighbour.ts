import { answered, checkAgain, nothingKnown, startBooker } from "./kill-loop.ts";
import type { TestDesk } from "./open-desk.ts";

/** 同じ事務所を開く二つのプロセスの一つを、予約の最中に殺す。残った方は、殺された後も予約を受け続けなければならない。 */
export async function killOneOfTwo(
  desk: TestDesk,
): Promise<{ acknowledged: number; after: number; faults: string[] }> {
  const known = nothingKnown();
  await desk.office.close();
  const victim = startBooker(desk, known, { from: 100_000, callers: 4 });
  const survivor = startBooker(desk, known, { from: 200_000, callers: 4 });
  await Promise.all([victim.ready, survivor.ready]);
  victim.go();
  survivor.go();
  await Promise.all([victim.opened, survivor.opened]);
  await answered(known, 1 + Math.floor(Math.random() * 40), victim);
  victim.kill();
  const faults = (await victim.ended) === "SIGKILL" ? [] : ["殺す前に終わっていた"];
  const before = known.booked.size;
  await answered(known, before + 5, survivor);
  survivor.kill();
  if ((await survivor.ended) !== "SIGKILL") faults.push("残った方が終わってしまった");
  const after = known.booked.size - before;
  if (after < 5) faults.push("残った方が続けられなかった");
  faults.push(...(await checkAgain(desk, known)).faults);
  await desk.reopen();
  return { acknowledged: known.booked.size, after, faults };
}
