// @engine both
import { afterEach, expect, test } from "vitest";
import { DemoClock } from "../../samples/demo-clock.ts";
import { fillSurvey } from "../../samples/demo-survey.ts";
import { openDesk, type TestDesk } from "../testing/open-desk.ts";
import { openCodeBoard } from "./list-coding.ts";
import { openSurveyData } from "./open-survey-data.ts";
import { readOverview } from "./read-overview.ts";
import { countReturns } from "./record-returns.ts";

let desk: TestDesk;
afterEach(() => desk.close());

test("3(1)(ｱ)① デモの市民アンケート: 三千件、ウエイト、直した記録、半分あまりの符号と二人の一致、回収の数がそろう", async () => {
  desk = await openDesk();
  const [planner, manager] = [desk.actor("p", "planner"), desk.actor("m", "manager")];
  const { survey } = await fillSurvey(desk.office, new DemoClock(), { planner, manager });
  const overview = await readOverview(desk.office, planner, survey);
  expect(overview).toMatchObject({ ready: true, figures: { answers: 3000, questions: 20 } });
  expect(overview.figures?.fixes).toBeGreaterThan(50);
  expect(overview.sentence).toContain("集計できます。確かめるものが");
  const { weighting, codebook } = await openSurveyData(desk.office, planner, survey);
  expect(weighting?.effectiveN).toBeGreaterThan(2000);
  expect(codebook.questions.at(-1)?.id).toBe("Q16c");
  const board = await openCodeBoard(desk.office, planner, survey, "Q16");
  expect(board.coded / board.answers.length).toBeCloseTo(0.6, 1);
  expect(board.agreement.pairs).toBeGreaterThan(30);
  expect(board.answers.some(({ kinds }) => kinds.includes("phone"))).toBe(true);
  const { total, areas } = await countReturns(desk.office, planner, survey);
  expect([total.valid, areas.length]).toEqual([3000, 10]);
  const client = await readOverview(desk.office, desk.actor("c", "client"), survey);
  expect(client).toMatchObject({ figures: undefined, ready: false });
});
