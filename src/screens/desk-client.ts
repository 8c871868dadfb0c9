import {
  type BookingReply,
  type CheckReply,
  type DeskError,
  type DeskFields,
  type DraftSaved,
  deskPaths,
  type Hold,
  type NewBooking,
  type OpenDraft,
  type PostalCandidate,
  type SaveDraft,
  type SeatsReply,
} from "./desk-api.ts";

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
 * 受付デスクの約束（desk-api.ts）をたどる。失敗は DeskRefusal か DeskUnreachable。
 * 仮押さえの期限は、サーバーの機械の時計（Date の見出し）との差を直し、この機械の時計にして返す。
 */
export function deskClient(csrf: string) {
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
  const one = (path: string, id: string) => `${path}/${encodeURIComponent(id)}`;

  return {
    /** 全会場・全時間帯の空席。since の版から変わっていなければ {unchanged}。 */
    seats: (since: string) =>
      call<SeatsReply>(
        "GET",
        `${deskPaths.seats}?${new URLSearchParams({ course: "", ward: "", period: "all", since })}`,
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
    /** 電話番号を見せる前に、見せたことを記録する。記録できなければ見せない。 */
    reveal: (draftId: string) => call<unknown>("POST", deskPaths.reveals, { draftId, field: "phone" }),
  };
}

async function read<Reply>(response: Response): Promise<Reply> {
  if (response.status === 204) return undefined as Reply;
  let body: unknown;
  try {
    body = await response.json();
  } catch {
    // 途中の機器が返した案内や、着席の画面への転送。JSON でなければ結果は分からない。
    if (response.redirected) throw new DeskRefusal({ code: "NOT_SIGNED_IN", message: signedOut });
    throw new DeskUnreachable();
  }
  if (response.ok) return body as Reply;
  const error = (body as Partial<DeskError> | null)?.error;
  if (error === undefined || typeof error.message !== "string") throw new DeskUnreachable();
  throw new DeskRefusal(response.status === 401 ? { ...error, message: signedOut } : error);
}

const signedOut = "着席の時間が切れました。別のタブで着席し直すと、この画面のまま続けられます。";
