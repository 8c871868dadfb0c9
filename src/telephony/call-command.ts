import { basename } from "node:path";
import type { Command, CommandIo } from "../platform/command.ts";
import { callDefinitions } from "./call-definition.ts";
import { openTime, readClosedDays, readHours, readOpenDays } from "./open-time.ts";
import { type PbxMap, readPbxMap } from "./pbx-map.ts";
import { type ReadCalls, readCallFiles } from "./read-calls-file.ts";

/** calls import: queue_log と CDR から入電・応答・放棄を数える。事務所を開かない。 */
export const callFileCommands: Command[] = [
  {
    name: "calls import",
    usage: "",
    summary: "queue_log と CDR、ほかの電話機の CSV から、入電・応答・放棄・時間外を日と時間帯で数えます。",
    options: [
      { name: "cdr", value: "FILE", many: true, help: "CDR の CSV（Master.csv。くり返す。gz でもよい）" },
      { name: "queue-log", value: "FILE", many: true, help: "queue_log（くり返す。gz でもよい）" },
      {
        name: "pbx",
        value: "FILE",
        many: true,
        help: "ほかの電話機の CSV（くり返す。見出しから列を見分ける）",
      },
      { name: "pbx-map", value: "M.yaml", help: "その CSV の列・値・日時の書き方の対応表" },
      { name: "timezone", value: "TZ", help: "queue_log の日を数える地域（既定 Asia/Tokyo）" },
      { name: "hours", value: "09:00-16:00", help: "開いている時間。省けば、いつも開いている" },
      { name: "open-days", value: "mon-fri", help: "開いている曜日" },
      { name: "closed", value: "FILE", help: "休みの日（一行に一日）" },
      { name: "cdr-columns", value: "default|basic-pbx|a,b,c", help: "CDR の列の並び。省けば見分ける" },
    ],
    async run(io) {
      const [hours, days] = [io.option("hours"), io.option("open-days")];
      const rule = {
        hours: hours === undefined ? undefined : readHours(hours),
        days: days === undefined ? undefined : readOpenDays(days),
        closed: await closedDays(io),
      };
      const read = readCallFiles(
        {
          queueLogs: await filesOf(io, "queue-log"),
          cdrs: await filesOf(io, "cdr"),
          pbx: await filesOf(io, "pbx"),
        },
        {
          pbxMap: await pbxMapOf(io),
          timezone: io.option("timezone"),
          cdrColumns: io.option("cdr-columns"),
          open: (clock) => openTime(clock, rule),
        },
      );
      for (const { file, clock } of read.cdr)
        if (clock === "gmt")
          io.progress(`${file} の時刻はグリニッジ時刻（GMT）でした。queue_log に合わせて読みました。`);
      if (read.problemCount > 0) io.progress(`気になるところが ${read.problemCount} 件ありました。`);
      const { calls: _calls, tally, ...more } = read;
      io.result({ ...tally, ...more, definitions: callDefinitions }, show(read));
    },
  },
];

/** --pbx-map の対応表。 */
export async function pbxMapOf(io: CommandIo): Promise<PbxMap | undefined> {
  const path = io.option("pbx-map");
  return path === undefined ? undefined : readPbxMap(new TextDecoder().decode(await io.readFile(path)));
}

async function filesOf(io: CommandIo, option: string) {
  const files = [];
  for (const path of io.options(option)) files.push({ name: basename(path), bytes: await io.readFile(path) });
  return files;
}

async function closedDays(io: CommandIo) {
  const path = io.option("closed");
  return path === undefined ? undefined : readClosedDays(new TextDecoder().decode(await io.readFile(path)));
}

function show({ tally, cdr, outboundNotCounted, problems, problemCount }: ReadCalls): string {
  const { exits, refused } = tally;
  const pad = (n: number) => String(n).padStart(6);
  const answered = (key: string) => pad(tally.answeredByHour[key] ?? 0);
  return [
    `入電 ${tally.offered}、応答 ${tally.answered}、放棄 ${tally.abandoned}、時間外 ${tally.outOfHours}`,
    `待ち時間切れ ${exits.timeout}、席なしで終了 ${exits.empty}、ボタンで退出 ${exits.key}、取り下げ ${exits.withdrawn}、接続できず ${exits.incompatible}`,
    `待ち行列に入れず ${refused.total}（満員 ${refused.full}、席なし ${refused.joinEmpty}）、案内中に切断 ${tally.ivrHangup}、終わりの記録なし ${tally.unfinished}、発信（数えない） ${outboundNotCounted}`,
    ...cdr.map(({ file, columns, clock }) => `CDR ${file}: 列の並び ${columns}、時刻 ${clock}`),
    "",
    "時間帯   入電   応答",
    ...Object.entries(tally.byHour).map(([hour, n]) => `${hour}  ${pad(n)} ${answered(hour)}`),
    "",
    "日           入電   応答",
    ...Object.entries(tally.byDay).map(
      ([day, n]) => `${day} ${pad(n)} ${pad(tally.answeredByDay[day] ?? 0)}`,
    ),
    "",
    ...callDefinitions.map(({ term, text }) => `${term}: ${text}`),
    ...(problemCount === 0 ? [] : ["", `気になるところ（${problemCount}件）`]),
    ...problems
      .slice(0, 50)
      .map(({ file, line, message }) =>
        `${file ?? ""}${line === undefined ? "" : ` ${line}行目`} ${message}`.trim(),
      ),
  ].join("\n");
}
