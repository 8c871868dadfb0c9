import { AppError } from "../base/error.ts";
import { assembleCalls, type ImportedCall } from "./assemble-calls.ts";
import { forgetNumbers } from "./caller-number.ts";
import type { CdrClock } from "./cdr-clock.ts";
import { emptyCdrBook, readCdrFile } from "./cdr-facts.ts";
import { type ImportProblem, ProblemList } from "./import-problem.ts";
import { type OpenTime, openTime } from "./open-time.ts";
import { assemblePbx, emptyPbxBook, joinPbx, readPbxFile } from "./pbx-facts.ts";
import type { PbxMap } from "./pbx-map.ts";
import { emptyBook, readQueueLog } from "./queue-facts.ts";
import { forgetTexts, looksQueueLine } from "./queue-line.ts";
import { type CallTally, tallyCalls } from "./tally-calls.ts";
import { contentMark, plainBytes, textLines } from "./text-line.ts";
import { type ZoneClock, zoneClock } from "./zone-clock.ts";

export interface CallFile {
  name: string;
  bytes: Uint8Array;
}

/** 読む記録。pbx は、ほかの電話機が書き出した CSV。 */
export interface CallFiles {
  queueLogs: readonly CallFile[];
  cdrs: readonly CallFile[];
  pbx?: readonly CallFile[];
}

export interface ReadCallsOptions {
  /** queue_log の日の地域。省けば Asia/Tokyo。 */
  timezone?: string | undefined;
  /** --cdr-columns の値。 */
  cdrColumns?: string | undefined;
  /** ほかの電話機の CSV の対応表。省けば見出しから見分ける。 */
  pbxMap?: PbxMap | undefined;
  /** 開いている時。省けば、いつも。 */
  open?: ((clock: ZoneClock) => OpenTime) | undefined;
}

export interface ReadCalls {
  calls: ImportedCall[];
  tally: CallTally;
  outboundNotCounted: number;
  timezone: string;
  cdr: CdrClock[];
  files: { queueLogs: string[]; cdrs: string[]; pbx: string[] };
  problems: ImportProblem[];
  problemCount: number;
}

/**
 * queue_log と CDR と、ほかの電話機の CSV を、幾つでも、どの順でも読み、電話を一つずつ組み立てて数える。
 * 同じ中身のファイルは一度だけ読み、二つの記録にある電話は一件と数える。
 * @throws AppError BAD_INPUT（どちらもない、読める行が一つもない）
 */
export function readCallFiles(given: CallFiles, options: ReadCallsOptions = {}): ReadCalls {
  try {
    return readAll(given, options);
  } finally {
    forgetNumbers();
    forgetTexts();
  }
}

function readAll(given: CallFiles, options: ReadCallsOptions): ReadCalls {
  const { queueLogs, cdrs } = sortFiles(given);
  const pbx = onceEach(given.pbx ?? []);
  if (queueLogs.length + cdrs.length + pbx.length === 0)
    throw new AppError(
      "BAD_INPUT",
      "--queue-log か --cdr か --pbx のファイルを、少なくとも一つ書いてください。",
    );
  const clock = zoneClock(options.timezone ?? "Asia/Tokyo");
  const problems = new ProblemList();
  const queue = emptyBook();
  const cdr = emptyCdrBook();
  for (const file of queueLogs) readQueueLog(queue, file, { clock, problems });
  for (const file of cdrs) readCdrFile(cdr, file, { columns: options.cdrColumns, problems });
  const book = emptyPbxBook();
  for (const file of pbx) readPbxFile(book, file, { map: options.pbxMap, clock, problems });
  if (queue.lines + cdr.rows + book.lines === 0 && problems.count > 0)
    throw new AppError(
      "BAD_INPUT",
      "読める行が一つもありませんでした。queue_log（「|」区切り）、CDR（CSV）、見出しのある電話機の CSV のどれか、確かめてください。",
      { faults: problems.problems.slice(0, 20).map(faultOf) },
    );
  const open = (options.open ?? ((zone) => openTime(zone, {})))(clock);
  const own = assembleCalls(queue, cdr, { clock, open, problems });
  const more = assemblePbx(book, open);
  const calls = more.calls.length === 0 ? own.calls : joinPbx(own.calls, more.calls);
  return {
    calls,
    tally: tallyCalls(calls, clock),
    outboundNotCounted: own.outbound + more.outbound,
    timezone: clock.zone,
    cdr: own.cdrClocks,
    files: {
      queueLogs: queueLogs.map(({ name }) => name),
      cdrs: cdrs.map(({ name }) => name),
      pbx: pbx.map(({ name }) => name),
    },
    problems: problems.problems,
    problemCount: problems.count,
  };
}

function faultOf({ line, message }: ImportProblem) {
  return line === undefined ? { message } : { row: line, message };
}

/** gz を開き、同じ中身を一つにし、名の順に並べる。 */
function onceEach(files: readonly CallFile[]): CallFile[] {
  const marks = new Map(
    files.map(({ name, bytes }) => {
      const plain = plainBytes(bytes);
      return [contentMark(plain), { name, bytes: plain }] as const;
    }),
  );
  return [...marks.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** 取り違えた種類を直し、同じ中身を一つにし、順に左右されないように並べる。 */
function sortFiles({ queueLogs, cdrs }: { queueLogs: readonly CallFile[]; cdrs: readonly CallFile[] }) {
  const seen = new Set<string>();
  const plain = [...queueLogs, ...cdrs].flatMap((file) => {
    const bytes = plainBytes(file.bytes);
    const mark = contentMark(bytes);
    if (seen.has(mark)) return [];
    seen.add(mark);
    return [{ name: file.name, bytes, mark, asked: queueLogs.includes(file) }];
  });
  plain.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.mark < b.mark ? -1 : 1));
  const isQueue = plain.map(({ bytes, asked }) => looksQueue(bytes) ?? asked);
  return {
    queueLogs: plain.filter((_, at) => isQueue[at]),
    cdrs: plain.filter((_, at) => !isQueue[at]),
  };
}

/** 初めの20行から見分ける。どちらとも言えなければ undefined。 */
function looksQueue(bytes: Uint8Array): boolean | undefined {
  let [queue, cdr] = [0, 0];
  for (const { number, text } of textLines(bytes)) {
    if (number > 20) break;
    if (looksQueueLine(text)) queue += 1;
    else if (/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/.test(text) && text.split(",").length >= 12) cdr += 1;
  }
  return queue === cdr ? undefined : queue > cdr;
}
