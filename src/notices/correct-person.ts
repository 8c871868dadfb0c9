import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import type { Office } from "../platform/office.ts";
import { correctBooking, type PersonCorrection } from "../reception/correct-booking.ts";
import { approveBatch } from "./approve-batch.ts";
import { refuseRole, refuseState, roleMay, sameApprover, stateAllows } from "./batch.ts";
import { changeBatch } from "./change-batch.ts";
import { updateNotice } from "./notice-store.ts";
import { type BatchCard, type OpenBatch, openBatch } from "./open-batch.ts";

export interface NoticeCorrection extends PersonCorrection {
  /** 住所の後ろに補う番地。 */
  house?: string;
  /** 直したうえで承認する（SV だけ）。 */
  approve?: boolean;
}

/**
 * 宛先を直す（直して承認）。直した内容は予約に入り、リストにも出る。
 * 承認した通を直すと、承認は外れる（承認したのは前の内容なので）。
 */
export async function correctPerson(
  office: Office,
  actor: Actor,
  batchId: string,
  noticeId: string,
  given: NoticeCorrection,
): Promise<{ corrected: boolean; approved: boolean }> {
  const open = await openBatch(office, actor, batchId);
  const card = cardIn(open, noticeId);
  refuse(open, actor, given.approve === true);
  const corrected = await correctBooking(office, actor, card.notice.booking_id, changeOf(card, given));
  if (corrected) await renewNotice(office, actor, batchId, noticeId);
  const may = given.approve === true && roleMay("approve", actor.roles, false);
  if (!may) return { corrected, approved: false };
  const { approved } = await approveBatch(office, actor, batchId, [noticeId]);
  return { corrected, approved: approved === 1 };
}

/** 直す前に、承認まで進めるかを確かめる（直した後で断ると、半分だけ済んでしまう）。 */
function refuse(open: OpenBatch, actor: Actor, approve: boolean): void {
  const { supervisorMayOperate } = open.blueprint.roles;
  refuseRole("correct", actor.roles, supervisorMayOperate);
  refuseState("correct", open.batch.state);
  if (!approve) return;
  refuseRole("approve", actor.roles, supervisorMayOperate);
  if (!stateAllows("approve", open.batch.state)) refuseState("approve", open.batch.state);
  sameApprover(open.batch, actor.id, supervisorMayOperate);
}

function changeOf(card: BatchCard, { house, approve: _, ...given }: NoticeCorrection): PersonCorrection {
  if (house === undefined) return given;
  const tail = house.trim();
  if (tail === "") {
    const message = "番地を入力してください（例　2-10）。";
    throw new AppError("BAD_INPUT", message, { faults: [{ field: "house", message }] });
  }
  const address = card.detail?.person.address ?? "";
  return { ...given, address: `${address}${joint(address, tail)}${tail}` };
}

/** 「5丁目」の後はそのまま、数字で終わる住所の後は「-」でつなぐ。 */
function joint(address: string, tail: string): string {
  return /[0-9０-９]$/.test(address) && /^[0-9０-９]/.test(tail) ? "-" : "";
}

async function renewNotice(office: Office, actor: Actor, batchId: string, noticeId: string): Promise<void> {
  await changeBatch(office, actor, batchId, "correct", (open) => {
    const card = cardIn(open, noticeId);
    const undone = card.now.state === "approved";
    const left = open.tally.approved - (undone ? 1 : 0);
    return {
      change: open.batch.state === "approved" && left === 0 ? { state: "submitted" } : {},
      notices: undone ? [{ id: noticeId, to: "waiting", why: null }] : [],
      event: { kind: "notice.corrected", about: noticeId, subject: card.notice.person_id, payload: {} },
      also: (tx) =>
        updateNotice(tx, tx.contract, noticeId, {
          mark: card.mark,
          booking_version: card.detail?.booking.version ?? card.notice.booking_version,
        }),
    };
  });
}

function cardIn(open: OpenBatch, noticeId: string): BatchCard {
  const card = open.cards.find((one) => one.notice.id === noticeId);
  if (card && (card.now.state === "waiting" || card.now.state === "approved") && card.now.booked) return card;
  throw new AppError("NOT_FOUND", "その受講通知書は、この束から外れています。束を開き直してください。");
}
