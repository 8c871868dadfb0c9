import { setMaxListeners } from "node:events";
import fc from "fast-check";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { judgeSave, type KeptDraft } from "../reception/draft.ts";
import type { DraftSaved, OpenDraft, SaveDraft } from "./desk-api.ts";
import { type DeskClient, DeskRefusal, DeskUnreachable } from "./desk-client.ts";
import { type DeskStore, deskStore } from "./desk-memory.ts";
import { bodyText, draftBody, emptyFields, openDesk } from "./desk-state.ts";
import { keepDraft } from "./keep-draft.ts";

// 自動保存を、遅れ・追い越し・届かない答えのある回線の上で動かす。送る側は本物、預かる側の判じ方も本物。

const filter = { course: "入門", ward: "", period: "all" } as const;
const at = "2025-09-17T04:43:00.000Z";

/** 回線の上の一通。 */
interface Letter {
  id: string;
  draft: SaveDraft;
  /** 預かる側に着いたときの答え。まだ着いていなければ undefined。 */
  result: DraftSaved | DeskRefusal | undefined;
  answer: (reply: DraftSaved) => void;
  fail: (error: unknown) => void;
  /** 画面は、もう答えを待っていない。 */
  over: boolean;
}

type Kept = KeptDraft & { draft: SaveDraft };

function makeServer() {
  const rows = new Map<string, Kept>();
  const line: Letter[] = [];
  function take(letter: Letter): void {
    if (letter.result !== undefined) return;
    const { id, draft } = letter;
    const before = rows.get(id);
    const given = { version: draft.version, screen: draft.screen ?? "", saveNo: draft.saveNo ?? 0 };
    const judged = judgeSave(before, given);
    const version = before?.version ?? 0;
    if (judged === "conflict") {
      const detail = { version, screen: before?.screen ?? "" };
      letter.result = new DeskRefusal({ code: "CONFLICT", message: "", detail });
      return;
    }
    if (judged === "write")
      rows.set(id, { version: version + 1, screen: given.screen, save_no: given.saveNo, draft });
    letter.result = { savedAt: at, version: rows.get(id)?.version ?? 0 };
  }
  function reply(letter: Letter): void {
    take(letter);
    if (letter.over || letter.result === undefined) return;
    letter.over = true;
    if (letter.result instanceof DeskRefusal) letter.fail(letter.result);
    else letter.answer(letter.result);
  }
  /** 画面には届かない。預かる側には、もう着いたか、あとから着くか、着かない。 */
  function lose(letter: Letter): void {
    if (letter.over) return;
    letter.over = true;
    letter.fail(new DeskUnreachable());
  }
  const client = {
    saveDraft: (id: string, draft: SaveDraft) =>
      new Promise<DraftSaved>((answer, fail) => {
        line.push({ id, draft: structuredClone(draft), result: undefined, answer, fail, over: false });
      }),
    dropDraft: async (id: string) => void rows.delete(id),
  } as unknown as DeskClient;
  /** 回線が直り、待っている通がみな着いて、送り直しも済む。 */
  async function settle(): Promise<void> {
    for (let round = 0; round < 12; round += 1) {
      for (const letter of line.splice(0)) reply(letter);
      await vi.advanceTimersByTimeAsync(16_000);
    }
  }
  return { rows, line, client, take, reply, lose, settle };
}

function sit(server: ReturnType<typeof makeServer>, draftId: string): DeskStore & { close: () => void } {
  const store = deskStore(openDesk(draftId, { fields: emptyFields, filter }));
  return { ...store, close: keepDraft(store, server.client) };
}

function typeIn(store: DeskStore, text: string): void {
  store.dispatch({ type: "field", name: "memo", value: store.get().fields.memo + text });
}

let page: EventTarget;
beforeEach(() => {
  vi.useFakeTimers();
  page = new EventTarget();
  setMaxListeners(0, page);
  const kept = new Map<string, string>();
  vi.stubGlobal("document", Object.assign(new EventTarget(), { hidden: false }));
  vi.stubGlobal("window", page);
  vi.stubGlobal("sessionStorage", {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
    removeItem: (key: string) => kept.delete(key),
  });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant("type" as const), at: fc.nat(9) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant("wait" as const), at: fc.nat(9) }) },
  ...(["take", "reply", "lose", "leave", "call", "resume", "book", "overtake"] as const).map((name) => ({
    weight: name === "take" || name === "reply" || name === "lose" ? 3 : 1,
    arbitrary: fc.record({ do: fc.constant(name), at: fc.nat(9) }),
  })),
);

test("６(2)ア 画面が一つなら、答えが遅れても、追い越しても、届かなくても、「ほかの画面」とは言わず、最後に打ったものが残る", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
      const server = makeServer();
      const store = sit(server, "d0");
      let count = 0;
      const booked = new Set<string>();
      const lost = new Set<string>();
      for (const { do: what, at: n } of steps) {
        count += 1;
        const letter = server.line[n % Math.max(1, server.line.length)];
        const state = store.get();
        if (what === "type") typeIn(store, `${count}、`);
        else if (what === "wait") await vi.advanceTimersByTimeAsync(n * 300);
        else if (what === "leave") page.dispatchEvent(new Event("pagehide"));
        else if (what === "call") store.dispatch({ type: "startCall", at, draftId: `d${count}` });
        else if (what === "resume") {
          const [draft] = state.drafts;
          if (draft) store.dispatch({ type: "resume", draft, at });
        } else if (what === "book") {
          // 予約の送りから答えまで。預かる側では、同じ取引で下書きが消える。
          store.dispatch({ type: "busy", what: "book" });
          await vi.advanceTimersByTimeAsync(n * 300);
          booked.add(state.draftId);
          book(store, server, `d${count}`);
        } else if (letter && what === "overtake") server.line.reverse();
        else if (letter && what === "take") server.take(letter);
        else if (letter && what === "reply") server.reply(letter);
        else if (letter && what === "lose") {
          lost.add(letter.id);
          server.lose(letter);
        }
        await vi.advanceTimersByTimeAsync(0);
        expect(store.get().saving).not.toBe("conflict");
        expect(store.get().word?.text ?? "").not.toContain("ほかの画面");
      }
      await server.settle();
      const state = store.get();
      expect(state.saving).not.toBe("conflict");
      const kept = server.rows.get(state.draftId);
      if (kept || state.fields.memo !== "") expect(textOf(kept?.draft)).toBe(bodyText(state));
      for (const parked of state.drafts)
        expect(textOf(server.rows.get(parked.id)?.draft)).toBe(textOf(parked));
      // 予約になった受付は、遅れて届いた保存でよみがえらない（画面が待つのをやめた通の分は、毎時の掃除 sweepDrafts が消す）。
      for (const id of booked) if (!lost.has(id)) expect(server.rows.has(id)).toBe(false);
      store.close();
    }),
    { numRuns: 1000 },
  );
});

/** 版を除いた中身。 */
function textOf(draft: SaveDraft | OpenDraft | undefined): string | undefined {
  if (draft === undefined) return undefined;
  const call = { startedAt: draft.callStartedAt ?? null, endedAt: draft.callEndedAt ?? null };
  return JSON.stringify(draftBody({ fields: draft.fields, chosen: draft.classId ?? null, call }));
}

test("６(2)ア 予約と行き違った自動保存が断られても、「予約しました」を「ほかの画面」で消さない", async () => {
  const server = makeServer();
  const store = sit(server, "d");
  typeIn(store, "一。");
  await vi.advanceTimersByTimeAsync(1500);
  for (const letter of server.line.splice(0)) server.reply(letter);
  await vi.advanceTimersByTimeAsync(0);
  // 二通めが回線にあるうちに予約が済み、預かる側では下書きが消えている。
  typeIn(store, "二。");
  await vi.advanceTimersByTimeAsync(1500);
  expect(server.line).toHaveLength(1);
  book(store, server, "next");
  await server.settle();
  expect(store.get()).toMatchObject({ draftId: "next", saving: "idle" });
  expect(store.get().word?.text).toContain("予約しました");
  expect(server.rows.has("d")).toBe(false);
  store.close();
});

test("予約を送っているあいだは、自動保存を送らない。断られたら、また送る", async () => {
  const server = makeServer();
  const store = sit(server, "d");
  typeIn(store, "一。");
  store.dispatch({ type: "busy", what: "book" });
  await vi.advanceTimersByTimeAsync(5000);
  expect(server.line).toHaveLength(0);
  store.dispatch({ type: "refused", faults: [], word: { tone: "late", text: "電話番号がまだです。" } });
  await server.settle();
  expect(server.rows.get("d")?.draft.fields.memo).toBe("一。");
  store.close();
});

/** 予約が書かれ（同じ取引で下書きが消え）、答えが届く。 */
function book(store: DeskStore, server: ReturnType<typeof makeServer>, draftId: string): void {
  server.rows.delete(store.get().draftId);
  const posting = { deadline: at, inTime: true, daysLeft: 1, arrives: null };
  const receipt = { id: `b-${draftId}`, number: "0001", classId: "c", undoUntil: at, posting };
  store.dispatch({ type: "booked", receipt, draftId, changed: false });
}

test("画面が二つなら、あとから書いた方に必ず言い、「この内容で保存」まで相手の内容を消さない", async () => {
  await fc.assert(
    fc.asyncProperty(fc.boolean(), fc.boolean(), async (firstWins, lost) => {
      const server = makeServer();
      const one = sit(server, "d");
      typeIn(one, "はじめ。");
      await server.settle();
      const two = sit(server, "other");
      const row = server.rows.get("d");
      if (!row) throw new Error("預かっていない");
      two.dispatch({
        type: "resume",
        draft: { ...row.draft, version: row.version, id: "d", savedAt: at },
        at,
      });
      await server.settle();
      const [early, late] = firstWins ? [one, two] : [two, one];
      typeIn(early, "先。");
      await vi.advanceTimersByTimeAsync(1500);
      for (const letter of server.line) server.take(letter);
      // 先に書いた方へ答えが届かなくても、ほかの画面の仕業とは言わない。
      if (lost) for (const letter of server.line) server.lose(letter);
      await server.settle();
      typeIn(late, "後。");
      await server.settle();
      expect([early.get().saving, late.get().saving]).toEqual(["idle", "conflict"]);
      expect(late.get().word?.text).toContain("ほかの画面でも変わっています");
      expect(server.rows.get("d")?.draft.fields.memo).toBe("はじめ。先。");
      late.dispatch({ type: "overwrite" });
      await server.settle();
      expect(late.get().saving).toBe("idle");
      expect(server.rows.get("d")?.draft.fields.memo).toBe("はじめ。後。");
      one.close();
      two.close();
    }),
    { numRuns: 8 },
  );
});

test("読み直す前の最後の一通が、開いたあとに届いても、ほかの画面とは言わない", async () => {
  const server = makeServer();
  const before = sit(server, "d");
  typeIn(before, "はじめ。");
  await server.settle();
  const seen = server.rows.get("d");
  if (!seen) throw new Error("預かっていない");
  typeIn(before, "閉じぎわ。");
  page.dispatchEvent(new Event("pagehide"));
  before.close();
  const after = sit(server, "new");
  after.dispatch({
    type: "resume",
    draft: { ...seen.draft, version: seen.version, id: "d", savedAt: at },
    at,
  });
  for (const letter of server.line) server.take(letter);
  typeIn(after, "開いてから。");
  await server.settle();
  expect(after.get().saving).toBe("idle");
  expect(server.rows.get("d")?.draft.fields.memo).toBe("はじめ。開いてから。");
  after.close();
});

test("打ち続けていても、五秒ごとには預ける", async () => {
  const server = makeServer();
  const store = sit(server, "d");
  for (let n = 0; n < 24; n += 1) {
    typeIn(store, "あ");
    await vi.advanceTimersByTimeAsync(500);
    for (const letter of server.line.splice(0)) server.reply(letter);
  }
  expect(server.rows.get("d")?.version).toBe(2);
  store.close();
});
