import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import type { Json } from "../base/event.ts";
import { newId } from "../base/identifier.ts";
import { dayOf } from "../base/time.ts";
import type { Office, Tx } from "../platform/office.ts";
import { type ClassRow, foldText } from "../schedule/class.ts";
import type { Blueprint } from "../terms/blueprint.ts";
import { termOfClass } from "../terms/term.ts";
import type { ChangeKind } from "./city-change.ts";
import { insertClass, type StoredClass, updateClass } from "./class-store.ts";
import { type ImportPlan, registerOf, rowKey } from "./import-plan.ts";
import { offerFreeSeats } from "./offer-seat.ts";
import { planNow, reread } from "./preview-classes.ts";
import { requireClassChange } from "./reception-right.ts";
import { stopClass, tellChange } from "./tell-change.ts";
import { insertVenue, listVenues, updateVenue } from "./venue-store.ts";

export interface ImportChoices {
  /** 見せた計画の指紋。 */
  basis: string;
  /** ファイルに無くなった講習会を受付終了にする。 */
  close?: boolean;
  /** 日時・会場の変更として移す講習会の id（予約はそのまま付いてくる）。 */
  move?: readonly string[];
}

export interface ImportOutcome {
  added: number;
  changed: number;
  moved: number;
  closed: number;
  venues: number;
  /** 断った講習会と、その理由。 */
  refused: { classId: string; message: string }[];
  /** 受講通知書や連絡を確かめたい予約の受付番号。 */
  touchedBookings: number[];
  /** 変更・中止をまだお伝えしていない予約の数（折り返しの仕事ができた）。 */
  untold: number;
  /** 定員が増えて、待つ方に案内した席の数。 */
  offered: number;
}

/**
 * 残したファイルを取り込む。比べ直してから、一つの行為で会場・講習会・記録を書く。
 * 見せたあとに台帳が変わっていれば CONFLICT。予約より少ない定員は、その講習会だけ断る。
 * 同じファイルなら何も変わらず、記録も残らない。
 */
export async function importClasses(
  office: Office,
  actor: Actor,
  token: string,
  choices: ImportChoices,
): Promise<ImportOutcome> {
  requireClassChange(actor);
  const { blueprint, schedule, sha256 } = await reread(office, actor, token);
  return office.act(actor, async (tx) => {
    const plan = await planNow(tx, tx, blueprint, schedule);
    if (plan.basis !== choices.basis) throw changedMeanwhile();
    if (choices.close && plan.errors.length > 0)
      throw new AppError(
        "REFUSED",
        "直すところのある行が残っているあいだは、ファイルにない講習会を受付終了にできません。日程表を直して読み直すか、受付終了の選択を外してください。",
      );
    return apply(tx, plan, { choices, blueprint, token, sha256 });
  });
}

interface Applying {
  choices: ImportChoices;
  blueprint: Blueprint;
  token: string;
  sha256: string;
}

async function apply(tx: Tx, plan: ImportPlan, given: Applying): Promise<ImportOutcome> {
  const moves = plan.moved.filter(({ cls }) => given.choices.move?.includes(cls.id));
  const moving = new Set<unknown>(moves.map(({ row }) => rowKey(row)));
  const leaving = new Set(moves.map(({ cls }) => cls.id));
  const venueIds = await addVenues(tx, plan);
  const outcome: ImportOutcome = {
    added: 0,
    changed: 0,
    moved: 0,
    closed: 0,
    venues: plan.newVenues.length + plan.filledVenues.length,
    refused: [],
    touchedBookings: [],
    untold: 0,
    offered: 0,
  };
  const settle = (before: StoredClass, after: Partial<StoredClass>, kind: ChangeKind) =>
    tellImported(tx, given.blueprint, { before, after: { ...before, ...after }, kind });
  for (const one of plan.changed) {
    if (one.refusal) outcome.refused.push({ classId: one.cls.id, message: one.refusal });
    else {
      const values = valuesOf(one.row);
      await change(tx, one.cls, { ...values, ...(one.reopens ? { state: "open" } : {}) });
      outcome.untold += await settle(one.cls, values, "moved");
      if (one.reopens || one.row.capacity > one.cls.capacity)
        outcome.offered += await offerFreeSeats(tx, given.blueprint, one.cls.id);
      outcome.changed += 1;
      outcome.touchedBookings.push(...one.bookings);
    }
  }
  if (given.choices.close)
    for (const one of plan.removed.filter(({ cls }) => !leaving.has(cls.id))) {
      await change(tx, one.cls, { state: "closed" });
      outcome.untold += await settle(one.cls, {}, "closed");
      await stopClass(tx, given.blueprint, one.cls);
      outcome.closed += 1;
      outcome.touchedBookings.push(...one.bookings);
    }
  for (const one of moves) {
    if (one.refusal) outcome.refused.push({ classId: one.cls.id, message: one.refusal });
    else {
      const values = { ...placed(one.row, venueIds, given.blueprint), ...valuesOf(one.row) };
      await change(tx, one.cls, values);
      outcome.untold += await settle(one.cls, values, "moved");
      outcome.moved += 1;
      outcome.touchedBookings.push(...one.bookings);
    }
  }
  for (const { row } of plan.added.filter(({ row: each }) => !moving.has(rowKey(each)))) {
    await add(tx, row, placed(row, venueIds, given.blueprint));
    outcome.added += 1;
  }
  const { refused, touchedBookings, untold: _untold, offered: _offered, ...counts } = outcome;
  const total = counts.added + counts.changed + counts.moved + counts.closed + counts.venues;
  if (total === 0) tx.nothingHappened();
  else
    await tx.record({
      kind: "schedule.imported",
      about: given.token,
      payload: { ...counts, refused: refused.length, bookings: touchedBookings.length, sha256: given.sha256 },
    });
  return outcome;
}

/** 予約のある講習会の日時・会場が変わったか中止なら、一件ごとに連絡の仕事を作り、その数を返す。 */
async function tellImported(
  tx: Tx,
  blueprint: Blueprint,
  given: { before: StoredClass; after: StoredClass; kind: ChangeKind },
): Promise<number> {
  const { before, after, kind } = given;
  const keys = ["day", "start", "end", "venue_id", "room"] as const;
  if (before.booked === 0 || (kind === "moved" && keys.every((key) => before[key] === after[key]))) return 0;
  const order = { reason: "日程表の取込み", instructedOn: dayOf(tx.now) };
  return (await tellChange(tx, blueprint, { kind, order, before, after })).untold;
}

async function addVenues(tx: Tx, plan: ImportPlan): Promise<Map<string, string>> {
  for (const venue of plan.newVenues) {
    const id = newId();
    await insertVenue(tx, {
      id,
      contract_id: tx.contract,
      ...venue,
      access: "",
      phone: "",
      latitude: null,
      longitude: null,
      created_at: tx.now,
    });
    await tx.record({ kind: "venue.added", about: id, payload: { name: venue.name } });
  }
  for (const { id, name: _, ...fill } of plan.filledVenues) {
    await updateVenue(tx, tx.contract, id, fill);
    await tx.record({ kind: "venue.changed", about: id, payload: { fields: Object.keys(fill) } });
  }
  const register = registerOf(await listVenues(tx, tx.contract));
  return new Map([...register].map(([name, venue]) => [name, venue.id]));
}

function placed(row: ClassRow, venueIds: ReadonlyMap<string, string>, blueprint: Blueprint) {
  const term = termOfClass(blueprint, row.date)?.id;
  const venue_id = venueIds.get(foldText(row.venue));
  if (term === undefined || venue_id === undefined) throw new Error("a planned class has no term or venue");
  return { term, venue_id, day: row.date, start: row.start, course: row.course };
}

/** ファイルに書かれている値だけ（列がない、空欄のものは、すでにある値を消さない）。 */
function valuesOf(row: ClassRow): Partial<StoredClass> {
  const { end, capacity, room, kind, bring, phone, contact, note, number } = row;
  const values = { end, capacity, room, kind, bring, phone, contact, note, number };
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== undefined && value !== ""),
  );
}

async function add(tx: Tx, row: ClassRow, at: ReturnType<typeof placed>): Promise<void> {
  const id = newId();
  await insertClass(tx, {
    id,
    contract_id: tx.contract,
    room: "",
    kind: "",
    bring: "",
    phone: "",
    capacity: row.capacity,
    end: row.end,
    ...valuesOf(row),
    ...at,
    booked: 0,
    held: 0,
    state: "open",
    version: 1,
    created_at: tx.now,
    changed_at: tx.now,
  });
  await tx.record({
    kind: "class.added",
    about: id,
    payload: { term: at.term, day: at.day, start: at.start, course: at.course, capacity: row.capacity },
  });
}

async function change(tx: Tx, cls: StoredClass, to: Partial<StoredClass>): Promise<void> {
  const fields: { [key: string]: Json } = {};
  for (const [field, value] of Object.entries(to)) {
    const before = cls[field as keyof StoredClass];
    if (before !== value && value !== undefined) fields[field] = [before, value];
  }
  const { booked: _booked, held: _held, id: _id, contract_id: _contract, version: _version, ...set } = to;
  const done = await updateClass(tx, tx.contract, cls.id, cls.version, { ...set, changed_at: tx.now });
  // 定員を見比べた直後に予約が入ったか、別の人が先に変えた。行為の全部をやめる。
  if (!done) throw changedMeanwhile();
  await tx.record({ kind: "class.changed", about: cls.id, payload: { fields } });
}

function changedMeanwhile(): AppError {
  return new AppError(
    "CONFLICT",
    "確かめているあいだに、講習会か会場が変わりました。何が変わるかを、もう一度見てから取り込んでください。",
  );
}
