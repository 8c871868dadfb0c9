import { describe, expect, test } from "vitest";
import { reduceDesk } from "./desk.ts";
import type { BookingReceipt, DeskFields, OpenDraft, SeatCell, SeatsBoard } from "./desk-api.ts";
import {
  type DeskAction,
  type DeskState,
  draftsToShow,
  draftToSave,
  emptyFields,
  guideOf,
  isDirty,
  isReadBack,
  isSameCaller,
  openDesk,
} from "./desk-state.ts";

const filter = { course: "入門", ward: "北区", period: "am" } as const;
const posting = { deadline: "2025-09-22T06:00:00.000Z", inTime: true, daysLeft: 3, arrives: "2025-09-24" };
const now = "2025-09-17T04:43:00.000Z";

function seat(venueId: string, date: string, free: number): SeatCell {
  const when = { date, start: "10:00", end: "12:00" };
  const rest = { course: "入門", kind: "講習会", capacity: 10, holds: [], posting, started: false };
  return { classId: `${venueId} ${date}`, venueId, free, ...when, ...rest };
}

const board: SeatsBoard = {
  version: "1",
  now,
  courses: ["入門", "基礎"],
  wards: ["北区"],
  days: [],
  venues: [
    { id: "北", name: "北区民センター", note: "", ward: "北区", lat: 43.0904, lng: 141.3407 },
    { id: "麻", name: "麻生", note: "", ward: "北区", lat: 43.108, lng: 141.339 },
  ],
  cells: [seat("北", "2025-10-01", 0), seat("北", "2025-10-02", 3), seat("麻", "2025-10-01", 5)],
  bookedToday: 55,
};

const opened = openDesk("d1", { fields: emptyFields, filter });

function run(from: DeskState, ...actions: DeskAction[]): DeskState {
  return actions.reduce(reduceDesk, from);
}

function typed(fields: Partial<DeskFields>): DeskAction[] {
  return Object.entries(fields).map(([name, value]) => ({ type: "field", name, value }) as DeskAction);
}

const ready = run(opened, { type: "board", board, clientNow: Date.parse(now) });
const caller = {
  name: "小野寺 光子",
  kana: "オノデラ　ミツコ",
  phone: "011-555-4471",
  address: "北区北7条西1",
};
const hold = { id: "h1", classId: "麻 2025-10-01", expiresAt: "2025-09-17T04:48:00.000Z" };
const receipt: BookingReceipt = {
  id: "b1",
  number: "K2-0312",
  classId: hold.classId,
  posting,
  undoUntil: "2025-09-17T04:53:00.000Z",
};

describe("受付デスクの状態", () => {
  test("６(2)ア 満席の回を選ぶと、その場で案内の文ができる", () => {
    expect(guideOf(run(ready, { type: "ask", classId: "北 2025-10-01" }))?.text).toBe(
      "「あいにく北区民センターの10月1日は満席でございます。同じ日でしたら、およそ2キロ先の麻生に5席、北区民センターでしたら翌2日（木）に3席ございます。」",
    );
    expect(guideOf(ready)).toBeNull();
  });

  test("たった今満席になった回は、表の更新を待たずに0席として案内する", () => {
    const fresh = [{ ...seat("北", "2025-10-02", 2) }];
    const word = { tone: "due", text: "" } as const;
    const state = run(ready, { type: "full", classId: "麻 2025-10-01", alternatives: fresh, word });
    expect(state.board?.cells.map((cell) => cell.free)).toEqual([0, 2, 0]);
    expect(guideOf(state)?.text).toContain("北区民センターに2席");
  });

  test("復唱は、席・名前・住所・電話が変われば、やり直しになる", () => {
    const state = run(ready, { type: "held", hold }, ...typed(caller), { type: "readBack" });
    expect(isReadBack(state)).toBe(true);
    expect(isReadBack(run(state, ...typed({ memo: "孫の勧め" })))).toBe(true);
    for (const changed of [{ name: "小野寺 光" }, { phone: "011-555-4472" }, { address: "北区北7条西2" }]) {
      expect(isReadBack(run(state, ...typed(changed)))).toBe(false);
    }
    const other = { ...hold, id: "h2", classId: "北 2025-10-02" };
    expect(isReadBack(run(state, { type: "held", hold: other }))).toBe(false);
  });

  test("仮押さえが切れても、選んだ席と聞き取った言葉は残る", () => {
    const word = { tone: "due", text: "切れました" } as const;
    const state = run(ready, { type: "held", hold }, ...typed(caller), { type: "unheld", word });
    expect(state).toMatchObject({ hold: null, chosen: hold.classId, fields: caller, word });
  });

  test("白紙に戻しても、元に戻せる。掛けてきた番号は消えない", () => {
    const before = run(ready, ...typed({ ...caller, callerNumber: "011-555-4471" }));
    const cleared = run(before, { type: "clear" });
    expect(cleared.fields).toEqual({ ...emptyFields, callerNumber: "011-555-4471" });
    expect(run(cleared, { type: "undo" }).fields).toEqual(before.fields);
    expect(run(ready, { type: "undo" }).word?.text).toContain("ありません");
  });

  test("自動で入った住所は、元に戻せる", () => {
    const fill = { type: "fill", what: "住所の自動入力", patch: { address: "札幌市北区北七条西" } } as const;
    const state = run(ready, ...typed({ address: "北7西3" }), fill);
    expect(state.fields.address).toBe("札幌市北区北七条西");
    expect(run(state, { type: "undo" }).fields.address).toBe("北7西3");
  });

  test("書き方の直しは、そのあいだに人が直した欄には触れない", () => {
    const from = { ...emptyFields, phone: "0115554471", kana: "ｵﾉﾃﾞﾗ" };
    const state = run(ready, ...typed({ phone: "0115554471", kana: "オノデラ ミ" }), {
      type: "formatted",
      patch: { phone: "011-555-4471", kana: "オノデラ" },
      from,
    });
    expect(state.fields).toMatchObject({ phone: "011-555-4471", kana: "オノデラ ミ" });
  });

  test("誤りは、その欄を直したときだけ消える", () => {
    const faults = [
      { field: "kana", message: "漢字が入っています。" },
      { field: "address", message: "番地がありません。" },
    ];
    const state = run(ready, { type: "refused", faults, word: { tone: "late", text: "直してください" } });
    expect(run(state, ...typed({ kana: "オノデラ" })).faults).toEqual([faults[1]]);
  });

  test("預けるものは、版、欄、席、通話の時刻", () => {
    const state = run(ready, { type: "startCall", at: now, draftId: "d2" }, ...typed({ name: "小野寺" }));
    expect(isDirty(state)).toBe(true);
    expect(draftToSave(run(state, { type: "held", hold }))).toEqual({
      version: 0,
      fields: { ...emptyFields, name: "小野寺" },
      classId: hold.classId,
      callStartedAt: now,
    });
  });

  test("預けている間に打った言葉は、まだ預けていないものとして残る", () => {
    const sending = run(ready, ...typed({ name: "小" }), { type: "saving", no: 1 });
    const body = JSON.stringify({ fields: sending.fields });
    const reply = { savedAt: now, version: 1 };
    const saved = run(sending, ...typed({ name: "小野" }), {
      type: "saved",
      draftId: "d1",
      no: 1,
      body,
      reply,
    });
    expect(saved).toMatchObject({ draftVersion: 1, saving: "idle" });
    expect(isDirty(saved)).toBe(true);
  });

  test("途中のまま次の通話を始めると、前の受付は置かれ、あとで続けられる", () => {
    const first = run(ready, { type: "startCall", at: now, draftId: "x" }, ...typed(caller), {
      type: "endCall",
      at: "2025-09-17T04:50:00.000Z",
    });
    const next = run(first, { type: "startCall", at: "2025-09-17T04:51:00.000Z", draftId: "d2" });
    expect(next).toMatchObject({ draftId: "d2", fields: emptyFields, board });
    expect(next.drafts).toMatchObject([{ id: "d1", fields: caller, callStartedAt: now }]);
    // 置いたあとに届いた保存の返事は、置いた受付の版になる。
    const saved = run(next, {
      type: "saved",
      draftId: "d1",
      no: 1,
      body: "",
      reply: { savedAt: now, version: 4 },
    });
    expect(saved).toMatchObject({ draftVersion: 0, drafts: [{ id: "d1", version: 4 }] });
    const parked = saved.drafts[0] as OpenDraft;
    const back = run(saved, { type: "resume", draft: parked, at: now });
    expect(back).toMatchObject({ draftId: "d1", draftVersion: 4, fields: caller, drafts: [] });
  });

  test("掛け直してきた人の続きは、いまの電話で続ける。停電の直後は、同じ電話が続いていると見る", () => {
    const fields = { ...emptyFields, ...caller, callerNumber: "011-555-4471" };
    const draft = { id: "d9", version: 3, savedAt: now, callStartedAt: "2025-09-17T04:40:00.000Z", fields };
    const again = run(
      ready,
      { type: "startCall", at: "2025-09-17T06:00:00.000Z", draftId: "x" },
      ...typed({ callerNumber: "090-1234-5678" }),
      { type: "resume", draft, at: "2025-09-17T06:01:00.000Z" },
    );
    expect(again.call).toEqual({ startedAt: "2025-09-17T06:00:00.000Z", endedAt: null });
    expect(again.fields).toEqual({ ...fields, callerNumber: "090-1234-5678" });
    const crashed = run(ready, { type: "resume", draft, at: "2025-09-17T04:44:00.000Z" });
    expect(crashed.call).toEqual({ startedAt: draft.callStartedAt, endedAt: null });
    const later = run(ready, { type: "resume", draft, at: "2025-09-17T06:00:00.000Z" });
    expect(later.call.endedAt).toBe(now);
  });

  test("仮押さえが延びたら期限だけが変わり、放したあとの返事は捨てる", () => {
    const held = run(ready, { type: "held", hold });
    const extended = { type: "extended", id: "h1", expiresAt: "2025-09-17T04:53:00.000Z" } as const;
    expect(run(held, extended).hold).toEqual({ ...hold, expiresAt: extended.expiresAt });
    expect(run(held, { type: "unheld", word: null }, extended).hold).toBeNull();
  });

  test("電話の前に打った言葉は、通話を始めても消えない", () => {
    const state = run(ready, ...typed({ memo: "先に打った" }), { type: "startCall", at: now, draftId: "d2" });
    expect(state).toMatchObject({ draftId: "d1", drafts: [], fields: { memo: "先に打った" } });
  });

  test("空の受付と、いま開いている受付は、途中の受付として出さない", () => {
    const draft = (id: string, fields: Partial<DeskFields>): OpenDraft => {
      return { id, version: 1, savedAt: now, fields: { ...emptyFields, ...fields } };
    };
    const list = [draft("d1", { name: "開いている" }), draft("d2", {}), draft("d3", { memo: "途中" })];
    expect(run(ready, { type: "drafts", list }).drafts.map((one) => one.id)).toEqual(["d3"]);
  });

  test("同じ番号の途中の受付は、古くても先に見せ、開くと続きから始まる", () => {
    const draft = (id: string, fields: Partial<DeskFields>): OpenDraft => {
      return { id, version: 1, savedAt: now, fields: { ...emptyFields, ...fields } };
    };
    const list = ["d2", "d3", "d4", "d5"].map((id) => draft(id, { memo: id }));
    const mine = draft("d9", { memo: "聞きかけ", callerNumber: "011-555-4471" });
    const state = run(
      ready,
      { type: "drafts", list: [...list, mine] },
      { type: "startCall", at: now, draftId: "d8" },
      ...typed({ callerNumber: "0115554471" }),
    );
    expect(draftsToShow(state).map((one) => one.id)).toEqual(["d9", "d2", "d3", "d4", "d5"]);
    const again = run(state, { type: "resume", draft: mine, at: now });
    expect(again.fields).toMatchObject({ memo: "聞きかけ", callerNumber: "0115554471" });
    expect(again).toMatchObject({ draftId: "d9", call: { startedAt: now } });
  });

  test("同じ番号で掛け直してきた人の途中の受付が分かる。非通知どうしは同じと見ない", () => {
    const draft = { id: "d9", version: 1, savedAt: now, fields: { ...emptyFields, phone: "011-555-4471" } };
    expect(isSameCaller(run(ready, ...typed({ callerNumber: "０１１（５５５）４４７１" })), draft)).toBe(
      true,
    );
    expect(isSameCaller(run(ready, ...typed({ callerNumber: "" })), { ...draft, fields: emptyFields })).toBe(
      false,
    );
  });

  test("予約すると欄は空き、控えが残り、取り消すと言葉が戻る", () => {
    const typing = run(ready, { type: "held", hold }, ...typed({ ...caller, callerNumber: "011-555-4471" }));
    const booked = run(typing, { type: "booked", receipt, draftId: "d2", changed: false });
    expect(booked).toMatchObject({ draftId: "d2", hold: null, chosen: null, busy: null });
    expect(booked.fields).toEqual({ ...emptyFields, callerNumber: "011-555-4471" });
    expect(isDirty(booked)).toBe(false);
    expect(run(booked, { type: "unbooked", id: "b1" })).toMatchObject({ booked: [], fields: caller });
    const typedOn = run(booked, ...typed({ name: "次の人" }), { type: "unbooked", id: "b1" });
    expect(typedOn.fields.name).toBe("次の人");
  });

  test("同じお宅の二人目は、住所と電話だけを引き継ぐ", () => {
    const booked = run(
      ready,
      ...typed(caller),
      { type: "booked", receipt, draftId: "d2", changed: false },
      { type: "sameHome" },
    );
    expect(booked.fields).toMatchObject({ name: "", kana: "", phone: caller.phone, address: caller.address });
  });

  test("毎秒の返事では状態を変えず、つながり直したら変える", () => {
    const tick = { type: "tick", now, clientNow: Date.parse(now) + 200 } as const;
    expect(run(ready, tick)).toBe(ready);
    const lost = run(
      ready,
      { type: "lost", clientNow: 5, out: null },
      { type: "lost", clientNow: 9, out: null },
    );
    expect(lost.lostAt).toBe(5);
    expect(run(lost, tick).lostAt).toBeNull();
  });

  test("なくなった講座や区を選んでいたら、ある講座と全区にする", () => {
    const gone = run(
      openDesk("d1", { fields: emptyFields, filter: { ...filter, course: "応用", ward: "南区" } }),
      {
        type: "board",
        board,
        clientNow: 0,
      },
    );
    expect(gone.filter).toEqual({ course: "入門", ward: "", period: "am" });
  });
});
