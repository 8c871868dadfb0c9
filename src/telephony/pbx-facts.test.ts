import fc from "fast-check";
import { expect, test } from "vitest";
import { openTime, readHours, readOpenDays } from "./open-time.ts";
import { readPbxMap } from "./pbx-map.ts";
import { type CallFiles, readCallFiles } from "./read-calls-file.ts";

const encode = (text: string) => new TextEncoder().encode(text);
const file = (name: string, text: string) => ({ name, bytes: encode(text) });
const read = (given: Partial<CallFiles>, map?: string) =>
  readCallFiles(
    { queueLogs: [], cdrs: [], ...given },
    {
      pbxMap: map === undefined ? undefined : readPbxMap(map),
      open: (clock) => openTime(clock, { hours: readHours("09:00-16:00"), days: readOpenDays("mon-fri") }),
    },
  );

test("９(1) 日本語の見出しの CSV を、対応表なしで数える（時間外、発信、内線、非通知、折り返した欄）", () => {
  const text = [
    "着信履歴（2025年9月）",
    "着信日時,発信者番号,着信番号,通話結果,待ち時間,通話時間,オペレーター名,着信グループ,発着区分,備考",
    "2025/9/17 9:00:05,0110000001,0120000000,応答,0:12,3:05,山 田,講座,着信,",
    '2025/9/17 9:10:00,0110000002,0120000000,放棄,0:40,,,講座,着信,"折り返し',
    '希望"',
    "2025/9/17 15:59:59,非通知,0120000000,不在着信,10秒,,,講座,着信,",
    "2025/9/17 16:00:00,0110000004,0120000000,放棄,0:10,,,講座,着信,",
    "2025/9/17 10:00:00,201,0110000009,応答,,1:00,,,発信,",
    "2025/9/17 10:00:00,201,202,応答,,1:00,,,内線,",
    "2025/9/17 11:00:00,0110000005,0120000000,ビジー,0:01,,,講座,着信,",
  ].join("\r\n");
  const result = read({ pbx: [file("履歴.csv", text)] });
  expect(result.tally).toMatchObject({
    ...{ offered: 4, answered: 1, abandoned: 2, outOfHours: 1, anonymousCalls: 1 },
    refused: { total: 1 },
    byHour: { "09:00": 2, "11:00": 1, "15:00": 1 },
  });
  expect(result.outboundNotCounted).toBe(1);
  expect(result.calls[0]).toMatchObject({ waited: 12, talked: 185, agent: "山 田", queue: "講座" });
  expect(result.problemCount).toBe(0);
});

test("英語の見出し、通話の番号、いくつもの行の転送、地域つきの時刻、シフト JIS でない記号の区切り", () => {
  const text = [
    "Call ID;Start Time;Answer Time;End Time;From;To;Status;Agent",
    "a;2025-09-17T00:00:00Z;2025-09-17T00:00:10Z;2025-09-17T00:01:00Z;+81 11-000-0001;0120;Answered;Op1",
    "a;2025-09-17T00:01:00Z;2025-09-17T00:01:05Z;2025-09-17T00:03:00Z;+81 11-000-0001;0120;Answered;Op2",
    "b;2025-09-17T09:30:00+09:00;;2025-09-17T09:30:40+09:00;0110000002;0120;No Answer;",
  ].join("\n");
  const { calls, tally } = read({ pbx: [file("calls.csv", text)] });
  expect(tally).toMatchObject({ offered: 2, answered: 1, abandoned: 1, transferred: 1 });
  expect(calls[0]).toMatchObject({ caller: "0110000001", waited: 10, agent: "Op1" });
});

test("対応表（YAML）で、どんな名の列も、番号の列も、値も、日付の書き方も、地域も読む", () => {
  const named = `columns: { date: 日, start: 時, caller: お客さま, result: 区分 }
values: { answered: [A], abandoned: [B], timeout: [C] }
dateFormat: DD-MM-YYYY HH.mm
timezone: UTC`;
  const text =
    "日,時,お客さま,区分\n17-09-2025,00.30,0110000001,A\n17-09-2025,01.30,0110000002,B\n17-09-2025,02.00,0110000003,C";
  expect(read({ pbx: [file("x.csv", text)] }, named).tally).toMatchObject({
    ...{ offered: 3, answered: 1, abandoned: 1, exits: { timeout: 1 } },
    byHour: { "09:00": 1, "10:00": 1, "11:00": 1 },
  });
  const numbered = "columns: { start: 1, caller: 3, talk: 2 }";
  const bare = "20250917093000\t75\t0110000001\n20250917094000\t\t0110000002";
  expect(read({ pbx: [file("x.tsv", bare)] }, numbered).tally).toMatchObject({
    offered: 2,
    answered: 1,
    abandoned: 1,
  });
});

test("対応表の誤りは、どこがどう違うかを言う", () => {
  for (const [map, message] of [
    ["columns: {", "YAML として"],
    ["columns: { caller: 番号 }", "start"],
    ["columns: { start: 時, だれ: 番号 }", "「だれ」"],
    ["columns: { start: 時 }\nvalues: { よい: [A] }", "「よい」"],
    ["columns: { start: 時 }\nよけい: 1", "形が違います"],
    ["[1]", "形が違います"],
  ] as const)
    expect(() => readPbxMap(map)).toThrow(message);
  expect(() =>
    read({ pbx: [file("x.csv", "時\n1")] }, "columns: { start: 時 }\ndateFormat: YYYY YYYY"),
  ).toThrow("dateFormat");
  expect(() => read({ pbx: [file("x.csv", "あ,い\n1,2")] })).toThrow("読める行が一つも");
});

const row = fc.record({
  at: fc.integer({ min: 0, max: 25_000 }),
  caller: fc.option(fc.integer({ min: 1_000_000, max: 1_000_020 }), { nil: undefined }),
  wait: fc.integer({ min: 0, max: 120 }),
  answered: fc.boolean(),
});
const start = Date.parse("2025-09-17T09:00:00+09:00") / 1000;
const stamp = (at: number) =>
  new Date((start + at + 9 * 3600) * 1000).toISOString().slice(0, 19).replace("T", " ");
type Rows = readonly { at: number; caller: number | undefined; wait: number; answered: boolean }[];
const csvOf = (rows: Rows, shift = 0) =>
  [
    "着信日時,発信者番号,結果,待ち時間",
    ...rows.map(
      ({ at, caller, wait, answered }) =>
        `${stamp(at + shift)},${caller === undefined ? "非通知" : `011${caller}`},${answered ? "応答" : "放棄"},${wait}`,
    ),
  ].join("\n");
const queueOf = (rows: Rows) =>
  rows
    .flatMap(({ at, caller, wait, answered }, n) => {
      const [begin, id] = [start + at, `${start + at}.${n}`];
      const number = caller === undefined ? "anonymous" : `011${caller}`;
      return [
        `${begin}|${id}|koza|NONE|ENTERQUEUE||${number}|1`,
        answered
          ? `${begin + wait}|${id}|koza|OP1|CONNECT|${wait}|x.1|1`
          : `${begin + wait}|${id}|koza|NONE|ABANDON|1|1|${wait}`,
      ];
    })
    .join("\n");

test("９(1) 二つの記録にある電話は、どちらを何度、どの順で重ねても、一件ずつ", () => {
  fc.assert(
    fc.property(fc.uniqueArray(row, { minLength: 1, maxLength: 30, selector: ({ at }) => at }), (rows) => {
      const queue = file("queue_log", queueOf(rows));
      const alone = read({ queueLogs: [queue] }).tally;
      const csv = read({ pbx: [file("a.csv", csvOf(rows))] }).tally;
      expect([csv.offered, csv.answered, csv.abandoned]).toEqual([
        alone.offered,
        alone.answered,
        alone.abandoned,
      ]);
      const both = read({
        queueLogs: [queue, queue],
        pbx: [
          file("a.csv", csvOf(rows)),
          file("b.csv", csvOf([...rows].reverse())),
          file("c.csv", csvOf(rows.slice(0, 3))),
        ],
      }).tally;
      expect([both.offered, both.answered, both.byHour]).toEqual([
        alone.offered,
        alone.answered,
        alone.byHour,
      ]);
    }),
    { numRuns: 60 },
  );
});

test("どこが壊れていても落ちず、壊れていない行は数える（queue_log、CDR、CSV、どの種類と取り違えても）", () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.oneof(fc.string({ unit: "binary", maxLength: 60 }), fc.constantFrom('"', "|", ",,,", "\0")),
        {
          maxLength: 12,
        },
      ),
      fc.uint8Array({ maxLength: 60 }),
      fc.nat(3),
      (junk, bytes, at) => {
        const good = queueOf([{ at: 60, caller: 1_000_001, wait: 9, answered: true }]).split("\n");
        const broken = junk.map((one) => one.replaceAll(/[\r\n]/g, " ").replaceAll("|", "/"));
        const lines = [...broken.slice(0, at), good[0], ...broken.slice(at), good[1], ""];
        expect(read({ queueLogs: [file("q", lines.join("\n"))] }).tally.answered).toBe(1);
        for (const raw of [bytes, encode(lines.join("\n")), encode(junk.join("\n"))])
          for (const kind of ["queueLogs", "cdrs", "pbx"] as const)
            try {
              read({ [kind]: [{ name: "x", bytes: raw }] });
            } catch (fault) {
              expect(fault).toMatchObject({ code: "BAD_INPUT" });
            }
      },
    ),
    { numRuns: 150 },
  );
});
