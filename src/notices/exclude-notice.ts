import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import type { SubjectKey } from "../platform/key.ts";
import type { Office } from "../platform/office.ts";
import { changeBatch } from "./change-batch.ts";
import { findNotice, setNoticeReason } from "./notice-store.ts";
import { cleanReason } from "./return-batch.ts";

/** 一通を束から外す。予約は残り、次の束に入る。理由は本人の鍵で封じて残る。 */
export async function excludeNotice(
  office: Office,
  actor: Actor,
  batchId: string,
  noticeId: string,
  reason: string,
): Promise<void> {
  const why = cleanReason(reason, "外す理由を書いてください。次に作る方が読みます。");
  const key = await noticeKey(office, actor, noticeId);
  await changeBatch(office, actor, batchId, "exclude", (open) => {
    const card = open.cards.find((one) => one.notice.id === noticeId);
    if (!card) throw new AppError("NOT_FOUND", "その受講通知書は、この束にありません。");
    if (card.now.state === "excluded" || card.now.state === "withdrawn") return undefined;
    const left = open.tally.approved - (card.now.state === "approved" ? 1 : 0);
    return {
      // 承認した通がなくなれば、束は承認待ちに戻る。
      change: open.batch.state === "approved" && left === 0 ? { state: "submitted" } : {},
      notices: [{ id: noticeId, to: "excluded", why: "hand" }],
      event: { kind: "notice.excluded", about: noticeId, subject: card.notice.person_id, payload: {} },
      also: (tx) => (key ? setNoticeReason(tx, key, card.notice, why) : Promise.resolve()),
    };
  });
}

async function noticeKey(office: Office, actor: Actor, noticeId: string): Promise<SubjectKey | undefined> {
  const row = await findNotice(office.read, actor.contract, noticeId);
  return row && (await office.keys.get(actor.contract, [row.person_id])).get(row.person_id);
}
