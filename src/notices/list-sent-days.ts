import type { Day } from "../base/time.ts";
import type { Office } from "../platform/office.ts";
import { listBatchRows } from "./batch-store.ts";
import { listLiveNotices } from "./notice-store.ts";

/** 予約の id → 受講通知書を発送した日。まだのものは入らない。予約者リストの「通知発送日」に渡す。 */
export async function listSentDays(office: Office, contract: string): Promise<Map<string, Day>> {
  const [batches, notices] = await Promise.all([
    listBatchRows(office.read, contract),
    listLiveNotices(office.read, contract),
  ]);
  const sentOn = new Map(batches.map((batch) => [batch.id, batch.sent_on]));
  return new Map(
    notices.flatMap((notice): [string, Day][] => {
      const day = sentOn.get(notice.batch_id);
      return day ? [[notice.booking_id, day]] : [];
    }),
  );
}
