import { basename } from "node:path";
import { AppError } from "../base/error.ts";
import type { Command, CommandIo } from "../platform/command.ts";
import { officeCommands } from "./office-command.ts";
import { readProfile } from "./profile-reader.ts";
import { type SimulatedDays, simulateDays } from "./simulate-day.ts";
import type { StaffingHand } from "./staffing-hand.ts";
import { planStaffing, type ServiceTarget, type StaffingNeed, type StaffingPlan } from "./staffing-plan.ts";

/** 一度に試してよい日数。これより多くしても、見込みは変わらない。 */
const MOST_DAYS = 100_000;

/** staffing plan: 半時間ごとの席数と回線数。事務所を開かない。 */
const planCommand: Command = {
  name: "staffing plan",
  usage: "",
  summary: "一日の入電数と時間帯の分かれ方から、目標を満たす席数と回線数を半時間ごとに出します。",
  options: [
    { name: "calls-per-day", value: "N", required: true, help: "一日の入電数（件）" },
    {
      name: "profile",
      value: "FILE",
      required: true,
      help: "半時間ごとの割合（start,share の CSV か Excel）",
    },
    { name: "aht", value: "SECONDS", required: true, help: "平均処理時間（通話と後処理、秒）" },
    { name: "target", value: "80/20", help: "目標。80/20 は、80% を 20 秒以内に応答（既定）" },
    {
      name: "patience",
      value: "SECONDS",
      help: "待つ人のがまんの平均（秒）。省けば、だれも切らない（アーラン C）",
    },
    { name: "simulate", value: "DAYS", help: "その席数で、この日数をまねて確かめる" },
    { name: "seed", value: "N", help: "まねる乱数の種（既定 1）" },
  ],
  async run(io: CommandIo): Promise<void> {
    const path = io.option("profile") ?? "";
    const patience = optional(io, "patience");
    const need: StaffingNeed = {
      callsPerDay: amount(io, "calls-per-day", { zero: true }),
      profile: readProfile(await io.readFile(path), basename(path)),
      aht: amount(io, "aht"),
      target: readTarget(io.option("target") ?? "80/20"),
      ...(patience === undefined ? {} : { patience }),
    };
    const days = optional(io, "simulate");
    const seed = io.option("seed") === undefined ? 1 : amount(io, "seed", { zero: true });
    const plan = planStaffing(need);
    const simulated = days === undefined ? undefined : simulate(need, plan, Math.round(days), seed);
    io.result({ ...plan, ...(simulated ? { simulated } : {}) }, show(plan, simulated));
  },
};

/** 席数と勤務のコマンドの全部。 */
export function staffingCommands(hand: StaffingHand): Command[] {
  return [planCommand, ...officeCommands(hand)];
}

function optional(io: CommandIo, name: string): number | undefined {
  return io.option(name) === undefined ? undefined : amount(io, name);
}

function amount(io: CommandIo, name: string, { zero = false } = {}): number {
  const text = (io.option(name) ?? "").normalize("NFKC").replace(/,/g, "");
  const number = Number(text);
  if (text.trim() === "" || !Number.isFinite(number) || number < 0 || (number === 0 && !zero))
    throw new AppError(
      "BAD_INPUT",
      `--${name} には、${zero ? "0以上" : "0より大きい"}数を書いてください（例: --${name} 300）。`,
    );
  return number;
}

/** 「80/20」→ 80% を 20 秒以内に。 */
function readTarget(text: string): ServiceTarget {
  const found = /^(\d+(?:\.\d+)?)%?\/(\d+(?:\.\d+)?)$/.exec(text.normalize("NFKC").replace(/[\s秒]/g, ""));
  const [share, seconds] = [Number(found?.[1]) / 100, Number(found?.[2])];
  if (!found || !(share > 0 && share < 1))
    throw new AppError(
      "BAD_INPUT",
      "--target は「80/20」（80% を 20 秒以内に応答）の形で書いてください。割合は 0 より大きく 100 より小さい数です。",
    );
  return { share, seconds };
}

interface Simulated {
  days: number;
  seed: number;
  intervals: {
    start: string;
    calls: number;
    serviceLevel: number;
    abandonment: number;
    averageWait: number;
  }[];
  /** 一日ぜんたいの応答率。20 日に一度はこれより悪い、半分、20 日に一度はこれより良い。 */
  serviceLevel: { p5: number; p50: number; p95: number };
}

function simulate(need: StaffingNeed, plan: StaffingPlan, days: number, seed: number): Simulated {
  if (days < 1 || days > MOST_DAYS)
    throw new AppError(
      "BAD_INPUT",
      `--simulate は 1 から ${MOST_DAYS.toLocaleString("ja-JP")} までの日数にしてください。`,
    );
  const result = simulateDays(
    {
      calls: plan.intervals.map(({ calls }) => calls),
      seats: plan.intervals.map(({ seats }) => seats),
      aht: need.aht,
      targetSeconds: need.target.seconds,
      ...(need.patience === undefined ? {} : { patience: need.patience }),
    },
    days,
    seed,
  );
  return { days, seed, intervals: averages(plan, result), serviceLevel: bands(result) };
}

function averages(plan: StaffingPlan, { days, intervals }: SimulatedDays): Simulated["intervals"] {
  return plan.intervals.map(({ start }, i) => {
    const count = intervals[i];
    const offered = count?.offered ?? 0;
    const part = (n: number | undefined, none: number) => (offered === 0 ? none : (n ?? 0) / offered);
    return {
      start,
      calls: offered / days,
      serviceLevel: part(count?.inTime, 1),
      abandonment: part(count?.abandoned, 0),
      averageWait: part(count?.waited, 0),
    };
  });
}

function bands({ serviceLevels, days }: SimulatedDays): Simulated["serviceLevel"] {
  const at = (share: number) => serviceLevels[Math.min(days - 1, Math.floor(share * days))] ?? 1;
  return { p5: at(0.05), p50: at(0.5), p95: at(0.95) };
}

function show(plan: StaffingPlan, simulated: Simulated | undefined): string {
  const rows = plan.intervals.map((one) =>
    [
      one.start,
      `入電 ${one.calls.toFixed(1).padStart(6)}`,
      `席 ${String(one.seats).padStart(3)}`,
      `回線 ${String(one.lines).padStart(3)}`,
      `応答率 ${percent(one.serviceLevel)}`,
      `稼働 ${percent(one.occupancy)}`,
      `放棄 ${percent(one.abandonment)}`,
    ].join("  "),
  );
  const lines = [
    plan.method === "erlang-a" ? "アーラン A（がまんを見込む）" : "アーラン C（だれも切らない）",
    ...rows,
    `いちばん多い席 ${plan.maxSeats}、回線 ${plan.maxLines}（話し中 1% 以下）`,
  ];
  if (simulated) {
    const { p5, p50, p95 } = simulated.serviceLevel;
    lines.push(
      `${simulated.days.toLocaleString("ja-JP")}日をまねると、一日の応答率は ${percent(p50)}（20日に一度は ${percent(p5)} を下回り、${percent(p95)} を上回る）`,
    );
  }
  return lines.join("\n");
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1).padStart(5)}%`;
}
