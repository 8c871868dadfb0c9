import type { FieldFault, FieldName } from "./desk-api.ts";
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

/** 予約。復唱を出してからでなければ送らない。届いたか分からないときは、同じ合図でもう一度送る。 */
export function bookOnce({ get, dispatch }: DeskStore, client: DeskClient) {
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
