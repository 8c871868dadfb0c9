import { systemActor } from "../base/actor.ts";
import { type Instant, instantFromMs } from "../base/time.ts";
import type { Read } from "../platform/database.ts";
import { listEvents } from "../platform/event-store.ts";
import type { Office } from "../platform/office.ts";
import { listContracts } from "../terms/list-contracts.ts";
import { openContract } from "../terms/open-contract.ts";
import { moveSeats } from "./class-store.ts";
import { type DraftAge, listDraftAges, removeUntouchedDraft } from "./draft-store.ts";
import { removeDraftHolds } from "./hold-store.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
/** 予約のあとに届く最後の自動保存は、同じ電話のうちに来る。それより前までは、さかのぼらない。 */
const LATE_MS = DAY_MS;
const EVENTS = 10_000;

/**
 * 置き去りの下書きを、押さえた席ごと片づけ、消した数を返す（毎時の掃除）。
 * 対象は、設計図の desk.draftDays 日のあいだ触れられていないものと、もう予約になったもの
 * （予約のあとに遅れて届いた自動保存）。記録に残るのは数だけ（別紙1 5(6)、特記事項10）。
 */
export async function sweepDrafts(office: Office): Promise<number> {
  let gone = 0;
  for (const contract of await listContracts(office)) {
    const drafts = await listDraftAges(office.read, contract.id);
    if (drafts.length === 0) continue;
    const { blueprint } = await openContract(office, contract.id);
    const now = Date.parse(office.clock.officeNow(contract.id));
    const limit = instantFromMs(now - blueprint.desk.draftDays * DAY_MS);
    const booked = await bookedDrafts(office, contract.id, drafts);
    const left = drafts.filter((draft) => draft.saved_at < limit || booked.has(draft.id));
    if (left.length > 0) gone += await discard(office, contract.id, left);
  }
  return gone;
}

async function discard(office: Office, contract: string, left: readonly DraftAge[]): Promise<number> {
  return office.act(systemActor(contract), async (tx) => {
    let count = 0;
    for (const draft of left) {
      // 選んでから消すまでの間に、本人が続きを書いていれば残す。
      if (!(await removeUntouchedDraft(tx, tx.contract, draft))) continue;
      count += 1;
      for (const hold of await removeDraftHolds(tx, tx.contract, draft.id))
        await moveSeats(tx, tx.contract, hold.class_id, { booked: 0, held: -1 }, tx.now);
    }
    if (count === 0) tx.nothingHappened();
    else await tx.record({ kind: "draft.discarded", payload: { count } });
    return count;
  });
}

/** もう予約になった下書きの id。元に戻した予約のものは、続きを聞いているので含めない。 */
async function bookedDrafts(
  office: { read: Read },
  contract: string,
  drafts: readonly DraftAge[],
): Promise<Set<string>> {
  const oldest = drafts.map(({ saved_at }) => saved_at).sort()[0] ?? "9999";
  const from: Instant = instantFromMs(Date.parse(oldest) - LATE_MS);
  const events = await listEvents(office.read, {
    contract,
    kinds: ["booking.taken", "booking.undone"],
    from,
    limit: EVENTS,
  });
  const undone = new Set(events.flatMap((one) => (one.kind === "booking.undone" ? [one.about] : [])));
  const taken = events.filter((one) => one.kind === "booking.taken" && !undone.has(one.about));
  return new Set(taken.flatMap(({ payload }) => (typeof payload.draft === "string" ? [payload.draft] : [])));
}
