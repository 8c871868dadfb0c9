import { basename } from "node:path";
import { AppError } from "../base/error.ts";
import type { Day } from "../base/time.ts";
import { isDay } from "../japan/day.ts";
import type { Command, CommandIo } from "../platform/command.ts";
import type { ClassSchedule } from "./class.ts";
import { readClassFile } from "./read-class-file.ts";

/** classes read: 市の日程表を読む。事務所を開かない。 */
const readCommand: Command = {
  name: "classes read",
  usage: "FILE",
  summary: "市の講習会日程表（.xlsx、.csv）を読み、直すところをます目で示します。",
  options: [
    { name: "today", value: "DAY", help: "年の書かれていない日付を補うときの今日（2025-07-01 の形）" },
    {
      name: "term",
      value: "FROM..TO",
      help: "取り込む期間（2025-08-01..2026-03-31）。外の日は誤りになります",
    },
  ],
  async run(io: CommandIo): Promise<void> {
    const [path] = io.args;
    if (path === undefined) throw new AppError("BAD_INPUT", "読み込む日程表のファイルをご指定ください。");
    const today = io.option("today") ?? new Date().toLocaleDateString("sv-SE", { timeZone: "Asia/Tokyo" });
    const term = readTerm(io.option("term"));
    const schedule = readClassFile(await io.readFile(path), basename(path), {
      today: day(today, "today"),
      ...(term ? { term } : {}),
    });
    io.result(schedule, show(schedule));
  },
};

export const classCommands: Command[] = [readCommand];

function readTerm(text: string | undefined): { from: Day; to: Day } | undefined {
  if (text === undefined) return undefined;
  const [from = "", to = ""] = text.split("..");
  const term = { from: day(from, "term"), to: day(to, "term") };
  if (term.to < term.from) throw new AppError("BAD_INPUT", "--term の終わりが始まりより前です。");
  return term;
}

function day(text: string, option: string): Day {
  if (!isDay(text))
    throw new AppError("BAD_INPUT", `--${option} の日付は「2025-08-01」の形でご指定ください。`);
  return text;
}

function show({ classes, errors, notes }: ClassSchedule): string {
  const lines = classes.map((row) =>
    [row.date, `${row.start}-${row.end}`, row.venue, row.course, `${row.capacity}名`].join("  "),
  );
  const faults = errors.map(
    ({ sheet, cell, message }) => `${sheet === undefined ? "" : `${sheet}!`}${cell}  ${message}`,
  );
  const parts = [`講習会 ${classes.length} 件`, ...lines];
  if (faults.length > 0) parts.push("", `直すところ ${faults.length} 件`, ...faults);
  if (notes.length > 0) parts.push("", "補ったこと・読み飛ばしたこと", ...notes);
  return parts.join("\n");
}
