import { reduceDesk } from "./desk.ts";
import type { FieldFault, FieldName, OpenDraft, SeatCell } from "./desk-api.ts";
import { type DeskClient, DeskRefusal } from "./desk-client.ts";
import {
  type DeskAction,
  type DeskState,
  inCall,
  isReadBack,
  officeMs,
  readBackOf,
  venueOf,
  type Word,
} from "./desk-state.ts";
import { seatsForMe } from "./seat-guide.ts";

/** 状態の置き場。描く側（React）と、描かない仕事（更新、自動保存）が同じものを見る。 */
export interface DeskStore {
  get: () => DeskState;
  dispatch: (action: DeskAction) => void;
  subscribe: (listener: () => void) => () => void;
}

export function deskStore(initial: DeskState): DeskStore {
  let state = initial;
  const listeners = new Set<() => void>();
  return {
    get: () => state,
    dispatch(action) {
      const next = reduceDesk(state, action);
      if (next === state) return;
      state = next;
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** 版4の UUID。crypto.randomUUID は https でない構内の接続では使えない。 */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

/** 失敗を、話している人に伝わる言葉に。 */
export function wordOf(error: unknown): Word {
  if (error instanceof DeskRefusal) return { tone: "late", text: error.body.message };
  return {
    tone: "late",
    text: "つながりません。入力はそのまま続けられます。つながったら、もう一度お試しください。",
  };
}

export type DeskWork = ReturnType<typeof deskWork>;

/** 受付デスクの行い。画面のボタンと鍵は、すべてここへ来る。 */
export function deskWork(store: DeskStore, client: DeskClient) {
  const { get, dispatch } = store;
  const say = (word: Word | null) => dispatch({ type: "say", word });
  const now = () => new Date(officeMs(get(), Date.now())).toISOString();
  const booking = bookOnce(store, client);

  /** 空いていれば仮押さえ、満席なら案内文。始まった回は断る。 */
  async function take(cell: SeatCell) {
    if (get().busy !== null) return;
    if (cell.started) return say({ tone: "due", text: "始まった回です。ほかの席をお選びください。" });
    if (get().hold?.classId === cell.classId) return say({ tone: "info", text: "この席は仮押さえ中です。" });
    if (seatsForMe(cell) <= 0) return dispatch({ type: "ask", classId: cell.classId });
    dispatch({ type: "busy", what: "hold" });
    try {
      dispatch({ type: "held", hold: (await client.hold(cell.classId, get().draftId)).hold });
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

  function startCall() {
    if (inCall(get())) return;
    dispatch({ type: "startCall", at: now(), draftId: newId() });
  }

  function endCall() {
    if (inCall(get())) dispatch({ type: "endCall", at: now() });
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
    dispatch({ type: "unsaved", how: "failed" });
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

  return { take, release, unbook, startCall, endCall, dropDraft, overwrite, reveal, ...booking };
}

function isFull(error: DeskRefusal): boolean {
  return error.body.code === "CLASS_FULL";
}

function fullOf(classId: string, error: DeskRefusal): DeskAction {
  const alternatives = error.body.detail?.alternatives ?? [];
  return { type: "full", classId, alternatives, word: { tone: "due", text: "たった今、満席になりました。" } };
}

/** 予約。復唱を出してからでなければ送らない。届いたか分からないときは、同じ合図でもう一度送る。 */
function bookOnce({ get, dispatch }: DeskStore, client: DeskClient) {
  let pending: { body: string; key: string } | null = null;
  let shownAt = 0;

  function readBack(): boolean {
    const { missing } = readBackOf(get());
    dispatch({ type: "readBack" });
    shownAt = Date.now();
    const left = missing.length === 0 ? "" : `まだお聞きしていません：${missing.join("、")}。`;
    dispatch({ type: "say", word: { tone: "info", text: `${left}復唱のあと、Alt+Enter で予約します。` } });
    return missing.length === 0;
  }

  /** done 予約した。readBack 復唱を出した。field その欄へ。seats 席へ。null 何もしない。 */
  async function book(): Promise<"done" | "readBack" | "seats" | FieldName | null> {
    const state = get();
    if (state.busy !== null) return null;
    if (state.chosen === null) {
      dispatch({ type: "say", word: { tone: "due", text: "席を選んで Enter で仮押さえしてください。" } });
      return "seats";
    }
    const faults = required(state);
    if (faults.length > 0) {
      dispatch({
        type: "refused",
        faults,
        word: { tone: "late", text: "まだお聞きしていない欄があります。" },
      });
      return firstField(faults);
    }
    if (!isReadBack(state)) {
      readBack();
      return "readBack";
    }
    // 続けて二度押しただけでは、復唱したことにならない。
    if (Date.now() - shownAt < 700) return null;
    return send(state, state.chosen);
  }

  async function send(state: DeskState, classId: string) {
    const hold = state.hold === null ? {} : { holdId: state.hold.id };
    const body = { ...state.fields, draftId: state.draftId, classId, ...hold };
    const text = JSON.stringify({ ...state.fields, draftId: state.draftId, classId });
    if (pending?.body !== text) pending = { body: text, key: newId() };
    dispatch({ type: "busy", what: "book" });
    try {
      const { booking } = await client.book(body, pending.key);
      pending = null;
      dispatch({ type: "booked", receipt: booking, draftId: newId() });
      return "done" as const;
    } catch (error) {
      return refused(error, classId);
    }
  }

  function refused(error: unknown, classId: string) {
    if (!(error instanceof DeskRefusal)) {
      const text =
        "つながらないため、予約できたか確かめられません。もう一度押してください。二重にはなりません。";
      dispatch({ type: "refused", faults: [], word: { tone: "late", text } });
      return null;
    }
    pending = null;
    if (isFull(error)) {
      dispatch({ type: "unheld", word: null });
      dispatch(fullOf(classId, error));
      return "seats" as const;
    }
    const faults = error.body.faults ?? [];
    dispatch({ type: "refused", faults, word: wordOf(error) });
    return firstField(faults);
  }

  return { book, readBack };
}

function required({ fields }: DeskState): FieldFault[] {
  const faults: FieldFault[] = [];
  if (fields.name.trim() === "") faults.push({ field: "name", message: "氏名をお聞きしてください。" });
  if (fields.kana.trim() === "") faults.push({ field: "kana", message: "読みがなをお聞きしてください。" });
  return faults;
}

const fieldNames = [
  "name",
  "kana",
  "postalCode",
  "address",
  "phone",
  "care",
  "memo",
  "callerNumber",
] as const;

function firstField(faults: FieldFault[]): FieldName | null {
  return fieldNames.find((name) => faults.some((fault) => fault.field === name)) ?? null;
}
