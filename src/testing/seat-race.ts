import { spawn } from "node:child_process";
import { once } from "node:events";
import type { TestDesk } from "./open-desk.ts";

/** 一つの要求の、始まりと終わり（単調な時計のナノ秒）と答え。 */
export interface Operation {
  who: number;
  started: string;
  ended: string;
  ok: boolean;
  number?: number;
  code?: string;
}

/** 別々のプロセスが、合図で一斉に同じ講習会の席を取りにいく。 */
export async function raceForSeats(
  desk: TestDesk,
  order: { processes: number; tries: number; classId: string },
): Promise<Operation[]> {
  const racers = Array.from({ length: order.processes }, (_, who) => startRacer(desk, { ...order, who }));
  await Promise.all(racers.map((racer) => racer.ready));
  for (const racer of racers) racer.go();
  return (await Promise.all(racers.map((racer) => racer.done))).flat();
}

/**
 * 線形化できるかを確かめ、合わないことを返す（空なら線形化できる）。
 * 席は増えないので、「満席」と答えが出た後に始まった要求は成功してはならない。
 * 番号の順は、重ならない要求の順と食い違ってはならない。取れた数は定員まで。
 */
export function raceFaults(operations: readonly Operation[], capacity: number): string[] {
  const faults: string[] = [];
  const won = operations.filter((o) => o.ok);
  const lost = operations.filter((o) => !o.ok);
  const expected = Math.min(capacity, operations.length);
  if (won.length !== expected)
    faults.push(`取れた数が ${won.length}（定員は ${capacity}、要求は ${operations.length}）`);
  if (new Set(won.map((o) => o.number)).size !== won.length) faults.push("同じ受付番号が二つある");
  for (const o of lost) if (o.code !== "CLASS_FULL") faults.push(`満席のほかの理由で断られた: ${o.code}`);
  const firstFull = lost
    .map((o) => BigInt(o.ended))
    .reduce<bigint | undefined>((a, b) => (a === undefined || b < a ? b : a), undefined);
  if (firstFull !== undefined && won.some((o) => BigInt(o.started) > firstFull))
    faults.push("満席の答えの後に始まった要求が取れた");
  for (const x of won)
    for (const y of won)
      if (BigInt(x.ended) < BigInt(y.started) && Number(x.number) >= Number(y.number))
        faults.push("先に終わった要求の番号が後");
  return faults;
}

interface Racer {
  ready: Promise<void>;
  go(): void;
  done: Promise<Operation[]>;
}

function startRacer(desk: TestDesk, of: { who: number; tries: number; classId: string }): Racer {
  const order = {
    place: desk.place,
    root: Buffer.from(desk.root).toString("base64"),
    who: of.who,
    tries: of.tries,
    classId: of.classId,
  };
  const file = new URL("./race-process.ts", import.meta.url).pathname;
  const child = spawn(
    process.execPath,
    ["--experimental-strip-types", "--disable-warning=ExperimentalWarning", file, JSON.stringify(order)],
    {
      stdio: ["pipe", "pipe", "inherit"],
    },
  );
  let text = "";
  const ready = new Promise<void>((resolve) => {
    child.stdout.on("data", (chunk: Buffer) => {
      text += chunk.toString();
      if (text.startsWith("ready\n")) resolve();
    });
  });
  const done = once(child, "close").then(() => JSON.parse(text.slice("ready\n".length)) as Operation[]);
  return { ready, go: () => child.stdin.write("go\n"), done };
}
