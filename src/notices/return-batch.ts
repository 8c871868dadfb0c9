import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import type { Office } from "../platform/office.ts";
import { undoChanges } from "./batch.ts";
import { changeBatch } from "./change-batch.ts";

const reasonLimit = 400;

/** 理由をつけて OP に差し戻す。理由は束の鍵で封じて残る。 */
export async function returnBatch(office: Office, actor: Actor, id: string, reason: string): Promise<void> {
  const why = cleanReason(reason, "差し戻す理由を書いてください。作り直す方が読みます。");
  await changeBatch(office, actor, id, "return", (open) => {
    if (open.batch.state === "returned") return undefined;
    return {
      change: {
        state: "returned",
        returned_reason: why,
        approved_by: null,
        approved_at: null,
        same_person: 0,
      },
      notices: undoChanges(open.cards.map((card) => card.now)),
      event: { kind: "batch.returned", payload: { count: open.tally.waiting + open.tally.approved } },
    };
  });
}

/** 前後の空白を除いた理由。空か長すぎれば BAD_INPUT。 */
export function cleanReason(reason: string, message: string): string {
  const why = reason.trim();
  if (why === "") throw new AppError("BAD_INPUT", message, { faults: [{ field: "reason", message }] });
  if (why.length <= reasonLimit) return why;
  const long = `理由は${reasonLimit}字までで書いてください。`;
  throw new AppError("BAD_INPUT", long, { faults: [{ field: "reason", message: long }] });
}
