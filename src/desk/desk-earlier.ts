import type { EarlierBooking } from "./desk-api.ts";
import type { DeskClient } from "./desk-client.ts";
import { type DeskStore, wordOf } from "./desk-memory.ts";

/** 前の予約を探し、その場で押さえた席に変える・取り消す。失敗は頭の帯が言う。 */
export function earlierWork({ get, dispatch }: DeskStore, client: DeskClient) {
  async function findEarlier(query: string): Promise<EarlierBooking[] | null> {
    try {
      return await client.earlier(query);
    } catch (error) {
      dispatch({ type: "say", word: wordOf(error) });
      return null;
    }
  }

  /** いま押さえている席に変える。席は予約のものになるので、仮押さえは消える。 */
  async function changeEarlier(id: string): Promise<boolean> {
    const { hold, draftId } = get();
    if (hold === null) return false;
    let warnings: string[];
    try {
      ({ warnings } = await client.change(id, hold.classId, draftId));
    } catch (error) {
      dispatch({ type: "say", word: wordOf(error) });
      return false;
    }
    const tone = warnings.length === 0 ? "done" : "due";
    const text = ["押さえた席に変え、前の席を空けました。", ...warnings].join("");
    dispatch({ type: "unheld", word: { tone, text } });
    return true;
  }

  async function cancelEarlier(id: string, reason: string): Promise<boolean> {
    try {
      await client.cancel(id, reason);
    } catch (error) {
      dispatch({ type: "say", word: wordOf(error) });
      return false;
    }
    dispatch({ type: "say", word: { tone: "done", text: "予約を取り消しました。席はまず待機の方に。" } });
    return true;
  }

  return { findEarlier, changeEarlier, cancelEarlier };
}
