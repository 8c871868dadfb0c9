import { createHash } from "node:crypto";
import type { ImportedCall } from "./assemble-calls.ts";
import type { CallOutcome } from "./call-definition.ts";
import { looksOutside, plainNumber } from "./caller-number.ts";
import { splitCdr } from "./cdr-line.ts";
import type { ProblemList } from "./import-problem.ts";
import type { OpenTime } from "./open-time.ts";
import { guessPbxMap, type PbxMap, plainWord } from "./pbx-map.ts";
import { readLength, timeReader } from "./pbx-time.ts";
import { keepText, textLines } from "./text-line.ts";
import { type ZoneClock, zoneClock } from "./zone-clock.ts";

/** CSV の一行が電話について言うこと。 */
interface PbxRow {
  /** 通話の番号（列がなければ空）。 */
  id: string;
  start: number;
  answer: number | undefined;
  end: number | undefined;
  waited: number | undefined;
  talked: number | undefined;
  caller: string | undefined;
  outcome: CallOutcome | undefined;
  side: "in" | "out" | "inside";
  operator: string;
  queue: string;
}

/** 読めた行。中身の同じ行は、一つのファイルの中の数の、いちばん多いものだけ残す（重なった書き出しを二度数えない）。 */
interface PbxBook {
  rows: Map<string, { row: PbxRow; count: number }>;
  lines: number;
}

export function emptyPbxBook(): PbxBook {
  return { rows: new Map(), lines: 0 };
}

/** 見出しを探す行の数。 */
const HEADER_LINES = 20;
/** 引用符の中で折り返してよい行の数。 */
const MOST_FOLDS = 20;

interface Given {
  map: PbxMap | undefined;
  clock: ZoneClock;
  problems: ProblemList;
}

/** 一つの CSV を読み足す。対応表がなければ、見出しから見分ける。 */
export function readPbxFile(
  book: PbxBook,
  file: { name: string; bytes: Uint8Array },
  { map, clock, problems }: Given,
): void {
  const say = (line: number, message: string) => problems.add({ file: file.name, line, message });
  const own = new Map<string, { row: PbxRow; count: number }>();
  let read: ((fields: readonly string[], say: (message: string) => void) => PbxRow | undefined) | undefined;
  for (const { number, fields } of records(file.bytes, say)) {
    if (read === undefined) {
      const found = findHeader(fields, map);
      if (found) read = rowReader(found.map, found.at, clock);
      else if (number > HEADER_LINES) break;
      if (found === undefined || found.header) continue;
    }
    if (read === undefined) continue;
    const row = read(fields, (message) => say(number, message));
    if (row === undefined) continue;
    book.lines += 1;
    const mark = createHash("sha256")
      .update(JSON.stringify([row]))
      .digest("base64");
    const same = own.get(mark);
    if (same) same.count += 1;
    else own.set(mark, { row, count: 1 });
  }
  if (read === undefined)
    problems.add({
      file: file.name,
      message:
        "着信の日時の列が分かりません。見出しの行があるか確かめるか、列の対応表（--pbx-map）を渡してください。",
    });
  for (const [mark, { row, count }] of own) {
    const known = book.rows.get(mark);
    if (known) known.count = Math.max(known.count, count);
    else book.rows.set(mark, { row, count });
  }
}

function* records(bytes: Uint8Array, say: (line: number, message: string) => void) {
  let mark: string | undefined;
  let [held, from, folds] = ["", 0, 0];
  for (const { number, text } of textLines(bytes)) {
    if (held === "" && text.trim() === "") continue;
    mark ??= markOf(text);
    const whole = held === "" ? text : `${held}\n${text}`;
    const first = held === "" ? number : from;
    const fields = splitCdr(whole, mark);
    if (fields) {
      [held, folds] = ["", 0];
      yield { number: first, fields };
    } else if (folds >= MOST_FOLDS) {
      say(first, "引用符が閉じていません。その行は数えません。");
      [held, folds] = ["", 0];
    } else [held, from, folds] = [whole, first, folds + 1];
  }
  if (held !== "") say(from, "引用符が閉じていません。途中で切れた行とみて、数えません。");
}

function markOf(text: string): string {
  const count = (mark: string) => text.split(mark).length;
  return [",", "\t", ";"].reduce((best, mark) => (count(mark) > count(best) ? mark : best), ",");
}

type Places = ReadonlyMap<string, number>;

/** 見出しの行か。対応表がどの列も番号で言うなら、見出しは要らない。 */
function findHeader(
  fields: readonly string[],
  given: PbxMap | undefined,
): { map: PbxMap; at: Places; header: boolean } | undefined {
  const map = given ?? guessPbxMap(fields);
  if (!map) return undefined;
  const names = fields.map(plainWord);
  const at = new Map<string, number>();
  let numbered = true;
  for (const [column, place] of map.columns) {
    if (typeof place !== "number") numbered = false;
    const index = typeof place === "number" ? place - 1 : names.indexOf(place);
    if (index >= 0) at.set(column, index);
  }
  if (numbered) return { map, at, header: false };
  const missing = [...map.columns].some(([column, place]) => typeof place === "string" && !at.has(column));
  return missing ? undefined : { map, at, header: true };
}

function rowReader(map: PbxMap, places: Places, office: ZoneClock) {
  const clock = map.timezone === undefined ? office : zoneClock(map.timezone);
  const time = timeReader(clock, map.dateFormat);
  return (fields: readonly string[], say: (message: string) => void): PbxRow | undefined => {
    const at = (column: string) => fields[places.get(column) ?? -1]?.trim() ?? "";
    const date = at("date");
    const when = (column: string) => {
      const text = at(column);
      if (text === "") return undefined;
      return time("", text) ?? (date === "" ? undefined : time(date, text));
    };
    const start = places.has("start") ? when("start") : time("", date);
    if (start === undefined) {
      say("着信の日時が読めません。数えません。");
      return undefined;
    }
    const result = resultOf(map, at, say);
    const after = (seconds: number | undefined) =>
      seconds === undefined || seconds < start ? undefined : seconds;
    return {
      id: keepText(at("id").slice(0, 120)),
      start,
      answer: after(when("answer")),
      waited: lengthOf(at("wait"), say),
      talked: lengthOf(at("talk"), say),
      end: after(when("end")) ?? lastOf(start, lengthOf(at("length"), say)),
      caller: plainNumber(at("caller")),
      outcome: result,
      side: sideOf(map, at, say),
      operator: keepText(at("operator").slice(0, 40)),
      queue: keepText(at("queue").slice(0, 40)),
    };
  };
}

function lastOf(start: number, length: number | undefined): number | undefined {
  return length === undefined ? undefined : start + length;
}

function lengthOf(text: string, say: (message: string) => void): number | undefined {
  if (text === "" || text === "-" || text === "－") return undefined;
  const seconds = readLength(text);
  if (seconds === undefined) say("長さが読めません。その長さは使いません（電話は数えます）。");
  return seconds;
}

type At = (column: string) => string;

function resultOf(map: PbxMap, at: At, say: (message: string) => void): CallOutcome | undefined {
  const text = at("result");
  const known = map.results.get(plainWord(text));
  if (text !== "" && known === undefined)
    say(
      "結果の言葉が対応表にありません。時刻と長さから、応答か放棄に数えています（列の対応表の values で教えられます）。",
    );
  return known ?? (text === "" && at("direction") !== "" ? missedOf(map, at) : undefined);
}

/** 向きの列に「不在着信」と書く電話機がある。 */
function missedOf(map: PbxMap, at: At): CallOutcome | undefined {
  const known = map.results.get(plainWord(at("direction")));
  return known === "abandoned" || known === "answered" ? known : undefined;
}

function sideOf(map: PbxMap, at: At, say: (message: string) => void): PbxRow["side"] {
  const told = map.directions.get(plainWord(at("direction")));
  if (told !== undefined) return told;
  const [caller, called] = [plainNumber(at("caller")), plainNumber(at("called"))];
  if (caller === undefined || looksOutside(caller)) return "in";
  if (called !== undefined) return looksOutside(called) ? "out" : "inside";
  say("かけた番号が短く、向きも着いた番号も分かりません。内線どうしとみて、数えません。");
  return "inside";
}

/** 行から電話を一つずつ作る。同じ通話の番号の行は、一つの電話。 */
export function assemblePbx(book: PbxBook, open: OpenTime): { calls: ImportedCall[]; outbound: number } {
  const groups = new Map<string, PbxRow[]>();
  const starts = new Map<number, number>();
  const sorted = [...book.rows].sort(([a, x], [b, y]) => x.row.start - y.row.start || (a < b ? -1 : 1));
  let outbound = 0;
  for (const [, { row, count }] of sorted) {
    if (row.side !== "in") {
      if (row.side === "out") outbound += row.id === "" ? count : 1;
      continue;
    }
    if (row.id !== "") {
      const group = groups.get(row.id);
      if (group) group.push(row);
      else groups.set(row.id, [row]);
      continue;
    }
    // 番号は印に使わない（平文で残さないため）。同じ秒の何番目かで区別する。
    for (let n = 0; n < count; n++) {
      const turn = (starts.get(row.start) ?? 0) + 1;
      starts.set(row.start, turn);
      groups.set(`${row.start}#${turn}`, [row]);
    }
  }
  const calls = [...groups].map(([id, rows]) => callOf(`csv:${id}`, rows, open));
  return { calls, outbound };
}

function callOf(id: string, rows: readonly PbxRow[], open: OpenTime): ImportedCall {
  const isAnswered = ({ outcome, answer, talked }: PbxRow) =>
    outcome === undefined ? answer !== undefined || (talked ?? 0) > 0 : outcome === "answered";
  const arrivedAt = rows.reduce((least, { start }) => Math.min(least, start), Number.POSITIVE_INFINITY);
  const taken = rows.find(isAnswered);
  const last = rows.findLast(({ outcome }) => outcome !== undefined);
  const told = taken ? "answered" : (last?.outcome ?? "abandoned");
  const outcome = told === "answered" || open.isOpen(arrivedAt) ? told : "closed";
  const connectedAt = taken ? (taken.answer ?? taken.start + (taken.waited ?? 0)) : undefined;
  const ends = rows.flatMap(({ end, answer, talked }) =>
    end !== undefined ? [end] : answer !== undefined && talked !== undefined ? [answer + talked] : [],
  );
  const endedAt = ends.length === 0 ? undefined : Math.max(...ends.slice(0, 1000));
  const talked =
    taken?.talked ??
    (connectedAt !== undefined && endedAt !== undefined ? Math.max(0, endedAt - connectedAt) : undefined);
  return {
    id,
    arrivedAt,
    outcome,
    refused: outcome === "refused" ? "unknown" : undefined,
    entered: outcome !== "closed" && outcome !== "refused" && outcome !== "ivr-hangup",
    connectedAt,
    endedAt: endedAt ?? (connectedAt !== undefined ? connectedAt + (talked ?? 0) : arrivedAt),
    waited: rows[0]?.waited ?? (connectedAt === undefined ? undefined : Math.max(0, connectedAt - arrivedAt)),
    talked: outcome === "answered" ? talked : undefined,
    caller: rows.find(({ caller }) => caller !== undefined)?.caller,
    queue: rows.find(({ queue }) => queue !== "")?.queue ?? "",
    agent: taken?.operator ?? "",
    transferred: rows.filter(isAnswered).length > 1,
  };
}

/** 番号が同じで、着いた時がこれより近ければ同じ電話（秒）。番号のないものは、もっと近いときだけ。 */
const SAME_SECONDS = 15;
const SAME_ANONYMOUS_SECONDS = 5;

/** queue_log・CDR の電話と、CSV の電話を、二重に数えずに合わせる。両方にあれば queue_log・CDR のほう。 */
export function joinPbx(own: readonly ImportedCall[], more: readonly ImportedCall[]): ImportedCall[] {
  const byCaller = Map.groupBy(own, ({ caller }) => caller ?? "");
  const used = new Set<ImportedCall>();
  const alone = more.filter((call) => {
    const most = call.caller === undefined ? SAME_ANONYMOUS_SECONDS : SAME_SECONDS;
    let best: ImportedCall | undefined;
    for (const one of byCaller.get(call.caller ?? "") ?? []) {
      const apart = Math.abs(one.arrivedAt - call.arrivedAt);
      if (apart > most || used.has(one)) continue;
      if (!best || apart < Math.abs(best.arrivedAt - call.arrivedAt)) best = one;
    }
    if (best) used.add(best);
    return best === undefined;
  });
  return [...own, ...alone].sort((a, b) => a.arrivedAt - b.arrivedAt || (a.id < b.id ? -1 : 1));
}
