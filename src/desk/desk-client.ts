import type { FaqCard } from "../answers/faq-panel.tsx";
import type { FaqDocument } from "../answers/faq-search.ts";
import {
  type BookingReply,
  type CheckReply,
  type DeskError,
  type DeskFields,
  type DeskRing,
  type DeskSeat,
  type DeskTally,
  type DraftSaved,
  deskPaths,
  type EarlierBooking,
  type Hold,
  type NewBooking,
  type NewWait,
  type OpenDraft,
  type PostalCandidate,
  type SaveDraft,
  type SeatsReply,
  type WaitReply,
} from "./desk-api.ts";

/** 引くための問いと、使われた数。 */
export type DeskFaq = FaqDocument & FaqCard & { used: number };

const TIMEOUT_MS = 8000;

/** サーバーが断った。code は AppError と同じ。 */
export class DeskRefusal extends Error {
  readonly body: DeskError["error"];

  constructor(body: DeskError["error"]) {
    super(body.message);
    this.body = body;
  }
}

/** 届かなかった（結果は分からない）。同じ Idempotency-Key で、もう一度送れる。 */
export class DeskUnreachable extends Error {}

export type DeskClient = ReturnType<typeof deskClient>;

/**
 * サーバーとの行き来。着席し直して合い札が替わっていれば、受け取り直してもう一度だけ送る。
 * local は、仮押さえの期限を、サーバーの機械の時計（Date の見出し）との差を直して、この機械の時計にする。
 */
function deskLine(seat: DeskSeat) {
  let { csrf } = seat;
  /** サーバーの機械の時計 − この機械の時計（ms）。 */
  let ahead = 0;
  const local = <Timed extends { expiresAt: string }>(hold: Timed): Timed => ({
    ...hold,
    expiresAt: new Date(Date.parse(hold.expiresAt) - ahead).toISOString(),
  });
  async function call<Reply>(
    method: string,
    path: string,
    body?: unknown,
    more: RequestInit = {},
  ): Promise<Reply> {
    try {
      return await once<Reply>(method, path, body, more);
    } catch (error) {
      const stale = error instanceof DeskRefusal && error.body.detail?.reason === "csrf";
      if (!stale || more.keepalive) throw error;
      csrf = await seatedAgain();
      return once<Reply>(method, path, body, more);
    }
  }
  /** 別のタブで着席し直した人の合い札。前と違う人なら、その人の名で送らない。 */
  async function seatedAgain(): Promise<string> {
    const { seat: now } = await once<{ seat: DeskSeat }>("GET", deskPaths.drafts);
    if (now.account !== seat.account)
      throw new DeskRefusal({ code: "OTHER_PERSON", message: outWords.other });
    return now.csrf;
  }
  async function once<Reply>(
    method: string,
    path: string,
    body?: unknown,
    more: RequestInit = {},
  ): Promise<Reply> {
    const headers = new Headers(more.headers);
    headers.set("Accept", "application/json");
    if (method !== "GET") headers.set("X-CSRF-Token", csrf);
    if (body !== undefined) headers.set("Content-Type", "application/json");
    const payload = body === undefined ? {} : { body: JSON.stringify(body) };
    let response: Response;
    try {
      const signal = AbortSignal.timeout(TIMEOUT_MS);
      response = await fetch(path, {
        signal,
        ...more,
        ...payload,
        method,
        headers,
        credentials: "same-origin",
      });
    } catch {
      throw new DeskUnreachable();
    }
    const sent = Date.parse(response.headers.get("Date") ?? "");
    if (Number.isFinite(sent)) ahead = sent - Date.now();
    return read<Reply>(response);
  }
  return { call, local };
}

/** 受付デスクの約束（desk-api.ts）をたどる。失敗は DeskRefusal か DeskUnreachable。期限はこの機械の時計。 */
export function deskClient(seat: DeskSeat) {
  const { call, local } = deskLine(seat);
  const one = (path: string, id: string) => `${path}/${encodeURIComponent(id)}`;

  return {
    /** 全会場・全時間帯の空席。since の版から変わっていなければ {unchanged}。live は通話中。 */
    seats: (since: string, live: boolean) =>
      call<SeatsReply>(
        "GET",
        `${deskPaths.seats}?${new URLSearchParams({ since, ...(live ? { live: "1" } : {}) })}`,
      ),
    async hold(classId: string, draftId: string) {
      return local((await call<{ hold: Hold }>("POST", deskPaths.holds, { classId, draftId })).hold);
    },
    async extend(holdId: string) {
      const path = `${one(deskPaths.holds, holdId)}/extend`;
      return local((await call<{ hold: { expiresAt: string } }>("POST", path, {})).hold);
    },
    release: (holdId: string) => call<unknown>("DELETE", one(deskPaths.holds, holdId)),
    async drafts(): Promise<OpenDraft[]> {
      const { drafts } = await call<{ drafts: OpenDraft[] }>("GET", deskPaths.drafts);
      return drafts.map((draft) =>
        draft.hold === undefined ? draft : { ...draft, hold: local(draft.hold) },
      );
    },
    /** last: 画面を閉じるときの最後の一通。閉じたあとも送り終える。 */
    saveDraft: (id: string, draft: SaveDraft, last = false) =>
      call<DraftSaved>("PUT", one(deskPaths.drafts, id), draft, last ? { keepalive: true } : {}),
    dropDraft: (id: string) => call<unknown>("DELETE", one(deskPaths.drafts, id)),
    postal: (code: string) => call<{ candidates: PostalCandidate[] }>("POST", deskPaths.postal, { code }),
    check: (fields: DeskFields, classId: string | null) =>
      call<CheckReply>("POST", deskPaths.check, { ...fields, ...(classId === null ? {} : { classId }) }),
    book: (booking: NewBooking, key: string) =>
      call<BookingReply>("POST", deskPaths.bookings, booking, { headers: { "Idempotency-Key": key } }),
    unbook: (id: string) => call<unknown>("POST", `${one(deskPaths.bookings, id)}/undo`, {}),
    /** 満席の回の希望に、ほかの回を案内したことを数える。 */
    guided: (draftId: string, classId: string) =>
      call<unknown>("POST", deskPaths.guides, { draftId, classId }),
    wait: (wait: NewWait) => call<WaitReply>("POST", deskPaths.waits, wait),
    /** 受付番号・電話・カナから、前の予約を探す（探したことは記録に残り、言葉は残らない）。 */
    async earlier(query: string): Promise<EarlierBooking[]> {
      return (await call<{ rows: EarlierBooking[] }>("POST", "/api/bookings/search", { query })).rows;
    },
    /** 押さえた席に変える。新しい席を取ってから、前の席を空ける。warnings は、同じ方のほかの予約。 */
    change: (id: string, classId: string, draftId: string) =>
      call<{ warnings: string[] }>("POST", `${one("/api/bookings", id)}/change`, { classId, draftId }),
    cancel: (id: string, reason: string) =>
      call<unknown>("POST", `${one("/api/bookings", id)}/cancel`, { reason }),
    ...answerCalls(call),
    /** 電話番号を見せる前に、見せたことを記録する。記録できなければ見せない。 */
    reveal: (draftId: string) => call<unknown>("POST", deskPaths.reveals, { draftId, field: "phone" }),
  };
}

type Calls = ReturnType<typeof deskLine>["call"];

/** 着信を見る、質問に答える、件数を数える、苦情・確認として残す。 */
function answerCalls(call: Calls) {
  const once = (key: string) => ({ headers: { "Idempotency-Key": key } });
  return {
    /** 鳴っている電話と、この席の電話。 */
    rings: async () => (await call<{ calls: DeskRing[] }>("GET", "/api/calls/pop")).calls,
    /** 通話のキーを、電話として数える。電話システムの記録があれば、一件に合わさる。 */
    signal: (draftId: string, event: "start" | "end", caller: string) =>
      call<unknown>("POST", "/api/calls/desk", { draftId, event, ...(caller === "" ? {} : { caller }) }),
    tally: async () => (await call<{ tally: DeskTally[] }>("GET", deskPaths.answers)).tally,
    count: (item: string, key: string) =>
      call<{ id: string }>("POST", "/api/inquiries/tally", { item }, once(key)),
    uncount: (id: string) => call<unknown>("POST", `/api/inquiries/${encodeURIComponent(id)}/undo`, {}),
    faqs: async () => (await call<{ faqs: DeskFaq[] }>("GET", "/api/faq")).faqs,
    answered: (id: string, key: string) =>
      call<{ item: string }>("POST", `/api/faq/${encodeURIComponent(id)}/used`, {}, once(key)),
    missed: (words: string) => call<unknown>("POST", "/api/faq/missed", { words }),
    complain: (body: unknown, key: string) =>
      call<{ number: number }>("POST", deskPaths.complaints, body, once(key)),
    consult: (body: unknown, key: string) =>
      call<{ number: number }>("POST", deskPaths.questions, body, once(key)),
  };
}

async function read<Reply>(response: Response): Promise<Reply> {
  if (response.status === 204) return undefined as Reply;
  let body: unknown;
  try {
    body = await response.json();
  } catch {
    // 途中の機器が返した案内や、着席の画面への転送。JSON でなければ結果は分からない。
    if (response.redirected) throw new DeskRefusal({ code: "NOT_SIGNED_IN", message: outWords.over });
    throw new DeskUnreachable();
  }
  if (response.ok) return body as Reply;
  const error = (body as Partial<DeskError> | null)?.error;
  if (error === undefined || typeof error.message !== "string") throw new DeskUnreachable();
  const refusal = new DeskRefusal(error);
  const out = outOf(refusal);
  throw out === null ? refusal : new DeskRefusal({ ...error, message: outWords[out] });
}

/** 席に着いていない訳。locked 画面が閉じている、over 着席が終わった、other 別の人が着席した。 */
export type Out = "locked" | "over" | "other";

export function outOf(error: unknown): Out | null {
  if (!(error instanceof DeskRefusal)) return null;
  if (error.body.code === "OTHER_PERSON") return "other";
  if (error.body.code !== "NOT_SIGNED_IN") return null;
  return error.body.detail?.locked ? "locked" : "over";
}

/** どうすれば続けられるか。打ったものは、この画面に残っている。 */
export const outWords: Record<Out, string> = {
  locked: "操作がなかったので画面を閉じています。別のタブで開くと、打ったまま続けられます。",
  over: "着席が終わりました。別のタブで着席し直すと、打ったまま続けられます。",
  other: "別の方が着席しました。この画面の受付は保存も予約もされません。",
};
