// @engine both
import { afterEach, expect, test } from "vitest";
import { citizenAnswers, citizenCsv, citizenMargins } from "../../samples/demo-citizens.ts";
import type { CommandIo } from "../platform/command.ts";
import { answersOf, hireForCommand } from "../testing/command-handler.ts";
import { openDesk, type TestDesk } from "../testing/open-desk.ts";
import { saveFrame } from "./code-answers.ts";
import { listSurveys } from "./open-survey.ts";
import { surveyOfficeCommands } from "./survey-command.ts";

let desk: TestDesk;
afterEach(() => desk.close());
const files: Record<string, string> = { "a.csv": citizenCsv(citizenAnswers(200)), "m.csv": citizenMargins() };

async function run(name: string, args: string[], options: Record<string, string>): Promise<unknown> {
  let told: unknown;
  const io: CommandIo = {
    args,
    option: (key) => options[key],
    options: () => [],
    flag: () => false,
    result: (value) => {
      told = value;
    },
    progress: () => {},
    secret: answersOf(desk),
    readFile: async (path) => new TextEncoder().encode(files[path] ?? ""),
    writeFile: async () => {},
    office: async () => desk.office,
    signal: new AbortController().signal,
  };
  const commands = surveyOfficeCommands({ contract: async () => desk.contract, text: async () => "" });
  await commands.find((one) => one.name === name)?.run(io);
  return told;
}

test("3(1)(ｱ)① survey import・check・weight・codes は、従業者として行い、JSON で答える", async () => {
  desk = await openDesk();
  await hireForCommand(desk, "0110", "planner");
  const as = { as: "0110" };
  const made = await run("survey import", ["a.csv"], { ...as, title: "市民" });
  expect(made).toMatchObject({ import: 1, rows: 201, encoding: "utf-8", difference: null, misfits: [] });
  expect(await run("survey check", [], as)).toMatchObject({ counts: { duplicate: 1 } });
  expect(await run("survey import", ["a.csv"], as)).toMatchObject({
    import: 2,
    difference: { changed: 0, columns: [] },
  });
  // 列から作った案では、区分の名はコードなので、名で書いた母集団の表は合わない。行を言う。
  await expect(run("survey weight", [], { ...as, margins: "m.csv" })).rejects.toThrow("2行目: 区分「男性」");
  files["m.csv"] = "F1,1,778000\nF1,2,912000\n";
  expect(await run("survey weight", [], { ...as, margins: "m.csv", trim: "0.2,5" })).toMatchObject({
    rows: 201,
    weighting: { method: "rake" },
  });
  const planner = desk.actor("p", "planner");
  const [survey] = await listSurveys(desk.office, planner);
  const codes = [{ code: "1", title: "除雪", description: "" }];
  await saveFrame(desk.office, planner, survey?.id ?? "", { question: "Q16", codes });
  expect(await run("survey codes", [], { ...as, question: "Q16" })).toMatchObject({ coded: 0, frames: 1 });
  await expect(run("survey check", [], {})).rejects.toThrow("--as");
});
