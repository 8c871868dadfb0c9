import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  applyChanges,
  approveChanges,
  type BatchState,
  dispatchChanges,
  type NoticeNow,
  printChanges,
  refuseCount,
  refuseRole,
  refuseState,
  sameApprover,
  stateAllows,
  tallyNotices,
  undoChanges,
} from "./batch.ts";

describe("６(5)ア 表１ だれが何をできるか", () => {
  test("作成と発送は OP、承認は SV", () => {
    expect(() => refuseRole("prepare", ["operator"], false)).not.toThrow();
    expect(() => refuseRole("approve", ["supervisor"], false)).not.toThrow();
    for (const act of ["approve", "undo", "return"] as const)
      expect(() => refuseRole(act, ["operator", "manager"], true)).toThrowError(
        expect.objectContaining({ code: "FORBIDDEN", message: expect.stringContaining("SVの役割") }),
      );
    for (const act of ["prepare", "submit", "dispatch"] as const) {
      expect(() => refuseRole(act, ["supervisor"], false)).toThrowError(
        expect.objectContaining({ code: "FORBIDDEN" }),
      );
      expect(() => refuseRole(act, ["supervisor"], true)).not.toThrow();
    }
  });

  test("自分の束は承認できない。兼務が認められていれば承認でき、同じ人と分かる", () => {
    const mine = { made_by: "a", submitted_by: "b" };
    expect(sameApprover(mine, "c", false)).toBe(false);
    for (const me of ["a", "b"]) {
      expect(() => sameApprover(mine, me, false)).toThrowError(expect.objectContaining({ code: "REFUSED" }));
      expect(sameApprover(mine, me, true)).toBe(true);
    }
  });
});

test("状態に合わない行いは、今の状態を言って断る", () => {
  expect(() => refuseState("approve", "sent")).toThrowError(/発送済みなので、承認することはできません/);
  expect(() => refuseState("return", "printing")).toThrowError(/印刷中/);
  expect(() => refuseState("dispatch", "approved")).toThrowError(
    expect.objectContaining({ code: "REFUSED" }),
  );
});

test("投函した数が合わなければ、差を言って断る", () => {
  expect(() => refuseCount(120, 122)).toThrowError(/2通少なく/);
  expect(() => refuseCount(123, 122)).toThrowError(/1通多く/);
  expect(() => refuseCount(122, 122)).not.toThrow();
});

type Step =
  | { do: "submit" | "approve" | "undo" | "return" | "print" | "finish" | "dispatch" }
  | { do: "exclude" | "cancel" | "change" | "accept"; at: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constantFrom("submit", "approve", "undo", "return", "print", "finish", "dispatch") }),
  fc.record({ do: fc.constantFrom("exclude", "cancel", "change", "accept"), at: fc.nat(19) }),
) as fc.Arbitrary<Step>;

/** 束の動きのひな形。動詞と同じ規則の関数だけを使う。 */
class Model {
  state: BatchState = "draft";
  notices: NoticeNow[];
  printedAtStart = 0;
  sent: string[] = [];

  constructor(clean: boolean[]) {
    this.notices = clean.map((one, at) => ({
      id: String(at),
      state: "waiting",
      printed: false,
      booked: true,
      stale: false,
      clean: one,
    }));
  }

  run(one: Step): void {
    if ("at" in one) this.touch(one.do, String(one.at % this.notices.length));
    else this.act(one.do);
  }

  private touch(what: "exclude" | "cancel" | "change" | "accept", id: string): void {
    this.notices = this.notices.map((one) => {
      if (one.id !== id) return one;
      if (what === "cancel") return { ...one, booked: false };
      if (what === "change") return { ...one, stale: true, clean: false };
      const open = one.state === "waiting" || one.state === "approved";
      return what === "exclude" && stateAllows("exclude", this.state) && open
        ? { ...one, state: "excluded" }
        : one;
    });
    if (what === "accept" && stateAllows("approve", this.state)) this.approve(new Set([id]));
  }

  private approve(ids?: ReadonlySet<string>): void {
    this.notices = applyChanges(this.notices, approveChanges(this.notices, ids));
    if (this.notices.some((one) => one.state === "approved")) this.state = "approved";
  }

  private act(what: "submit" | "approve" | "undo" | "return" | "print" | "finish" | "dispatch"): void {
    if (what === "finish") {
      if (this.state === "printing") this.state = "printed";
      return;
    }
    if (!stateAllows(what, this.state)) return;
    if (what === "submit") this.state = "submitted";
    if (what === "approve") this.approve();
    if (what === "undo" || what === "return") {
      this.notices = applyChanges(this.notices, undoChanges(this.notices));
      this.state = what === "undo" ? "submitted" : "returned";
    }
    if (what === "print" && this.state === "approved") {
      this.notices = applyChanges(this.notices, printChanges(this.notices));
      this.printedAtStart = tallyNotices(this.notices).printed;
      this.state = "printing";
    }
    if (what === "dispatch") {
      this.notices = applyChanges(this.notices, dispatchChanges(this.notices));
      this.sent = this.notices.filter((one) => one.printed && one.state === "approved").map((one) => one.id);
      this.state = "sent";
    }
  }
}

test("６(2)オ どの順に何が起きても、承認・印刷・発送の数が突き合う", () => {
  fc.assert(
    fc.property(
      fc.array(fc.boolean(), { minLength: 1, maxLength: 20 }),
      fc.array(step, { maxLength: 40 }),
      (clean, steps) => {
        const model = new Model(clean);
        for (const one of steps) {
          const was = model.state;
          const before = new Map(model.notices.map((n) => [n.id, n]));
          model.run(one);
          const t = tallyNotices(model.notices);
          expect(t.waiting + t.approved + t.excluded + t.withdrawn).toBe(t.made);
          // 外れたもの・抜いたものは、二度と戻らない。
          for (const n of model.notices) {
            const then = before.get(n.id)?.state;
            if (then === "excluded" || then === "withdrawn") expect(n.state).toBe(then);
          }
          if (model.state === "printing" || model.state === "printed" || model.state === "sent") {
            const drawn = model.notices.filter((n) => n.printed && n.state !== "approved").length;
            expect(t.printed).toBe(model.printedAtStart);
            expect(t.printed).toBe(t.toSend + drawn);
            expect(t.approved).toBe(t.toSend);
            expect(t.waiting).toBe(0);
          } else {
            expect(t.printed).toBe(0);
          }
          if (model.state === "sent") expect(model.sent).toHaveLength(t.toSend);
          // 発送したその時に、取り消された予約と、変わったまま刷り直していない内容は含まれない。
          if (was !== "sent" && model.state === "sent")
            for (const n of model.notices)
              if (model.sent.includes(n.id)) expect(n).toMatchObject({ booked: true, stale: false });
        }
      },
    ),
    { numRuns: 300 },
  );
});

test("自分で取り消せる: 承認の取消で、承認した全部が確かめる前に戻る", () => {
  const notices = new Model([true, true, false]).notices;
  const approved = applyChanges(notices, approveChanges(notices));
  expect(approved.map((n) => n.state)).toEqual(["approved", "approved", "waiting"]);
  expect(applyChanges(approved, undoChanges(approved)).map((n) => n.state)).toEqual([
    "waiting",
    "waiting",
    "waiting",
  ]);
});
