import type { Actor } from "../base/actor.ts";
import { AppError, type Fault } from "../base/error.ts";
import { dayOf } from "../base/time.ts";
import { isDay } from "../japan/day.ts";
import type { Office, Tx } from "../platform/office.ts";
import { openContract } from "../terms/open-contract.ts";
import { termOfClass } from "../terms/term.ts";
import { findClass, listClasses, type StoredClass, updateClass } from "./class-store.ts";
import { offerFreeSeats } from "./offer-seat.ts";
import { requireClassChange } from "./reception-right.ts";
import { type CityChangeOutcome, stopClass, tellChange } from "./tell-change.ts";
import { listVenues } from "./venue-store.ts";

/** 市の指示。 */
export interface CityOrder {
  /** 理由（個人情報を書かない）。 */
  reason: string;
  /** 指示のあった日。 */
  instructedOn: string;
  /** 見ていた講習会の版。違えば CONFLICT。 */
  version?: number | undefined;
}

export interface ClassMove extends CityOrder {
  day: string;
  start: string;
  end: string;
  venueId: string;
  room: string;
  /** 変わるなら、新しい定員。 */
  capacity?: number | undefined;
}

/**
 * 市の指示で、講習会の日時・会場を変える。一つの行為で、講習会を変え、予約の一件ごとに折り返しの仕事を作る。
 * まだ投函していない受講通知書は、内容の印が変わるので外れ、新しいものが作られる（引かれて決まる）。
 * @throws AppError BAD_INPUT（faults）、REFUSED（同じ枠がある、定員が足りない）、CONFLICT、FORBIDDEN
 */
export async function moveClass(
  office: Office,
  actor: Actor,
  id: string,
  given: ClassMove,
): Promise<CityChangeOutcome> {
  requireClassChange(actor);
  const { blueprint } = await openContract(office, actor.contract);
  const term = termOfClass(blueprint, given.day);
  refuseOrder(given, [
    ...(isDay(given.day) && term ? [] : [fault("day", "期の申込対象の期間にある日を入れてください。")]),
    ...(isMinute(given.start) ? [] : [fault("start", "時刻は「10:00」の形で入れてください。")]),
    ...(isMinute(given.end) && given.end > given.start
      ? []
      : [fault("end", "終わりの時刻は、始まりより後にしてください。")]),
  ]);
  return office.act(actor, async (tx) => {
    const cls = await openClass(tx, id, given.version);
    if (given.day < dayOf(tx.now))
      throw new AppError("BAD_INPUT", "過ぎた日には変えられません。", {
        faults: [fault("day", "これからの日を入れてください。")],
      });
    const to = {
      day: given.day,
      start: given.start,
      end: given.end,
      venue_id: given.venueId,
      room: given.room,
    };
    const next = { ...cls, ...to };
    await refuseSlot(tx, cls, next);
    if (given.capacity !== undefined && given.capacity < cls.booked + cls.held)
      throw new AppError(
        "REFUSED",
        `定員を${given.capacity}名にできません。予約${cls.booked}件・押さえている席${cls.held}があります。先に予約を別の回に変えてください。`,
      );
    const change = {
      ...to,
      ...(term ? { term: term.id } : {}),
      ...(given.capacity === undefined ? {} : { capacity: given.capacity }),
      changed_at: tx.now,
    };
    if (!(await updateClass(tx, tx.contract, id, cls.version, change))) throw changedMeanwhile();
    const told = await tellChange(tx, blueprint, { kind: "moved", order: given, before: cls, after: next });
    if ((given.capacity ?? 0) > cls.capacity) await offerFreeSeats(tx, blueprint, id);
    return told;
  });
}

/**
 * 市の指示で、講習会を中止にする。席の案内は取りやめ、予約の一件ごとに折り返しの仕事を作る。
 * その回だけを待っていた方にも連絡の仕事ができる。
 */
export async function closeClass(
  office: Office,
  actor: Actor,
  id: string,
  given: CityOrder,
): Promise<CityChangeOutcome> {
  requireClassChange(actor);
  const { blueprint } = await openContract(office, actor.contract);
  refuseOrder(given, []);
  return office.act(actor, async (tx) => {
    const cls = await openClass(tx, id, given.version);
    if (cls.state === "closed") throw new AppError("REFUSED", "その講習会は、もう受け付けを終えています。");
    const change = { state: "closed" as const, changed_at: tx.now };
    if (!(await updateClass(tx, tx.contract, id, cls.version, change))) throw changedMeanwhile();
    const outcome = await tellChange(tx, blueprint, {
      kind: "closed",
      order: given,
      before: cls,
      after: cls,
    });
    return { ...outcome, waits: await stopClass(tx, blueprint, cls) };
  });
}

async function openClass(tx: Tx, id: string, version: number | undefined): Promise<StoredClass> {
  const cls = await findClass(tx, tx.contract, id);
  if (!cls) throw new AppError("NOT_FOUND", "その講習会はありません。講習会の一覧から選び直してください。");
  if (cls.day < dayOf(tx.now)) throw new AppError("REFUSED", "終わった講習会なので、変えられません。");
  if (version !== undefined && cls.version !== version) throw changedMeanwhile();
  return cls;
}

/** 変わるところがあり、会場が台帳にあり、同じ枠がないこと。 */
async function refuseSlot(tx: Tx, before: StoredClass, next: StoredClass): Promise<void> {
  const keys = ["day", "start", "end", "venue_id", "room"] as const;
  if (keys.every((key) => before[key] === next[key]))
    throw new AppError("BAD_INPUT", "変わるところがありません。新しい日時か会場を入れてください。", {
      faults: [fault("day", "新しい日時か会場を入れてください。")],
    });
  if (!(await listVenues(tx, tx.contract)).some((venue) => venue.id === next.venue_id))
    throw new AppError("BAD_INPUT", "会場を選んでください。", {
      faults: [fault("venueId", "会場を台帳から選んでください。")],
    });
  const slot = (cls: StoredClass) =>
    [cls.day, cls.start, cls.venue_id, cls.course, cls.room, cls.kind].join("|");
  const same = (await listClasses(tx, tx.contract)).some(
    (cls) => cls.id !== next.id && slot(cls) === slot(next),
  );
  if (same)
    throw new AppError("REFUSED", "その日時と会場には、もう同じ講座があります。市に確かめてください。");
}

function refuseOrder(order: CityOrder, more: Fault[]): void {
  const faults = [...more];
  const reason = order.reason.trim();
  if (reason === "") faults.push(fault("reason", "市の指示の理由を書いてください。"));
  if ([...reason].length > 200) faults.push(fault("reason", "200字までで書いてください。"));
  if (!isDay(order.instructedOn)) faults.push(fault("instructedOn", "指示のあった日を入れてください。"));
  if (faults.length > 0) throw new AppError("BAD_INPUT", "入力に直すところがあります。", { faults });
}

function fault(field: string, message: string): Fault {
  return { field, message };
}

function isMinute(text: string): boolean {
  return /^([01]\d|2[0-3]):[0-5]\d$/.test(text);
}

function changedMeanwhile(): AppError {
  return new AppError("CONFLICT", "ほかの方が先にこの講習会を変えました。画面を開き直してください。");
}
