import { drawFrom, drawWait } from "./random-draw.ts";
import { INTERVAL_SECONDS } from "./staffing-plan.ts";

/** 試す一日。半時間の枠は、profile と同じ順に続いている。 */
export interface SimulatedDesk {
  /** 枠ごとの入電の見込み（件）。 */
  readonly calls: readonly number[];
  /** 枠ごとの席数。 */
  readonly seats: readonly number[];
  /** 平均処理時間（秒）。 */
  readonly aht: number;
  /** がまんの平均（秒）。省けば、だれも切らない。 */
  readonly patience?: number;
  /** この秒数以内の応答を数える。 */
  readonly targetSeconds: number;
}

/** 枠ごとに数えたもの。全部の日の和。 */
export interface SimulatedInterval {
  offered: number;
  answered: number;
  inTime: number;
  abandoned: number;
  /** 応答されたか切った人が待った秒の和。 */
  waited: number;
  longest: number;
}

export interface SimulatedDays {
  readonly days: number;
  readonly intervals: SimulatedInterval[];
  /** 日ごとの、目標以内の応答の割合（小さい順）。入電のない日は 1。 */
  readonly serviceLevels: Float64Array;
}

/**
 * 一日を days 回まねる。入電は枠の中で一様な率のポアソン、通話と後処理、がまんは指数分布、来た順に応答する。
 *
 * 来た順に応答するので、来た人を順に見て、いちばん早く空く席を当てるだけでよい（切る人は席を使わない）。
 * 出来事の列を持つ作りと同じ結果を、一件あたり席の山の一回の入れ替えで得る。
 * 席数の減る枠に入るとき話し中の席は、その通話を終えてから離れる。閉じたあとに残った人は、最後の席数で応じ切る。
 */
export function simulateDays(desk: SimulatedDesk, days: number, seed: number): SimulatedDays {
  const draw = drawFrom(seed);
  const intervals = desk.calls.map(() => ({ ...nothing }));
  const serviceLevels = new Float64Array(days);
  const shifts = shiftsOf(desk.seats);
  for (let day = 0; day < days; day += 1) {
    const seats = new SeatHeap(shifts);
    let offered = 0;
    let inTime = 0;
    for (const [at, calls] of desk.calls.entries()) {
      if (calls <= 0) continue;
      const count = intervals[at] ?? { ...nothing };
      const gap = INTERVAL_SECONDS / calls;
      const end = (at + 1) * INTERVAL_SECONDS;
      for (let now = at * INTERVAL_SECONDS + drawWait(draw, gap); now < end; now += drawWait(draw, gap)) {
        const patience =
          desk.patience === undefined ? Number.POSITIVE_INFINITY : drawWait(draw, desk.patience);
        const wait = seats.answer(now, patience, draw, desk.aht);
        offered += 1;
        count.offered += 1;
        const spent = Math.min(wait, patience);
        if (Number.isFinite(spent)) count.waited += spent;
        if (spent > count.longest && Number.isFinite(spent)) count.longest = spent;
        if (wait >= patience || wait === Number.POSITIVE_INFINITY) count.abandoned += 1;
        else {
          count.answered += 1;
          if (wait <= desk.targetSeconds) {
            count.inTime += 1;
            inTime += 1;
          }
        }
      }
    }
    serviceLevels[day] = offered === 0 ? 1 : inTime / offered;
  }
  serviceLevels.sort();
  return { days, intervals, serviceLevels };
}

const nothing: SimulatedInterval = {
  offered: 0,
  answered: 0,
  inTime: 0,
  abandoned: 0,
  waited: 0,
  longest: 0,
};

/** 席ごとの、着いている時間（始まり、終わり、始まり、終わり…、秒）。最後の枠の席は、終わらない。 */
function shiftsOf(seats: readonly number[]): number[][] {
  const most = Math.max(0, ...seats);
  return Array.from({ length: most }, (_, seat) => {
    const turns: number[] = [];
    for (const [at, open] of seats.entries()) {
      if (seat >= open) continue;
      const from = at * INTERVAL_SECONDS;
      const to = at === seats.length - 1 ? Number.POSITIVE_INFINITY : from + INTERVAL_SECONDS;
      if (turns.at(-1) === from) turns[turns.length - 1] = to;
      else turns.push(from, to);
    }
    return turns;
  });
}

/** 空く時刻の早い席から取り出せる山。一つの席は、空く時刻と、いまの勤務の番目を持つ。 */
class SeatHeap {
  readonly #shifts: readonly number[][];
  readonly #free: number[] = [];
  readonly #seat: number[] = [];
  readonly #turn: number[];

  constructor(shifts: readonly number[][]) {
    this.#shifts = shifts;
    this.#turn = shifts.map(() => 0);
    for (const [seat, turns] of shifts.entries()) this.#push(turns[0] ?? Number.POSITIVE_INFINITY, seat);
  }

  /** now に来た人が応答されるまでの秒。patience までに応答されなければ、席は動かない。 */
  answer(now: number, patience: number, draw: () => number, aht: number): number {
    for (;;) {
      const free = this.#free[0];
      if (free === undefined || free === Number.POSITIVE_INFINITY) return Number.POSITIVE_INFINITY;
      const seat = this.#seat[0] ?? 0;
      const start = Math.max(free, now);
      const turns = this.#shifts[seat] ?? [];
      const turn = this.#turn[seat] ?? 0;
      if (start >= (turns[turn * 2 + 1] ?? 0)) {
        // 席を離れる時刻を過ぎて空いた。次の勤務の始まりまで待つ。
        this.#turn[seat] = turn + 1;
        const next = turns[turn * 2 + 2] ?? Number.POSITIVE_INFINITY;
        this.#replace(Math.max(next, free));
        continue;
      }
      const wait = start - now;
      if (wait < patience) this.#replace(start + drawWait(draw, aht));
      return wait;
    }
  }

  #push(free: number, seat: number): void {
    let at = this.#free.length;
    this.#free.push(free);
    this.#seat.push(seat);
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if ((this.#free[parent] ?? 0) <= free) break;
      this.#move(parent, at);
      at = parent;
    }
    this.#free[at] = free;
    this.#seat[at] = seat;
  }

  /** いちばん早い席の、空く時刻を変える。 */
  #replace(free: number): void {
    const seat = this.#seat[0] ?? 0;
    const length = this.#free.length;
    let at = 0;
    for (;;) {
      let child = at * 2 + 1;
      if (child >= length) break;
      if (child + 1 < length && (this.#free[child + 1] ?? 0) < (this.#free[child] ?? 0)) child += 1;
      if ((this.#free[child] ?? 0) >= free) break;
      this.#move(child, at);
      at = child;
    }
    this.#free[at] = free;
    this.#seat[at] = seat;
  }

  #move(from: number, to: number): void {
    this.#free[to] = this.#free[from] ?? 0;
    this.#seat[to] = this.#seat[from] ?? 0;
  }
}
