import type { DeskFields, FieldName, OpenDraft, SeatsBoard } from "./desk-api.ts";
import { plainText } from "./desk-speech.ts";
import {
  bodyText,
  type DeskAction,
  type DeskState,
  draftBody,
  emptyFields,
  isBlank,
  openDesk,
  readBackOf,
  type Word,
} from "./desk-state.ts";

const PAST_LIMIT = 20;
const SKEW_MS = 1500;

/** 受付デスクで起きたことから、次の状態。 */
export function reduceDesk(state: DeskState, action: DeskAction): DeskState {
  switch (action.type) {
    case "board":
      return withBoard(state, action.board, action.clientNow);
    case "tick":
      return inStep(state, action.now, action.clientNow);
    case "lost":
      return state.lostAt === null ? { ...state, lostAt: action.clientNow } : state;
    case "filter":
      return { ...state, filter: { ...state.filter, ...action.patch } };
    case "field":
      return edit(state, { [action.name]: action.value }, [action.name]);
    case "withheld":
      return edit(state, { callerWithheld: action.value }, ["callerNumber"]);
    case "fill":
      return remember(edit(state, action.patch, Object.keys(action.patch)), action.what, state.fields);
    case "formatted":
      return format(state, action.patch, action.from);
    case "candidates":
      return { ...state, candidates: action.list };
    case "checked":
      return { ...state, warnings: action.warnings };
    case "refused":
      return { ...state, busy: null, faults: action.faults, word: action.word };
    case "readBack":
      return { ...state, readBack: plainText(readBackOf(state).said) };
    case "busy":
      return { ...state, busy: action.what };
    case "say":
      return { ...state, word: action.word };
    case "clear":
      return blank(remember(state, "白紙", state.fields));
    case "undo":
      return undo(state);
    case "saving":
    case "saved":
    case "unsaved":
      return reduceSaving(state, action);
    case "ask":
    case "held":
    case "extended":
    case "unheld":
    case "full":
      return reduceSeat(state, action);
    default:
      return reduceCall(state, action);
  }
}

type Of<Type extends DeskAction["type"]> = Extract<DeskAction, { type: Type }>;

function withBoard(state: DeskState, board: SeatsBoard, clientNow: number): DeskState {
  // 一つしかない講座や、なくなった講座・区では、選び直さずに済むようにする。
  const course = board.courses.includes(state.filter.course) ? state.filter.course : (board.courses[0] ?? "");
  const ward = board.wards.includes(state.filter.ward) ? state.filter.ward : "";
  return { ...inStep(state, board.now, clientNow), board, filter: { ...state.filter, course, ward } };
}

/** 時計を合わせる。通信の揺れほどの差では何も変えない（毎秒の描き直しを避ける）。 */
function inStep(state: DeskState, now: string, clientNow: number): DeskState {
  const skew = Date.parse(now) - clientNow;
  if (Math.abs(skew - state.skew) < SKEW_MS && state.lostAt === null) return state;
  return { ...state, skew, lostAt: null };
}

function edit(state: DeskState, patch: Partial<DeskFields>, names: string[]): DeskState {
  const keep = <Item extends { field?: string }>(items: Item[]) =>
    items.filter((item) => item.field === undefined || !names.includes(item.field));
  return {
    ...state,
    fields: { ...state.fields, ...patch },
    faults: keep(state.faults),
    warnings: keep(state.warnings),
    candidates: names.includes("postalCode") ? [] : state.candidates,
  };
}

/** 書き方だけを整える。問い合わせたあとに人が直していたら、その欄には触れない。 */
function format(state: DeskState, patch: Partial<Record<FieldName, string>>, from: DeskFields): DeskState {
  const names = (Object.keys(patch) as FieldName[]).filter((name) => state.fields[name] === from[name]);
  const fields = { ...state.fields };
  for (const name of names) fields[name] = patch[name] ?? fields[name];
  return { ...state, fields };
}

function remember(state: DeskState, what: string, fields: DeskFields): DeskState {
  return { ...state, past: [{ what, fields }, ...state.past].slice(0, PAST_LIMIT) };
}

function undo(state: DeskState): DeskState {
  const [last, ...past] = state.past;
  if (last === undefined) return { ...state, word: { tone: "info", text: "元に戻せるものはありません。" } };
  const word: Word = { tone: "info", text: `${last.what}の前に戻しました。` };
  return { ...state, fields: last.fields, past, faults: [], warnings: [], word };
}

function blank(state: DeskState): DeskState {
  const { callerNumber, callerWithheld } = state.fields;
  return {
    ...state,
    fields: { ...emptyFields, callerNumber, callerWithheld },
    readBack: null,
    candidates: [],
    warnings: [],
    faults: [],
    word: null,
  };
}

function reduceSaving(state: DeskState, action: Of<"saving" | "saved" | "unsaved">): DeskState {
  if (action.type === "saving") return { ...state, saving: "sending" };
  if (action.type === "unsaved") {
    return { ...state, saving: action.how, draftVersion: action.version ?? state.draftVersion };
  }
  const { savedAt, version } = action.reply;
  // 預けているあいだに別の受付へ移っていたら、置いてきた受付の版を進める。
  if (action.draftId !== state.draftId) {
    const drafts = state.drafts.map((one) =>
      one.id === action.draftId ? { ...one, savedAt, version } : one,
    );
    return { ...state, drafts };
  }
  return { ...state, saving: "idle", savedAt, savedBody: action.body, draftVersion: version };
}

function reduceSeat(
  state: DeskState,
  action: Of<"ask" | "held" | "extended" | "unheld" | "full">,
): DeskState {
  switch (action.type) {
    case "ask":
      return { ...state, asked: action.classId, word: null };
    case "held":
      return { ...state, busy: null, hold: action.hold, chosen: action.hold.classId, word: null };
    case "extended":
      return state.hold?.id === action.hold.id ? { ...state, hold: action.hold } : state;
    case "unheld":
      return { ...state, busy: null, hold: null, word: action.word };
    case "full":
      return { ...full(state, action), busy: null, asked: action.classId, word: action.word };
  }
}

/** サーバーが満席だと言った。表の次の更新を待たずに、案内文が正しい数を言えるようにする。 */
function full(state: DeskState, { classId, alternatives }: Of<"full">): DeskState {
  if (state.board === null) return state;
  const fresh = new Map(alternatives.map((cell) => [cell.classId, cell]));
  const cells = state.board.cells.map((cell) =>
    cell.classId === classId ? { ...cell, free: 0 } : (fresh.get(cell.classId) ?? cell),
  );
  return { ...state, board: { ...state.board, cells } };
}

type CallAction = Of<
  "startCall" | "endCall" | "booked" | "unbooked" | "sameHome" | "drafts" | "resume" | "dropDraft"
>;

function reduceCall(state: DeskState, action: CallAction): DeskState {
  switch (action.type) {
    case "startCall": {
      // 前の電話の受付が途中なら、預けたまま置き、新しい受付を始める。電話の前に打ってあったものは引き継ぐ。
      const parked = state.call.startedAt !== null && !isBlank(state.fields);
      const call = { startedAt: action.at, endedAt: null };
      if (!parked) return { ...state, call, booked: [], word: null };
      const opened = openDesk(action.draftId, { fields: emptyFields, filter: state.filter });
      const { board, skew, lostAt } = state;
      return { ...opened, board, skew, lostAt, call, drafts: [parkedDraft(state), ...state.drafts] };
    }
    case "endCall":
      return { ...state, call: { ...state.call, endedAt: action.at }, word: { tone: "info", text: ended } };
    case "booked":
      return afterBooking(state, action);
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
      return resume(state, action.draft);
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
  return { id: state.draftId, version: state.draftVersion, savedAt, ...draftBody(state) };
}

function afterBooking(state: DeskState, { receipt, draftId }: Of<"booked">): DeskState {
  const { board, skew, lostAt, call, drafts, fields, booked, filter } = state;
  const next = openDesk(draftId, { fields: emptyFields, filter });
  const caller = { callerNumber: fields.callerNumber, callerWithheld: fields.callerWithheld };
  const word: Word = { tone: "done", text: `予約しました。受付番号 ${receipt.number}` };
  const opened = { ...next, board, skew, lostAt, call, drafts, word };
  return {
    ...opened,
    fields: { ...emptyFields, ...caller },
    booked: [{ ...receipt, fields }, ...booked],
    // 次の方の言葉が入るまで、空の受付を預けない。
    savedBody: bodyText({ fields: { ...emptyFields, ...caller }, chosen: null, call }),
  };
}

function resume(state: DeskState, draft: OpenDraft): DeskState {
  const call = { startedAt: draft.callStartedAt ?? null, endedAt: draft.callEndedAt ?? null };
  const opened = openDesk(draft.id, { fields: draft.fields, filter: state.filter });
  const { board, skew, lostAt, booked } = state;
  const others = state.drafts.filter((one) => one.id !== draft.id);
  const drafts = isBlank(state.fields) ? others : [parkedDraft(state), ...others];
  const restored = { ...opened, board, skew, lostAt, booked, drafts, call };
  return {
    ...restored,
    draftVersion: draft.version,
    savedAt: draft.savedAt,
    chosen: draft.classId ?? null,
    hold: draft.hold ?? null,
    // 置いたときに預けきれなかった変更があるかもしれないので、開いたら一度預ける。
    savedBody: "",
    word: { tone: "info", text: "途中の受付を開きました。席をもう一度お確かめください。" },
  };
}
