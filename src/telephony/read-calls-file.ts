import { AppError } from "../base/error.ts";
import { assembleCalls, type ImportedCall } from "./assemble-calls.ts";
import type { CdrClock } from "./cdr-clock.ts";
import { emptyCdrBook, readCdrFile } from "./cdr-facts.ts";
import { type ImportProblem, ProblemList } from "./import-problem.ts";
import { type OpenTime, openTime } from "./open-time.ts";
import { emptyBook, readQueueLog } from "./queue-facts.ts";
import { looksQueueLine } from "./queue-line.ts";
import { type CallTally, tallyCalls } from "./tally-calls.ts";
import { contentMark, plainBytes, textLines } from "./text-line.ts";
import { type ZoneClock, zoneClock } from "./zone-clock.ts";

export interface CallFile {
  name: string;
  bytes: Uint8Array;
}

export interface ReadCallsOptions {
  /** queue_log の日の地域。省けば Asia/Tokyo。 */
  timezone?: string | undefined;
  /** --cdr-columns の値。 */
  cdrColumns?: string | undefined;
  /** 開いている時。省けば、いつも。 */
  open?: ((clock: ZoneClock) => OpenTime) | undefined;
}

export interface ReadCalls {
  calls: ImportedCall[];
  tally: CallTally;
  outboundNotCounted: number;
  timezone: string;
  cdr: CdrClock[];
  files: { queueLogs: string[]; cdrs: string[] };
  problems: ImportProblem[];
  problemCount: number;
}

/**
 * queue_log と CDR を、幾つでも、どの順でも読み、電話を一つずつ組み立てて数える。同じ中身のファイルは一度だけ読む。
 * @throws AppError BAD_INPUT（どちらもない、読める行が一つもない）
 */
export function readCallFiles(
  given: { queueLogs: readonly CallFile[]; cdrs: readonly CallFile[] },
  options: ReadCallsOptions = {},
): ReadCalls {
  const { queueLogs, cdrs } = sortFiles(given);
  if (queueLogs.length + cdrs.length === 0)
    throw new AppError("BAD_INPUT", "--queue-log か --cdr のファイルを、少なくとも一つ書いてください。");
  const clock = zoneClock(options.timezone ?? "Asia/Tokyo");
  const problems = new ProblemList();
  const queue = emptyBook();
  const cdr = emptyCdrBook();
  for (const file of queueLogs) readQueueLog(queue, file, { clock, problems });
  for (const file of cdrs) readCdrFile(cdr, file, { columns: options.cdrColumns, problems });
  if (queue.lines + cdr.rows === 0 && problems.count > 0)
    throw new AppError(
      "BAD_INPUT",
      "読める行が一つもありませんでした。queue_log（「|」区切り）と CDR（CSV）のファイルか、確かめてください。",
      { faults: problems.problems.slice(0, 20).map(faultOf) },
    );
  const open = (options.open ?? ((zone) => openTime(zone, {})))(clock);
  const { calls, outbound, cdrClocks } = assembleCalls(queue, cdr, { clock, open, problems });
  return {
    calls,
    tally: tallyCalls(calls, clock),
    outboundNotCounted: outbound,
    timezone: clock.zone,
    cdr: cdrClocks,
    files: { queueLogs: queueLogs.map(({ name }) => name), cdrs: cdrs.map(({ name }) => name) },
    problems: problems.problems,
    problemCount: problems.count,
  };
}

function faultOf({ line, message }: ImportProblem) {
  return line === undefined ? { message } : { row: line, message };
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
