import { randomInt } from "node:crypto";
import { type Actor, systemActor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import { newId } from "../base/identifier.ts";
import type { Command, CommandIo } from "../platform/command.ts";
import { type DrillReport, drillActs } from "./drill.ts";
import { listEquipment } from "./list-equipment.ts";
import { readPlan } from "./read-plan.ts";
import { gapWords, readRoster } from "./read-roster.ts";
import { duties } from "./roster.ts";
import { runDrill } from "./run-drill.ts";
import type { StaffingHand } from "./staffing-hand.ts";
import { holdDrill } from "./start-drill.ts";

const contractOption = { name: "contract", value: "ID", help: "契約（一つしかなければ要らない）" };
const dayOption = { name: "day", value: "DAY", help: "開設日（省けば、本日か次の開設日）" };

/** 事務所を開くコマンド: 見込み、勤務表、設備、訓練。 */
export function officeCommands(hand: StaffingHand): Command[] {
  return [forecastCommand(hand), rosterCommand(hand), equipmentCommand(hand), drillCommand(hand)];
}

async function open(io: CommandIo, hand: StaffingHand) {
  const office = await io.office();
  const contract = await hand.contract(office, io.option("contract"));
  return { office, contract, actor: systemActor(contract) };
}

function forecastCommand(hand: StaffingHand): Command {
  return {
    name: "staffing forecast",
    usage: "",
    summary: "開設日の半時間ごとの入電の見込み（幅つき）、席数、回線数、勤務との差",
    options: [
      dayOption,
      { name: "basis", value: "high|middle|most", help: "備える入電: 10日に9日は足りる数・中央・上限450件" },
      { name: "simulate", value: "DAYS", help: "その席数で、この日数をまねる" },
      { name: "seed", value: "N", help: "まねる乱数の種（既定 1）" },
      contractOption,
    ],
    async run(io) {
      const { office, contract } = await open(io, hand);
      const view = await readPlan(office, contract, hand, {
        day: io.option("day"),
        basis: io.option("basis"),
        simulate: io.option("simulate"),
        seed: io.option("seed"),
      });
      const lines = view.rows.map(({ start, band, seats, lines: lineCount, staff }) =>
        [
          `${start}  ${String(band.low).padStart(3)} ${String(band.middle).padStart(3)} ${String(band.high).padStart(3)}件`,
          `席${seats}`,
          `回線${lineCount}`,
          staff ? `勤務${staff.seats}` : "勤務なし",
        ].join("  "),
      );
      const { low, middle, high } = view.forecast.band;
      io.result(
        view,
        [
          `${view.day} ${view.term.label}の開設${view.nth}日目: 入電 ${middle}件（${low}–${high}件）`,
          ...lines,
        ].join("\n"),
      );
    },
  };
}

function rosterCommand(hand: StaffingHand): Command {
  return {
    name: "staffing roster",
    usage: "",
    summary: "一日の勤務と、半時間ごとの SV・OP・足りない席",
    options: [dayOption, contractOption],
    async run(io) {
      const { office, actor } = await open(io, hand);
      const { handlers, ...view } = await readRoster(office, actor, hand, io.option("day"));
      const numberOf = new Map(handlers.map(({ id, number }) => [id, number]));
      const shifts = view.shifts.map((shift) => ({ ...shift, number: numberOf.get(shift.handlerId) ?? "" }));
      io.result(
        { ...view, shifts },
        [
          `${view.day}（${view.edition === 0 ? "勤務は決まっていません" : `第${view.edition}版`}）`,
          ...shifts.map(({ number, duty, starts, ends }) => `${number}  ${duties[duty]}  ${starts}–${ends}`),
          ...gapWords(view.slots),
        ].join("\n"),
      );
    },
  };
}

function equipmentCommand(hand: StaffingHand): Command {
  return {
    name: "staffing equipment",
    usage: "",
    summary: "端末機・電話・番号・回線の登録と、勤務表・上限450件/日に足りるか",
    options: [contractOption],
    async run(io) {
      const { office, actor } = await open(io, hand);
      const { items, need, findings } = await listEquipment(office, actor);
      const shown = items.map(({ detail: _, ...item }) => item);
      io.result(
        { items: shown, need, findings },
        findings.length === 0
          ? "設備に足りないものはありません。"
          : findings.map(({ clause, message }) => `${clause}  ${message}`).join("\n"),
      );
    },
  };
}

function drillCommand(hand: StaffingHand): Command {
  return {
    name: "drill",
    usage: "",
    summary: "作りものの一日（上限450件）を、使い捨ての事務所で本当の受付に流し、壊れたところを報告する",
    options: [
      { name: "seed", value: "N", help: "一日を決める種（省けば無作為。結果に書く）" },
      { name: "calls", value: "N", help: "入電（既定 450）" },
      { name: "operators", value: "N", help: "席（省けば、要る席のいちばん多い数）" },
      { name: "keep", help: "--data の事務所の講習会を写して行い、結果をその事務所に残す" },
      contractOption,
    ],
    async run(io) {
      const order = {
        seed: whole(io, "seed") ?? randomInt(1, 1_000_000),
        calls: whole(io, "calls"),
        operators: whole(io, "operators"),
      };
      const progress = async (done: number, total: number) => io.progress(`${done} / ${total}件`);
      if (!io.flag("keep")) {
        const room = await hand.openDrill();
        const report = await runDrill(room, order, progress).finally(() => room.close());
        return io.result(report, drillWords(report));
      }
      const { office, contract } = await open(io, hand);
      const actor: Actor = { id: "system", contract, roles: ["system"] };
      const report = await holdDrill(office, actor, hand, { ...order, id: newId() }, progress);
      io.result(report, drillWords(report));
    },
  };
}

function whole(io: CommandIo, name: string): number | undefined {
  const text = io.option(name)?.normalize("NFKC").replace(/,/g, "");
  if (text === undefined) return undefined;
  const number = Number(text);
  if (text.trim() !== "" && Number.isInteger(number) && number >= 0) return number;
  throw new AppError("BAD_INPUT", `--${name} には、0以上の整数を書いてください（例: --${name} 7）。`);
}

/** 訓練の結果を、端末に出す文で。 */
function drillWords(report: DrillReport): string {
  const acts = Object.entries(report.acts).map(
    ([act, { done, refused, broken, p50, p95, longest }]) =>
      `${drillActs[act as keyof typeof drillActs]}: ${done}件（断り ${refused}、失敗 ${broken}） 中央 ${p50} / 95% ${p95} / 最大 ${longest} ミリ秒`,
  );
  return [
    `種 ${report.seed}: 入電${report.calls}件、席${report.operators}、応答${report.answered}件、放棄${report.abandoned}件、${report.seconds}秒`,
    ...acts,
    `二重の予約 ${report.doubleBooked}、送り直しの重なり ${report.repeated}、空席の不一致 ${report.mismatched}、切れた電話 ${report.dropped}`,
    ...(report.faults.length === 0 ? ["壊れたところはありません。"] : report.faults),
  ].join("\n");
}
