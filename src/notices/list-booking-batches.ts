import type { Office } from "../platform/office.ts";
import { listAllNotices } from "./notice-store.ts";

/** 予約の id → その受講通知書と束の id（取り下げたものも）。監査の抜き取りが、予約から発送までをたどる。 */
export async function listBookingBatches(office: Office, contract: string): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>();
  for (const notice of await listAllNotices(office.read, contract)) {
    const ids = found.get(notice.booking_id) ?? [];
    found.set(notice.booking_id, [...ids, notice.id, notice.batch_id]);
  }
  return found;
}
