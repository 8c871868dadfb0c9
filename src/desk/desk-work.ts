import type { OpenDraft, SeatCell } from "./desk-api.ts";
import { bookOnce, fullOf, isFull } from "./desk-booking.ts";
import { type DeskClient, DeskRefusal } from "./desk-client.ts";
import { earlierWork } from "./desk-earlier.ts";
import { type DeskStore, newId, wordOf } from "./desk-memory.ts";
import { inCall, isBlank, officeMs, venueOf, type Word } from "./desk-state.ts";
import { waitOnce } from "./desk-wait.ts";
import { seatsForMe } from "./seat-guide.ts";

export type DeskWork = ReturnType<typeof deskWork>;

/** 受付デスクの行い。画面のボタンと鍵は、すべてここへ来る。 */
export function deskWork(store: DeskStore, client: DeskClient) {
  const { get, dispatch } = store;
  const say = (word: Word | null) => dispatch({ type: "say", word });
  const now = () => new Date(officeMs(get(), Date.now())).toISOString();
  const booking = {
    ...bookOnce(store, client),
    wait: waitOnce(store, client),
    ...earlierWork(store, client),
  };

  /** 空いていれば仮押さえ、満席なら案内文。始まった回は断る。 */
  async function take(cell: SeatCell) {
    if (get().busy !== null) return;
    if (cell.started) return say({ tone: "due", text: "始まった回です。ほかの席をお選びください。" });
    if (get().hold?.classId === cell.classId) return say({ tone: "info", text: "この席は仮押さえ中です。" });
    if (seatsForMe(cell) <= 0) {
      dispatch({ type: "ask", classId: cell.classId });
      // 数えられなくても、案内は止めない。
      client.guided(get().draftId, cell.classId).catch(() => undefined);
      return;
    }
    dispatch({ type: "busy", what: "hold" });
    try {
      dispatch({ type: "held", hold: await client.hold(cell.classId, get().draftId) });
      say({ tone: "done", text: `${venueOf(get(), cell)?.name ?? ""}の席を仮押さえしました。` });
    } catch (error) {
      dispatch({ type: "busy", what: null });
      if (error instanceof DeskRefusal && isFull(error)) dispatch(fullOf(cell.classId, error));
      else say(wordOf(error));
    }
  }

  async function release() {
    const { hold } = get();
    if (hold === null) return;
    try {
      await client.release(hold.id);
    } catch (error) {
      // すでに切れていれば、放したのと同じ。
      if (!(error instanceof DeskRefusal)) return say(wordOf(error));
    }
    dispatch({
      type: "unheld",
      word: { tone: "info", text: "仮押さえを放しました。Enter でもう一度押さえられます。" },
    });
  }

  async function unbook(id: string) {
    try {
      await client.unbook(id);
      dispatch({ type: "unbooked", id });
    } catch (error) {
      say(wordOf(error));
    }
  }

  /** 途中の受付を開く。いまの受付に何も聞いていなければ、それは残さない。 */
  function resume(draft: OpenDraft) {
    const { draftId, draftVersion, fields } = get();
    dispatch({ type: "resume", draft, at: now() });
    if (isBlank(fields) && draftVersion > 0) client.dropDraft(draftId).catch(() => undefined);
  }

  async function dropDraft(draft: OpenDraft) {
    dispatch({ type: "dropDraft", id: draft.id });
    try {
      await client.dropDraft(draft.id);
      say({ tone: "info", text: "途中の受付を捨てました。" });
    } catch (error) {
      dispatch({ type: "drafts", list: [...get().drafts, draft] });
      say(wordOf(error));
    }
  }

  /** ほかの画面の保存より、この画面の内容を取る。 */
  function overwrite() {
    dispatch({ type: "overwrite" });
  }

  /** 見せたことを記録できたときだけ真。 */
  async function reveal(): Promise<boolean> {
    try {
      await client.reveal(get().draftId);
      return true;
    } catch (error) {
      say(wordOf(error));
      return false;
    }
  }

  return {
    take,
    release,
    unbook,
    resume,
    dropDraft,
    overwrite,
    reveal,
    ...callWork(store, client),
    ...booking,
  };
}

/** 通話の始まりと終わり。 */
function callWork({ get, dispatch }: DeskStore, client: DeskClient) {
  const now = () => new Date(officeMs(get(), Date.now())).toISOString();
  let talkingOf = "";
  /** いまの電話の受付の番号（予約のあと次の方に移っても、電話は同じ）。 */
  const callDraft = () => (talkingOf === "" ? get().draftId : talkingOf);

  /** 通話のキーを電話として数える。数えられなくても、受付は止めない。 */
  function tell(event: "start" | "end") {
    if (event === "start") talkingOf = get().draftId;
    client.signal(callDraft(), event, get().fields.callerNumber.trim()).catch(() => undefined);
  }

  function startCall() {
    if (inCall(get())) return;
    dispatch({ type: "startCall", at: now(), draftId: newId() });
    tell("start");
  }

  function endCall() {
    if (!inCall(get())) return;
    dispatch({ type: "endCall", at: now() });
    tell("end");
  }

  return { callDraft, startCall, endCall };
}
