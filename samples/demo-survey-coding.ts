import type { Actor } from "../src/base/actor.ts";
import type { Office } from "../src/platform/office.ts";
import { type CodingInput, codeAnswers, saveFrame } from "../src/survey/code-answers.ts";
import { isSecondPick } from "../src/survey/code-frame.ts";
import { openCodeBoard } from "../src/survey/list-coding.ts";
import { recordReturn } from "../src/survey/record-returns.ts";
import { opinionCodes, wards } from "./citizen-texts.ts";
import type { CitizenAnswers } from "./demo-citizens.ts";
import type { DemoClock } from "./demo-clock.ts";
import { Random } from "./random.ts";

interface Coders {
  planner: Actor;
  manager: Actor;
}

/** 自由意見の半分あまりに符号を付け、二人目が一部に付け直す。残りは、これから付けるものとして残す。 */
export async function codeOpinions(
  office: Office,
  clock: DemoClock,
  { planner, manager }: Coders,
  survey: string,
  { names, rows, codes: truth }: CitizenAnswers,
): Promise<void> {
  const random = new Random(20240712);
  const question = "Q16";
  clock.set("2024-07-11T13:10:00");
  const draft = opinionCodes.filter(({ code }) => code !== "8");
  await saveFrame(office, planner, survey, { question, codes: draft.map(framed) });
  clock.set("2024-07-12T10:00:00");
  await saveFrame(office, planner, survey, { question, codes: opinionCodes.map(framed) });
  const { answers } = await openCodeBoard(office, planner, survey, question);
  const number = (row: number) => rows[row - 1]?.[names.indexOf("番号")] ?? "";
  // 人の目の違い: たまに、ほかの符号を付ける。
  const read = (row: number, slip: number) => {
    const own = truth.get(number(row)) ?? ["90"];
    return random.chance(slip) ? [random.pick(opinionCodes).code] : [...own];
  };
  const part = answers.filter((_, at) => at < answers.length * 0.6);
  const first = part.map(
    ({ mark, row }): CodingInput => ({ question, mark, codes: read(row, 0.03), pass: 1 }),
  );
  clock.set("2024-07-16T17:20:00");
  await codeAnswers(office, planner, survey, first);
  const again = part.filter(({ mark }) => isSecondPick(mark));
  clock.set("2024-07-17T11:40:00");
  await codeAnswers(
    office,
    manager,
    survey,
    again.map(({ mark, row }): CodingInput => ({ question, mark, codes: read(row, 0.12), pass: 2 })),
  );
}

function framed(one: { code: string; title: string; description?: string }) {
  return { code: one.code, title: one.title, description: one.description ?? "" };
}

/** 区ごとの配布と回収。有効は、集計に使う三千件と同じ数になる。 */
export async function countPaper(
  office: Office,
  clock: DemoClock,
  { planner }: Pick<Coders, "planner">,
  survey: string,
  { names, rows }: CitizenAnswers,
): Promise<void> {
  const ward = names.indexOf("層");
  const put = (
    day: string,
    kind: "sent" | "undelivered" | "returned" | "invalid",
    area: string,
    count: number,
  ) =>
    recordReturn(office, planner, survey, {
      day,
      kind,
      area,
      channel: "郵送",
      count,
      slip: slips[kind] ?? "",
    });
  const slips: Readonly<Record<string, string>> = { returned: "受-2", invalid: "受-2" };
  const numbers = new Set<string>();
  const valid = new Map<string, number>();
  for (const row of rows) {
    if (numbers.has(row[0] ?? "")) continue;
    numbers.add(row[0] ?? "");
    valid.set(row[ward] ?? "", (valid.get(row[ward] ?? "") ?? 0) + 1);
  }
  clock.set("2024-06-10T16:00:00");
  for (const area of wards) await put("2024-06-10", "sent", area, 2 * (valid.get(area) ?? 0));
  clock.set("2024-07-08T09:40:00");
  for (const [at, area] of wards.entries()) {
    await put("2024-07-05", "returned", area, (valid.get(area) ?? 0) + (at % 4));
    if (at % 4 > 0) await put("2024-07-05", "invalid", area, at % 4);
    if (at % 2 === 0) await put("2024-06-20", "undelivered", area, 3 + at);
  }
}
