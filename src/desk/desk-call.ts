import type { DeskFields, OpenDraft } from "./desk-api.ts";
import {
  bodyText,
  type DeskState,
  draftBody,
  emptyFields,
  inCall,
  isBlank,
  isDirty,
  type Of,
  openDesk,
  remember,
  type Word,
} from "./desk-state.ts";

const STALE_CALL_MS = 15 * 60_000;

type CallAction = Of<
  "startCall" | "endCall" | "booked" | "waited" | "unbooked" | "sameHome" | "drafts" | "resume" | "dropDraft"
>;

/** 電話と、受付の始まり・終わり・続き。 */
export function reduceCall(state: DeskState, action: CallAction): DeskState {
  switch (action.type) {
    case "startCall": {
      // 前の電話の受付が途中なら、預けたまま置き、新しい受付を始める。電話の前に打ってあったものは引き継ぐ。
      const parked = state.call.startedAt !== null && !isBlank(state.fields);
      const call = { startedAt: action.at, endedAt: null };
      if (!parked) return { ...state, call, booked: [], word: null };
      const opened = openDesk(action.draftId, { fields: emptyFields, filter: state.filter });
      const { board, skew, lostAt, out } = state;
      return { ...opened, board, skew, lostAt, out, call, drafts: [parkedDraft(state), ...state.drafts] };
    }
    case "endCall":
      return { ...state, call: { ...state.call, endedAt: action.at }, word: { tone: "info", text: ended } };
    case "booked":
      return afterBooking(state, action);
    case "waited":
      return nextCaller(state, action.draftId, action.word);
    case "unbooked": {
      const gone = state.booked.find((one) => one.id === action.id);
      const booked = state.booked.filter((one) => one.id !== action.id);
      const fields = gone !== undefined && isBlank(state.fields) ? gone.fields : state.fields;
      return { ...state, booked, fields, word: { tone: "done", text: undone } };
    }
    case "sameHome": {
      const last = state.booked[0]?.fields;
      if (last === undefined) return state;
      const { postalCode, address, phone } = last;
      return remember(
        { ...state, fields: { ...state.fields, postalCode, address, phone } },
        "同じお宅",
        state.fields,
      );
    }
    case "drafts":
      return { ...state, drafts: offered(state, action.list) };
    case "dropDraft":
      return { ...state, drafts: state.drafts.filter((draft) => draft.id !== action.id) };
    case "resume":
      return resume(state, action);
  }
}

/** 開いているもの、何も聞いていないものは、途中の受付として出さない。 */
function offered(state: DeskState, list: OpenDraft[]): OpenDraft[] {
  return list.filter((draft) => draft.id !== state.draftId && !isBlank(draft.fields));
}

const ended = "通話を終えました。このまま予約できます。Alt+O で次の通話へ。";
const undone = "予約を取り消し、席を戻しました。";

function parkedDraft(state: DeskState): OpenDraft {
  const savedAt = state.savedAt ?? state.call.startedAt ?? "";
  const unsent = isDirty(state) ? ({ unsent: true } as const) : {};
  return { id: state.draftId, version: state.draftVersion, savedAt, ...draftBody(state), ...unsent };
}

function afterBooking(state: DeskState, { receipt, draftId, changed }: Of<"booked">): DeskState {
  const word: Word = changed
    ? {
        tone: "due",
        text: `はじめに送った内容で予約できていました（${receipt.number}）。直したときは、取り消してもう一度予約してください。`,
      }
    : { tone: "done", text: `予約しました。受付番号 ${receipt.number}` };
  const { fields, booked } = state;
  return { ...nextCaller(state, draftId, word), booked: [{ ...receipt, fields }, ...booked] };
}

/** 同じ電話のまま、次の方の受付を開く。電話番号だけを引き継ぐ。 */
function nextCaller(state: DeskState, draftId: string, word: Word): DeskState {
  const { board, skew, lostAt, out, call, drafts, fields, booked, filter } = state;
  const next = openDesk(draftId, { fields: emptyFields, filter });
  const caller = { callerNumber: fields.callerNumber, callerWithheld: fields.callerWithheld };
  return {
    ...next,
    ...{ board, skew, lostAt, out, call, drafts, booked, word },
    fields: { ...emptyFields, ...caller },
    // 次の方の言葉が入るまで、空の受付を預けない。
    savedBody: bodyText({ fields: { ...emptyFields, ...caller }, chosen: null, call }),
  };
}

function resume(state: DeskState, { draft, at }: Of<"resume">): DeskState {
  const call = inCall(state) ? state.call : callOf(draft, at);
  const fields = inCall(state) ? sameLine(draft.fields, state.fields) : draft.fields;
  const opened = openDesk(draft.id, { fields, filter: state.filter });
  const { board, skew, lostAt, out, booked } = state;
  const others = state.drafts.filter((one) => one.id !== draft.id);
  const drafts = isBlank(state.fields) ? others : [parkedDraft(state), ...others];
  return {
    ...opened,
    board,
    skew,
    lostAt,
    out,
    booked,
    drafts,
    call,
    draftVersion: draft.version,
    savedAt: draft.savedAt,
    chosen: draft.classId ?? null,
    hold: draft.hold ?? null,
    // 置いたときに預けきれなかった変更があれば、開いたら一度預ける。なければ、開いただけで版を進めない。
    savedBody: draft.unsent ? "" : bodyText(draftedOf(draft)),
    word: { tone: "info", text: "途中の受付を開きました。席をもう一度お確かめください。" },
  };
}

/** 預けてあった中身。 */
function draftedOf(draft: OpenDraft) {
  const call = { startedAt: draft.callStartedAt ?? null, endedAt: draft.callEndedAt ?? null };
  return { fields: draft.fields, chosen: draft.classId ?? null, call };
}

/** 止まってすぐなら（停電など）電話はまだつながっていると見る。そうでなければ、最後に預けた時に終わったとする。 */
function callOf(draft: OpenDraft, at: string) {
  const stale = Date.parse(at) - Date.parse(draft.savedAt) > STALE_CALL_MS;
  const endedAt = draft.callEndedAt ?? (stale ? draft.savedAt : null);
  return { startedAt: draft.callStartedAt ?? null, endedAt };
}

/** 掛け直してきた電話で続けるときは、いまの電話の番号を残す。 */
function sameLine(old: DeskFields, now: DeskFields): DeskFields {
  const { callerNumber, callerWithheld } = now;
  return callerNumber === "" && !callerWithheld ? old : { ...old, callerNumber, callerWithheld };
}
