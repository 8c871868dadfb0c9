import fc from "fast-check";
import { expect, test } from "vitest";
import type { Consent, ErasureFacts, ErasureState } from "./erasure.ts";
import { stateText, whyNot } from "./erasure.ts";
import { cityClock, reportDue, whyNotClose } from "./incident.ts";

const facts = fc.record<ErasureFacts>({
  state: fc.constantFrom<ErasureState>("planned", "intended", "destroyed", "scrubbed", "cancelled"),
  consent: fc.constantFrom<Consent>("none", "draft", "waiting", "given", "refused"),
  frozen: fc.boolean(),
  plannedDay: fc.constantFrom("2025-09-16", "2025-09-17", "2025-09-18"),
  today: fc.constant("2025-09-17"),
  openCopies: fc.nat(3),
  openRecordings: fc.nat(2),
  witnessMissing: fc.boolean(),
});

test("第13条 どんな様子でも、承諾・予定日・立会い・保全のどれかが欠ければ始められず、始めたら取りやめられない", () => {
  fc.assert(
    fc.property(facts, (one) => {
      const may = whyNot("run", one) === undefined;
      const all =
        one.state === "planned" &&
        one.consent === "given" &&
        !one.frozen &&
        one.plannedDay <= one.today &&
        !one.witnessMissing;
      expect(may).toBe(all);
      if (one.state !== "planned") expect(whyNot("cancel", one)).toBeDefined();
      expect(whyNot("resume", one) === undefined).toBe(one.state === "intended" || one.state === "destroyed");
      if (stateText(one) === "完了")
        expect([one.state, one.openCopies, one.openRecordings]).toEqual(["scrubbed", 0, 0]);
      expect(whyNot("report", one) === undefined).toBe(one.state === "scrubbed");
    }),
  );
});

test("第16条 直ちに・速報・確報の時計と、100人を超えるときの印", () => {
  expect(reportDue("2025-09-17T04:40:00.000Z", 1)).toBe("2025-09-17T05:40:00.000Z");
  const at = "2025-09-17T04:40:00.000Z";
  expect(cityClock(at, false, 100)).toEqual({
    ...{ firstFrom: "2025-09-20", firstTo: "2025-09-22", final: "2025-10-17", large: false },
  });
  expect(cityClock(at, true, 101)).toMatchObject({ final: "2025-11-16", large: true });
  expect(cityClock(at, false, null).large).toBe(false);
});

test("別紙1 6 再発防止と書面の報告がそろうまで、保全を解くまで、終えられない", () => {
  const done: Parameters<typeof whyNotClose>[0] = {
    kind: "leak",
    lane: "client",
    state: "reported",
    frozen: false,
    reportFiled: true,
    prevented: true,
  };
  expect(whyNotClose(done)).toBeUndefined();
  expect(whyNotClose({ ...done, prevented: false })).toContain("再発防止");
  expect(whyNotClose({ ...done, reportFiled: false })).toContain("第16条");
  expect(whyNotClose({ ...done, frozen: true })).toContain("保全");
  expect(whyNotClose({ ...done, lane: "leak", reportFiled: false })).toBeUndefined();
  expect(whyNotClose({ ...done, state: "closed" })).toBeDefined();
});
