import fc from "fast-check";
import { expect, test } from "vitest";
import { dayOf, type Instant, instantOf } from "../base/time.ts";
import { closedReason } from "../japan/business-day.ts";
import { addDays } from "../japan/day.ts";
import { obligationSchema } from "../terms/obligation.ts";
import { duties, fact } from "../testing/duty-fixture.ts";
import { citesClause } from "./cited-clause.ts";
import { type DutyState, type Fact, stateOf } from "./duty.ts";
import { titleOf } from "./duty-title.ts";
import { deriveDuties, owed } from "./owed.ts";

const now = instantOf("2025-09-22", "13:00");
const all = (obligations: string, facts: Fact[] = [], at: Instant = now) => {
  const blueprint = duties(obligations);
  return owed(blueprint, facts, blueprint.calendar, at);
};
const short = (items: ReturnType<typeof all>) =>
  items.map((one) => [one.key, one.state, one.due?.slice(0, 16)]);

const complaint = `
  - { id: report, clause: c1, actor: 責任者, verb: 報告, object: クレームの内容, quote: 翌営業日中に報告すること。,
      when: [{ event: complaint.recorded }],
      due: { text: 翌営業日中, rule: { businessDays: 1 } },
      done: [{ event: filing.submitted, with: { form: complaint-report }, same: about }], blocks: [completion] }`;

test("６(9) クレームは翌営業日中。連休をまたげば休みは数えず、そう言う", () => {
  const facts = [fact("complaint.recorded", "2025-09-19", "15:00", { about: "k1" })];
  const [item] = all(complaint, facts);
  expect(item).toMatchObject({ key: "report@k1", state: "due", due: instantOf("2025-09-22", "16:00") });
  expect(item?.how).toEqual([
    "起点 令和7年9月19日（金）",
    "翌営業日中 9月22日（月）（9月20日 土曜日、9月21日 日曜日は数えません）",
  ]);
  expect(all(complaint, facts, instantOf("2025-09-22", "16:01"))[0]?.state).toBe("late");
});

test("６(9) 出せば答え待ち、受領で済み。差戻しと取下げは、また「いま」に戻る", () => {
  const recorded = fact("complaint.recorded", "2025-09-19", "15:00", { about: "answers/complaint/k1" });
  const filed = fact("filing.submitted", "2025-09-22", "10:00", {
    about: "f1",
    form: "complaint-report",
    obligation: "report@k1",
  });
  const answered = (outcome: string) =>
    fact("filing.answered", "2025-09-22", "11:00", { about: "f1", outcome });
  const state = (...more: Fact[]) => all(complaint, [recorded, filed, ...more])[0];
  expect(state()).toMatchObject({ state: "waiting", proofs: [{ about: "f1" }] });
  expect(state(answered("received"))?.state).toBe("done");
  expect(state(answered("returned"))?.state).toBe("due");
  expect(
    state(answered("received"), fact("filing.withdrawn", "2025-09-22", "12:00", { about: "f1" }))?.state,
  ).toBe("due");
});

test("６(9) 出し直した届出の片方を取り下げても、受領されたほうが残る。受領を待つほうも残る", () => {
  const recorded = fact("complaint.recorded", "2025-09-19", "15:00", { about: "answers/complaint/k1" });
  const filed = (about: string, hour: string) =>
    fact("filing.submitted", "2025-09-22", hour, {
      about,
      form: "complaint-report",
      obligation: "report@k1",
    });
  const received = (about: string, hour: string) =>
    fact("filing.answered", "2025-09-22", hour, { about, outcome: "received" });
  const gone = (about: string) => fact("filing.withdrawn", "2025-09-22", "12:00", { about });
  const item = (...more: Fact[]) => all(complaint, [recorded, filed("f1", "09:00"), ...more])[0];
  expect(item(received("f1", "10:00"), filed("f2", "11:00"), gone("f2"))).toMatchObject({
    state: "done",
    proofs: [{ about: "f1" }, { about: "f1" }],
  });
  expect(item(received("f1", "10:00"), filed("f2", "11:00"), gone("f1"))).toMatchObject({
    state: "waiting",
    proofs: [{ about: "f2" }],
  });
  expect(item(filed("f2", "11:00"), gone("f2"))).toMatchObject({
    state: "waiting",
    proofs: [{ about: "f1" }],
  });
  expect(item(filed("f2", "11:00"), gone("f2"), received("f1", "12:30"))?.state).toBe("done");
});

test("翌月末が土曜なら、前の開庁日に。決まりごとに動かし、動かさなくても言う", () => {
  const of = (closedDay: string) =>
    all(`
  - { id: final, clause: c1, actor: 受託者, verb: 納品, object: 業務完了報告書, quote: 第三期の業務完了後の翌月末,
      when: [{ at: last-term-end }], due: { text: 翌月末, rule: { endOf: next-month }, closedDay: ${closedDay} } }`)[0];
  expect(of("before")).toMatchObject({ due: instantOf("2026-01-30", "16:00") });
  expect(of("before")?.how.at(-1)).toBe("1月31日（土）は土曜日のため、前の開庁日 1月30日（金）");
  expect(of("next")?.how.at(-1)).toBe("1月31日（土）は土曜日のため、翌開庁日 2月2日（月）");
  expect(of("none")).toMatchObject({ due: instantOf("2026-01-31", "16:00"), state: "ahead" });
  expect(of("none")?.how.at(-1)).toBe("1月31日（土）は土曜日ですが、期限は動かしません");
});

test("７(3) 毎月の分は、名指しがなければ古い月から果たす", () => {
  const monthly = `
  - { id: monthly, clause: c1, actor: 保護管理者, verb: 提出, object: 様式１, quote: 毎月の業務完了後に提出すること。,
      when: [{ each: month }], due: { text: 毎月, rule: { businessDays: 5 } },
      done: [{ event: filing.submitted, with: { form: monthly }, same: period, awaits: none }] }`;
  const file = (day: string, about: string, more = {}) =>
    fact("filing.submitted", day, "10:00", { about, form: "monthly", ...more });
  expect(
    short(all(monthly, [file("2025-07-04", "a"), file("2025-08-05", "b", { period: "2025-07" })])).slice(
      0,
      4,
    ),
  ).toEqual([
    ["monthly@2025-06", "done", "2025-07-07T07:00"],
    ["monthly@2025-07", "done", "2025-08-07T07:00"],
    ["monthly@2025-08", "late", "2025-09-05T07:00"],
    ["monthly@2025-09", "due", "2025-10-07T07:00"],
  ]);
});

test("続く義務は、表明で緑、見直しを過ぎて黄、契約の終わりで止まる", () => {
  const standing = `
  - { id: cost, clause: c1, actor: 受託者, verb: 負担, quote: 費用は受託者の負担とすること。, nature: standing, review: { months: 3 } }`;
  const attested = fact("obligation.attested", "2025-07-01", "10:00", { key: "cost" });
  expect(all(standing)[0]?.state).toBe("due");
  expect(all(standing, [attested], instantOf("2025-09-30", "12:00"))[0]?.state).toBe("done");
  expect(all(standing, [attested], instantOf("2025-10-02", "12:00"))[0]?.state).toBe("due");
  expect(all(standing, [attested], instantOf("2026-03-02", "12:00"))[0]?.state).toBe("done");
  const taken = fact("obligation.retracted", "2025-07-02", "10:00", { key: "cost", entry: attested.id });
  expect(all(standing, [attested, taken])[0]?.state).toBe("due");
});

test("特記17 解除で、返還・消去・引継ぎが直ちに生じ、これからの回は消え、長く続く義務は残る", () => {
  const given = `
  - { id: erase, clause: c1, actor: 受託者, verb: 消去, quote: 返還し、又は消去しなければならない。, when: [{ at: contract-end }], due: { rule: { days: 14 } }, onEnd: true }
  - { id: final, clause: c1, actor: 受託者, verb: 納品, quote: 翌月末, when: [{ at: last-term-end }] }
  - { id: secret, clause: c1, actor: 受託者, verb: 保持, quote: 契約終了後も同様とする。, nature: prohibition, outlives: true }`;
  const ended = fact("contract.ended", "2025-09-22", "10:00", { on: "2025-09-22", early: true });
  expect(short(all(given, [ended]))).toEqual([
    ["erase@ended", "late", "2025-09-22T02:00"],
    ["final", "never", undefined],
    ["secret", "due", undefined],
  ]);
});

test("委託者の義務は遅れても赤くせず、免じられたものと保管の過ぎたものは灰", () => {
  const given = `
  - { id: faq, clause: c1, actor: 委託者, verb: 提供, quote: 委託者から提供する。, nature: client, due: { rule: { days: 5 } } }
  - { id: log, clause: c1, actor: 受託者, verb: 保管, quote: 契約期間終了後１年以上保管, nature: standing, outlives: true, due: { rule: { keep: { years: 1 } } } }
  - { id: own, clause: c1, actor: 受託者, verb: 報告, quote: 報告すること。, when: [{ asked: true }], due: { rule: { word: promptly } } }`;
  const raised = fact("obligation.raised", "2025-09-16", "10:00", { obligation: "own" });
  const items = all(given, [
    raised,
    fact("obligation.waived", "2025-09-17", "10:00", { key: `own@${raised.id}` }),
  ]);
  expect(short(items)).toEqual([
    ["faq", "due", "2025-06-21T07:00"],
    ["log", "due", undefined],
    [`own@${raised.id}`, "never", "2025-09-19T07:00"],
  ]);
  expect(items[1]).toMatchObject({ keepUntil: "2027-02-28" });
});

const request = `
  - { id: approval, clause: c2, actor: 受託者, verb: 得る, object: 再委託の承認, quote: 事前に承認を得ること。,
      when: [{ asked: true }], due: { rule: { businessDays: 3 } },
      done: [{ event: filing.submitted, with: { form: subcontract-approval } }], form: subcontract-approval }`;

test("11 再委託 起きたと言わずに出した申請も、その条項を生じさせ、承認で証跡になる。取下げ・不承認なら生じなかったことに、差戻しなら残る", () => {
  const asked = (about: string, hour: string, more: object = { clause: "9" }) =>
    fact("filing.submitted", "2025-09-16", hour, { about, form: "subcontract-approval", ...more });
  const answered = (about: string, hour: string, outcome: string) =>
    fact("filing.answered", "2025-09-17", hour, { about, outcome });
  const key = (about: string) => `approval@${about}`;
  const states = (...facts: Fact[]) => all(request, facts).map((one) => [one.key, one.state]);
  expect(states()).toEqual([]);
  expect(states(asked("f1", "10:00"))).toEqual([[key("f1"), "waiting"]]);
  const done = all(request, [asked("f1", "10:00"), answered("f1", "11:00", "approved")]);
  expect(done).toMatchObject([{ state: "done", proofs: [{ about: "f1" }, { about: "f1" }] }]);
  // 義務を名指して出したものは、条項の書き方によらない。ほかの条項の申請は、この条項を生じさせない。
  expect(states(asked("f1", "10:00", { obligation: "approval" }))).toEqual([[key("f1"), "waiting"]]);
  expect(states(asked("f1", "10:00", { clause: "10" }))).toEqual([]);
  expect(states(asked("f1", "10:00", { form: "other" }))).toEqual([]);
  // 不承認と取下げは、もう求められていない。差戻しは、直して出し直すまで残り、新しい申請がそれを果たす。
  expect(states(asked("f1", "10:00"), answered("f1", "11:00", "refused"))).toEqual([]);
  const gone = fact("filing.withdrawn", "2025-09-17", "12:00", { about: "f1" });
  expect(states(asked("f1", "10:00"), gone)).toEqual([]);
  const back = [asked("f1", "10:00"), answered("f1", "11:00", "returned")];
  expect(states(...back)).toEqual([[key("f1"), "late"]]);
  const again = fact("filing.submitted", "2025-09-18", "10:00", {
    ...{ about: "f2", form: "subcontract-approval", clause: "9" },
  });
  expect(states(...back, again)).toEqual([[key("f1"), "waiting"]]);
  // 先に起きたと言ってあれば、その回のもの。二つ目の申請は、自分の回になる。
  const raised = fact("obligation.raised", "2025-09-12", "10:00", { id: "r1", obligation: "approval" });
  expect(states(raised, asked("f1", "10:00"))).toEqual([[key("r1"), "waiting"]]);
  expect(states(raised, asked("f1", "10:00"), asked("f2", "11:00"))).toEqual([
    [key("r1"), "waiting"],
    [key("f2"), "waiting"],
  ]);
});

test.each([
  ["11", "11", true],
  ["１１", "11", true],
  ["特記7", "特記/第7条2", true],
  ["特記7(3)", "特記/第7条3", true],
  ["特記事項 第７条第３項", "特記/第7条3", true],
  ["11、特記7(2)", "特記/第7条2", true],
  ["別紙1 5(12)", "別紙1/5(12)", true],
  ["10(2)ア", "10(2)ア", true],
  ["11", "1", false],
  ["1", "11", false],
  ["7(2)", "特記/第7条2", false],
  ["特記7(3)", "特記/第7条2", false],
  ["特記7(3)", "特記/第7条", false],
  ["", "11", false],
])("届出の条項「%s」と、条項の番号「%s」", (cited, number, same) => {
  expect(citesClause(cited, number)).toBe(same);
});

const kinds = [
  "complaint.recorded",
  "filing.submitted",
  "filing.answered",
  "filing.withdrawn",
  "obligation.evidenced",
  "obligation.waived",
];
const anyFact = fc.record({
  kind: fc.constantFrom(...kinds),
  day: fc.integer({ min: 1, max: 30 }),
  about: fc.constantFrom("k1", "k2", "f1", "f2"),
  key: fc.constantFrom("report@k1", "report@k2"),
  outcome: fc.constantFrom("received", "returned"),
});

test("記録の順によらず、同じ答えになる。期限は休みに当たらず、生じた日より後", () => {
  fc.assert(
    fc.property(fc.array(anyFact, { maxLength: 12 }), fc.infiniteStream(fc.nat()), (given, order) => {
      const facts = given.map((one, at) =>
        fact(one.kind, `2025-09-${String(one.day).padStart(2, "0")}`, "10:00", {
          ...{ id: `e${at}`, about: one.about, form: "complaint-report", outcome: one.outcome },
          ...(one.kind.startsWith("obligation.")
            ? { key: one.key }
            : one.kind === "filing.submitted"
              ? { obligation: one.key }
              : {}),
        }),
      );
      const shuffled = facts.toSorted(() => ((order.next().value ?? 0) % 2 === 0 ? 1 : -1));
      const items = all(complaint, facts);
      expect(all(complaint, shuffled)).toEqual(items);
      const blueprint = duties(complaint);
      for (const { due, since } of items) {
        if (due === null) throw new Error("a complaint always has a due date");
        expect(closedReason(blueprint.calendar, dayOf(due))).toBeUndefined();
        expect(due > since).toBe(true);
      }
    }),
  );
});

const spans = fc.oneof(
  ...["businessDays", "days", "weeks", "months"].map((unit) =>
    fc.integer({ min: 0, max: 14 }).map((n) => ({ [unit]: n })),
  ),
);
const anchors = fc.constantFrom("trigger", "contract-start", "contract-end", "term-end", "event-day");
const rules = fc.oneof(
  spans,
  fc.constant("none"),
  fc.integer({ min: 0, max: 400 }).map((n) => ({ date: addDays("2025-04-01", n) })),
  fc
    .constantFrom("day", "month", "next-month", "quarter", "fiscal-year", "contract")
    .map((endOf) => ({ endOf })),
  fc.record({ dayOfMonth: fc.integer({ min: 1, max: 31 }), next: fc.integer({ min: 0, max: 2 }) }),
  fc.constantFrom("promptly", "withoutDelay").map((word) => ({ word })),
  fc.record({ before: spans, of: anchors }),
  fc.record({ after: spans, of: anchors }),
  anchors.map((by) => ({ by })),
);
const anyObligation = fc.record({
  when: fc.constantFrom(
    [{ at: "contract-start" }],
    [{ at: "contract-end" }],
    [{ each: "month" }],
    [{ each: "term", from: "start" }],
    [{ event: "meeting.fixed" }, { event: "meeting.moved" }],
    [{ event: "complaint.recorded" }],
    [{ asked: true }],
    [{ asked: true }, { event: "complaint.recorded" }],
  ),
  due: fc.record({ rule: rules, closedDay: fc.constantFrom("before", "next", "none") }),
  done: fc.constantFrom(
    [],
    [{ event: "filing.submitted", with: { form: "complaint-report" }, same: "about" }],
    [{ event: "meeting.sent" }],
  ),
  nature: fc.constantFrom("act", "act", "act", "standing", "client"),
  onEnd: fc.boolean(),
});
const moreKinds = [
  ...kinds,
  "meeting.fixed",
  "meeting.moved",
  "meeting.sent",
  "obligation.attested",
  "contract.ended",
];
const anyMoment = fc.record({
  kind: fc.constantFrom(...moreKinds),
  day: fc.integer({ min: 0, max: 250 }),
  about: fc.constantFrom("k1", "k2", "f1"),
  on: fc.integer({ min: 0, max: 300 }),
  key: fc.constantFrom("o0", "o1@k1", "o2@2025-07", "o3"),
  obligation: fc.constantFrom("o0", "o1", "o2@f1", undefined),
  clause: fc.constantFrom("6(9)", "9", undefined),
  outcome: fc.constantFrom("received", "returned", "refused"),
});

function worldOf(drafts: readonly object[], moments: readonly { day: number; on: number; kind: string }[]) {
  const blueprint = {
    ...duties(""),
    obligations: drafts.map((one, at) =>
      obligationSchema.parse({
        id: `o${at}`,
        clause: "c1",
        actor: "受託者",
        verb: "報告",
        quote: "報告する。",
        ...one,
      }),
    ),
  };
  const facts = moments.map(({ kind, day, on, ...more }, at) =>
    fact(kind, addDays("2025-06-16", day), "10:00", {
      ...{ id: `e${at}`, form: "complaint-report", ...more },
      ...(kind.startsWith("meeting.") ? { day: addDays("2025-06-16", on) } : {}),
      ...(kind === "contract.ended" ? { on: addDays("2025-06-16", day), early: on % 2 === 0 } : {}),
    }),
  );
  return { blueprint, facts };
}

/** 一回分の色が、時とともに進む順。戻るのは、表明が見直しを過ぎたときだけ。 */
const forward: Readonly<Record<DutyState, number>> = {
  ahead: 0,
  due: 1,
  late: 2,
  waiting: 3,
  done: 3,
  never: 3,
};

test("どんな義務・期限・休みの決まりでも: 番号は一つずつ、休みに当たらず、色は一つで後へ戻らず、一つずつ数えても同じ", () => {
  fc.assert(
    fc.property(
      fc.array(anyObligation, { minLength: 1, maxLength: 6 }),
      fc.array(anyMoment, { maxLength: 10 }),
      fc.integer({ min: 0, max: 300 }),
      (drafts, moments, day) => {
        const { blueprint, facts } = worldOf(drafts, moments);
        const { calendar } = blueprint;
        const duties = deriveDuties(blueprint, facts, calendar);
        expect(new Set(duties.map(({ key }) => key)).size).toBe(duties.length);
        const byId = new Map(blueprint.obligations.map((one) => [one.id, one]));
        const at = instantOf(addDays("2025-06-16", day), "12:00");
        for (const duty of duties) {
          const { due } = byId.get(duty.obligation) ?? {};
          if (duty.due !== null && due?.closedDay !== "none" && duty.subject !== "ended")
            expect(closedReason(calendar, dayOf(duty.due))).toBeUndefined();
          const [now, then] = [
            stateOf(duty, at),
            stateOf(duty, instantOf(addDays("2025-06-16", day + 9), "12:00")),
          ];
          if (duty.expires === null) expect(forward[then]).toBeGreaterThanOrEqual(forward[now]);
          // 「起きたとき」の義務は、起きたと言うか、それを果たす届出を出すかで、はじめて生じる。
          const { when = [] } = byId.get(duty.obligation) ?? {};
          if (when.every((one) => "asked" in one) && duty.subject !== "ended")
            expect(facts.some((one) => one.kind === "filing.submitted" && one.about === duty.subject)).toBe(
              true,
            );
          if (duty.outcome === "open" || duty.outcome === "void") expect(duty.proofs).toEqual([]);
          if (duty.outcome === "done" || duty.outcome === "waiting")
            expect(duty.proofs.length).toBeGreaterThan(0);
        }
        for (const id of byId.keys())
          expect(deriveDuties(blueprint, facts, calendar, new Set([id]))).toEqual(
            duties.filter((one) => one.obligation === id),
          );
        const other = fact("booking.taken", "2025-07-01", "10:00", { about: "b1" });
        expect(deriveDuties(blueprint, [...facts, other, ...facts], calendar)).toEqual(duties);
      },
    ),
    { numRuns: 300 },
  );
}, 60_000);

test("一万の義務を一度に数えても、失わず、足さず、一つずつ数えたものと同じ", () => {
  const [drafts, moments] = fc.sample(
    fc.tuple(
      fc.array(anyObligation, { minLength: 100, maxLength: 100 }),
      fc.array(anyMoment, { minLength: 12, maxLength: 12 }),
    ),
    { numRuns: 1, seed: 4 },
  )[0] ?? [[], []];
  const many = Array.from({ length: 10_000 }, (_, at) => drafts[at % drafts.length] ?? {});
  const { blueprint, facts } = worldOf(many, moments);
  const duties = deriveDuties(blueprint, facts, blueprint.calendar);
  const counts = Map.groupBy(duties, ({ obligation }) => obligation);
  for (const one of [0, 99, 4_321, 9_999])
    expect(deriveDuties(blueprint, facts, blueprint.calendar, new Set([`o${one}`]))).toEqual(
      counts.get(`o${one}`) ?? [],
    );
  // 同じ形の義務は、名指しされたもの（o0–o3）のほかは、同じ回だけ生じ、同じ期限と色になる。
  const shape = (at: number) =>
    (counts.get(`o${at}`) ?? []).map(({ subject, due, outcome }) => [subject, due, outcome]);
  for (let at = 200; at < 10_000; at++) expect(shape(at)).toEqual(shape(100 + (at % 100)));
}, 60_000);

test.each([
  ["クレームの内容", "報告", "クレームの内容の報告"],
  ["書面による委託者の承諾", "得る", "書面による委託者の承諾を得る"],
  ["委託者からの指示", "仰ぐ", "委託者からの指示を仰ぐ"],
  ["事故についての委託者の指示", "従う", "事故についての委託者の指示に従う"],
  ["ごみ減量及びリサイクル", "努める", "ごみ減量及びリサイクルに努める"],
  ["安全管理措置", "見直し", "安全管理措置の見直し"],
  ["実施可能な提案", "とする", "実施可能な提案とする"],
  ["", "協議", "協議"],
])("義務の名は日本語として読める（%s ＋ %s）", (object, verb, title) => {
  expect(titleOf({ object, verb })).toBe(title);
});
