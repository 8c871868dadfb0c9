import { type DeskClient, DeskRefusal, outOf } from "./desk-client.ts";
import { type DeskStore, newId } from "./desk-memory.ts";
import { bodyText, type DeskState, draftToSave, inCall, isBlank, isDirty } from "./desk-state.ts";

const AUTOSAVE_MS = 1000;
/** 打ち続けていても、これより長くは預けずにおかない。 */
const UNSAVED_MAX_MS = 5000;
const RETRY_MAX_MS = 15_000;
/** このタブで、閉じる前に開いていた画面の名を置く所。 */
const LEFT_KEY = "madoguchi.desk.left";

/**
 * 打ち終えて1秒（打ち続けていれば5秒ごと）で預ける。画面が隠れる・閉じるときは、その場で預ける。
 * 送るたびに画面の名と通し番号を添えるので、答えが届かなくても、追い越しても、自分の保存を
 * ほかの画面の変更と取り違えない（src/reception/draft.ts の judgeSave）。予約を送っているあいだは送らない。
 */
export function keepDraft(store: DeskStore, client: DeskClient): () => void {
  const { get, subscribe } = store;
  const sender = draftSender(store, client, plan);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let waiting: number | undefined;
  function save(last = false) {
    clearTimeout(timer);
    waiting = undefined;
    if (wanted(get(), last)) void sender.send(get(), last);
  }
  function plan() {
    if (!wanted(get(), false)) return;
    clearTimeout(timer);
    waiting ??= Date.now();
    const latest = Math.max(0, waiting + UNSAVED_MAX_MS - Date.now());
    timer = setTimeout(save, sender.failing() ? sender.wait() : Math.min(sender.wait(), latest));
  }
  let seen = "";
  let before = get();
  const stop = subscribe(() => {
    const state = get();
    const left = before;
    before = state;
    // 通話や受付を替えるときは、打ち終えて1秒を待たずに、置いていく受付を預ける。
    const parked = left.draftId !== state.draftId && isParked(state, left.draftId);
    if (parked && isDirty(left) && left.saving !== "conflict") void sender.send(left, false);
    // 着席し直した・つながったときは、間を待たずに預ける。
    if (left.lostAt !== null && state.lostAt === null) sender.connected();
    const { draftId, saving, lostAt, busy } = state;
    const text = `${draftId}${bodyText(state)}${saving}${lostAt === null}${busy}`;
    if (text !== seen) plan();
    seen = text;
  });
  const flush = () => {
    if (document.hidden) save(true);
  };
  const leave = () => {
    sessionStorage.setItem(LEFT_KEY, sender.screen);
    save(true);
  };
  const back = () => sessionStorage.removeItem(LEFT_KEY);
  document.addEventListener("visibilitychange", flush);
  window.addEventListener("pagehide", leave);
  window.addEventListener("pageshow", back);
  return () => {
    stop();
    clearTimeout(timer);
    document.removeEventListener("visibilitychange", flush);
    window.removeEventListener("pagehide", leave);
    window.removeEventListener("pageshow", back);
  };
}

/** いま預けるか。last は画面を閉じるときの最後の一通で、前の通の答えも予約の答えも待たない。 */
function wanted(state: DeskState, last: boolean): boolean {
  if (state.out !== null || state.saving === "conflict" || !isDirty(state)) return false;
  if (!last && (state.saving === "sending" || state.busy === "book" || state.busy === "wait")) return false;
  // まだ何も聞いていない受付は、通話が始まるまで預けない。
  return state.draftVersion > 0 || !isBlank(state.fields) || inCall(state);
}

function isParked({ drafts }: DeskState, id: string): boolean {
  return drafts.some((draft) => draft.id === id);
}

/** 一通ずつ番号を付けて送り、答えを状態に映す。 */
function draftSender({ get, dispatch }: DeskStore, client: DeskClient, plan: () => void) {
  const screen = newId();
  let no = 0;
  let failures = 0;
  /** 受付ごとの、最後に送った通。 */
  const newest = new Map<string, number>();
  // 読み直す前にこのタブが閉じぎわに送った一通は、開いたあとに届くことがある。
  let left = sessionStorage.getItem(LEFT_KEY);
  sessionStorage.removeItem(LEFT_KEY);
  const wait = () => (failures === 0 ? AUTOSAVE_MS : Math.min(RETRY_MAX_MS, AUTOSAVE_MS * 2 ** failures));

  async function send(state: DeskState, last: boolean): Promise<void> {
    const { draftId } = state;
    no += 1;
    const mine = no;
    newest.set(draftId, mine);
    if (get().draftId === draftId) dispatch({ type: "saving", no: mine });
    try {
      const reply = await client.saveDraft(draftId, { ...draftToSave(state), screen, saveNo: mine }, last);
      failures = 0;
      dispatch({ type: "saved", draftId, no: mine, body: bodyText(state), reply });
      const now = get();
      // 予約や待機になったあとで書かれた。途中の受付として残さない。
      if (now.draftId !== draftId && !isParked(now, draftId))
        client.dropDraft(draftId).catch(() => undefined);
    } catch (error) {
      failed(state, mine, error);
    }
  }

  function failed(state: DeskState, mine: number, error: unknown): void {
    failures += 1;
    const out = outOf(error);
    if (out !== null) dispatch({ type: "lost", clientNow: Date.now(), out });
    if (get().draftId !== state.draftId) later(state, mine, error);
    else if (isConflict(error)) conflicted(mine, error);
    else dispatch({ type: "unsaved", no: mine, how: "failed" });
    plan();
  }

  function conflicted(mine: number, error: DeskRefusal): void {
    if (mine !== get().sentNo) return;
    const { version, screen: by } = error.body.detail ?? {};
    const own = left !== null && by === left;
    if (own) left = null;
    const how = own ? "failed" : "conflict";
    dispatch({ type: "unsaved", no: mine, how, ...(version === undefined ? {} : { version }) });
    if (!own) dispatch({ type: "say", word: twice });
  }

  /** 置いてきた受付は、届くまで送り直す。ほかの画面が変えていれば、開いたときに分かる。 */
  function later(state: DeskState, mine: number, error: unknown): void {
    if (isConflict(error)) return;
    setTimeout(() => {
      const now = get();
      // あとの通を送っていれば、古い中身で戻さない。
      if (newest.get(state.draftId) !== mine) return;
      if (now.draftId !== state.draftId && isParked(now, state.draftId)) void send(state, false);
    }, wait());
  }

  return {
    screen,
    send,
    wait,
    failing: () => failures > 0,
    connected: () => {
      failures = 0;
    },
  };
}

const twice = {
  tone: "due",
  text: "この受付は、ほかの画面でも変わっています。こちらを残すなら「この内容で保存」を押してください。",
} as const;

function isConflict(error: unknown): error is DeskRefusal {
  return error instanceof DeskRefusal && error.body.code === "CONFLICT";
}
