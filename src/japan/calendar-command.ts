import { TextDecoder } from "node:util";
import { AppError, type Fault } from "../base/error.ts";
import type { Command } from "../platform/command.ts";
import { type BusinessCalendar, type CalendarException, standardCalendar } from "./business-day.ts";
import { listCalendarDays } from "./list-calendar-days-file.ts";
import { readDate } from "./written-date.ts";

/** 一つのファイルに書ける休みの日の数。 */
const MAX_CLOSED = 4_000;

/** 営業日の一覧。事務所は要らない。 */
export const calendarCommands: Command[] = [
  {
    name: "calendar days",
    usage: "",
    summary: "期間の一日ずつが営業日か、休みならなぜかを並べる",
    options: [
      { name: "from", value: "DAY", required: true, help: "始まりの日（2025-09-11 か 令和7年9月11日）" },
      { name: "to", value: "DAY", required: true, help: "終わりの日（含む）" },
      { name: "closed", value: "FILE", help: "ほかの休みの日（一行に一日、あとに空白かコンマと理由）" },
    ],
    async run(io) {
      const file = io.option("closed");
      const calendar: BusinessCalendar = file
        ? { ...standardCalendar, closedDays: readClosedDays(await io.readFile(file)) }
        : standardCalendar;
      const { days } = listCalendarDays(io.option("from") ?? "", io.option("to") ?? "", calendar);
      const open = days.filter((day) => day.business).length;
      const lines = days.map((day) =>
        `${day.date}（${day.weekday}）${day.business ? "営業日" : "休み"}　${day.reason ?? ""}`.trim(),
      );
      io.result({ days }, [...lines, `${days.length}日のうち、営業日は${open}日です。`].join("\n"));
    },
  },
];

/**
 * 休みの日のファイル: 一行に一日、あとに理由があってもよい。# から後と空の行は読まない。
 * @throws AppError BAD_INPUT（faults に行の番号）
 */
export function readClosedDays(bytes: Uint8Array): CalendarException[] {
  const faults: Fault[] = [];
  const days: CalendarException[] = [];
  for (const [at, line] of new TextDecoder("utf-8")
    .decode(bytes)
    .split(/\r\n|\r|\n/)
    .entries()) {
    const plain = line.replace(/[#＃].*$/u, "").trim();
    if (plain === "") continue;
    const [, written = "", reason = ""] = /^([^\s,、，\t]+)[\s,、，\t]*(.*)$/u.exec(plain) ?? [];
    const read = readDate(written);
    if ("day" in read) days.push({ day: read.day, reason: reason.trim() || "休業日" });
    else faults.push({ row: at + 1, message: read.error });
  }
  if (days.length + faults.length > MAX_CLOSED)
    throw new AppError("TOO_LARGE", `休みの日は${MAX_CLOSED}日までです。ファイルをお確かめください。`);
  if (faults.length > 0)
    throw new AppError("BAD_INPUT", "休みの日のファイルに、日付として読めない行があります。", {
      faults: faults.slice(0, 20),
    });
  return days;
}
