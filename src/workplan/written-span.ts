import type { Day } from "../base/time.ts";
import { daysInMonth, toDay } from "../japan/day.ts";
import { readDate } from "../japan/written-date.ts";
import { plain } from "./plan-sheet.ts";

/** 表に書かれた期間。一日だけなら from と to は同じ。 */
export interface WrittenSpan {
  from: Day;
  to: Day;
}

const juns = { 上: [1, 10], 初: [1, 10], 中: [11, 20], 下: [21, 31], 末: [31, 31] } as const;
/** 「から」「～」「→」は、いつも期間のつなぎ。 */
const surely = /[~→⇒]|から/;
/** 「-」「―」は、日付の中にもある。 */
const perhaps = /[-‐－ー―–—]/g;

/**
 * 一つのます目に書かれた期間（「R6.6.3～R6.6.28」「6月10日(月)～7月5日」「8/1-9/30」「12月上旬～1月上旬」「7月下旬」「6/3」）。
 * 年のないものは within の年。終わりに年がなければ、始まりの年か、次の年。読めなければ undefined。
 */
export function readSpan(written: string, within: { from: Day; to: Day }): WrittenSpan | undefined {
  const text = plain(written)
    .replace(/[(（](?:予定|見込み?|想定|仮)[)）]|(?<!中)頃|まで$|予定$/g, "")
    .replace(/[〜～]/g, "~");
  const whole = edgeOf(text, within);
  if (whole) return whole;
  const cut = surely.exec(text);
  if (cut) return joined(text.slice(0, cut.index), text.slice(cut.index + cut[0].length), within);
  for (const { index } of text.matchAll(perhaps)) {
    const span = joined(text.slice(0, index), text.slice(index + 1), within);
    if (span) return span;
  }
  return undefined;
}

function joined(head: string, tail: string, within: { from: Day; to: Day }): WrittenSpan | undefined {
  const from = edgeOf(head, within);
  if (from === undefined) return undefined;
  if (tail === "") return from;
  // 「6月3日～28日」の終わりは、始まりと同じ月。
  const month = /^\d{1,2}日?$/.test(tail) ? `${Number(from.from.slice(5, 7))}月${tail}` : tail;
  const to = edgeOf(month, { from: from.from, to: `${Number(from.from.slice(0, 4)) + 2}-12-31` });
  return to === undefined || to.to < from.from ? undefined : { from: from.from, to: to.to };
}

/** 一つの日、または旬・月末・月の全部（「6月」「6月中」。「6月中旬」は旬）。 */
function edgeOf(text: string, within: { from: Day; to: Day }): WrittenSpan | undefined {
  const part = /^(.*?\d{1,2})月(?:(上|初|中(?=[旬頃])|下|末)(?:旬|頃|日)?|中に?)?$/.exec(text);
  if (part) {
    const first = dayIn(`${part[1]}月1日`, within) ?? dayIn(`${part[1]}月28日`, within);
    if (first === undefined) return undefined;
    const [year, month] = [Number(first.slice(0, 4)), Number(first.slice(5, 7))];
    const length = daysInMonth(year, month);
    const [from, to] = part[2] === undefined ? [1, length] : juns[part[2] as keyof typeof juns];
    return { from: toDay(year, month, Math.min(from, length)), to: toDay(year, month, Math.min(to, length)) };
  }
  const day = dayIn(text, within);
  return day === undefined ? undefined : { from: day, to: day };
}

function dayIn(text: string, within: { from: Day; to: Day }): Day | undefined {
  const read = readDate(text, { within });
  return "day" in read ? read.day : undefined;
}
