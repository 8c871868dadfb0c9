import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { localKeyHolder } from "../platform/local-key-holder.ts";
import { openSqlite } from "../platform/sqlite-database.ts";
import type { BookOrder } from "./book-process.ts";
import { type Acknowledged, checkOffice, fileFaults, type OfficeCheck } from "./check-office.ts";
import { openDesk, openReplica, type TestDesk } from "./open-desk.ts";
import { openReception } from "./reception-fixture.ts";

const CLASSES = ["a", "b", "c"];
const HOLDER = "sequencer";

/** 別のプロセスで予約し続ける席。 */
export interface Booker {
  /** 「go」を送る（事務所を開き、予約を始める）。 */
  go(): void;
  kill(): void;
  /** 終わったときの、終了コードか信号。 */
  ended: Promise<string>;
  ready: Promise<void>;
  /** 事務所を開き終えた。 */
  opened: Promise<void>;
  /** いままでに断られた文。 */
  refused: string[];
}

/** 空の事務所と、席の多い講習会を用意する。 */
export async function openCrashDesk(engine?: "sqlite" | "postgres"): Promise<TestDesk> {
  const desk = await openDesk(engine ? { engine } : {});
  await openReception(
    desk.office,
    desk.actor("op", "operator"),
    CLASSES.map((id) => ({ id, capacity: 1_000_000 })),
  );
  return desk;
}

/** 予約し続けるプロセスを起こす。環境変数を足せる（停電の模擬など）。 */
export function startBooker(
  desk: Pick<TestDesk, "place" | "root">,
  known: Acknowledged,
  order: Pick<BookOrder, "from" | "callers"> & { bookings?: number },
  env: NodeJS.ProcessEnv = {},
): Booker {
  const full: BookOrder = {
    ...order,
    place: desk.place,
    root: Buffer.from(desk.root).toString("base64"),
    classes: CLASSES,
    holder: HOLDER,
  };
  const file = new URL("./book-process.ts", import.meta.url).pathname;
  const child = spawn(
    process.execPath,
    ["--experimental-strip-types", "--disable-warning=ExperimentalWarning", file, JSON.stringify(full)],
    {
      stdio: ["pipe", "pipe", "inherit"],
      env: { ...process.env, ...env },
    },
  ) as unknown as ChildProcessWithoutNullStreams;
  child.stdin.on("error", () => {}); // 殺された後に書いても、試験は続ける
  const refused: string[] = [];
  const said = { ready: Promise.withResolvers<void>(), open: Promise.withResolvers<void>() };
  const booker: Booker = {
    go: () => child.stdin.write("go\n"),
    kill: () => child.kill("SIGKILL"),
    ended: once(child, "close").then(([code, signal]) => String(signal ?? code)),
    ready: said.ready.promise,
    opened: said.open.promise,
    refused,
  };
  let rest = "";
  child.stdout.on("data", (chunk: Buffer) => {
    const lines = (rest + chunk.toString()).split("\n");
    rest = lines.pop() ?? ""; // 書きかけの行は、まだ答えていないのと同じ
    for (const line of lines) {
      const told = JSON.parse(line) as Line;
      if (told.ready) said.ready.resolve();
      if (told.open) said.open.resolve();
      hear(told, known, refused);
    }
  });
  return booker;
}

interface Line {
  ready?: boolean;
  open?: boolean;
  booked?: number;
  id?: string;
  number?: number;
  undone?: string;
  refused?: string;
}

function hear(line: Line, known: Acknowledged, refused: string[]): void {
  if (line.booked !== undefined && line.id)
    known.booked.set(line.id, { n: line.booked, number: line.number ?? 0 });
  if (line.undone) known.undone.add(line.undone);
  if (line.refused) refused.push(line.refused);
}

export function nothingKnown(): Acknowledged {
  return { booked: new Map(), undone: new Set() };
}

export interface KillTally extends OfficeCheck {
  kills: number;
  acknowledged: number;
}

/**
 * 予約の最中に kill -9 し、開き直して確かめることを kills 回くり返す。次のプロセスは先に起こしておく。
 * 五回に一回は開いている途中、ほかは answers 件までのどこかを答えた直後から 20 ミリ秒の間に殺す。
 */
export async function killLoop(
  desk: TestDesk,
  options: { kills: number; answers: number },
): Promise<KillTally> {
  const known = nothingKnown();
  const faults: string[] = [];
  let last: OfficeCheck = { bookings: 0, events: 0, faults: [] };
  let from = 0;
  const wake = () => {
    from += 100_000;
    return startBooker(desk, known, { from, callers: 8 });
  };
  await desk.office.close();
  let next = wake();
  for (let kill = 0; kill < options.kills; kill += 1) {
    const booker = next;
    if (kill + 1 < options.kills) next = wake();
    await booker.ready;
    booker.go();
    if (kill % 5 === 0) await sleep(Math.random() * 150);
    else await answered(known, known.booked.size + 1 + Math.floor(Math.random() * options.answers), booker);
    booker.kill();
    const ended = await booker.ended;
    if (ended !== "SIGKILL") faults.push(`殺す前に終わっていた（${ended}）`);
    last = await checkAgain(desk, known);
    faults.push(...last.faults);
  }
  await desk.reopen();
  return {
    kills: options.kills,
    acknowledged: known.booked.size,
    bookings: last.bookings,
    events: last.events,
    faults,
  };
}

/** size 件まで答えるのを待ち、そこから 20 ミリ秒までのどこかで返る。プロセスが終われば待たない。 */
export async function answered(known: Acknowledged, size: number, booker: Booker): Promise<void> {
  let over = false;
  booker.ended.then(() => {
    over = true;
  });
  for (const end = Date.now() + 20_000; known.booked.size < size && !over && Date.now() < end; )
    await sleep(5);
  await sleep(Math.random() * 20);
}

/** 別の取っ手で開き直して、つじつまを確かめる。鍵の保管庫のファイルそのものも見る。 */
export async function checkAgain(
  desk: Pick<TestDesk, "place" | "root">,
  known: Acknowledged,
): Promise<OfficeCheck> {
  const { office, contract } = await openReplica(desk.place, desk.root);
  try {
    const check = await checkOffice(office, contract, HOLDER, known);
    if (desk.place.url) return check;
    return { ...check, faults: [...check.faults, ...(await keyFileFaults(desk))] };
  } finally {
    await office.close();
  }
}

async function keyFileFaults(desk: Pick<TestDesk, "place" | "root">): Promise<string[]> {
  const key = await localKeyHolder(desk.root).derive("real:keys.db");
  const db = openSqlite({ file: join(desk.place.data, "keys.db"), key });
  try {
    return (await fileFaults(db.read)).map((fault) => `keys.db ${fault}`);
  } finally {
    await db.close();
  }
}
