// @engine both
import fc from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readCodebook } from "../tabulation/codebook.ts";
import { openDesk, type TestDesk } from "../testing/open-desk.ts";
import { roomApp, signIn } from "../testing/signed-in.ts";
import { compareSheets, rowOf } from "./compare-sheets.ts";
import { createSurvey, saveCodebook } from "./create-survey.ts";
import { keySheet, listSheets, settleSheet, takeSheets } from "./key-sheet.ts";
import { openSurveyData } from "./open-survey-data.ts";
import { countReturns, recordReturn, undoReturn } from "./record-returns.ts";
import { surveyRoutes } from "./survey-routes.tsx";

let desk: TestDesk;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(() => desk.close());

const codebook = readCodebook(
  JSON.stringify({
    id: "番号",
    questions: [
      { id: "S", type: "sa", options: ["男性", "女性"], missing: [9] },
      {
        id: "M",
        type: "ma",
        columns: ["M_1", "M_2", "M_3"],
        options: ["甲", "乙", { code: 3, label: "その他", write: "M_t" }],
      },
      { id: "N", type: "number" },
      { id: "T", type: "text" },
    ],
  }),
);

async function survey() {
  const planner = desk.actor("p", "planner");
  const operator = desk.actor("o", "operator");
  const { id } = await createSurvey(desk.office, planner, { title: "紙" });
  await saveCodebook(desk.office, planner, id, { codebook });
  return { planner, operator, id };
}
const sheet = { S: "1", M_1: "1,3", M_t: "辞書", N: "30", T: "よい" };

test("3(1)(ｱ)① 二人が別々に打ち込み、同じなら決まり、違えば決めてから、回答に加える", async () => {
  const { planner, operator, id } = await survey();
  const key = (actor: typeof planner, number: string, pass: 1 | 2, answers: Record<string, string>) =>
    keySheet(desk.office, actor, id, { sheet: number, pass, answers });
  expect(await key(operator, "001", 1, sheet)).toEqual({ state: "first", differences: 0 });
  await expect(key(operator, "001", 2, sheet)).rejects.toThrow("別の人");
  await expect(key(planner, "002", 2, sheet)).rejects.toThrow("一度目の打ち込みがまだ");
  await expect(key(operator, "002", 1, { ...sheet, S: "7" })).rejects.toMatchObject({
    faults: [{ field: "S", message: "「7」は選択肢にありません。" }],
  });
  expect(await key(planner, "001", 2, { ...sheet, M_1: "3, 1", N: "３０" })).toEqual({
    state: "settled",
    differences: 0,
  });
  await key(operator, "002", 1, sheet);
  expect(await key(planner, "002", 2, { ...sheet, N: "33" })).toMatchObject({
    state: "differs",
    differences: 1,
  });
  await expect(takeSheets(desk.office, operator, id)).rejects.toMatchObject({ code: "FORBIDDEN" });
  await expect(settleSheet(desk.office, planner, id, { sheet: "002", choices: {} })).rejects.toMatchObject({
    faults: [expect.objectContaining({ field: "N" })],
  });
  await settleSheet(desk.office, planner, id, { sheet: "002", choices: { N: "33" } });
  expect(await takeSheets(desk.office, planner, id)).toEqual({ added: 2, rows: 2 });
  const { data, ids } = await openSurveyData(desk.office, planner, id);
  expect(ids).toEqual(["001", "002"]);
  expect(data.raw("M_3")).toEqual(["1", "1"]);
  expect(data.raw("N")).toEqual(["30", "33"]);
  expect(data.raw("M_t")).toEqual(["辞書", "辞書"]);
  expect((await listSheets(desk.office, planner, id)).map(({ state }) => state)).toEqual(["taken", "taken"]);
  await key(operator, "003", 1, sheet);
  await key(planner, "003", 2, sheet);
  expect(await takeSheets(desk.office, planner, id)).toEqual({ added: 1, rows: 3 });
});

test("3(1)(ｱ)① 打ち込みの画面: 二度目に一度目の値は見えず、誤りは打ったままで返る", async () => {
  const { operator, id } = await survey();
  await keySheet(desk.office, operator, id, {
    sheet: "A1",
    pass: 1,
    answers: { ...sheet, T: "一度目の言葉" },
  });
  const app = roomApp(
    desk.office,
    surveyRoutes({ contract: async () => desk.contract, text: async () => "" }),
  );
  const seated = await signIn(app, desk.office, desk.contract, "operator");
  const at = `/surveys/${id}/entry`;
  const page = await (await seated.get(`${at}/sheet?sheet=A1`)).text();
  expect(page).toContain("二度目の打ち込み");
  expect(page).not.toContain("一度目の言葉");
  const wrong = await seated.post(at, {
    sheet: "A1",
    pass: "2",
    "a.S": "5",
    "a.N": "三十",
    "a.T": "打ちかけ",
  });
  expect(wrong.status).toBe(422);
  const again = await wrong.text();
  expect(again).toContain("2つの欄に、直すところがあります");
  expect(again).toContain("打ちかけ");
  await seated.post(at, { sheet: "A1", pass: "2", "a.S": "2", "a.M_1": "1,3", "a.M_t": "辞書", "a.N": "30" });
  expect(await (await seated.get(at)).text()).toContain("違いを決めるもの1枚");
  expect(await (await seated.get(`${at}/sheet?sheet=A1`)).text()).toContain("2つの違いを、紙を見て決めます");
  const settled = await seated.post(`${at}/settle`, {
    sheet: "A1",
    "c.S": "=2",
    "c.T": "own",
    "o.T": "正しい",
  });
  expect(settled.headers.get("location")).toBe(at);
  expect((await seated.get(`/surveys/${id}/check`)).status).toBe(403);
});

test("3(1)(ｱ)① 配布・不達・回収・無効から、区分ごとの有効と率が出る。超える数は断り、取り消せる", async () => {
  const { operator, id } = await survey();
  const put = (kind: "sent" | "undelivered" | "returned" | "invalid", count: number, area = "北区") =>
    recordReturn(desk.office, operator, id, {
      day: "2025-09-10",
      kind,
      area,
      channel: "郵送",
      count,
      slip: "受-3",
    });
  await put("sent", 100);
  await put("sent", 50, "南区");
  await put("undelivered", 4);
  const { id: row } = await put("returned", 60);
  await put("invalid", 3);
  await expect(put("returned", 40)).rejects.toThrow("配布（100）を超えます");
  await expect(put("invalid", 60)).rejects.toThrow("無効が、回収（60）を超えます");
  await expect(put("sent", 0)).rejects.toMatchObject({ code: "BAD_INPUT" });
  const { areas, total } = await countReturns(desk.office, operator, id);
  expect(areas[0]).toEqual({ area: "北区", sent: 100, undelivered: 4, returned: 60, invalid: 3, valid: 57 });
  expect(total).toMatchObject({ sent: 150, valid: 57 });
  const app = roomApp(
    desk.office,
    surveyRoutes({ contract: async () => desk.contract, text: async () => "" }),
  );
  const client = await signIn(app, desk.office, desk.contract, "client");
  expect(await (await client.get(`/surveys/${id}/returns`)).text()).toContain("有効回収率 38.0％");
  await undoReturn(desk.office, operator, id, row);
  expect((await countReturns(desk.office, operator, id)).total.returned).toBe(0);
});

test("3(1)(ｱ)① 二人を入れ替えても、違う欄は同じ。自分とは違わない", () => {
  const value = fc.constantFrom("", "1", "2", "1,3", "3,1", "３", "12", "よい", " よい");
  const answers = fc.record({ S: value, M_1: value, M_t: value, N: value, T: value });
  fc.assert(
    fc.property(answers, answers, (a, b) => {
      const there = compareSheets(codebook, a, b);
      const back = compareSheets(codebook, b, a);
      expect(there.map(({ column }) => column)).toEqual(back.map(({ column }) => column));
      expect(there.map(({ first }) => first)).toEqual(back.map(({ second }) => second));
      expect(compareSheets(codebook, a, a)).toEqual([]);
      expect(rowOf(codebook, ["番号", "M_1", "M_2", "M_3"], "7", a)[0]).toBe("7");
    }),
  );
});
