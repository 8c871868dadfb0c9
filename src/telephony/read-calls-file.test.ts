import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { expect, test } from "vitest";
import { simulateCalls } from "../testing/call-log-fixture.ts";
import { forgetNumbers, plainNumber } from "./caller-number.ts";
import { openTime, readHours, readOpenDays } from "./open-time.ts";
import { readCallFiles } from "./read-calls-file.ts";

const encode = (text: string) => new TextEncoder().encode(text);
const file = (name: string, text: string) => ({ name, bytes: encode(text) });
const desk = (closed: readonly string[] = []) => ({
  open: (clock: Parameters<typeof openTime>[0]) =>
    openTime(clock, {
      hours: readHours("09:00-16:00"),
      days: readOpenDays("mon-fri"),
      closed: new Set(closed),
    }),
});

const night = [
  "1765411186|1765411186.0|yakan|NONE|OFFERED|0110000401",
  "1765411187|1765411186.0|yakan|NONE|ENTERQUEUE||0110000401|1|",
  "1765411188|1765411186.0|yakan|OP1|CONNECT|1|1765411187.3|0",
  "1765411207|1765411186.0|yakan|OP1|COMPLETEAGENT|1|19|1",
  "1765411194|1765411194.7|yakan|NONE|OFFERED|09000000405",
  "1765411195|1765411194.7|yakan|NONE|ENTERQUEUE||09000000405|2|",
  "1765411203|1765411194.7|yakan|NONE|ABANDON|2|2|8",
].join("\n");

test("９(1) 入電・応答・放棄・時間帯を、どんな日でも、真の数と同じに数える（GMT、列の並び、順、重なり、切れた行）", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 2 ** 31 - 1 }), (seed) => {
      const day = simulateCalls(seed);
      const read = readCallFiles(
        {
          queueLogs: day.queueLogs.map(([name, text]) => file(name, text)),
          cdrs: day.cdrs.map(([name, text]) => file(name, text)),
        },
        desk(day.closedDays),
      );
      const { tally } = read;
      expect({
        offered: tally.offered,
        answered: tally.answered,
        abandoned: tally.abandoned,
        outOfHours: tally.outOfHours,
        timeout: tally.exits.timeout,
        empty: tally.exits.empty,
        key: tally.exits.key,
        refused: tally.refused.total,
        ivr: tally.ivrHangup,
        outbound: read.outboundNotCounted,
        byHour: tally.byHour,
        byDay: tally.byDay,
      }).toEqual(day.truth);
      expect(read.cdr.map(({ clock }) => clock)).toEqual(day.cdrs.map(() => (day.gmt ? "gmt" : "local")));
      expect(read.cdr.map(({ columns }) => columns)).toEqual(day.cdrs.map(() => day.columns));
    }),
    { numRuns: 120 },
  );
});

test("同じファイルを二度、順を変えて、gz で、BOM と CRLF で読んでも、数は変わらない", () => {
  const once = readCallFiles({ queueLogs: [file("queue_log", night)], cdrs: [] }).tally;
  expect(once).toMatchObject({ offered: 2, answered: 1, abandoned: 1, byHour: { "08:00": 2 } });
  const lines = night.split("\n");
  const again = readCallFiles({
    queueLogs: [
      file("b", `\uFEFF${[...lines].reverse().join("\r\n")}`),
      { name: "a.gz", bytes: gzipSync(night) },
      file("c", lines.slice(2, 5).join("\n")),
      file("d", night),
    ],
    cdrs: [],
  }).tally;
  expect(again).toEqual(once);
});

test("壊れた行、途中で切れた行、負の秒、戻る時計は、行番号つきで知らせ、ほかの行は数える", () => {
  const text = [
    "5411186.0|yakan|NONE|OFFERED|0110000401",
    night,
    "\u0000\u0001binary",
    "1765411300|1765411299.9|yakan|NONE|ENTERQUEUE||0110000409|1|",
    "1765411301|1765411299.9|yakan|OP1|CONNECT|-4|1765411300.1|0",
    "1765400000|1765400000.1|yakan|NONE|ENTERQUEUE||0110000410|1|",
    "1765411400|1765411399.9|yakan|NONE|ENTERQ",
  ].join("\n");
  const read = readCallFiles({ queueLogs: [file("queue_log", text)], cdrs: [] });
  expect(read.tally).toMatchObject({ offered: 4, answered: 2, abandoned: 1, unfinished: 1 });
  const lines = read.problems.map(({ line }) => line);
  expect(lines).toEqual(expect.arrayContaining([1, 9, 11, 12, 13]));
  expect(() => readCallFiles({ queueLogs: [file("x", "これは表ではない\n")], cdrs: [] })).toThrow(
    "読める行が一つも",
  );
});

test("６(6)ウ 閉める時刻ちょうどは時間外、直前は入電。GotoIfTime の分の幅で待ち行列に入ったものは入電", () => {
  const at = (time: string) => Date.parse(`2025-09-17T${time}+09:00`) / 1000;
  const offered = (time: string, entered: boolean, n: number) =>
    [
      `${at(time)}|${at(time)}.${n}|koza|NONE|OFFERED|011000${1000 + n}`,
      ...(entered
        ? [
            `${at(time)}|${at(time)}.${n}|koza|NONE|ENTERQUEUE||011000${1000 + n}|1|`,
            `${at(time) + 9}|${at(time)}.${n}|koza|NONE|ABANDON|1|1|9`,
          ]
        : []),
    ].join("\n");
  const text = [
    offered("08:59:58", false, 1),
    offered("09:00:00", true, 2),
    offered("15:59:59", true, 3),
    offered("16:00:00", false, 4),
    offered("16:00:30", true, 5),
    offered("22:00:00", true, 6),
  ].join("\n");
  const { tally } = readCallFiles({ queueLogs: [file("q", text)], cdrs: [] }, desk());
  expect(tally).toMatchObject({ offered: 3, abandoned: 3, outOfHours: 3 });
});

test("夏時間の地域でも、日と時間帯はその地域の時計で分ける", () => {
  const at = Date.parse("2025-11-02T06:30:00Z") / 1000;
  const text = `${at}|${at}.1|q|NONE|ENTERQUEUE||2125550100|1\n${at + 3600}|${at + 3600}.1|q|NONE|ENTERQUEUE||2125550101|1`;
  const { tally } = readCallFiles(
    { queueLogs: [file("q", text)], cdrs: [] },
    { timezone: "America/Chicago" },
  );
  // 冬に戻る夜。一時台が二度ある。
  expect(tally.byHour).toEqual({ "01:00": 2 });
});

const fixture = (name: string) => new URL(`../../samples/asterisk/${name}`, import.meta.url);
test("本物の Asterisk の三日分（夜の線）は、電話機が見たとおりの数になる", () => {
  const { tally, cdr, outboundNotCounted, problemCount } = readCallFiles({
    queueLogs: [{ name: "queue_log", bytes: readFileSync(fixture("night-line-queue.txt")) }],
    cdrs: [{ name: "Master.csv", bytes: readFileSync(fixture("night-line.csv")) }],
  });
  expect(tally).toMatchObject({
    ...{ offered: 15, answered: 12, abandoned: 3, outOfHours: 0, ivrHangup: 0, enteredQueue: 15 },
    refused: { total: 0, full: 0, joinEmpty: 0 },
    exits: { timeout: 0, key: 0, empty: 0, withdrawn: 0 },
    byHour: { "00:00": 1, "08:00": 5, "09:00": 1, "10:00": 3, "23:00": 5 },
    byDay: { "2025-12-11": 11, "2025-12-12": 1, "2025-12-13": 3 },
    uniqueCallers: { inHours: 14, all: 14 },
    anonymousCalls: 0,
  });
  expect([cdr[0]?.clock, cdr[0]?.columns, outboundNotCounted, problemCount]).toEqual([
    "local",
    "default",
    0,
    0,
  ]);
});

test("第13条 読み終えたあと、掛けた人の番号は記憶に残らない", () => {
  readCallFiles({
    queueLogs: [{ name: "queue_log", bytes: readFileSync(fixture("night-line-queue.txt")) }],
    cdrs: [{ name: "Master.csv", bytes: readFileSync(fixture("night-line.csv")) }],
  });
  expect(forgetNumbers()).toBe(0);
  expect(plainNumber("0112223333")).toBe("0112223333");
  expect(forgetNumbers()).toBe(1);
});
