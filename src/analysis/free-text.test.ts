import { afterEach, expect, test } from "vitest";
import { openZip } from "../office/zip.ts";
import { codeAnswers, maskAnswer, saveFrame } from "../survey/code-answers.ts";
import { createSurvey } from "../survey/create-survey.ts";
import { importAnswers } from "../survey/import-answers.ts";
import { openCodeBoard } from "../survey/list-coding.ts";
import { readCodebook } from "../tabulation/codebook.ts";
import { startContract } from "../terms/start-contract.ts";
import { dutyYaml } from "../testing/duty-fixture.ts";
import { openDesk, type TestDesk } from "../testing/open-desk.ts";
import { drawReport } from "./export-report.ts";
import { openReport } from "./open-report.ts";

let desk: TestDesk;
afterEach(() => desk.close());

const texts = [
  "除雪車がいつ来るか知らせてほしい",
  "除雪の順番を公開してほしい",
  "手続をスマホでできるように。電話は011-000-1234です",
  "",
  "住民票の手続をオンラインにして、除雪も頼みます",
];

test("3(1)(ｱ)① 報告書の自由記述は、内容ごとの件数・例・言葉を載せ、伏せていない個人情報は一つも出さない", async () => {
  desk = await openDesk();
  await startContract(desk.office, desk.actor("m", "manager"), dutyYaml(""));
  const planner = desk.actor("p", "planner");
  const { id } = await createSurvey(desk.office, planner, { title: "自由" });
  const questions = [
    { id: "S", type: "sa", text: "性別", options: ["男", "女"] },
    { id: "Q", type: "text", text: "ご意見" },
  ];
  const codebook = readCodebook(JSON.stringify({ id: "no", questions }));
  const csv = `no,S,Q\n${texts.map((text, at) => `${at + 1},1,"${text}"`).join("\n")}\n`;
  await importAnswers(desk.office, planner, id, {
    ...{ bytes: new TextEncoder().encode(csv), name: "a.csv", codebook },
  });
  const [none] = (await openReport(desk.office, planner, id)).free;
  expect(none).toMatchObject({ written: 4, coded: 0, frame: undefined, codes: [] });
  expect(none?.words.find(({ word }) => word === "手続")?.count).toBe(2);

  const frame = [
    { code: "1", title: "除雪", description: "" },
    { code: "2", title: "手続のオンライン化", description: "" },
  ];
  await saveFrame(desk.office, planner, id, { question: "Q", codes: frame });
  const { answers } = await openCodeBoard(desk.office, planner, id, "Q");
  const code = (at: number, codes: string[]) =>
    codeAnswers(desk.office, planner, id, [{ question: "Q", mark: answers[at]?.mark ?? "", codes, pass: 1 }]);
  await code(0, ["1"]);
  await code(1, ["1"]);
  await code(2, ["2"]);
  await code(3, ["2", "1"]);
  const before = (await openReport(desk.office, planner, id)).free[0];
  expect(before?.codes.map(({ label, count }) => [label, count])).toEqual([
    ["除雪", 3],
    ["手続のオンライン化", 2],
  ]);
  // 電話番号らしいもののある文は、人が伏せ字を確かめるまで例にしない。
  expect(before?.codes[1]?.examples).toEqual(["住民票の手続をオンラインにして、除雪も頼みます"]);
  await maskAnswer(desk.office, planner, id, {
    ...{ question: "Q", mark: answers[2]?.mark ?? "", hide: [], keep: false },
  });
  const book = await openReport(desk.office, planner, id);
  expect(book.free[0]?.codes[1]?.examples[0]).toMatch(/電話は■+です$/);
  const word = new TextDecoder().decode(openZip(await drawReport(book, "docx")).get("word/document.xml"));
  const html = new TextDecoder().decode(await drawReport(book, "html"));
  for (const made of [word, html]) {
    expect(made).toContain("除雪車がいつ来るか");
    expect(made).toContain("「除雪」（3件、75.0％）が最も多く");
    expect(made).not.toContain("011-000-1234");
    expect(made).not.toContain("1234");
  }
});
