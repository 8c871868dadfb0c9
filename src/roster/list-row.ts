import { type ClassWhen, readClock, readWhen, showClock, showWhen } from "../schedule/class-when.ts";
import type { FillValue } from "../sheet/xlsx-value.ts";
import { fieldKey, foldName, isSerial } from "./list-field.ts";

/** 一人分の値。名は foldName でならしたもの。 */
export type ListRow = ReadonlyMap<string, FillValue>;

/** 名簿の見出しの一つ。 */
export interface ListHeader {
  /** 書かれていたとおりの名。 */
  name: string;
  folded: string;
  /** 指している欄。知らない欄は undefined。 */
  key: string | undefined;
}

/** 見出しを、ならした名と欄に結びつける。 */
export function listHeader(name: string): ListHeader {
  return { name, folded: foldName(name), key: fieldKey(name) };
}

/** 値を、欄の名（様式の見出しをならしたもの、または欄の名）で引く道具。 */
export interface ListIndex {
  headers: readonly ListHeader[];
  /** 欄 → 見出し（同じ欄を指す見出しが二つあれば、先のもの）。 */
  byKey: ReadonlyMap<string, string>;
  serial: string | undefined;
}

/** 見出しから引く道具を作る。 */
export function indexHeaders(headers: readonly ListHeader[]): ListIndex {
  const byKey = new Map<string, string>();
  for (const { key, folded } of headers) {
    if (key !== undefined && (!byKey.has(key) || folded === foldName(key))) byKey.set(key, folded);
  }
  return { headers, byKey, serial: headers.find(({ name }) => isSerial(name))?.folded };
}

/** 名が見出しのどれかと同じか、その言いかえか。無ければ、ほかの欄から作れるか。作れもしなければ undefined。 */
export function sourcesOf(index: ListIndex, name: string): string[] | undefined {
  const folded = foldName(name);
  if (index.headers.some((header) => header.folded === folded)) return [folded];
  const key = fieldKey(name);
  if (key === undefined) return undefined;
  const direct = index.byKey.get(key);
  if (direct !== undefined) return [direct];
  if (key === "受付番号" && index.serial !== undefined) return [index.serial];
  for (const set of MADE_FROM[key] ?? []) {
    const found = set.flatMap((part) => index.byKey.get(part) ?? []);
    if (found.length > 0) return found;
  }
  return undefined;
}

/** 欄がないとき、何から作れるか（先のものほど確か）。 */
const MADE_FROM: Record<string, string[][]> = {
  氏名: [["姓", "名"]],
  フリガナ: [["セイ", "メイ"]],
  住所: [["住所1", "住所2"]],
  住所1: [["住所"]],
  日時: [["受講日", "時間", "開始時刻", "終了時刻"]],
  受講日: [["日時"]],
  時間: [["開始時刻", "終了時刻"], ["日時"]],
  開始時刻: [["時間"], ["日時"]],
  終了時刻: [["時間"], ["日時"]],
  電話番号: [["携帯電話"]],
};

/** 一人の値を欄の名で引く。見出しにない欄は、ほかの欄から作る。名簿にない欄は undefined。 */
export function fieldValue(index: ListIndex, row: ListRow, name: string): FillValue | undefined {
  const folded = foldName(name);
  const exact = row.get(folded);
  if (exact) return exact;
  if (index.headers.some((header) => header.folded === folded)) return { text: "" };
  const key = fieldKey(name);
  if (key === undefined) return undefined;
  const direct = index.byKey.get(key);
  if (direct !== undefined) return row.get(direct) ?? { text: "" };
  if (sourcesOf(index, name) === undefined) return undefined;
  return make(index, row, key);
}

function make(index: ListIndex, row: ListRow, key: string): FillValue {
  const text = (part: string) => row.get(index.byKey.get(part) ?? "")?.text ?? "";
  const join = (parts: string[]) =>
    parts
      .map(text)
      .filter((part) => part !== "")
      .join("　");
  const when = () => whenOf(index, row);
  const clock = (time: string | undefined): FillValue =>
    time === undefined ? { text: "" } : { text: time.replace(/^0/, ""), iso: time };
  switch (key) {
    case "氏名":
      return { text: join(["姓", "名"]), plain: true };
    case "フリガナ":
      return { text: join(["セイ", "メイ"]), plain: true };
    case "住所":
      return { text: join(["住所1", "住所2"]), plain: true };
    case "住所1":
      return { text: text("住所"), plain: true };
    case "電話番号":
      return { text: text("携帯電話"), plain: true };
    case "日時":
      return whenValue(when(), [
        text("受講日"),
        text("時間") || [text("開始時刻"), text("終了時刻")].filter((part) => part !== "").join("～"),
      ]);
    case "受講日":
      return dayValue(when());
    case "開始時刻":
      return clock(when().start);
    case "終了時刻":
      return clock(when().end);
    case "時間":
      return { text: showClock(when()) };
    default:
      return row.get(index.serial ?? "") ?? { text: "" };
  }
}

function whenValue(when: ClassWhen, parts: string[]): FillValue {
  const shown = when.day === undefined ? parts.filter((part) => part !== "").join("　") : showWhen(when);
  // 日付だけが欲しい書式のセルなら日付として、文字のセルなら読める形で入る。
  return when.day === undefined || shown === ""
    ? { text: shown }
    : { text: shown, iso: when.start === undefined ? when.day : `${when.day}T${when.start}` };
}

function dayValue({ day }: ClassWhen): FillValue {
  return day === undefined
    ? { text: "" }
    : { text: day.replaceAll("-", "/").replaceAll("/0", "/"), iso: day };
}

/** 一人の講習会の日と時刻。日時、または受講日・開始時刻・終了時刻・時間から読む。 */
export function whenOf(index: ListIndex, row: ListRow): ClassWhen {
  const value = (part: string) => row.get(index.byKey.get(part) ?? "");
  const read = (found: FillValue | undefined): ClassWhen => (found ? readWhen(found.iso ?? found.text) : {});
  const clock = (found: FillValue | undefined) => (found ? readClock(found.iso ?? found.text) : {});
  const start = clock(value("開始時刻")).start;
  const end = clock(value("終了時刻")).start;
  return {
    ...read(value("日時")),
    ...clock(value("時間")),
    ...read(value("受講日")),
    ...(start === undefined ? {} : { start }),
    ...(end === undefined ? {} : { end }),
  };
}
