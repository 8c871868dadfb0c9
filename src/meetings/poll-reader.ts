import { formatMonthDay } from "../japan/wareki.ts";
import type { Mark, Slot } from "./meeting.ts";

export interface ReadReply {
  /** 候補の番号ごとの印。書かれていないものはない。 */
  marks: Record<string, Mark>;
  /** 「お名前」の行。なければ空。 */
  name: string;
  note: string;
  /** 候補のことらしいのに、印の読めなかった行。 */
  unread: string[];
}

const signs: readonly [Mark, RegExp][] = [
  ["no", /^(?:[×✕✖✗ｘx☓]|不可|欠席|ng|no|いいえ|出席でき(?:ない|ません)|参加でき(?:ない|ません)|不参加)/i],
  ["maybe", /^(?:[△▲]|未定|調整|たぶん|maybe|条件)/i],
  ["yes", /^(?:[○◯〇●◎⭕]|可|出席|参加|ok|yes|はい)/i],
];

/** 候補の行の書き方（ご案内の文面と同じ）。 */
export function slotLine(slot: Slot): string {
  return `候補${slot.id}　${formatMonthDay(slot.day, { weekday: true })}${slot.start}–${slot.end}`;
}

/**
 * 日程の回答（メールの本文、テキスト）を読む。「候補1 …：○」の行と、日付と時刻で書かれた行だけを読み、
 * 文の中の「候補2と3なら」のような書き方は推し量らずに unread に返す。引用（>）の中の印は、引用でない行がないときだけ使う。
 */
export function readReply(text: string, slots: readonly Slot[]): ReadReply {
  const found: ReadReply = { marks: {}, name: "", note: "", unread: [] };
  const quoted: Record<string, Mark> = {};
  for (const raw of text.replace(/\r\n?/g, "\n").split("\n")) {
    const isQuoted = /^[\s　]*[>＞|]/.test(raw);
    const line = raw
      .replace(/^[\s　>＞|]+/, "")
      .normalize("NFKC")
      .trim();
    if (line === "") continue;
    const name = /^(?:お?名前|氏名|ご氏名)\s*[::]\s*(.+)$/.exec(line);
    if (name !== null) {
      if (found.name === "") found.name = (name[1] ?? "").trim();
      continue;
    }
    const note = /^(?:備考|ご?連絡|通信欄)[^::]{0,12}[::]\s*(.*)$/.exec(line);
    if (note !== null) {
      if (!isQuoted) found.note = [found.note, (note[1] ?? "").trim()].filter((one) => one !== "").join("\n");
      continue;
    }
    const slot = slotOf(line, slots);
    if (slot === undefined) continue;
    const mark = markOf(slot.rest);
    if (mark !== undefined) (isQuoted ? quoted : found.marks)[slot.id] = mark;
    // 案内の文面が引用されただけの、印のない行は数えない。
    else if (!isQuoted && slot.rest.replace(/[\s:、。・-]/g, "") !== "") found.unread.push(raw.trim());
  }
  return { ...found, marks: { ...quoted, ...found.marks } };
}

/** 行がどの候補のことか。番号か、月日と始まりの時刻が書かれたもの。二つ以上の候補を言う行は読まない。 */
function slotOf(line: string, slots: readonly Slot[]): { id: string; rest: string } | undefined {
  const number = /^[^\d○◯〇△×]{0,6}候補\s*(\d{1,2})(?!\d)/.exec(line);
  if (number !== null) {
    const slot = slots.find(({ id }) => id === number[1]);
    if (slot === undefined) return undefined;
    const rest = line.slice(number[0].length);
    if (/^\s*(?:と|、|,|・|か|または|及び|以外)/.test(rest)) return { id: slot.id, rest: "読めない" };
    return { id: slot.id, rest: afterTime(rest) };
  }
  const dated =
    /^[^\d]{0,4}(\d{1,2})\s*(?:月|\/)\s*(\d{1,2})\s*日?\s*(?:\(.\))?\s*(\d{1,2})(?::|時)(\d{2})?/.exec(line);
  if (dated === null) return undefined;
  const two = (part: string | undefined) => (part ?? "0").padStart(2, "0");
  const [, month, date, hour, minute] = dated;
  const slot = slots.find(
    ({ day, start }) =>
      day.slice(5) === `${two(month)}-${two(date)}` && start === `${two(hour)}:${two(minute)}`,
  );
  return slot && { id: slot.id, rest: afterTime(line.slice(dated[0].length)) };
}

/** 日付・時刻・区切りを除いた残り。 */
function afterTime(rest: string): string {
  return rest
    .replace(/\d{1,2}\s*(?:月|\/)\s*\d{1,2}\s*日?/g, "")
    .replace(/\([日月火水木金土]\)/g, "")
    .replace(/\d{1,2}(?::|時)\d{0,2}分?/g, "")
    .replace(/^[\s:、。・~〜–—\-ー→=]+/, "")
    .trim();
}

function markOf(rest: string): Mark | undefined {
  const plain = rest.replace(/^[「『([]+/, "");
  // 空欄の「○・△・×」のままは、答えていない。
  if (/^[○◯〇][・/、\s]*△[・/、\s]*[×x]/i.test(plain)) return undefined;
  return signs.find(([, shape]) => shape.test(plain))?.[0];
}
