import type { Instant } from "../base/time.ts";
import { phoneDigits } from "../japan/phone-digits.ts";
import type {
  BookingReceipt,
  DeskFields,
  DraftSaved,
  FieldFault,
  FieldName,
  FieldWarning,
  Hold,
  OpenDraft,
  PostalCandidate,
  SaveDraft,
  SeatCell,
  SeatsBoard,
} from "./desk-api.ts";
import type { Out } from "./desk-client.ts";
import { guideSpeech, plainText, readBackSpeech } from "./desk-speech.ts";
import type { SeatFilter } from "./seat-grid.ts";
import { rankAlternatives } from "./seat-guide.ts";

export interface Word {
  tone: "info" | "done" | "due" | "late";
  text: string;
}

/** 電話の一本。予約の控えは、この一本のあいだだけ手元に残る。 */
export interface Call {
  startedAt: Instant | null;
  endedAt: Instant | null;
}

export interface Booked extends BookingReceipt {
  fields: DeskFields;
}

/** 一席の受付デスクの状態。個人情報はここ（メモリ）とサーバーの draft だけにある。 */
export interface DeskState {
  draftId: string;
  draftVersion: number;
  savedAt: Instant | null;
  /** 最後に保存した中身。今の中身と違えば、まだ保存していない。 */
  savedBody: string;
  saving: "idle" | "sending" | "failed" | "conflict";
  /** 最後に送った通と、答えの届いた一番新しい通（この画面の通し番号）。 */
  sentNo: number;
  savedNo: number;
  fields: DeskFields;
  call: Call;
  filter: SeatFilter;
  board: SeatsBoard | null;
  /** 事務所の時計 − この機械の時計（ms）。 */
  skew: number;
  /** つながらなくなった時（この機械の時計, ms）。つながっていれば null。 */
  lostAt: number | null;
  /** 席に着いていない訳。着いていれば null。 */
  out: Out | null;
  /** お客様が希望した、満席の回。 */
  asked: string | null;
  /** いま話している回。仮押さえが切れても残る。 */
  chosen: string | null;
  /** 期限は、この機械の時計（desk-client が直す）。 */
  hold: Hold | null;
  /** 復唱を出したときの文。文が変われば、もう一度復唱する。 */
  readBack: string | null;
  candidates: PostalCandidate[];
  warnings: FieldWarning[];
  faults: FieldFault[];
  booked: Booked[];
  drafts: OpenDraft[];
  busy: "hold" | "book" | "wait" | null;
  word: Word | null;
  /** 打鍵以外で欄が変わる前の姿（あとのものが先）。 */
  past: { what: string; fields: DeskFields }[];
}

export type DeskAction =
  | { type: "board"; board: SeatsBoard; clientNow: number }
  | { type: "tick"; now: Instant; clientNow: number }
  | { type: "lost"; clientNow: number; out: Out | null }
  | { type: "filter"; patch: Partial<SeatFilter> }
  | { type: "field"; name: FieldName; value: string }
  | { type: "withheld"; value: boolean }
  | { type: "fill"; what: string; patch: Partial<DeskFields> }
  | { type: "formatted"; patch: Partial<Record<FieldName, string>>; from: DeskFields }
  | { type: "ask"; classId: string }
  | { type: "busy"; what: DeskState["busy"] }
  | { type: "held"; hold: Hold }
  | { type: "extended"; id: string; expiresAt: Instant }
  | { type: "unheld"; word: Word | null }
  | { type: "full"; classId: string; alternatives: SeatCell[]; word: Word }
  | { type: "readBack" }
  | { type: "startCall"; at: Instant; draftId: string }
  | { type: "endCall"; at: Instant }
  | { type: "saving"; no: number }
  | { type: "saved"; draftId: string; no: number; body: string; reply: DraftSaved }
  | { type: "unsaved"; no: number; how: "failed" | "conflict"; version?: number }
  | { type: "overwrite" }
  | { type: "candidates"; list: PostalCandidate[] }
  | { type: "checked"; warnings: FieldWarning[] }
  | { type: "refused"; faults: FieldFault[]; word: Word }
  | { type: "booked"; receipt: BookingReceipt; draftId: string; changed: boolean }
  | { type: "waited"; draftId: string; word: Word }
  | { type: "unbooked"; id: string }
  | { type: "sameHome" }
  | { type: "clear" }
  | { type: "undo" }
  | { type: "drafts"; list: OpenDraft[] }
  | { type: "resume"; draft: OpenDraft; at: Instant }
  | { type: "dropDraft"; id: string }
  | { type: "say"; word: Word | null };

/** その種類の出来事。 */
export type Of<Type extends DeskAction["type"]> = Extract<DeskAction, { type: Type }>;

export const emptyFields: DeskFields = {
  name: "",
  kana: "",
  postalCode: "",
  address: "",
  phone: "",
  care: "",
  memo: "",
  callerNumber: "",
  callerWithheld: false,
  proxyName: "",
  proxyRelation: "",
  proxyPhone: "",
  contact: "",
  companions: "",
  reach: "",
  wider: "",
  wishVenue: "",
  wishFrom: "",
  wishTo: "",
};

/** 席に着いたときの状態。plain は、島が載る前の form から読んだもの。 */
export function openDesk(draftId: string, plain: { fields: DeskFields; filter: SeatFilter }): DeskState {
  return {
    draftId,
    draftVersion: 0,
    savedAt: null,
    savedBody: bodyText({ fields: emptyFields, chosen: null, call: noCall }),
    saving: "idle",
    sentNo: 0,
    savedNo: 0,
    fields: plain.fields,
    call: noCall,
    filter: plain.filter,
    board: null,
    skew: 0,
    lostAt: null,
    out: null,
    asked: null,
    chosen: null,
    hold: null,
    readBack: null,
    candidates: [],
    warnings: [],
    faults: [],
    booked: [],
    drafts: [],
    busy: null,
    word: null,
    past: [],
  };
}

export const noCall: Call = { startedAt: null, endedAt: null };

type Drafted = Pick<DeskState, "fields" | "chosen" | "call">;

/** サーバーに預ける中身（版を除く）。 */
export function draftBody({ fields, chosen, call }: Drafted): Omit<SaveDraft, "version"> {
  return {
    fields,
    ...(chosen === null ? {} : { classId: chosen }),
    ...(call.startedAt === null ? {} : { callStartedAt: call.startedAt }),
    ...(call.endedAt === null ? {} : { callEndedAt: call.endedAt }),
  };
}

export function bodyText(state: Drafted): string {
  return JSON.stringify(draftBody(state));
}

/** まだ預けていない変更があるか。 */
export function isDirty(state: DeskState): boolean {
  return bodyText(state) !== state.savedBody;
}

/** 聞き取った言葉が何もないか（非通知の印と、掛けてきた番号は数えない）。 */
export function isBlank(fields: DeskFields): boolean {
  return [
    fields.name,
    fields.kana,
    fields.postalCode,
    fields.address,
    fields.phone,
    fields.care,
    fields.memo,
  ].every((value) => value.trim() === "");
}

export function cellOf(state: DeskState, classId: string | null): SeatCell | null {
  return state.board?.cells.find((cell) => cell.classId === classId) ?? null;
}

export function venueOf(state: DeskState, cell: SeatCell | null) {
  return state.board?.venues.find((venue) => venue.id === cell?.venueId) ?? null;
}

export function readBackOf(state: DeskState) {
  const cell = cellOf(state, state.chosen);
  return readBackSpeech(cell, venueOf(state, cell), state.fields);
}

/** いまの文を復唱したか。席・名前・住所・電話が変われば偽に戻る。 */
export function isReadBack(state: DeskState): boolean {
  return state.readBack !== null && state.readBack === plainText(readBackOf(state).said);
}

export function inCall(state: DeskState): boolean {
  return state.call.startedAt !== null && state.call.endedAt === null;
}

/** 事務所の時計のいま（ms）。 */
export function officeMs(state: DeskState, clientNow: number): number {
  return clientNow + state.skew;
}

/** 満席の回を選んでいれば、その案内（文と候補）。 */
export function guideOf(state: DeskState) {
  const asked = cellOf(state, state.asked);
  const venue = venueOf(state, asked);
  if (asked === null || venue === null || state.board === null) return null;
  const { cells, venues, now } = state.board;
  const ranked = rankAlternatives(asked, cells, venues, now, state.filter.period);
  const said = guideSpeech(asked, venue, ranked);
  return { asked, venue, ranked, said, text: plainText(said) };
}

/** 掛けてきた番号と同じ、途中の受付か。 */
export function isSameCaller(state: DeskState, draft: OpenDraft): boolean {
  const number = phoneDigits(state.fields.callerNumber);
  if (number.length < 9) return false;
  return [draft.fields.callerNumber, draft.fields.phone].some((phone) => phoneDigits(phone) === number);
}

/** 途中の受付を見せる順。掛けてきた番号と同じものが先で、あとは新しい順のまま。 */
export function draftsToShow(state: DeskState): OpenDraft[] {
  const same = state.drafts.filter((draft) => isSameCaller(state, draft));
  return [...same, ...state.drafts.filter((draft) => !same.includes(draft))];
}

/** 預ける中身に版を添える。 */
export function draftToSave(state: DeskState) {
  return { version: state.draftVersion, ...draftBody(state) };
}

const PAST_LIMIT = 20;

/** 打鍵以外で欄が変わる前の姿を、元に戻せるように取っておく。 */
export function remember(state: DeskState, what: string, fields: DeskFields): DeskState {
  return { ...state, past: [{ what, fields }, ...state.past].slice(0, PAST_LIMIT) };
}
