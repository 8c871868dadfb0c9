// @engine both
import fc from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Actor, systemActor } from "../base/actor.ts";
import { instantOf } from "../base/time.ts";
import { numberAllEvents } from "../platform/number-events.ts";
import { openContract } from "../terms/open-contract.ts";
import { replaceBlueprint } from "../terms/replace-blueprint.ts";
import { startContract } from "../terms/start-contract.ts";
import { dutyYaml } from "../testing/duty-fixture.ts";
import { openDesk, type TestDesk } from "../testing/open-desk.ts";
import { catchUpOwed, rebuildOwed } from "./catch-up-owed.ts";
import { listFacts } from "./fact-store.ts";
import { deriveDuties, kindsOfAll } from "./owed.ts";
import { listDuties } from "./owed-store.ts";

const obligations = `
  - { id: report, clause: c1, actor: 責任者, verb: 報告, quote: 翌営業日中, when: [{ event: task.opened }, { asked: true }],
      due: { rule: { businessDays: 1 } }, done: [{ event: filing.submitted, with: { form: daily }, same: about }] }
  - { id: monthly, clause: c1, actor: 責任者, verb: 提出, quote: 毎月, when: [{ each: month }],
      due: { rule: { endOf: next-month }, closedDay: before }, done: [{ event: filing.submitted, with: { form: monthly } }, { event: task.done, awaits: none }] }
  - { id: cost, clause: c2, actor: 受託者, verb: 負担, quote: 負担, nature: standing, review: { months: 1 } }
  - { id: erase, clause: c2, actor: 受託者, verb: 消去, quote: 消去, when: [{ at: contract-end }], onEnd: true }`;
const holiday = "calendar: { closedDays: [{ day: 2025-09-18, reason: 創立記念日 }] }";

let desk: TestDesk;
let system: Actor;
beforeEach(async () => {
  desk = await openDesk();
  system = systemActor(desk.contract);
  await startContract(desk.office, system, dutyYaml(obligations));
});
afterEach(() => desk.close());

async function record(kind: string, about: string, payload: object): Promise<string> {
  await desk.office.act(system, (tx) => tx.record({ kind, about, payload: { ...payload } }));
  const facts = await listFacts(desk.office.read, desk.contract, [kind]);
  return (
    facts
      .map((fact) => fact.id)
      .sort()
      .at(-1) ?? ""
  );
}

/** 写しと、記録から数えたものが同じ。 */
async function agree(): Promise<void> {
  const { blueprint } = await openContract(desk.office, desk.contract);
  const facts = await listFacts(desk.office.read, desk.contract, kindsOfAll(blueprint));
  const pure = deriveDuties(blueprint, facts, blueprint.calendar);
  const kept = await listDuties(desk.office.read, desk.contract);
  expect(kept.toSorted(byKey)).toEqual(pure.toSorted(byKey));
}
const byKey = (a: { key: string }, b: { key: string }) => (a.key < b.key ? -1 : 1);

const step = fc.oneof(
  fc.record({ act: fc.constant("open"), about: fc.constantFrom("k1", "k2", "k3") }),
  fc.record({
    act: fc.constant("file"),
    about: fc.constantFrom("f1", "f2"),
    form: fc.constantFrom("daily", "monthly"),
    key: fc.constantFrom("report@k1", "monthly@2025-08", "cost", ""),
  }),
  fc.record({
    act: fc.constant("answer"),
    about: fc.constantFrom("f1", "f2"),
    outcome: fc.constantFrom("received", "returned"),
  }),
  fc.record({ act: fc.constant("withdraw"), about: fc.constantFrom("f1", "f2") }),
  fc.record({
    act: fc.constant("mark"),
    kind: fc.constantFrom("obligation.evidenced", "obligation.attested", "obligation.waived"),
    key: fc.constantFrom("report@k1", "monthly@2025-07", "cost"),
  }),
  fc.record({ act: fc.constant("raise"), subject: fc.constantFrom("s1", "s2") }),
  fc.record({
    act: fc.constantFrom("retract", "number", "read", "rebuild", "calendar", "done", "later", "end"),
  }),
);

test("写しは、記録・訂正・取消し・暦の変更のどの並びのあとでも、純粋な関数と同じ", {
  timeout: 60_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 14 }), async (steps) => {
      const marks: string[] = [];
      let more = "";
      for (const one of steps) {
        if (one.act === "open" && "about" in one) await record("task.opened", one.about, {});
        else if (one.act === "file" && "form" in one)
          await record("filing.submitted", one.about, {
            form: one.form,
            ...(one.key === "" ? {} : { obligation: one.key }),
          });
        else if (one.act === "answer" && "outcome" in one)
          await record("filing.answered", one.about, { outcome: one.outcome });
        else if (one.act === "withdraw" && "about" in one) await record("filing.withdrawn", one.about, {});
        else if (one.act === "mark" && "kind" in one)
          marks.push(await record(one.kind, one.key, { key: one.key }));
        else if (one.act === "raise" && "subject" in one)
          await record("obligation.raised", `report@${one.subject}`, {
            obligation: "report",
            subject: one.subject,
          });
        else if (one.act === "retract" && marks.length > 0)
          await record("obligation.retracted", "x", { key: "cost", entry: marks.at(-1) ?? "" });
        else if (one.act === "number") await numberAllEvents(desk.office, "t");
        else if (one.act === "read") await catchUpOwed(desk.office, desk.contract);
        else if (one.act === "rebuild") await rebuildOwed(desk.office, desk.contract);
        else if (one.act === "done") await record("task.done", "k9", {});
        else if (one.act === "end")
          await record("contract.ended", desk.contract, { on: "2025-10-01", early: true });
        else if (one.act === "later") desk.clock.advance(3 * 86_400_000);
        else if (one.act === "calendar") {
          const { blueprintHash } = await openContract(desk.office, desk.contract);
          more = more === "" ? holiday : "";
          const yaml = `${dutyYaml(obligations, more)}# ${desk.clock.systemMs()} ${Math.random()}\n`;
          await replaceBlueprint(desk.office, system, { yaml, before: blueprintHash, reason: "変更契約" });
        }
      }
      await catchUpOwed(desk.office, desk.contract);
      await agree();
    }),
    { numRuns: 25 },
  );
});

test("同じ届出が別の義務を名指して出し直されても、答えはどちらの写しにも届く", async () => {
  await record("task.opened", "k1", {});
  for (const [about, names] of [
    ["f1", ["cost", "report@k1"]],
    ["f2", ["report@k1", "cost"]],
  ] as const) {
    for (const obligation of names) {
      desk.clock.advance(60_000);
      await record("filing.submitted", about, { form: "other", obligation });
    }
    await numberAllEvents(desk.office, "t");
    await catchUpOwed(desk.office, desk.contract);
    desk.clock.advance(60_000);
    await record("filing.answered", about, { outcome: "returned" });
    await catchUpOwed(desk.office, desk.contract);
    await agree();
  }
});

test("同時に読んでも、写しは一つで、二度目は何も書かない", async () => {
  desk.clock.set(instantOf("2025-09-19", "15:00"));
  await record("task.opened", "k1", {});
  await Promise.all([1, 2, 3, 4].map(() => catchUpOwed(desk.office, desk.contract)));
  await agree();
  await numberAllEvents(desk.office, "t");
  await catchUpOwed(desk.office, desk.contract);
  expect(await catchUpOwed(desk.office, desk.contract)).toEqual({ items: 0, facts: 0, whole: false });
});
