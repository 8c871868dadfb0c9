import { drawFrom, drawWait } from "../src/staffing/random-draw.ts";
import { simulateDays } from "../src/staffing/simulate-day.ts";
import { planStaffing } from "../src/staffing/staffing-plan.ts";
import { type BenchRow, median } from "./bench-row.ts";

export const name = "一日450件を一万日まねるのと、出来事の列で素直にまねるの";

const DAYS = 10_000;
/** 朝に寄る一日（半時間ごとの割合）。 */
const shares = [0.16, 0.14, 0.12, 0.1, 0.08, 0.07, 0.05, 0.05, 0.05, 0.05, 0.04, 0.04, 0.03, 0.02];
const need = {
  callsPerDay: 450,
  profile: shares.map((share, i) => ({ start: clock(i), share })),
  ...{ aht: 300, target: { share: 0.8, seconds: 20 }, patience: 180 },
};

/** 同じ席数、同じ分布で一万日。応答率が 0.5 ポイントより離れていれば、比べられないので失敗にする。 */
export async function run(): Promise<BenchRow[]> {
  const plan = planStaffing(need);
  const desk = {
    calls: plan.intervals.map(({ calls }) => calls),
    seats: plan.intervals.map(({ seats }) => seats),
    ...{ aht: need.aht, patience: need.patience, targetSeconds: need.target.seconds },
  };
  const times: { ours: number[]; peer: number[] } = { ours: [], peer: [] };
  for (let round = 0; round < 3; round += 1) {
    const started = performance.now();
    const ours = simulateDays(desk, DAYS, round + 1);
    times.ours.push(performance.now() - started);
    const before = performance.now();
    const peer = plainDays(desk, DAYS / 10, round + 1);
    times.peer.push((performance.now() - before) * 10);
    const level =
      sum(ours.intervals.map((one) => one.inTime)) / sum(ours.intervals.map((one) => one.offered));
    if (Math.abs(level - peer) > 0.005) throw new Error(`応答率が違います（${level} と ${peer}）。`);
  }
  const [ours, peer] = [median(times.ours), median(times.peer)];
  return [
    {
      ...{
        what: `${DAYS.toLocaleString("ja-JP")}日（450万件）`,
        ours,
        peer,
        ratio: ours / peer,
        unit: "ミリ秒",
      },
      note: `手本は ${DAYS / 10} 日を測って10倍。応答率は同じ`,
    },
  ];
}

interface Happening {
  at: number;
  kind: "arrive" | "finish" | "leave" | "change";
  caller: number;
}

type Desk = Parameters<typeof simulateDays>[0];

/** 出来事を時刻の順に並べた列で、一つずつ進める。教科書にある書き方。 */
function plainDays(desk: Desk, days: number, seed: number): number {
  const draw = drawFrom(seed);
  let offered = 0;
  let inTime = 0;
  for (let day = 0; day < days; day += 1) {
    const events: Happening[] = [];
    const add = (event: Happening) => {
      let at = events.length;
      while (at > 0 && (events[at - 1]?.at ?? 0) < event.at) at -= 1;
      events.splice(at, 0, event);
    };
    let caller = 0;
    for (const [at, calls] of desk.calls.entries()) {
      add({ at: at * 1800, kind: "change", caller: at });
      const end = (at + 1) * 1800;
      for (let now = at * 1800 + drawWait(draw, 1800 / calls); now < end; now += drawWait(draw, 1800 / calls))
        add({ at: now, kind: "arrive", caller: caller++ });
    }
    const queue: { caller: number; since: number }[] = [];
    let open = 0;
    // 席ごとの、空いた時刻。話し中は undefined。
    const idle: (number | undefined)[] = Array.from({ length: Math.max(...desk.seats) }, () => 0);
    const freeSeat = () => {
      let best = -1;
      for (let seat = 0; seat < open; seat += 1) {
        const since = idle[seat];
        if (since !== undefined && (best < 0 || since < (idle[best] ?? 0))) best = seat;
      }
      return best;
    };
    const serve = (now: number) => {
      for (let seat = freeSeat(); seat >= 0; seat = freeSeat()) {
        const next = queue.shift();
        if (!next) break;
        idle[seat] = undefined;
        if (now - next.since <= desk.targetSeconds) inTime += 1;
        add({ at: now + drawWait(draw, desk.aht), kind: "finish", caller: seat });
      }
    };
    for (let event = events.pop(); event; event = events.pop()) {
      const { at, kind, caller: who } = event;
      if (kind === "change") open = desk.seats[who] ?? 0;
      else if (kind === "finish") idle[who] = at;
      else if (kind === "arrive") {
        offered += 1;
        queue.push({ caller: who, since: at });
        add({ at: at + drawWait(draw, desk.patience ?? 1e9), kind: "leave", caller: who });
      } else {
        const place = queue.findIndex(({ caller: waiting }) => waiting === who);
        if (place >= 0) queue.splice(place, 1);
      }
      serve(at);
    }
  }
  return inTime / offered;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, n) => all + n, 0);
}

function clock(i: number): string {
  return `${String(9 + Math.floor(i / 2)).padStart(2, "0")}:${i % 2 === 0 ? "00" : "30"}`;
}
