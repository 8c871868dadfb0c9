import type { BookingReceipt, FieldFault, FieldName, NewBooking } from "./desk-api.ts";
import { type DeskClient, DeskRefusal } from "./desk-client.ts";
import { type DeskStore, newId, wordOf } from "./desk-memory.ts";
import { type DeskAction, type DeskState, isReadBack, readBackOf } from "./desk-state.ts";

/** 満席で断られたか。 */
export function isFull(error: DeskRefusal): boolean {
  return error.body.code === "CLASS_FULL";
}

/** 満席の回と、サーバーが添えた空き。 */
export function fullOf(classId: string, error: DeskRefusal): DeskAction {
  const alternatives = error.body.detail?.alternatives ?? [];
  return { type: "full", classId, alternatives, word: { tone: "due", text: "たった今、満席になりました。" } };
}

/**
 * 予約。復唱を出してからでなければ送らない。合図（Idempotency-Key）は受付の番号なので、
 * 届いたか分からずに送り直しても、読み直したあとに送っても、一つの受付から予約は一つしかできない。
 */
export function bookOnce({ get, dispatch }: DeskStore, client: DeskClient) {
  /** 送ったが、届いたか分からない中身（新しいものが先）。 */
  let unsure: NewBooking[] = [];
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
    const asked = state.asked === null ? {} : { askedClassId: state.asked };
    const body: NewBooking = { ...state.fields, draftId: state.draftId, classId, ...hold, ...asked };
    unsure = unsure.filter((one) => one.draftId === body.draftId);
    dispatch({ type: "busy", what: "book" });
    try {
      return done((await client.book(body, body.draftId)).booking, false);
    } catch (error) {
      if (!(error instanceof DeskRefusal) || isUnsure(error)) return unknown(body, error);
      return error.body.code === "CONFLICT" ? settle() : refused(error, classId);
    }
  }

  function unknown(body: NewBooking, error: unknown) {
    unsure = [body, ...unsure];
    const first =
      error instanceof DeskRefusal ? error.body.message : "つながらないため、予約できたか確かめられません。";
    const text = `${first}もう一度押してください。二重にはなりません。`;
    dispatch({ type: "refused", faults: [], word: { tone: "late", text } });
    return null;
  }

  /** 直す前に送ったものが、もう予約になっていた。その控えを受け取る。 */
  async function settle() {
    for (const body of unsure) {
      try {
        return done((await client.book(body, body.draftId)).booking, true);
      } catch {
        // この中身ではなかった。前に送ったものを試す。
      }
    }
    const text = "この受付は、もう予約になっています。予約者リストで確かめてください。";
    dispatch({ type: "refused", faults: [], word: { tone: "due", text } });
    return null;
  }

  function done(receipt: BookingReceipt, changed: boolean) {
    unsure = [];
    dispatch({ type: "booked", receipt, draftId: newId(), changed });
    return "done" as const;
  }

  function refused(error: DeskRefusal, classId: string) {
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

/** サーバーの不具合。書いたあとかもしれない。 */
function isUnsure(error: DeskRefusal): boolean {
  return error.body.code === "BUG" || error.body.code === "UNAVAILABLE";
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
  "proxyName",
  "proxyPhone",
] as const;

function firstField(faults: FieldFault[]): FieldName | null {
  return fieldNames.find((name) => faults.some((fault) => fault.field === name)) ?? null;
}
