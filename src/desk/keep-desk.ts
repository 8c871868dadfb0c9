import type { OpenDraft } from "./desk-api.ts";
import { type DeskClient, DeskRefusal, outOf } from "./desk-client.ts";
import { type DeskStore, wordOf } from "./desk-memory.ts";
import { type DeskState, inCall, isBlank } from "./desk-state.ts";

const POLL_MS = 1000;
/** 隠れたタブで通話が続いているあいだ。画面を閉じられないように尋ね続ける。 */
const HIDDEN_POLL_MS = 10_000;
const RETRY_MAX_MS = 15_000;
const EXTEND_BEFORE_MS = 120_000;
/** これだけ何も触れなければ、席の前に人がいないものとして、仮押さえを延ばさない。 */
const AWAY_MS = 180_000;
const CHECK_MS = 700;

/** 全角も含めて、数字だけ。 */
function onlyDigits(text: string): string {
  return text.normalize("NFKC").replace(/[^0-9]/g, "");
}

/** 空席を毎秒たずねる。通話のない隠れたタブでは止め、つながらなければ間を延ばしながら続ける。 */
export function keepSeats({ get, dispatch, subscribe }: DeskStore, client: DeskClient): () => void {
  let timer = 0;
  let failures = 0;
  let asking = false;
  let again = false;
  async function ask() {
    clearTimeout(timer);
    const live = inCall(get());
    if (asking || (document.hidden && !live)) return;
    asking = true;
    again = false;
    try {
      const reply = await client.seats(get().board?.version ?? "", live);
      const clientNow = Date.now();
      if ("unchanged" in reply) dispatch({ type: "tick", now: reply.now, clientNow });
      else dispatch({ type: "board", board: reply, clientNow });
      failures = 0;
    } catch (error) {
      failures += 1;
      const out = outOf(error);
      dispatch({ type: "lost", clientNow: Date.now(), out });
      if (error instanceof DeskRefusal && out === null) dispatch({ type: "say", word: wordOf(error) });
    }
    asking = false;
    timer = window.setTimeout(ask, again && failures === 0 ? 0 : waitFor(failures));
  }
  // 自分の予約、仮押さえ、放しは、次の一秒を待たずに空席・早い席・本日の予約へ映す。
  let seen = doneHere(get());
  const stop = subscribe(() => {
    const now = doneHere(get());
    if (now === seen) return;
    seen = now;
    // いま届く答えは、行いの前のものかもしれない。
    if (asking) again = true;
    else void ask();
  });
  void ask();
  document.addEventListener("visibilitychange", ask);
  window.addEventListener("online", ask);
  return () => {
    stop();
    clearTimeout(timer);
    document.removeEventListener("visibilitychange", ask);
    window.removeEventListener("online", ask);
  };
}

/** この席が席の数を変えた跡。 */
function doneHere({ hold, booked }: DeskState): string {
  return `${hold?.id ?? ""} ${booked.map((one) => one.id).join(" ")}`;
}

function waitFor(failures: number): number {
  const usual = document.hidden ? HIDDEN_POLL_MS : POLL_MS;
  return failures === 0 ? usual : Math.min(RETRY_MAX_MS, usual * 2 ** (failures - 1));
}

/** 人が席で話しているあいだ、仮押さえを切らさない。切れたら言う。 */
export function keepHold({ get, dispatch }: DeskStore, client: DeskClient): () => void {
  let touched = Date.now();
  let extending = false;
  const touch = () => {
    touched = Date.now();
  };
  const lose = (text: string) => dispatch({ type: "unheld", word: { tone: "due", text } });
  async function extend(id: string) {
    extending = true;
    try {
      dispatch({ type: "extended", id, ...(await client.extend(id)) });
    } catch (error) {
      // 届かないだけなら、切れるまで待ってもう一度試す。
      if (error instanceof DeskRefusal && get().hold?.id === id) lose(gone);
    }
    extending = false;
  }
  const timer = window.setInterval(() => {
    const { hold } = get();
    if (hold === null || get().busy !== null) return;
    const left = Date.parse(hold.expiresAt) - Date.now();
    if (left <= 0) return lose(gone);
    const here = Date.now() - touched < AWAY_MS;
    if (left < EXTEND_BEFORE_MS && here && !extending) void extend(hold.id);
  }, 1000);
  document.addEventListener("keydown", touch, true);
  document.addEventListener("pointerdown", touch, true);
  return () => {
    clearInterval(timer);
    document.removeEventListener("keydown", touch, true);
    document.removeEventListener("pointerdown", touch, true);
  };
}

const gone = "仮押さえの時間が切れました。席を選んで Enter でもう一度押さえてください。";

/** 郵便番号が7けたになったら町を引き、欄を離れて少ししたら書き方と食い違いを確かめる。 */
export function keepChecks({ get, dispatch, subscribe }: DeskStore, client: DeskClient): () => void {
  let code = onlyDigits(get().fields.postalCode);
  let text = "";
  let checked = "";
  let timer = 0;
  const typingIn = () => document.activeElement?.getAttribute("name") ?? "";
  async function check() {
    const { fields: from, chosen } = get();
    const about = JSON.stringify([from, chosen, typingIn()]);
    if ((isBlank(from) && from.callerNumber.trim() === "") || about === checked) return;
    checked = about;
    try {
      const { warnings, formatted } = await client.check(from, chosen);
      const typing = typingIn();
      const patch = Object.fromEntries(Object.entries(formatted).filter(([name]) => name !== typing));
      dispatch({ type: "formatted", patch, from });
      dispatch({ type: "checked", warnings });
    } catch {
      // 確かめられなくても受付は止めない。つながらないことは空席の更新が伝える。
    }
  }
  function soon() {
    clearTimeout(timer);
    timer = window.setTimeout(check, CHECK_MS);
  }
  const stop = subscribe(() => {
    const { fields } = get();
    const digits = onlyDigits(fields.postalCode);
    if (digits !== code && digits.length === 7) void lookUp(digits);
    code = digits;
    const next = JSON.stringify([fields, get().chosen]);
    if (next !== text) soon();
    text = next;
  });
  async function lookUp(digits: string) {
    try {
      const { candidates } = await client.postal(digits);
      if (onlyDigits(get().fields.postalCode) !== digits) return;
      const [only] = candidates;
      if (candidates.length === 1 && only !== undefined && get().fields.address.trim() === "") {
        dispatch({ type: "fill", what: "住所の自動入力", patch: { address: only.address } });
      } else dispatch({ type: "candidates", list: candidates });
    } catch (error) {
      if (error instanceof DeskRefusal) dispatch({ type: "say", word: wordOf(error) });
    }
  }
  document.addEventListener("focusout", soon);
  return () => {
    stop();
    clearTimeout(timer);
    document.removeEventListener("focusout", soon);
  };
}

/** このタブの、いまの受付の番号を置く所（番号だけで、中身は置かない）。 */
const TAB_KEY = "madoguchi.desk";

/** 停電や再起動のあと、途中の受付があれば出す。読み直す前にこのタブで開いていた受付は、そのまま続ける。 */
export async function offerDrafts(
  { get, dispatch, subscribe }: DeskStore,
  client: DeskClient,
  resume: (draft: OpenDraft) => void,
): Promise<void> {
  const mine = sessionStorage.getItem(TAB_KEY);
  subscribe(() => sessionStorage.setItem(TAB_KEY, get().draftId));
  try {
    const list = await client.drafts();
    dispatch({ type: "drafts", list });
    const open = list.find((draft) => draft.id === mine);
    if (open !== undefined && isBlank(get().fields)) resume(open);
  } catch (error) {
    dispatch({ type: "say", word: wordOf(error) });
  }
}
