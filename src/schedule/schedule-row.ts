import type { Day, Minute } from "../base/time.ts";
import type { ClassRow } from "./class.ts";
import { readDays } from "./schedule-day.ts";
import {
  isNothing,
  isUndecided,
  type RowContext,
  refOf,
  type SessionSource,
  textOf,
} from "./schedule-source.ts";
import { finish, readTimes } from "./schedule-time.ts";
import { splitByMark } from "./schedule-when.ts";

type ReadRow = Omit<ClassRow, "source"> & { cell: string };

/** 一枠分の材料を講習会にする。一つのます目に時間帯がいくつもあれば、その数だけ返す。誤りがあれば context.fault に言う。 */
export function readSession(source: SessionSource, context: RowContext): ReadRow[] {
  let faults = 0;
  const fault = (cell: string, message: string) => {
    faults++;
    context.fault(cell, message);
  };
  const inner: RowContext = { ...context, fault };
  const whens = readWhens(source, inner);
  const names = readNames(source, inner);
  const seats = readSeats(source, inner);
  if (faults > 0) return [];
  return whens.flatMap((when) => {
    const capacity = seats(when.mark);
    if (capacity === undefined) {
      context.fault(refOf(source, "capacity"), `定員が ${when.mark ?? ""} の枠に書かれていません。`);
      return [];
    }
    const course = names.byMark.get(when.mark ?? "") ?? names.fields.course;
    const { mark: _, ...time } = when;
    return [{ ...time, ...names.fields, course, capacity, cell: source.rowRef }];
  });
}

interface Slot {
  mark?: string;
  date: Day;
  start: Minute;
  end: Minute;
}

function readWhens(source: SessionSource, context: RowContext): Slot[] {
  const days = readDays(source, context);
  const times = days.some((day) => day.times.length > 0) ? [] : readTimes(source, context);
  const slots: Slot[] = [];
  for (const day of days) {
    for (const time of day.times.length > 0 ? day.times : times) {
      // ①の日付には①の時間だけを組み合わせる。
      if (day.mark !== undefined && time.mark !== undefined && day.mark !== time.mark) continue;
      const whole = finish(time, source, context);
      if (whole && day.day)
        slots.push({ ...(time.mark ? { mark: time.mark } : {}), date: day.day, ...whole });
    }
  }
  if (days.length > 1) {
    context.note("一つの欄に日付が二つ以上あるため、日ごとに別の枠としました", refOf(source, "date"));
  }
  return slots;
}

function readNames(source: SessionSource, context: RowContext) {
  const venueText = required(source, "venue", "会場", context);
  const courseText = required(source, "course", "講座名", context);
  const place = splitVenue(
    source.refs.capacity === undefined ? venueText.replace(seatsInBrackets, "") : venueText,
    textOf(source.cells.address),
  );
  const byMark = splitByMark(courseText) ?? new Map<string, string>();
  const optional = {
    venueAddress: place.address,
    ward: textOf(source.cells.ward),
    room: textOf(source.cells.room),
    kind: textOf(source.cells.kind),
    bring: textOf(source.cells.bring),
    phone: phoneOf(source),
    contact: contactOf(source),
    note: textOf(source.cells.note),
    number: textOf(source.cells.number),
  };
  const kept = Object.fromEntries(
    Object.entries(optional).filter(([, value]) => value !== "" && !isNothing(value)),
  );
  return { fields: { venue: place.venue, course: courseText, ...kept }, byMark };
}

function required(
  source: SessionSource,
  field: "venue" | "course",
  name: string,
  context: RowContext,
): string {
  const text = textOf(source.cells[field]);
  if (text === "" || isNothing(text))
    context.fault(refOf(source, field), `${name}がありません。${name}をご記入ください。`);
  else if (isUndecided(text))
    context.fault(refOf(source, field), `${name}が決まっていません。決まってから取り込んでください。`);
  return text;
}

/** 「中央区民センター（中央区南2条西10丁目）」や2行目の住所を分ける。 */
function splitVenue(text: string, address: string): { venue: string; address: string } {
  const parts = /^([^\n（(]+?)\s*(?:\n\s*[（(]?|[（(])([^\n]+?)[）)]?\s*$/.exec(text);
  const tail = parts?.[2] ?? "";
  const looksAddress =
    /〒|丁目|番地|\d+[-－‐]\d+|[市区町村郡].*[\d０-９一二三四五六七八九十]|条[東西南北]/.test(
      tail.normalize("NFKC"),
    );
  if (parts?.[1] && looksAddress) return { venue: parts[1].trim(), address: address || tail.trim() };
  return { venue: text.replace(/\s*\n\s*/g, " "), address };
}

/** 電話番号だけの問合せ先は phone に入るので、ここには名前があるときだけ。 */
function contactOf(source: SessionSource): string {
  const text = textOf(source.cells.contact);
  return text.normalize("NFKC").replace(/[\d\s()ー‐−-]|tel|電話|:/gi, "") === "" ? "" : text;
}

function phoneOf(source: SessionSource): string {
  const text = textOf(source.cells.phone) || textOf(source.cells.contact);
  const folded = text.normalize("NFKC").replace(/[‐‑‒–—―−ーｰ]/g, "-");
  const found = /0\d{1,4}[-(\s]{0,2}\d{1,4}[-)\s]{0,2}\d{3,4}/.exec(folded)?.[0];
  return found ?? ((source.cells.phone ?? []).length > 0 ? folded.trim() : "");
}

/** 定員を読む。番号ごとに書き分けてあれば、番号から定員を引く。 */
function readSeats(
  source: SessionSource,
  context: RowContext,
): (mark: string | undefined) => number | undefined {
  const text = textOf(source.cells.capacity) || seatsInName(source, context);
  const ref = refOf(source, "capacity");
  if (text === "" || isNothing(text)) {
    context.fault(ref, "定員がありません。「10名」のようにご記入ください。");
    return () => 0;
  }
  const marked = splitByMark(text);
  const all = [...(marked ?? new Map([["", text]]))].map(([mark, value]): [string, number | undefined] => [
    mark,
    seatCount(value),
  ]);
  if (all.some(([, count]) => count === undefined)) {
    context.fault(ref, "定員が人数として読めません。「10名」のように1以上の数をご記入ください。");
    return () => 0;
  }
  const byMark = new Map(all);
  return (mark) => (marked ? byMark.get(mark ?? "") : byMark.get(""));
}

/** 「中央区民センター（20名）」のように、会場や講座の欄に括弧で書かれた定員。 */
const seatsInBrackets = /\s*[（(]\s*(?:定員|各)?\s*([\d０-９]{1,4}\s*[名人席])\s*[)）]/;

function seatsInName(source: SessionSource, context: RowContext): string {
  if (source.cells.capacity !== undefined || source.refs.capacity !== undefined) return "";
  for (const field of ["venue", "room", "course", "time", "note"] as const) {
    const found = seatsInBrackets.exec(textOf(source.cells[field]))?.[1];
    if (!found) continue;
    context.note("定員は、ほかの欄の括弧書きから読みました", refOf(source, field));
    return found;
  }
  return "";
}

/** 「各10名」「定員：１０人（うち車いす2名）」→ 10。 */
export function seatCount(text: string): number | undefined {
  const folded = text
    .normalize("NFKC")
    .replace(/\s+/g, "")
    .replace(/\([^)]*\)/g, "");
  const found =
    /^(?:定員|募集|先着順?|抽選|各(?:回|日|講座|会場|コース)?|毎回|1回|最大|約|いずれも|とも|は|で|に|に?つき|:|・)*(\d{1,3}(?:,\d{3})+|\d{1,5})(?:名|人|席|枠)?(?:程度|まで|以内|様|ずつ|先着順?|抽選|です|。)*$/.exec(
      folded,
    );
  const count = Number(found?.[1]?.replaceAll(",", ""));
  return count >= 1 && count <= 99_999 ? count : undefined;
}
