import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import type { Office } from "../platform/office.ts";
import { changeBatch } from "./change-batch.ts";
import { enqueueDrawing } from "./draw-notice.ts";

/** 束を承認に回す。様式に組んで入りきるかを確かめ、確かめるもののある通の絵を作り始める。二度押しても一度だけ。 */
export async function submitBatch(office: Office, actor: Actor, id: string): Promise<void> {
  await changeBatch(office, actor, id, "submit", (open, now) => {
    if (open.batch.state === "submitted" && open.batch.submitted_by === actor.id) return undefined;
    if (open.tally.waiting === 0)
      throw new AppError("REFUSED", "この束には送る受講通知書がありません。新しい束を作ってください。");
    return {
      change: { state: "submitted", submitted_by: actor.id, submitted_at: now, returned_reason: null },
      notices: [],
      event: { kind: "batch.submitted", payload: { count: open.tally.waiting } },
      also: (tx) =>
        enqueueDrawing(tx, open, {
          cards: open.cards.filter((card) => card.exceptions.length > 0),
          all: true,
        }),
    };
  });
}
