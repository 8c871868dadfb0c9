// @engine both
import fc from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readCodebook } from "../tabulation/codebook.ts";
import { surveyDataOf } from "../tabulation/survey-data.ts";
import { openDesk, type TestDesk } from "../testing/open-desk.ts";
import { type AnswerFix, applyFixes, EXCLUDE, respondentIds } from "./answer-fix.ts";
import { changeSurvey, createSurvey, saveCodebook } from "./create-survey.ts";
import { fixAnswers, listFixes, undoFix } from "./fix-answers.ts";
import { importAnswers } from "./import-answers.ts";
import { openSurvey } from "./open-survey.ts";
import { openSurveyData } from "./open-survey-data.ts";

let desk: TestDesk;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(() => desk.close());

const bytes = (text: string) => new TextEncoder().encode(text);
const codebook = readCodebook(
  JSON.stringify({ id: "no", questions: [{ id: "q", type: "sa", options: ["はい", "いいえ"] }] }),
);

async function madeSurvey() {
  const planner = desk.actor("p", "planner");
  const { id } = await createSurvey(desk.office, planner, { title: "直す" });
  await importAnswers(desk.office, planner, id, { bytes: bytes("no,q\n1,1\n2,7\n2,2\n"), name: "a.csv" });
  await saveCodebook(desk.office, planner, id, { codebook });
  return { planner, id };
}

test("3(1)(ｱ)① 直したことは、前・後・理由とともに残り、取り消せば元に戻り、取り込み直しても引き継ぐ", async () => {
  const { planner, id } = await madeSurvey();
  const reason = "調査票の写しで 2 と読める";
  await fixAnswers(desk.office, planner, id, [{ respondent: "2", column: "q", after: "2", reason }]);
  await fixAnswers(desk.office, planner, id, [
    { respondent: "2(2)", column: EXCLUDE, after: "", reason: "同じ番号の二通目", rule: "duplicate" },
  ]);
  const fixed = await openSurveyData(desk.office, planner, id);
  expect(fixed.ids).toEqual(["1", "2"]);
  expect(fixed.data.raw("q")).toEqual(["1", "2"]);
  expect(fixed.corrections).toBe(2);
  const log = await listFixes(desk.office, planner, id);
  expect(log.map(({ number, before, after, rule }) => [number, before, after, rule])).toEqual([
    [2, "含める", "外した", "duplicate"],
    [1, "7", "2", "manual"],
  ]);
  await undoFix(desk.office, planner, id, log[0]?.id ?? "");
  await expect(undoFix(desk.office, planner, id, log[0]?.id ?? "")).rejects.toThrow("もう取り消されて");
  expect((await openSurveyData(desk.office, planner, id)).ids).toEqual(["1", "2", "2(2)"]);
  await importAnswers(desk.office, planner, id, { bytes: bytes("q,no\n1,3\n7,2\n"), name: "b.csv" });
  const again = await openSurveyData(desk.office, planner, id);
  expect(again.data.raw("q")).toEqual(["1", "2"]);
  expect(again.dataHash).not.toBe(fixed.dataHash);
});

test("知らない回答・列、理由のない直し、変わらない直しは、何も変えずに断る", async () => {
  const { planner, id } = await madeSurvey();
  const fix = { respondent: "1", column: "q", after: "2", reason: "x" };
  const tries = [{ respondent: "9" }, { column: "z" }, { reason: " " }, { after: "1" }];
  for (const wrong of tries)
    await expect(fixAnswers(desk.office, planner, id, [fix, { ...fix, ...wrong }])).rejects.toMatchObject({
      code: "BAD_INPUT",
    });
  expect(await listFixes(desk.office, planner, id)).toEqual([]);
  const client = desk.actor("c", "client");
  await expect(fixAnswers(desk.office, client, id, [fix])).rejects.toMatchObject({ code: "FORBIDDEN" });
});

test("概要を直せる。先に変えられていれば断り、期間が逆なら欄に出す", async () => {
  const { planner, id } = await madeSurvey();
  const { head } = await openSurvey(desk.office, planner, id);
  const change = {
    title: "直した名",
    version: head.version,
    about: { from: "2025-09-02", to: "2025-09-01" },
  };
  await expect(changeSurvey(desk.office, planner, id, change)).rejects.toMatchObject({
    faults: [expect.objectContaining({ field: "to" })],
  });
  await changeSurvey(desk.office, planner, id, { ...change, about: { to: "2025-10-01" } });
  await expect(changeSurvey(desk.office, planner, id, change)).rejects.toMatchObject({ code: "BAD_INPUT" });
  await expect(
    changeSurvey(desk.office, planner, id, { title: "x", version: head.version }),
  ).rejects.toMatchObject({ code: "CONFLICT" });
  expect((await openSurvey(desk.office, planner, id)).head.title).toBe("直した名");
});

test("3(1)(ｱ)① どう直しても、外すと言った回答のほかは失われず、直さないます目は変わらない", () => {
  const column = fc.array(fc.constantFrom("", "1", "2", "9"), { minLength: 1, maxLength: 20 });
  const fix = fc.record({
    respondent: fc.integer({ min: 0, max: 25 }).map((n) => `#${n}`),
    column: fc.constantFrom("a", "b", "ない", EXCLUDE),
    after: fc.string(),
  });
  fc.assert(
    fc.property(column, fc.array(fix), (values, given) => {
      const data = surveyDataOf(["a", "b"], [values, values.toReversed()], values.length);
      const ids = respondentIds(data, undefined);
      const fixes = given.map((one): AnswerFix => ({ ...one, before: "", reason: "x" }));
      const { data: after, ids: left, missed } = applyFixes(data, ids, fixes);
      const dropped = new Set(fixes.flatMap((one) => (one.column === EXCLUDE ? [one.respondent] : [])));
      expect(left).toEqual(ids.filter((id) => !dropped.has(id)));
      expect(after.rows).toBe(left.length);
      for (const [row, id] of left.entries()) {
        const last = fixes.findLast((one) => one.respondent === id && one.column === "a");
        expect(after.raw("a")?.[row]).toBe(last?.after ?? values[ids.indexOf(id)]);
      }
      expect(missed.every((one) => !ids.includes(one.respondent) || one.column === "ない")).toBe(true);
      expect(data.raw("a")).toBe(values);
    }),
  );
});
