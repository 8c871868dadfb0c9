import { expect, test } from "vitest";
import { humanRoles } from "../access/role.ts";
import {
  type FilingKind,
  type FilingState,
  filingKinds,
  kindInfo,
  type Outcome,
  stateAllows,
  stateText,
} from "./filing.ts";
import { answerFaults } from "./filing-answer.ts";
import { refuseBothSides, roleMay } from "./filing-right.ts";

const kinds = Object.keys(filingKinds) as FilingKind[];
const outcomes: Outcome[] = ["approved", "refused", "returned", "received", "answered"];
const states: FilingState[] = ["draft", "submitted", ...outcomes, "withdrawn"];
const answer = { text: "理由", channel: "site" as const, heardFrom: "" };

test("申請は承認、承諾の求めは承諾、報告は受領、届出は受理、協議は回答。言葉を混ぜない", () => {
  expect(stateText("application", "approved")).toBe("承認");
  expect(stateText("consent", "approved")).toBe("承諾");
  expect(stateText("report", "received")).toBe("受領");
  expect(stateText("notification", "received")).toBe("受理");
  expect(stateText("consultation", "answered")).toBe("回答");
  expect(stateText("instruction", "received")).toBe("承知");
});

test("報告と届出は承認できない。どの種類も、その種類の答えだけができる", () => {
  for (const kind of kinds)
    for (const outcome of outcomes)
      expect(answerFaults(kind, { ...answer, outcome }).length === 0).toBe(
        kindInfo(kind).outcomes[outcome] !== undefined,
      );
  expect(answerFaults("report", { ...answer, outcome: "approved" })).not.toEqual([]);
});

test("１０(2)ア 承諾は書面で得る。電話の承諾は受け付けない", () => {
  const by = (channel: "telephone" | "letter") =>
    answerFaults("consent", { outcome: "approved", text: "", channel, heardFrom: "デジタル企画課 係長" });
  expect(by("telephone")).toEqual([expect.objectContaining({ field: "channel" })]);
  expect(by("letter")).toEqual([]);
});

test("差戻しと不承認と回答には、言葉が要る", () => {
  for (const outcome of ["returned", "refused"] as const)
    expect(answerFaults("application", { ...answer, outcome, text: " " })).toEqual([
      expect.objectContaining({ field: "text" }),
    ]);
});

test("作った人も出した人も答えられない", () => {
  const filing = { kind: "application" as const, made_by: "a", submitted_by: "b" };
  for (const who of ["a", "b"]) expect(() => refuseBothSides(filing, who)).toThrow("答えられません");
  refuseBothSides(filing, "c");
});

test("委託者だけの役割では、申請を作れず、答えるだけ。指示は委託者が出せる", () => {
  for (const kind of kinds) {
    const contractor = kindInfo(kind).from === "contractor";
    expect(roleMay("draft", kind, ["client"])).toBe(!contractor);
    expect(roleMay("answer", kind, ["client"])).toBe(contractor);
  }
  for (const role of humanRoles)
    if (role === "operator" || role === "auditor")
      for (const kind of kinds) expect(roleMay("submit", kind, [role])).toBe(false);
});

test("答えのあったもの、取り下げたものに、もう一度答えることはできない", () => {
  for (const state of states) expect(stateAllows("answer", state)).toBe(state === "submitted");
  for (const state of states)
    expect(stateAllows("withdraw", state)).toBe(state === "submitted" || state === "draft");
});

test("どの種類のどの状態にも、画面の言葉がある", () => {
  for (const kind of kinds)
    for (const state of [
      "draft",
      "submitted",
      "withdrawn",
      ...Object.keys(kindInfo(kind).outcomes),
    ] as FilingState[])
      expect(stateText(kind, state)).toMatch(/^[ぁ-んァ-ヶ一-龠]+$/);
});
