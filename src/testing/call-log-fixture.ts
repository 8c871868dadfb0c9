import type { Day } from "../base/time.ts";
import { addDays, weekdayOf } from "../japan/day.ts";

/** まねた電話の日々と、その真の数。 */
export interface SimulatedCalls {
  queueLogs: [name: string, text: string][];
  cdrs: [name: string, text: string][];
  closedDays: Day[];
  gmt: boolean;
  columns: string;
  truth: {
    offered: number;
    answered: number;
    abandoned: number;
    outOfHours: number;
    timeout: number;
    empty: number;
    key: number;
    refused: number;
    ivr: number;
    outbound: number;
    byHour: Record<string, number>;
    byDay: Record<string, number>;
  };
}

const kinds = [
  ..."answered answered answered abandoned timeout empty key refused ivr transfer overflow".split(" "),
  ..."closed outbound local again".split(" "),
] as const;

interface Site {
  gmt: boolean;
  basic: boolean;
  offered: boolean;
  ids: boolean;
  linked: boolean;
}

interface Desk {
  rng: () => number;
  site: Site;
  queue: string[];
  cdr: string[];
  serial: number;
}

/** 種から、二日か三日の電話をまねて、queue_log と CDR を書く。 */
export function simulateCalls(seed: number): SimulatedCalls {
  const rng = mulberry(seed);
  const site: Site = {
    gmt: rng() < 0.5,
    basic: rng() < 0.4,
    offered: rng() < 0.6,
    ids: rng() < 0.7,
    linked: rng() < 0.5,
  };
  const desk: Desk = { rng, site, queue: [], cdr: [], serial: 0 };
  const truth: SimulatedCalls["truth"] = {
    ...{ offered: 0, answered: 0, abandoned: 0, outOfHours: 0, timeout: 0, empty: 0, key: 0 },
    ...{ refused: 0, ivr: 0, outbound: 0, byHour: {}, byDay: {} },
  };
  const first = addDays("2025-07-01", Math.floor(rng() * 150));
  const days = [0, 1, 2].map((n) => addDays(first, n));
  const closedDays = days.filter(() => rng() < 0.15);
  for (const day of days) {
    const open = weekdayOf(day) !== 0 && weekdayOf(day) !== 6 && !closedDays.includes(day);
    const count = 3 + Math.floor(rng() * 25);
    for (let n = 0; n < count; n++) oneCall(desk, truth, day, open);
  }
  // CDR の時刻を比べる相手が、少なくとも一つは要る。
  const sure = days.find((day) => weekdayOf(day) % 6 !== 0 && !closedDays.includes(day)) ?? first;
  place(desk, truth, { day: sure, at: 36_000, kind: "answered", open: isOpenDay(sure, closedDays) });
  return {
    queueLogs: pieces(desk.queue, rng, "queue_log"),
    cdrs: pieces(desk.cdr, rng, "Master.csv"),
    closedDays,
    gmt: site.gmt,
    columns: site.basic ? "basic-pbx" : "default",
    truth: { ...truth, byHour: sorted(truth.byHour), byDay: sorted(truth.byDay) },
  };
}

function isOpenDay(day: Day, closed: readonly Day[]): boolean {
  return weekdayOf(day) !== 0 && weekdayOf(day) !== 6 && !closed.includes(day);
}

function oneCall(desk: Desk, truth: SimulatedCalls["truth"], day: Day, open: boolean): void {
  const kind = kinds[Math.floor(desk.rng() * kinds.length)] ?? "answered";
  const night = kind === "closed" || !open;
  const at = night && open ? 60_000 + desk.rng() * 20_000 : 32_460 + desk.rng() * 24_000;
  place(desk, truth, { day, at: Math.floor(at), kind: night && kind !== "outbound" ? "closed" : kind, open });
}

interface Placed {
  day: Day;
  /** その日の始まりからの秒。 */
  at: number;
  kind: string;
  open: boolean;
}

function place(desk: Desk, truth: SimulatedCalls["truth"], { day, at, kind, open }: Placed): void {
  const start = Date.parse(`${day}T00:00:00+09:00`) / 1000 + at;
  const shown = kind === "answered" && !open ? "answered" : kind;
  const caller = `011${String(1_000_000 + Math.floor(desk.rng() * 8_999_999))}`;
  if (shown === "outbound") {
    truth.outbound += 1;
    outbound(desk, start);
    return;
  }
  if (shown === "closed") truth.outOfHours += 1;
  else {
    truth.offered += 1;
    const hour = `${String(Math.floor(at / 3600)).padStart(2, "0")}:00`;
    truth.byHour[hour] = (truth.byHour[hour] ?? 0) + 1;
    truth.byDay[day] = (truth.byDay[day] ?? 0) + 1;
    const counted = ["transfer", "overflow", "local", "again", "answered"].includes(shown)
      ? "answered"
      : shown;
    truth[counted as "answered"] += 1;
  }
  writeCall(desk, start, shown, caller);
}

function writeCall(desk: Desk, start: number, kind: string, caller: string): void {
  const id = nextId(desk, start);
  const log = (after: number, agent: string, event: string, ...params: (string | number)[]) =>
    desk.queue.push(
      [start + after, id, kind === "overflow" && after > 50 ? "sv" : "koza", agent, event, ...params].join(
        "|",
      ),
    );
  const name = desk.rng() < 0.1 ? '=cmd|"x", 花子' : "";
  const row = (more: Partial<Row>): void => {
    writeCdr(desk, { id, start, caller, name, ...more });
  };
  if (desk.site.offered) log(0, "NONE", "OFFERED", caller);
  if (kind === "closed") {
    row({ dst: "closed", app: "Playback", end: start + 8 });
    return;
  }
  if (kind === "ivr") {
    row({ dst: "s", app: "BackGround", end: start + 5 });
    return;
  }
  if (kind === "refused") {
    row({ dst: "after", app: "Hangup", end: start + 2 });
    return;
  }
  log(1, "NONE", "ENTERQUEUE", "", caller, 1, name);
  const talk = 20 + Math.floor(desk.rng() * 200);
  if (kind === "abandoned") {
    log(8, "OP1", "RINGNOANSWER", 5000);
    log(9, "OP2", "RINGCANCELED", 900);
    log(9, "NONE", "ABANDON", 1, 1, 8);
    row({ end: start + 8, peer: "PJSIP/op1", disposition: "NO ANSWER" });
    row({ start: start + 8, end: start + 9, peer: "PJSIP/op2", disposition: "NO ANSWER" });
    return;
  }
  if (["timeout", "empty", "key"].includes(kind)) {
    const event = { timeout: "EXITWITHTIMEOUT", empty: "EXITEMPTY", key: "EXITWITHKEY" }[kind] ?? "";
    log(40, "NONE", event, ...(kind === "key" ? ["1"] : []), 1, 1, 39);
    row({ end: start + 40 });
    row({ start: start + 40, end: start + 42, dst: "after", app: "Hangup" });
    return;
  }
  if (kind === "overflow") {
    log(31, "NONE", "EXITWITHTIMEOUT", 1, 1, 30);
    log(51, "NONE", "ENTERQUEUE", "", caller, 1);
    log(52, "SV1", "CONNECT", 1, nextId(desk, start + 51), 1);
    log(52 + talk, "SV1", "COMPLETECALLER", 1, talk, 1);
    row({ end: start + 52 + talk, peer: "PJSIP/sv1" });
    return;
  }
  log(4, "OP1", "RINGNOANSWER", 3000);
  log(5, "OP2", "CONNECT", 4, nextId(desk, start + 2), 2);
  if (kind === "local")
    writeCdr(desk, {
      id: nextId(desk, start + 2),
      start: start + 2,
      caller,
      name,
      local: true,
      end: start + talk,
    });
  if (kind === "transfer") {
    log(5 + talk, "OP2", "BLINDTRANSFER", "8002", "local", 4, talk, 1);
    row({ end: start + 5 + talk, peer: "PJSIP/op2" });
    row({
      start: start + 5 + talk,
      end: start + 60 + talk,
      dst: "8002",
      app: "Dial",
      peer: "PJSIP/op3",
    });
    return;
  }
  log(5 + talk, "OP2", desk.rng() < 0.5 ? "COMPLETEAGENT" : "COMPLETECALLER", 4, talk, 1);
  row({ end: start + 5 + talk, peer: "PJSIP/op2" });
}

function outbound(desk: Desk, start: number): void {
  const row = { start, caller: "5000", name: "", dst: "0112223333", app: "Dial", peer: "PJSIP/trunk" };
  writeCdr(desk, { ...row, id: nextId(desk, start), end: start + 30, channel: "PJSIP/op2" });
}

function nextId(desk: Desk, at: number): string {
  return `${at}.${desk.serial++}`;
}

interface Row {
  id: string;
  start: number;
  end: number;
  caller: string;
  name: string;
  dst: string;
  app: string;
  peer: string;
  disposition: string;
  local: boolean;
  channel: string;
}

function writeCdr(desk: Desk, given: Partial<Row> & Pick<Row, "id" | "start" | "caller" | "name">): void {
  const { id, start, caller, name, dst = "open", app = "Queue", peer = "", local = false } = given;
  const { end = start + 3, disposition = "ANSWERED" } = given;
  const { gmt, basic, ids, linked } = desk.site;
  const wall = (at: number) =>
    new Date((at + (gmt ? 0 : 32_400)) * 1000).toISOString().slice(0, 19).replace("T", " ");
  const serial = id.split(".")[1] ?? "0";
  const channel = local
    ? `Local/8001@agents-${serial.padStart(8, "0")};2`
    : `${given.channel ?? "PJSIP/trunk"}-${Number(serial).toString(16).padStart(8, "0")}`;
  const peerChannel = peer === "" ? "" : `${peer}-${(desk.serial++).toString(16).padStart(8, "0")}`;
  const quote = (text: string) => `"${text.replaceAll('"', '""')}"`;
  const clid = quote(`"${name}" <${caller}>`);
  const context = local || given.channel ? "local" : "inbound";
  const [src, to, ctx, chan, dest] = [caller, dst, context, channel, peerChannel].map(quote);
  const rest = [quote(app), quote("koza,tT,,,60"), quote(wall(start)), quote(wall(start)), quote(wall(end))];
  const tail = [end - start, end - start, quote(disposition), quote("DOCUMENTATION")];
  const uid = ids ? [quote(id)] : [];
  desk.cdr.push(
    (basic
      ? [clid, src, to, ctx, chan, dest, ...rest, ...tail, '""', quote(ids ? id : ""), '""', serial]
      : [
          '""',
          src,
          to,
          ctx,
          clid,
          chan,
          dest,
          ...rest,
          ...tail,
          ...uid,
          ...(ids && linked ? ['""', quote(id), serial] : []),
        ]
    ).join(","),
  );
}

/** 記録を幾つかに切り、重ね、順を変え、切れた行と CRLF を混ぜる。 */
function pieces(lines: readonly string[], rng: () => number, name: string): [string, string][] {
  const cut = Math.floor(rng() * lines.length);
  const overlap = Math.max(0, cut - Math.floor(rng() * 6));
  const eol = rng() < 0.3 ? "\r\n" : "\n";
  const bom = rng() < 0.2 ? "\uFEFF" : "";
  const [older, newer] = [lines.slice(0, cut), lines.slice(overlap)];
  const whole: [string, string] = [name, `${bom}${lines.join(eol)}${eol}`];
  // 一部だけの CDR は、見分ける手がかりが足りないことがあるので切らない。
  if (name !== "queue_log") return [whole];
  if (rng() < 0.4 || older.length === 0) return [whole];
  const broken = (newer[0] ?? "").slice(7);
  return [
    [name, [broken, ...newer].join(eol)],
    [`${name}.1`, older.join("\n")],
  ];
}

function sorted(of: Record<string, number>): Record<string, number> {
  return Object.fromEntries(Object.entries(of).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function mulberry(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
