import { AppError } from "../base/error.ts";
import {
  actResult,
  type DrillAct,
  type DrillDesk,
  type DrillReport,
  type DrillRoom,
  drillActs,
  drillFaults,
} from "./drill.ts";
import { type DrillCall, drillCalls } from "./drill-call.ts";
import { morningShares } from "./forecast.ts";
import { MOST_CALLS_PER_DAY } from "./printed-figure.ts";
import { planOf } from "./read-need.ts";
import { slotsOf } from "./roster.ts";
import { firstSetting, type StaffingSetting } from "./staffing-setting.ts";

export interface DrillOrder {
  seed: number;
  /** 一日の入電（件）。省けば、上限の450件。 */
  calls?: number | undefined;
  /** 席の数。省けば、その件数に要る席のいちばん多い数。 */
  operators?: number | undefined;
  setting?: StaffingSetting | undefined;
}

/** 一度に試してよい件数と席。 */
const MOST_CALLS = 5000;
const MOST_DESKS = 100;

/** 頼み方を確かめる。@throws AppError BAD_INPUT */
export function checkOrder({ seed, calls = MOST_CALLS_PER_DAY, operators }: DrillOrder): void {
  const whole = (n: number, low: number, high: number) => Number.isInteger(n) && n >= low && n <= high;
  if (!whole(seed, 0, 2_147_483_647))
    throw new AppError("BAD_INPUT", "種は、0から2147483647までの整数で入れてください。");
  if (!whole(calls, 1, MOST_CALLS))
    throw new AppError("BAD_INPUT", `入電は、1から${MOST_CALLS}までの整数で入れてください。`);
  if (operators !== undefined && !whole(operators, 1, MOST_DESKS))
    throw new AppError("BAD_INPUT", `席は、1から${MOST_DESKS}までの整数で入れてください。`);
}

/**
 * 作りものの一日を、使い捨ての事務所で本当の受付の動詞に流す（６(5)ウ の上限450件/日の備え）。
 * 席ごとに一人が、来た順に、待たずに続けて受ける（本当の一日より混み合う）。
 */
export async function runDrill(
  room: DrillRoom,
  order: DrillOrder,
  progress: (done: number, total: number) => Promise<void> = async () => {},
): Promise<DrillReport> {
  checkOrder(order);
  const { seed, calls = MOST_CALLS_PER_DAY, setting = firstSetting } = order;
  const slots = slotsOf(room.hours);
  const shares = morningShares(slots.length);
  const need = planOf(
    setting,
    slots,
    shares.map((share) => share * calls),
  );
  const operators = order.operators ?? Math.min(MOST_DESKS, Math.max(1, need.maxSeats));
  const list = drillCalls({ seed, calls, shares, operators, aht: setting.aht, patience: setting.patience });
  const day = new DrillDay(room);
  const started = performance.now();
  await day.play(list, operators, progress);
  const seconds = Math.round((performance.now() - started) / 100) / 10;
  const answered = list.filter((one) => one.answered !== undefined);
  const inTime = answered.filter((one) => one.waited <= setting.targetSeconds).length;
  const report = {
    ...{ seed, calls, operators, answered: answered.length, abandoned: calls - answered.length, seconds },
    serviceLevel: inTime / calls,
    longestWait: Math.round(Math.max(0, ...list.map(({ waited }) => waited))),
    ...(await day.audit()),
  };
  return { ...report, faults: drillFaults(report) };
}

/** 一日の間の台帳。 */
class DrillDay {
  readonly #room: DrillRoom;
  readonly #counts = new Map<DrillAct, { times: number[]; refused: number; broken: number }>();
  readonly #live = new Map<string, string>();
  readonly #held = new Map<string, number>();
  readonly #numbers: number[] = [];
  #capacity = new Map<string, number>();
  #classes: string[] = [];
  #repeated = 0;
  #dropped = 0;

  constructor(room: DrillRoom) {
    this.#room = room;
  }

  async play(
    calls: readonly DrillCall[],
    operators: number,
    progress: (done: number, total: number) => Promise<void>,
  ): Promise<void> {
    const seats = await this.#room.desk(0).seats();
    this.#classes = seats.map(({ id }) => id);
    this.#capacity = new Map(seats.map(({ id, free }) => [id, free]));
    const queue = calls.filter((one) => one.answered !== undefined);
    let next = 0;
    const work = async (at: number) => {
      const desk = this.#room.desk(at);
      for (let call = queue[next++]; call; call = queue[next++]) {
        this.#room.setSecond(Math.floor(call.answered ?? call.arrived));
        await this.#take(desk, call);
        if (call.n % 50 === 0) await progress(Math.min(next, queue.length), queue.length);
      }
    };
    await Promise.all(Array.from({ length: operators }, (_, at) => work(at)));
  }

  async #take(desk: DrillDesk, call: DrillCall): Promise<void> {
    if (call.about === "book") return this.#book(desk, call);
    const [id] = [...this.#live.keys()].slice(Math.floor(call.wish * this.#live.size));
    if (call.about === "tally" || id === undefined) {
      await this.#try("tally", () => desk.tally(call.n));
      return;
    }
    const before = this.#live.get(id) ?? "";
    // 同じ予約を二つの席が同時に扱わないように、扱う間は台帳から外す（二人の本人からは電話は来ない）。
    this.#live.delete(id);
    if (call.about === "cancel") {
      const done = await this.#try("cancel", async () => {
        await desk.cancel(id);
        return true;
      });
      if (!done) this.#live.set(id, before);
      return;
    }
    const to = this.#wish((call.wish * 7) % 1);
    const moved = await this.#try("change", async () => {
      await desk.change(id, to);
      return true;
    });
    this.#live.set(id, moved ? to : before);
  }

  async #book(desk: DrillDesk, call: DrillCall): Promise<void> {
    const draft = `drill-${call.n}`;
    let classId = this.#wish(call.wish);
    let held = await this.#hold(desk, classId, draft);
    if (!held) {
      const free = (await this.#try("seats", () => desk.seats()))?.filter((one) => one.free > 0) ?? [];
      const other = free[Math.floor(call.wish * free.length)];
      if (!other) {
        await this.#try("tally", () => desk.tally(call.n));
        return;
      }
      classId = other.id;
      held = await this.#hold(desk, classId, draft);
      if (!held) return;
    }
    if (call.drops) {
      this.#dropped += 1;
      this.#held.set(classId, (this.#held.get(classId) ?? 0) + 1);
      return;
    }
    const made = await this.#try("book", () => desk.book(call.n, classId, draft));
    if (!made) return;
    this.#numbers.push(made.number);
    this.#live.set(made.id, classId);
    if (!call.twice) return;
    const again = await this.#try("book", () => desk.book(call.n, classId, draft));
    if (again && again.id !== made.id) this.#repeated += 1;
  }

  async #hold(desk: DrillDesk, classId: string, draft: string): Promise<boolean> {
    return (
      (await this.#try("hold", async () => {
        await desk.hold(classId, draft);
        return true;
      })) ?? false
    );
  }

  /** 人気に偏りがある（はじめの講習会ほど望まれる）。 */
  #wish(at: number): string {
    return this.#classes[Math.floor(at ** 2 * this.#classes.length)] ?? "";
  }

  async #try<T>(act: DrillAct, work: () => Promise<T>): Promise<T | undefined> {
    const count = this.#counts.get(act) ?? { times: [], refused: 0, broken: 0 };
    this.#counts.set(act, count);
    const started = performance.now();
    try {
      const value = await work();
      count.times.push(performance.now() - started);
      return value;
    } catch (cause) {
      if (cause instanceof AppError) count.refused += 1;
      else count.broken += 1;
      return undefined;
    }
  }

  /** 台帳と空席を突き合わせる。 */
  async audit() {
    const seats = await this.#room.desk(0).seats();
    const booked = new Map<string, number>();
    for (const classId of this.#live.values()) booked.set(classId, (booked.get(classId) ?? 0) + 1);
    let [over, mismatched] = [0, 0];
    for (const { id, free } of seats) {
      const [start, own, held] = [this.#capacity.get(id) ?? 0, booked.get(id) ?? 0, this.#held.get(id) ?? 0];
      over += Math.max(0, own - start);
      if (start - own - held !== free) mismatched += 1;
    }
    const empty = { times: [], refused: 0, broken: 0 };
    return {
      acts: Object.fromEntries(
        (Object.keys(drillActs) as DrillAct[]).map((act) => [act, actResult(this.#counts.get(act) ?? empty)]),
      ) as DrillReport["acts"],
      booked: this.#live.size,
      doubleBooked: over + this.#numbers.length - new Set(this.#numbers).size,
      repeated: this.#repeated,
      dropped: this.#dropped,
      mismatched,
    };
  }
}
