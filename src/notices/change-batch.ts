import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import type { NewEvent } from "../base/event.ts";
import type { Office, Tx } from "../platform/office.ts";
import { type BatchAct, type NoticeChange, type NoticeWhy, refuseRole, refuseState } from "./batch.ts";
import { type BatchChange, updateBatch } from "./batch-store.ts";
import { updateNotice, updateNotices } from "./notice-store.ts";
import { type BatchCard, type OpenBatch, openBatch } from "./open-batch.ts";

/** 一つの行いで変わること。 */
export interface BatchPlan {
  change: BatchChange;
  notices: readonly NoticeChange[];
  event: Pick<NewEvent, "kind" | "about" | "subject"> & { payload: NonNullable<NewEvent["payload"]> };
  /** 同じ取引の中で、ほかにすること。 */
  also?(tx: Tx): Promise<void>;
}

/**
 * 束を一つ動かす。役割と状態を確かめ、ほかの人が先に動かしていれば CONFLICT。
 * plan が undefined なら、もう済んでいるので何もしない。戻り値は動かす前に開いた束。
 */
export async function changeBatch(
  office: Office,
  actor: Actor,
  id: string,
  act: BatchAct,
  plan: (open: OpenBatch, now: string) => BatchPlan | undefined,
): Promise<OpenBatch> {
  const open = await openBatch(office, actor, id);
  refuseRole(act, actor.roles, open.blueprint.roles.supervisorMayOperate);
  const made = plan(open, office.clock.officeNow(actor.contract));
  if (!made) return open;
  refuseState(act, open.batch.state);
  await office.act(actor, async (tx) => {
    if (!(await updateBatch(tx, open.key, open.batch, made.change)))
      throw new AppError("CONFLICT", "この束はほかの方が先に動かしました。画面を開き直してください。");
    await writeChanges(tx, open.cards, made.notices);
    await made.also?.(tx);
    await tx.record({
      about: id,
      ...made.event,
      payload: { batch: open.batch.number, ...made.event.payload },
    });
  });
  return open;
}

async function writeChanges(
  tx: Tx,
  cards: readonly BatchCard[],
  changes: readonly NoticeChange[],
): Promise<void> {
  const cardOf = new Map(cards.map((card) => [card.notice.id, card]));
  const groups = Map.groupBy(changes, (one) => JSON.stringify([one.to, one.why, one.printed ?? null]));
  for (const group of groups.values()) {
    const [first] = group;
    if (!first) continue;
    const gone = first.to === "excluded" || first.to === "withdrawn";
    await updateNotices(
      tx,
      tx.contract,
      group.map((one) => one.id),
      {
        state: first.to,
        why: first.why,
        decided_by: tx.actor.id,
        decided_at: tx.now,
        ...(first.printed === undefined ? {} : { printed: first.printed ? 1 : 0 }),
        ...(gone ? { live_booking: null } : {}),
      },
    );
    if (first.to === "approved" && first.printed === undefined) await renewMarks(tx, cardOf, group);
  }
}

/** 承認は、今の内容の承認。束に入れた後で変わったものは、印を今のものにする。 */
async function renewMarks(
  tx: Tx,
  cardOf: ReadonlyMap<string, BatchCard>,
  group: readonly NoticeChange[],
): Promise<void> {
  for (const { id } of group) {
    const card = cardOf.get(id);
    if (card?.now.stale && card.detail)
      await updateNotice(tx, tx.contract, id, {
        mark: card.mark,
        booking_version: card.detail.booking.version,
      });
  }
}

/** 変わったものを、理由ごとに数える（記録に残す。氏名を含まない）。 */
export function countChanges(changes: readonly NoticeChange[]): { [why: string]: number } {
  const counts: { [why: string]: number } = {};
  for (const { why, to } of changes) {
    const label: NoticeWhy | "approved" | "waiting" = why ?? (to === "approved" ? "approved" : "waiting");
    counts[label] = (counts[label] ?? 0) + 1;
  }
  return counts;
}
