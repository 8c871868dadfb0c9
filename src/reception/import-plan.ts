import { createHash } from "node:crypto";
import { canonicalJson } from "../base/canonical.ts";
import type { Day } from "../base/time.ts";
import { splitAddress } from "../japan/address.ts";
import { type ClassFault, type ClassRow, type ClassSchedule, foldText } from "../schedule/class.ts";
import { compareClasses, type ExistingClass, type FieldChange } from "../schedule/class-change.ts";
import type { Blueprint } from "../terms/blueprint.ts";
import { termOfClass } from "../terms/term.ts";
import type { StoredClass } from "./class-store.ts";
import type { Venue } from "./venue-store.ts";

/** すでにある講習会を、日程表の一枠と同じ形で見たもの。 */
type Known = ExistingClass & { id: string };

/** すでにある講習会に起きること。 */
export interface TouchedClass {
  cls: StoredClass;
  venue: string;
  /** 予約の受付番号。 */
  bookings: number[];
}

export interface ChangedClass extends TouchedClass {
  row: ClassRow;
  fields: FieldChange[];
  /** 受付終了だったものを、また受け付ける。 */
  reopens: boolean;
  /** 取り込めない理由。あればこの講習会は変えない。 */
  refusal: string | undefined;
}

export interface MovedClass extends TouchedClass {
  row: ClassRow;
  refusal: string | undefined;
}

export interface AddedClass {
  row: ClassRow;
  term: string;
}

export interface NewVenue {
  name: string;
  address: string;
  ward: string;
}

/** 取り込むと何が起きるか。まだ何も変えていない。 */
export interface ImportPlan {
  added: AddedClass[];
  changed: ChangedClass[];
  unchanged: number;
  /** ファイルに無くなった、これからの講習会（受付中のもの）。 */
  removed: TouchedClass[];
  /** removed と added のうち、日時か会場が動いただけらしい組。 */
  moved: MovedClass[];
  newVenues: NewVenue[];
  /** 台帳で空だった所在地と区を、ファイルから補う会場。 */
  filledVenues: { id: string; name: string; address?: string; ward?: string }[];
  errors: ClassFault[];
  notes: string[];
  /** 計画の指紋。見せたあとに別の人が変えれば違う値になる。 */
  basis: string;
}

export interface PlanWorld {
  blueprint: Blueprint;
  today: Day;
  classes: readonly StoredClass[];
  venues: readonly Venue[];
  /** 講習会の id → 予約の受付番号。 */
  bookings: ReadonlyMap<string, readonly number[]>;
}

/** 読んだ日程表を、いまの台帳と比べる。 */
export function planImport(schedule: ClassSchedule, world: PlanWorld): ImportPlan {
  const register = registerOf(world.venues);
  const errors = [...schedule.errors];
  const notes = [...schedule.notes];
  const rows = schedule.classes.filter((row) => inSomeTerm(world.blueprint, row, errors));
  const venues = planVenues(rows, register, notes);
  const termOf = (row: ClassRow) => termOfClass(world.blueprint, row.date)?.id ?? "";
  const nameOf = new Map(world.venues.map((v) => [v.id, v.name]));
  const classOf = new Map(world.classes.map((cls) => [cls.id, cls]));
  const known = world.classes.map((cls) => knownOf(cls, nameOf.get(cls.venue_id) ?? ""));
  // 所在地と区は会場の台帳のものなので、講習会の違いには数えない。
  const compared = compareClasses(known, rows.map(withoutPlace));
  const rowOf = new Map(rows.map((row) => [rowKey(row), row]));
  const touch = (one: Known): TouchedClass => {
    const cls = classOf.get(one.id);
    if (!cls) throw new Error("a compared class is not in the register");
    return {
      cls,
      venue: nameOf.get(cls.venue_id) ?? "",
      bookings: [...(world.bookings.get(cls.id) ?? [])].sort((a, b) => a - b),
    };
  };
  const terms = new Set(rows.map(termOf));
  const gone = (one: Known) => {
    const cls = classOf.get(one.id);
    return cls?.state === "open" && cls.day >= world.today && terms.has(cls.term);
  };
  const changed = [
    ...compared.changed.map(({ before, after, fields }) => ({ ...touch(before), row: after, fields })),
    ...compared.unchanged.map(({ before, after }) => ({ ...touch(before), row: after, fields: [] })),
  ]
    .map((one) => ({ ...one, reopens: one.cls.state === "closed", refusal: refusalOf(one.cls, one.row) }))
    .filter((one) => one.fields.length > 0 || one.reopens);
  const plan = {
    added: compared.added.map((row) => ({ row: rowOf.get(rowKey(row)) ?? row, term: termOf(row) })),
    changed,
    unchanged: compared.changed.length + compared.unchanged.length - changed.length,
    removed: compared.removed.filter(gone).map(touch),
    moved: compared.moved
      .filter(({ before }) => gone(before))
      .map(({ before, after }) => {
        const touched = touch(before);
        return { ...touched, row: after, refusal: refusalOf(touched.cls, after) };
      }),
    ...venues,
    errors,
    notes,
  };
  return { ...plan, basis: basisOf(plan) };
}

/** 取り込んでも何も変わらないか。 */
export function isNothing(plan: ImportPlan): boolean {
  const { added, changed, newVenues, filledVenues } = plan;
  return added.length + changed.length + newVenues.length + filledVenues.length === 0;
}

/** 会場の名 → 台帳。字の幅と空白の違いは同じとみなす。 */
export function registerOf(venues: readonly Venue[]): Map<string, Venue> {
  return new Map(venues.map((venue) => [foldText(venue.name), venue]));
}

/** ファイルの中の一枠を指す鍵。 */
export function rowKey(row: ClassRow): string {
  return `${row.source.sheet ?? ""}!${row.source.cell}|${row.date}|${row.start}|${row.course}|${row.venue}|${row.room ?? ""}|${row.kind ?? ""}`;
}

function withoutPlace(row: ClassRow): ClassRow {
  const { venueAddress: _address, ward: _ward, ...rest } = row;
  return rest;
}

function knownOf(cls: StoredClass, venue: string): Known {
  const {
    id,
    day: date,
    start,
    end,
    course,
    room,
    kind,
    capacity,
    bring,
    phone,
    contact,
    note,
    number,
  } = cls;
  return { id, date, start, end, venue, course, room, kind, capacity, bring, phone, contact, note, number };
}

function inSomeTerm(blueprint: Blueprint, row: ClassRow, errors: ClassFault[]): boolean {
  if (termOfClass(blueprint, row.date)) return true;
  const terms = blueprint.terms.map((t) => `${t.label}は${t.classesFrom}～${t.classesTo}`).join("、");
  errors.push({
    ...row.source,
    message: `${row.date} は、どの期の申込対象でもありません（${terms}）。日付をご確認ください。`,
  });
  return false;
}

function refusalOf(cls: StoredClass, row: ClassRow): string | undefined {
  const taken = cls.booked + cls.held;
  if (row.capacity >= taken) return undefined;
  const held = cls.held > 0 ? `・電話で押さえている席${cls.held}` : "";
  return `定員を${row.capacity}名にできません。予約${cls.booked}件${held}が入っています。予約を減らしてから、もう一度取り込んでください。`;
}

/** 会場の台帳に加えるもの、補うもの。台帳と違う所在地は、台帳を変えずに知らせる。 */
function planVenues(
  rows: readonly ClassRow[],
  register: ReadonlyMap<string, Venue>,
  notes: string[],
): Pick<ImportPlan, "newVenues" | "filledVenues"> {
  const newVenues: NewVenue[] = [];
  const filledVenues: ImportPlan["filledVenues"] = [];
  for (const group of Map.groupBy(rows, (row) => foldText(row.venue)).values()) {
    const first = group[0];
    if (!first) continue;
    const written = (field: "venueAddress" | "ward") =>
      group.map((row) => row[field] ?? "").find((text) => text !== "") ?? "";
    const address = written("venueAddress");
    // 区の列のない日程表でも、所在地に書いてあれば受付デスクで区から探せる。
    const ward = written("ward") || splitAddress(address).ward;
    const venue = register.get(foldText(first.venue));
    if (!venue) {
      newVenues.push({ name: first.venue, address, ward });
      continue;
    }
    const fill = {
      ...(venue.address === "" && address !== "" ? { address } : {}),
      ...(venue.ward === "" && ward !== "" ? { ward } : {}),
    };
    if (Object.keys(fill).length > 0) filledVenues.push({ id: venue.id, name: venue.name, ...fill });
    if (venue.address !== "" && address !== "" && foldText(venue.address) !== foldText(address))
      notes.push(
        `「${venue.name}」の所在地が台帳（${venue.address}）と日程表（${address}）で違います。台帳のままにします。正しければ会場の画面で直してください。`,
      );
  }
  return { newVenues, filledVenues };
}

/** 見せたものが同じかを見分ける値。予約の数は刻々と変わるので、断る・断らないが同じなら同じとみる。 */
function basisOf(plan: Omit<ImportPlan, "basis">): string {
  const brief = {
    added: plan.added.map(({ row }) => rowKey(row)),
    changed: plan.changed.map(({ cls, fields, reopens, refusal }) => [
      cls.id,
      fields.map((f) => `${f.field}:${f.before ?? ""}>${f.after}`),
      reopens,
      refusal !== undefined,
    ]),
    removed: plan.removed.map(({ cls }) => cls.id),
    moved: plan.moved.map(({ cls, row, refusal }) => [cls.id, rowKey(row), refusal !== undefined]),
    venues: [...plan.newVenues, ...plan.filledVenues].map((venue) => venue.name),
    errors: plan.errors.length,
  };
  return createHash("sha256").update(canonicalJson(brief)).digest("hex").slice(0, 32);
}
