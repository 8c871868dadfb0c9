import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import type { Office } from "../platform/office.ts";
import { noteAttempt } from "../tasks/close-task.ts";
import type { TryResult } from "../tasks/task.ts";
import { openContract } from "../terms/open-contract.ts";
import { findBooking, openBooking } from "./booking-store.ts";
import { dropBooking } from "./cancel-booking.ts";
import { moveBooking } from "./change-booking.ts";
import { answersFor, type ToldResult } from "./city-change.ts";
import { listClassChanges, listTells, type StoredTell } from "./class-change-store.ts";
import { findClass } from "./class-store.ts";
import { requirePeople } from "./reception-right.ts";
import { settleTell } from "./told-booking.ts";
import { putWait } from "./wait-for-class.ts";

/**
 * 市の変更・中止を伝えた結果を記録する。別の回に移る・取り消すなら、同じ行為でそのとおりにする。
 * @throws AppError BAD_INPUT（結果か移る先がない）、REFUSED（もう伝えた、始まった）、CLASS_FULL
 */
export async function tellBooking(
  office: Office,
  actor: Actor,
  tellId: string,
  given: { result: ToldResult; classId?: string | undefined },
): Promise<void> {
  requirePeople(actor);
  const { blueprint } = await openContract(office, actor.contract);
  const keep = given.result === "waits" ? await keeperOf(office, actor, tellId) : undefined;
  await office.act(actor, async (tx) => {
    const [tell] = await listTells(tx, tx.contract, { id: tellId });
    const change = (await listClassChanges(tx, tx.contract)).find((one) => one.id === tell?.change_id);
    if (!tell || !change) throw noTell();
    if (tell.told_at !== null) throw told();
    const booking = await findBooking(tx, tx.contract, tell.booking_id);
    const cls = booking && (await findClass(tx, tx.contract, booking.class_id));
    const live = booking?.state === "booked" && booking.class_id === change.class_id;
    if (live && cls && answersFor(change.kind).includes(given.result)) {
      if (given.result === "changes") {
        if (!given.classId)
          throw new AppError("BAD_INPUT", "移る先の回を選んでください。", {
            faults: [{ field: "classId", message: "移る先の回を選んでください。" }],
          });
        await moveBooking(tx, blueprint, booking, cls, { classId: given.classId });
      }
      if (given.result === "cancels" || given.result === "waits")
        await dropBooking(tx, blueprint, booking, cls, "city");
      if (keep)
        await putWait(tx, keep.key, { ...keep.wait, class_id: null, course: cls.course, priority: 1 });
    } else if (live || given.result !== "withdrawn")
      throw new AppError("BAD_INPUT", "伝えた結果を選んでください。", {
        faults: [{ field: "result", message: "伝えた結果を選んでください。" }],
      });
    if (!(await settleTell(tx, tell, given.result))) throw told();
  });
}

/** 席を失った方を、同じ本人のまま待機に入れるための鍵と中身（行為に入る前に読んでおく）。 */
async function keeperOf(office: Office, actor: Actor, tellId: string) {
  const tell = await untoldTell(office, actor, tellId);
  const row = await findBooking(office.read, actor.contract, tell.booking_id);
  const key = row && (await office.keys.get(actor.contract, [row.person_id])).get(row.person_id);
  if (!row || !key) throw noTell();
  const { needs, memo, proxy, large_print, companions, contact } = openBooking(key, row);
  const reach = { reach_from: "09:00", reach_to: "16:00" };
  const anywhere = { venue_ids: "", from_day: null, to_day: null };
  const same = { person_id: row.person_id, needs, memo, proxy, large_print, companions, contact };
  return { key, wait: { ...same, ...reach, ...anywhere } };
}

/** 電話がつながらなかったことを残す。 */
export async function tryTell(
  office: Office,
  actor: Actor,
  tellId: string,
  result: TryResult,
): Promise<void> {
  requirePeople(actor);
  const tell = await untoldTell(office, actor, tellId);
  await office.act(actor, async (tx) => {
    await noteAttempt(tx, tell.task_id, result);
    tx.nothingHappened();
  });
}

async function untoldTell(office: Office, actor: Actor, id: string): Promise<StoredTell> {
  const [tell] = await listTells(office.read, actor.contract, { id });
  if (!tell) throw noTell();
  if (tell.told_at !== null) throw told();
  return tell;
}

function noTell(): AppError {
  return new AppError("NOT_FOUND", "その連絡はありません。「まだお伝えしていない方」を開き直してください。");
}

function told(): AppError {
  return new AppError(
    "REFUSED",
    "もう伝えたことになっています。「まだお伝えしていない方」を開き直してください。",
  );
}
