// @engine both
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Actor } from "../base/actor.ts";
import { instantFromMs, instantOf } from "../base/time.ts";
import { takeBooking } from "../reception/take-booking.ts";
import { listTasks } from "../tasks/list-tasks.ts";
import { openContract } from "../terms/open-contract.ts";
import { openDesk, type TestDesk } from "../testing/open-desk.ts";
import { caller, openReception } from "../testing/reception-fixture.ts";
import type { CallSignal } from "./call.ts";
import { callFigures } from "./call-figures.ts";
import { importCalls } from "./import-calls.ts";
import { linkCall } from "./link-call.ts";
import { listCalls, openCall } from "./list-calls.ts";
import { noteBusy } from "./note-busy.ts";
import { popCalls } from "./pop-call.ts";
import { readWall } from "./read-wall.ts";
import { recordSignal } from "./record-signal.ts";

let desk: TestDesk;
let op: Actor;
let sv: Actor;
const day = "2025-09-17";
const range = { from: day, to: day };

beforeEach(async () => {
  desk = await openDesk();
  op = desk.actor("op-1", "operator");
  sv = desk.actor("sv-1", "supervisor");
  await openReception(desk.office, desk.actor("m-1", "manager"), [{ id: "c1" }]);
});
afterEach(() => desk.close());

const system = (): Actor => ({ id: "system", contract: desk.contract, roles: ["system"] });
const at = (time: string) => instantFromMs(Date.parse(`${day}T${time}+09:00`));
const tell = (more: Partial<CallSignal> & Pick<CallSignal, "kind" | "at">) =>
  recordSignal(desk.office, system(), { source: "cti", outerId: "c-1", direction: "in", ...more });

test("６(2)ウ 着信は前の予約とともに席に出て、終わると一件の応答になる", async () => {
  const booked = await takeBooking(desk.office, op, caller(7, "c1"));
  desk.clock.set(at("13:50:00"));
  await tell({ kind: "ring", at: at("13:49:50"), caller: "0110000007" });
  const [pop] = await popCalls(desk.office, op);
  expect(pop).toMatchObject({ state: "waiting", caller: "***-0007", earlier: [{ id: booked.id }] });
  expect(await readWall(desk.office, op)).toMatchObject({ waiting: 1, longest: 10 });
  await tell({ kind: "answer", at: at("13:50:00"), desk: "2" });
  expect(await readWall(desk.office, op)).toMatchObject({
    waiting: 0,
    today: { offered: 1, answered: 1, live: 1 },
  });
  await tell({ kind: "end", at: at("13:55:00") });
  expect(await popCalls(desk.office, op)).toEqual([]);
  const { rows } = await listCalls(desk.office, op, range);
  expect(rows).toMatchObject([{ state: "answered", waited: 10, talked: 300, desk: "2", caller: "***-0007" }]);
  expect((await openCall(desk.office, op, rows[0]?.id ?? "")).earlier).toHaveLength(1);
  const events = await desk.events();
  expect(events.filter((kind) => kind.startsWith("call."))).toEqual([
    "call.rang",
    "call.answered",
    "call.ended",
  ]);
});

test("６(2)ウ 放棄と見えた電話が応答だったと後から分かれば、折り返しの仕事は閉じ、二度目の知らせでも増えない", async () => {
  await tell({ kind: "ring", at: at("10:00:00"), caller: "0110000001" });
  await tell({ kind: "end", at: at("10:02:00") });
  const left = async () =>
    listTasks(desk.office, op, (await openContract(desk.office, desk.contract)).blueprint);
  expect(await left()).toMatchObject([{ kind: "callback" }]);
  await tell({ kind: "answer", at: at("10:00:20"), desk: "2" });
  expect(await left()).toEqual([]);
  await tell({ kind: "answer", at: at("10:00:20"), desk: "2" });
  await tell({ kind: "end", at: at("10:02:00") });
  expect(await left()).toEqual([]);
  expect((await desk.events()).filter((kind) => kind === "task.dropped")).toHaveLength(1);
});

test("６(2)ウ 電話機の記録（queue_log）が応答と言えば、知らせの作った折り返しの仕事は閉じる", async () => {
  await tell({ kind: "ring", at: at("10:00:00"), caller: "0110000001" });
  await tell({ kind: "end", at: at("10:02:00") });
  const start = Date.parse(at("10:00:00")) / 1000;
  const log = [
    `${start}|${start}.1|koza|NONE|ENTERQUEUE||0110000001|1`,
    `${start + 5}|${start}.1|koza|2|CONNECT|5|${start + 1}.2|3`,
    `${start + 120}|${start}.1|koza|2|COMPLETECALLER|5|115|1`,
  ].join("\n");
  const files = { queueLogs: [{ name: "queue_log", bytes: new TextEncoder().encode(log) }], cdrs: [] };
  expect(await importCalls(desk.office, sv, files)).toMatchObject({ merged: 1 });
  expect(
    await listTasks(desk.office, op, (await openContract(desk.office, desk.contract)).blueprint),
  ).toEqual([]);
});

test("９(1) 知らせは、どんな順で何度届いても、一件で同じ結果になる", async () => {
  const signals = [
    { kind: "ring" as const, at: at("10:00:00"), caller: "0110000001" },
    { kind: "answer" as const, at: at("10:00:05"), desk: "1" },
    { kind: "end" as const, at: at("10:03:00") },
  ];
  let n = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.shuffledSubarray([0, 1, 2, 0, 1, 2], { minLength: 6, maxLength: 6 }),
      async (order) => {
        n += 1;
        for (const index of order) {
          const signal = signals[index];
          if (signal) await tell({ ...signal, outerId: `p-${n}`, caller: `01100${String(10_000 + n)}` });
        }
        const { rows, total } = await listCalls(desk.office, op, { ...range, what: "answered" });
        expect(total).toBe(n);
        expect(rows.every((row) => row.waited === 5 && row.talked === 175)).toBe(true);
      },
    ),
    { numRuns: 12 },
  );
});

test("番号のある放棄は折り返しの仕事になり、非通知と時間外はならない", async () => {
  await tell({ kind: "ring", at: at("10:00:00"), caller: "0110000001" });
  await tell({ kind: "end", at: at("10:00:40") });
  await tell({ kind: "end", at: at("10:00:41") });
  await tell({ kind: "ring", at: at("10:10:00"), outerId: "c-2" });
  await tell({ kind: "end", at: at("10:10:09"), outerId: "c-2" });
  await tell({ kind: "ring", at: at("18:10:00"), outerId: "c-3", caller: "0110000003" });
  await tell({ kind: "end", at: at("18:10:09"), outerId: "c-3" });
  const { blueprint } = await openContract(desk.office, desk.contract);
  const tasks = await listTasks(desk.office, op, blueprint);
  expect(tasks.map(({ title }) => title)).toEqual(["つながらなかった方への折り返し（10:00の着信）"]);
  const { total } = await callFigures(desk.office, desk.contract, range);
  expect(total).toMatchObject({ offered: 2, abandoned: 2, closed: 1, answered: 0 });
});

test("三つの知らせ元が同じ電話を伝えても、二重に数えない。取り込みは何度しても同じ", async () => {
  await tell({ kind: "ring", at: at("10:00:00"), caller: "0110000401" });
  await tell({ kind: "answer", at: at("10:00:04"), desk: "2" });
  await tell({ kind: "answer", at: at("10:00:09"), desk: "2", source: "desk", outerId: "op/d1" });
  await tell({ kind: "end", at: at("10:01:00"), source: "desk", outerId: "op/d1" });
  await tell({ kind: "end", at: at("10:01:02") });
  const start = Date.parse(at("10:00:01")) / 1000;
  const log = [
    `${start}|${start}.1|koza|NONE|ENTERQUEUE||0110000401|1|`,
    `${start + 3}|${start}.1|koza|OP1|CONNECT|3|${start}.2|1`,
    `${start + 59}|${start}.1|koza|OP1|COMPLETECALLER|3|56|1`,
    `${start + 100}|${start + 100}.3|koza|NONE|ENTERQUEUE||0110000402|1|`,
    `${start + 110}|${start + 100}.3|koza|NONE|ABANDON|1|1|10`,
  ].join("\n");
  const files = { queueLogs: [{ name: "queue_log", bytes: new TextEncoder().encode(log) }], cdrs: [] };
  expect(await importCalls(desk.office, sv, files)).toMatchObject({ added: 1, merged: 1, known: 0 });
  expect(await importCalls(desk.office, sv, files)).toMatchObject({ added: 0, merged: 0, known: 2 });
  const figures = await callFigures(desk.office, desk.contract, range);
  expect(figures.total).toMatchObject({ offered: 2, answered: 1, abandoned: 1 });
  expect(figures.reconcile).toMatchObject({ answered: 1, difference: 1 });
  await expect(importCalls(desk.office, op, files)).rejects.toMatchObject({ code: "FORBIDDEN" });
});

test("９(1) 残したものとつながった応答は、電話ごとに突き合わせる。つながらないものは一覧で絞れる", async () => {
  const talk = (draft: string, from: string) => ({
    source: "desk" as const,
    outerId: `op-1/${draft}`,
    caller: from,
  });
  await tell({ ...talk("d-1", "0110000001"), kind: "answer", at: at("10:00:00"), desk: "1" });
  await tell({ ...talk("d-2", "0110000002"), kind: "answer", at: at("10:10:00"), desk: "1" });
  const to = { to: "reception/booking/b-1", label: "受付番号 1" };
  const call = await linkCall(desk.office, op, "d-1", to);
  expect(await linkCall(desk.office, op, "d-1", to)).toBe(call);
  expect(await linkCall(desk.office, op, "d-9", to)).toBeUndefined();
  const { reconcile } = await callFigures(desk.office, desk.contract, range);
  expect(reconcile).toMatchObject({ answered: 2, linked: 1, byDay: [{ answered: 2, linked: 1 }] });
  const { rows, total } = await listCalls(desk.office, op, { ...range, what: "unlinked" });
  expect([total, rows[0]?.caller]).toEqual([1, "***-0002"]);
  expect((await openCall(desk.office, op, call ?? "")).left).toEqual([
    { ref: "reception/booking/b-1", label: "受付番号 1" },
  ]);
});

test("９(1) いくつもの電話の知らせが、混ざり、重なり、順が乱れて届いても、電話の数と応答の数は変わらない", async () => {
  let turn = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ answered: fc.boolean(), twice: fc.boolean() }), { minLength: 1, maxLength: 4 }),
      fc.infiniteStream(fc.nat(1000)),
      async (calls, stream) => {
        turn += 1;
        const on = new Date(Date.parse("2025-10-01") + turn * 86_400_000).toISOString().slice(0, 10);
        const time = (minute: number, second: number) =>
          instantFromMs(Date.parse(`${on}T10:00:00+09:00`) + minute * 60_000 + second * 1000);
        const signals = calls.flatMap(({ answered, twice }, n) => {
          const own = { outerId: `t${turn}-${n}`, caller: `01100${String(turn).padStart(3, "0")}${n}9` };
          const list = [
            { ...own, kind: "ring" as const, at: time(n * 10, 0) },
            ...(answered ? [{ ...own, kind: "answer" as const, at: time(n * 10, 5), desk: "1" }] : []),
            { ...own, kind: "end" as const, at: time(n * 10, 90) },
          ];
          return twice ? [...list, ...list] : list;
        });
        const keyed = signals.map((signal) => ({ signal, key: stream.next().value ?? 0 }));
        for (const { signal } of keyed.sort((a, b) => a.key - b.key)) await tell(signal);
        const { total } = await callFigures(desk.office, desk.contract, { from: on, to: on });
        const answered = calls.filter((one) => one.answered).length;
        expect(total.offered + total.closed).toBe(calls.length);
        expect([total.answered, total.live]).toEqual([answered, 0]);
      },
    ),
    { numRuns: 12 },
  );
});

test("本物の Asterisk の三日分を取り込むと、開設時間の内だけが入電になる。話中は手で入れる", async () => {
  const bytes = (name: string) => readFileSync(new URL(`../../samples/asterisk/${name}`, import.meta.url));
  const result = await importCalls(desk.office, sv, {
    queueLogs: [{ name: "queue_log", bytes: bytes("night-line-queue.txt") }],
    cdrs: [{ name: "Master.csv", bytes: bytes("night-line.csv") }],
  });
  expect(result.added).toBe(15);
  await noteBusy(desk.office, sv, { day: "2025-12-11", count: 40 });
  const figures = await callFigures(desk.office, desk.contract, { from: "2025-12-11", to: "2025-12-13" });
  expect(figures.total.offered + figures.total.closed).toBe(15);
  expect(figures.busy).toBe(40);
  await expect(noteBusy(desk.office, op, { day, count: 1 })).rejects.toMatchObject({ code: "FORBIDDEN" });
  await expect(noteBusy(desk.office, sv, { day: "9/17", count: -1 })).rejects.toMatchObject({
    code: "BAD_INPUT",
  });
});

test("番号は封じられ、記録と表に平文で残らない", async () => {
  await tell({ kind: "ring", at: instantOf(day, "10:00"), caller: "0115550199" });
  const rows = await desk.office.read.q.selectFrom("call").selectAll().execute();
  const events = await desk.office.read.q.selectFrom("event").selectAll().execute();
  expect(JSON.stringify([rows, events])).not.toContain("5550199");
  expect(Buffer.from(rows[0]?.caller).toString("latin1")).not.toContain("5550199");
});
