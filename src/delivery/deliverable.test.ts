import fc from "fast-check";
import { expect, test } from "vitest";
import {
  afterAct,
  type DeliverableAct,
  type DeliverableState,
  deliverableFaults,
  holdsPersons,
  type InspectOutcome,
  markOf,
  stages,
  stateAllows,
  stateLabels,
} from "./deliverable.ts";

const states = Object.keys(stateLabels) as DeliverableState[];
const acts: DeliverableAct[] = ["version", "submit", "inspect", "receive", "hand"];

test("９ どの順に行っても、合格を経ずに受領にならず、受領を経ずに引渡しにならない", () => {
  const step = fc.tuple(fc.constantFrom(...acts), fc.constantFrom<InspectOutcome>("passed", "rework"));
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      let state: DeliverableState = "preparing";
      const seen = new Set<DeliverableState>([state]);
      for (const [act, outcome] of steps) {
        if (!stateAllows(act, state)) {
          expect(() => afterAct(act, state, outcome)).toThrow(stateLabels[state]);
          continue;
        }
        state = afterAct(act, state, outcome);
        if (state === "received") expect(seen.has("passed")).toBe(true);
        if (state === "handed") expect(seen.has("received")).toBe(true);
        if (state === "resubmitted") expect(seen.has("rework")).toBe(true);
        seen.add(state);
      }
    }),
  );
});

test("引き渡したあとは、何もできない", () => {
  for (const act of acts) expect(stateAllows(act, "handed")).toBe(false);
});

test("どの状態も、画面の道のりのちょうど一つの段にある", () => {
  for (const state of states) expect(stages.filter((stage) => stage.states.includes(state))).toHaveLength(1);
});

test("管理番号は年度・記号・版で、令和より前の年度は西暦で言う", () => {
  expect(markOf(2025, "D-03", 2)).toBe("R7-D-03-2");
  expect(markOf(2018, "D-03", 1)).toBe("2018-D-03-1");
});

test("登録の直すところは、欄の名をつけて言う", () => {
  const fields = deliverableFaults({
    ...{
      code: "成果 1",
      title: " ",
      clause: "9(2)",
      formats: [],
      due: "2025-02-30",
      accepter: "あ".repeat(61),
    },
  }).map((fault) => fault.field);
  expect(fields.sort()).toEqual(["accepter", "code", "due", "formats", "title"]);
});

test("第13条 個人情報を含みそうな成果品を、名から見当を付ける", () => {
  const yes = [
    "予約者リスト　第一期",
    "参加者名簿",
    "講習会申込者一覧",
    "受講通知書",
    "回答者一覧（自由記述つき）",
  ];
  const no = [
    "業務完了報告書",
    "ＦＡＱ（最新版）",
    "骨子及び素案",
    "予約者リストの様式",
    "受講者数の集計",
    "業務従事者名簿",
  ];
  expect(yes.filter((title) => !holdsPersons(title))).toEqual([]);
  expect(no.filter(holdsPersons)).toEqual([]);
});
