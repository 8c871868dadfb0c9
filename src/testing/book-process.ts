// 責めの試験で、別のプロセスとして走る。「go」が来たら事務所を開き、殺されるまで予約し続ける。
// 答えをもらった行為だけを、もらった直後に一行で書く（書いてからでなければ、次へ進まない）。
import { writeSync } from "node:fs";
import type { Actor } from "../base/actor.ts";
import { numberEvents } from "../platform/number-events.ts";
import { holdSeat } from "../reception/hold-seat.ts";
import { saveDraft } from "../reception/save-draft.ts";
import { takeBooking } from "../reception/take-booking.ts";
import { undoBooking } from "../reception/undo-booking.ts";
import { openReplica } from "./open-desk.ts";
import { caller } from "./reception-fixture.ts";

export interface BookOrder {
  place: { data: string; url?: string | undefined; schema?: string | undefined };
  root: string;
  /** 申込者の番号の始まり。プロセスごとに離しておく。 */
  from: number;
  callers: number;
  classes: string[];
  /** 省けば殺されるまで。 */
  bookings?: number;
  /** 番号つけの役目の名。 */
  holder: string;
}

const order = JSON.parse(process.argv[2] ?? "{}") as BookOrder;
say({ ready: true });
await new Promise((go) => process.stdin.once("data", go));
const { office, contract } = await openReplica(order.place, Buffer.from(order.root, "base64"));
say({ open: true });
let next = order.from;
const end = order.from + (order.bookings ?? Number.POSITIVE_INFINITY);
const numbering = setInterval(() => numberEvents(office, order.holder).catch(() => {}), 40);
await Promise.all(Array.from({ length: order.callers }, (_, who) => talk(who)));
clearInterval(numbering);
await office.close();
say({ done: true });
process.exit(0);

async function talk(who: number): Promise<void> {
  const actor = { id: `op-${who}`, contract, roles: ["operator"] as const, desk: String(who) };
  while (next < end) {
    const n = next++;
    const classId = order.classes[n % order.classes.length] ?? "";
    const booking = { ...caller(n, classId), onceKey: `key-${n}` };
    const { id, number } = await one(
      () => takeBooking(office, actor, booking),
      n % 3 === 0 ? () => before(booking) : undefined,
    );
    say({ booked: n, id, number });
    if (n % 7 === 0) {
      await undo(actor, id);
      say({ undone: id });
    }
  }

  /** 席を押さえ、下書きを残してから予約する道。 */
  async function before(booking: { classId: string; draftId: string; name: string }): Promise<void> {
    await holdSeat(office, actor, booking);
    const draft = {
      id: booking.draftId,
      fields: { name: booking.name },
      classId: booking.classId,
      callStartedAt: null,
    };
    // 答えが届かずに送り直したとき、下書きはもう残っている。
    await saveDraft(office, actor, { ...draft, version: 0 }).catch((cause) => {
      if (!isCode(cause, "CONFLICT")) throw cause;
    });
  }
}

/** 答えが届かずに送り直したときは、もう取り消されている。 */
async function undo(actor: Actor, id: string): Promise<void> {
  let again = false;
  await one(
    () =>
      undoBooking(office, actor, id).catch((cause) => {
        if (again && isCode(cause, "NOT_FOUND")) return;
        again = true;
        throw cause;
      }),
    undefined,
  );
}

/** ディスクの空きがないなどで断られたら、そのことを書いて、少しおいて同じ要求を送り直す。 */
async function one<T>(book: () => Promise<T>, before: (() => Promise<void>) | undefined): Promise<T> {
  let prepared = before === undefined;
  for (;;) {
    try {
      if (!prepared) await before?.();
      prepared = true;
      return await book();
    } catch (cause) {
      if (!isCode(cause, "UNAVAILABLE")) throw cause;
      say({ refused: String(cause) });
      await new Promise((later) => setTimeout(later, 20));
    }
  }
}

function isCode(cause: unknown, code: string): boolean {
  return cause instanceof Error && "code" in cause && cause.code === code;
}

function say(what: object): void {
  writeSync(1, `${JSON.stringify(what)}\n`);
}
