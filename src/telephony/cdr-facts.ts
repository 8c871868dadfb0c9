import { plainNumber } from "./caller-number.ts";
import { type CdrOrder, guessOrder, headerOrder, namedOrder, splitCdr } from "./cdr-line.ts";
import type { ProblemList } from "./import-problem.ts";
import { idSeconds } from "./queue-line.ts";
import { textLines } from "./text-line.ts";
import { readWall, type WallTime } from "./zone-clock.ts";

/** CDR が一つの電話について言うこと（行は幾つもある）。 */
export interface CdrFacts {
  /** uniqueid。なければチャネルと始まりから作った印。 */
  id: string;
  hasId: boolean;
  linked: string;
  file: number;
  /** 書かれたままの始まりと終わり（地域は知らない）。 */
  start: WallTime;
  end: WallTime;
  caller: string | undefined;
  dst: string;
  context: string;
  /** 「PJSIP/trunk」。 */
  endpoint: string;
  /** 相手の端末（つながったもの）。 */
  answeredBy: string;
  peers: string[];
  lastApp: string;
  hints: string;
  queued: boolean;
  talked: number;
}

export interface CdrBook {
  calls: Map<string, CdrFacts>;
  /** 番号のない CDR で、同じチャネルの続きの行を探す。 */
  open: Map<string, CdrFacts>;
  rows: number;
  files: CdrFile[];
}

export interface CdrFile {
  name: string;
  columns: string;
}

export function emptyCdrBook(): CdrBook {
  return { calls: new Map(), open: new Map(), rows: 0, files: [] };
}

/** 一つの CDR を読み足す。columns は --cdr-columns の値。 */
export function readCdrFile(
  book: CdrBook,
  file: { name: string; bytes: Uint8Array },
  { columns, problems }: { columns?: string | undefined; problems: ProblemList },
): void {
  let order: CdrOrder | undefined = columns === undefined ? undefined : namedOrder(columns);
  let name = order ? (columns ?? "") : "";
  const index = book.files.length;
  for (const { number, text } of textLines(file.bytes)) {
    if (text.trim() === "") continue;
    const say = (message: string) => problems.add({ file: file.name, line: number, message });
    const fields = splitCdr(text);
    if (!fields) {
      say("引用符が閉じていません。途中で切れた行とみて、数えません。");
      continue;
    }
    const header = headerOrder(fields);
    if (header) {
      order = columns === undefined ? header : order;
      name ||= "header";
      continue;
    }
    const guess = order ? undefined : guessOrder(fields);
    if (guess) {
      order = guess.order;
      name = guess.name;
    }
    if (!order) {
      say("列の並びが分かりません。数えません（--cdr-columns で並びを言えます）。");
      continue;
    }
    noteRow(book, { fields, order, index, say });
  }
  book.files.push({ name: file.name, columns: name || "unknown" });
}

interface Row {
  fields: readonly string[];
  order: CdrOrder;
  index: number;
  say: (message: string) => void;
}

function noteRow(book: CdrBook, { fields, order, index, say }: Row): void {
  const at = (name: string) => fields[order.get(name) ?? -1]?.trim() ?? "";
  const start = readWall(at("start"));
  if (start === undefined) {
    say("始まりの日時が読めません。数えません。");
    return;
  }
  const needed = Math.max(order.get("disposition") ?? 0, order.get("channel") ?? 0);
  if (fields.length <= needed) {
    say("列が足りません。途中で切れた行とみて、数えません。");
    return;
  }
  for (const column of ["duration", "billsec"])
    if (Number(at(column)) < 0) say("長さの秒が負です。0秒として読みます。");
  const rawEnd = readWall(at("end")) ?? start + Math.max(0, Number(at("duration")) || 0);
  if (rawEnd < start) say("終わりが始まりより前です。始まりの時刻だけを使います。");
  const end = Math.max(start, rawEnd);
  book.rows += 1;
  const call = callFor(book, { id: at("uniqueid"), channel: at("channel"), start, end, index });
  const first = start <= call.start;
  call.start = Math.min(call.start, start);
  call.end = Math.max(call.end, end);
  const queued = at("lastapp") === "Queue";
  call.queued ||= queued;
  call.linked ||= at("linkedid");
  if (first || call.endpoint === "") {
    call.caller ??= plainNumber(at("src")) ?? plainNumber(/<([^<>]*)>\s*$/.exec(at("clid"))?.[1] ?? "");
    call.context = at("dcontext");
    call.endpoint = endpointOf(at("channel"));
  }
  // 待ち行列の行き先が、あとに続く行の行き先（after など）で分かることがあるので、終わりの行を残す。
  if (!queued || call.lastApp === "") {
    call.dst = at("dst");
    call.lastApp = at("lastapp");
  }
  call.hints += ` ${at("dst")} ${at("dcontext")} ${at("userfield")} ${queued ? "" : at("lastdata")}`.slice(
    0,
    200,
  );
  const peer = endpointOf(at("dstchannel"));
  if (peer === "") return;
  if (call.peers.length < 20 && !call.peers.includes(peer)) call.peers.push(peer);
  if (at("disposition") !== "ANSWERED") return;
  call.answeredBy ||= peer;
  call.talked += Math.max(0, Number(at("billsec")) || 0);
}

/** 番号のない CDR で、同じチャネルの次の行とみなす間（秒）。 */
const NEXT_ROW_SECONDS = 5;

function callFor(
  book: CdrBook,
  row: { id: string; channel: string; start: WallTime; end: WallTime; index: number },
): CdrFacts {
  const hasId = idSeconds(row.id) !== undefined;
  const known = hasId ? book.calls.get(row.id) : nextRow(book.open.get(row.channel), row.start);
  if (known) return known;
  const call: CdrFacts = {
    id: hasId ? row.id : `${row.channel}@${row.start}`,
    ...{ hasId, linked: "", file: row.index, start: row.start, end: row.end, caller: undefined },
    ...{ dst: "", context: "", endpoint: "", answeredBy: "", peers: [], lastApp: "", hints: "" },
    ...{ queued: false, talked: 0 },
  };
  book.calls.set(call.id, call);
  if (!hasId && row.channel !== "") book.open.set(row.channel, call);
  return call;
}

function nextRow(before: CdrFacts | undefined, start: WallTime): CdrFacts | undefined {
  return before && start >= before.start && start <= before.end + NEXT_ROW_SECONDS ? before : undefined;
}

/** 「PJSIP/trunk-00000007」→「PJSIP/trunk」、「Local/8001@agents-00000000;2」→「Local/8001@agents」。 */
function endpointOf(channel: string): string {
  return channel.replace(/;\d$/, "").replace(/-[0-9a-f]{8,}$/i, "");
}
