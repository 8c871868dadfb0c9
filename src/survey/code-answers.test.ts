// @engine both
import { afterEach, beforeEach, expect, test } from "vitest";
import { readCodebook } from "../tabulation/codebook.ts";
import { tabulate } from "../tabulation/tabulate.ts";
import { openDesk, type TestDesk } from "../testing/open-desk.ts";
import { openReception } from "../testing/reception-fixture.ts";
import { roomApp, signIn } from "../testing/signed-in.ts";
import { codeAnswers, maskAnswer, saveFrame } from "./code-answers.ts";
import { maskText, readFrameText } from "./code-frame.ts";
import { createSurvey } from "./create-survey.ts";
import { importAnswers } from "./import-answers.ts";
import { openCodeBoard, suggestFor } from "./list-coding.ts";
import { openSurveyData } from "./open-survey-data.ts";
import { surveyRoutes } from "./survey-routes.tsx";

let desk: TestDesk;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(() => desk.close());

const texts = [
  "除雪車がいつ来るか知らせてほしい",
  "除雪の順番を公開してほしい",
  "手続をスマホでできるように。電話は011-000-1234です",
  "",
  "住民票の手続をオンラインにして、除雪も頼みます",
];
const frame = readFrameText("1 | 除雪 | 雪、道路\n2 | 手続のオンライン化\n9 | その他");

async function survey() {
  const planner = desk.actor("p", "planner");
  const { id } = await createSurvey(desk.office, planner, { title: "自由" });
  const codebook = readCodebook(
    JSON.stringify({ id: "no", questions: [{ id: "Q", type: "text", text: "ご意見" }] }),
  );
  const csv = `no,Q\n${texts.map((text, at) => `${at + 1},"${text}"`).join("\n")}\n`;
  await importAnswers(desk.office, planner, id, {
    bytes: new TextEncoder().encode(csv),
    name: "a.csv",
    codebook,
  });
  await saveFrame(desk.office, planner, id, { question: "Q", codes: frame });
  const marks = (await openCodeBoard(desk.office, planner, id, "Q")).answers.map(({ mark }) => mark);
  const code = (at: number, codes: string[], pass: 1 | 2 = 1, actor = planner) =>
    codeAnswers(desk.office, actor, id, [{ question: "Q", mark: marks[at] ?? "", codes, pass }]);
  return { planner, id, code, marks };
}

test("3(1)(ｱ)① 自由記述に符号を付けると、いくつでも選ぶ設問として集計に入る。分母は書いて符号の付いた人", async () => {
  const { planner, id, code } = await survey();
  const before = await openSurveyData(desk.office, planner, id);
  expect(before.codebook.questions.map((one) => one.id)).toEqual(["Q"]);
  await code(0, ["1"]);
  await code(1, ["1"]);
  await code(3, ["2", "1"]);
  const set = await openSurveyData(desk.office, planner, id);
  expect(set.dataHash).not.toBe(before.dataHash);
  const table = tabulate(set.coded, set.codebook, set.design).questions.find((one) => one.id === "Qc");
  expect(table).toMatchObject({ unweightedBase: 3, missing: { 無回答: 1, 不明: 1 } });
  expect(table?.options.map(({ count }) => count)).toEqual([3, 1, 0]);
});

test("3(1)(ｱ)① 候補をわけとともに挙げ、二人目は別の人が付け、κ が出る", async () => {
  const { planner, id, code, marks } = await survey();
  await code(0, ["1"]);
  const board = await openCodeBoard(desk.office, planner, id, "Q");
  const [first] = suggestFor(board, marks[1] ?? "");
  expect(first).toMatchObject({ code: "1", because: expect.stringContaining("除雪") });
  await expect(code(0, ["1"], 2)).rejects.toThrow("別の人");
  const other = desk.actor("q", "manager");
  for (const [at, mine, theirs] of [
    [0, "1", "1"],
    [1, "1", "1"],
    [2, "2", "9"],
  ] as const) {
    await code(at, [mine]);
    await code(at, [theirs], 2, other);
  }
  const { agreement, coded, tally } = await openCodeBoard(desk.office, planner, id, "Q");
  expect([agreement.pairs, coded]).toEqual([3, 3]);
  expect(agreement.codes.map(({ kappa }) => kappa)).toEqual([1, 0, 0]);
  expect(tally.map(({ count }) => count)).toEqual([2, 1, 0]);
});

test("3(1)(ｱ)① 枠の版を改める。使っている符号は、移す先を言わなければなくせない", async () => {
  const { planner, id, code } = await survey();
  await code(0, ["1"]);
  await code(1, ["1", "2"]);
  const less = frame.filter((one) => one.code !== "1");
  await expect(saveFrame(desk.office, planner, id, { question: "Q", codes: less })).rejects.toThrow(
    "符号「1」を付けた回答が2件",
  );
  const moved = await saveFrame(desk.office, planner, id, {
    question: "Q",
    codes: less,
    moves: { "1": "2" },
  });
  expect(moved).toEqual({ number: 2, moved: 2 });
  const { answers, frame: now } = await openCodeBoard(desk.office, planner, id, "Q");
  expect(now?.number).toBe(2);
  expect(answers.slice(0, 2).map(({ codes }) => codes)).toEqual([["2"], ["2"]]);
  await expect(code(2, ["1"])).rejects.toThrow("符号「1」は、枠にありません");
  await expect(code(2, [])).rejects.toThrow("一つは選んで");
  expect(() => readFrameText("1 | 甲\n1 | 乙")).toThrow("2行目の符号「1」が二度");
});

test("3(1)(ｱ)① 自由記述の個人情報は伏せ、外して読めば記録に残り、ほかの言葉も伏せられる", async () => {
  const { planner, id, marks } = await survey();
  const board = await openCodeBoard(desk.office, planner, id, "Q");
  expect(board.answers[2]).toMatchObject({ kinds: ["phone"], text: expect.not.stringContaining("011-000") });
  await maskAnswer(desk.office, planner, id, {
    question: "Q",
    mark: marks[0] ?? "",
    hide: ["除雪車"],
    keep: false,
  });
  const again = await openCodeBoard(desk.office, planner, id, "Q");
  expect(again.answers[0]).toMatchObject({ text: "■■■がいつ来るか知らせてほしい", checked: true });
  await openReception(desk.office, desk.actor("op", "operator"), [{ id: "a", capacity: 1 }]);
  const app = roomApp(
    desk.office,
    surveyRoutes({ contract: async () => desk.contract, text: async () => "" }),
  );
  const seated = await signIn(app, desk.office, desk.contract, "planner");
  const at = `/surveys/${id}/codes/Q`;
  expect(await (await seated.get(at)).text()).not.toContain("011-000-1234");
  const shown = await seated.post(`${at}/reveal`, { mark: marks[2] ?? "", pass: "1" });
  expect(await shown.text()).toContain("011-000-1234");
  expect(await desk.events()).toContain("person.revealed");
  const coded = await seated.post(at, [
    ["mark", marks[2] ?? ""],
    ["pass", "1"],
    ["code", "2"],
  ]);
  expect(coded.headers.get("location")).toContain(`${at}?pass=1`);
  expect((await seated.post(at, { mark: marks[1] ?? "", pass: "1" })).status).toBe(422);
  expect(maskText("𠮷田さんの電話は090-0000-0000", { hide: [], keep: true }).hidden).toBe(0);
});
