import type { DeskFields, FieldName, SeatsBoard } from "./desk-api.ts";
import { reduceCall } from "./desk-call.ts";
import { plainText } from "./desk-speech.ts";
import {
  type DeskAction,
  type DeskState,
  emptyFields,
  type Of,
  readBackOf,
  remember,
  type Word,
} from "./desk-state.ts";

const SKEW_MS = 1500;

/** 受付デスクで起きたことから、次の状態。 */
export function reduceDesk(state: DeskState, action: DeskAction): DeskState {
  switch (action.type) {
    case "board":
      return withBoard(state, action.board, action.clientNow);
    case "tick":
      return inStep(state, action.now, action.clientNow);
    case "lost":
      if (state.lostAt !== null && state.out === action.out) return state;
      return { ...state, lostAt: state.lostAt ?? action.clientNow, out: action.out };
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
    case "overwrite":
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
  // 別の方が着席したあとは、空席が読めても、この画面の受付は続けられない。
  const out = state.out === "other" ? state.out : null;
  const back = state.out !== null && out === null;
  const word: Word | null = back ? { tone: "done", text: "着席を確かめました。続けられます。" } : state.word;
  return { ...state, skew, lostAt: null, out, word };
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

function reduceSaving(state: DeskState, action: Of<"saving" | "saved" | "unsaved" | "overwrite">): DeskState {
  switch (action.type) {
    case "saving":
      return { ...state, saving: "sending", sentNo: action.no };
    case "overwrite":
      return { ...state, saving: "failed" };
    case "unsaved":
      // 追い越された通の失敗は、あとの通の答えを待てばよい。
      if (action.no !== state.sentNo) return state;
      return { ...state, saving: action.how, draftVersion: action.version ?? state.draftVersion };
    case "saved":
      return saved(state, action);
  }
}

function saved(state: DeskState, { draftId, no, body, reply: { savedAt, version } }: Of<"saved">): DeskState {
  // 預けているあいだに別の受付へ移っていたら、置いてきた受付の版を進める。
  if (draftId !== state.draftId) {
    const drafts = state.drafts.map((one) =>
      one.id === draftId && one.version < version ? { ...one, savedAt, version } : one,
    );
    return { ...state, drafts };
  }
  // 答えが追い越して届いた。新しい通の答えを、古い通で戻さない。
  if (no <= state.savedNo || state.saving === "conflict") return state;
  const saving = no === state.sentNo ? "idle" : state.saving;
  return { ...state, saving, savedAt, savedNo: no, savedBody: body, draftVersion: version };
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
      if (state.hold?.id !== action.id) return state;
      return { ...state, hold: { ...state.hold, expiresAt: action.expiresAt } };
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
