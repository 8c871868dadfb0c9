import { afterEach, beforeEach, expect, test } from "vitest";
import { instantOf } from "../base/time.ts";
import { readBook } from "../comments/read-book.ts";
import { changeCouncil } from "../council/change-council.ts";
import { fixDate } from "../council/fix-date.ts";
import { listEvents } from "../platform/event-store.ts";
import { bookNames } from "../registers/book.ts";
import { canary } from "../testing/canary.ts";
import { answersOf, hireForCommand, qualify } from "../testing/command-handler.ts";
import { openComments } from "../testing/comment-fixture.ts";
import { planFirstMeeting, startStrategy } from "../testing/council-fixture.ts";
import { openDesk, type TestDesk } from "../testing/open-desk.ts";
import { commands } from "./commands.ts";

let desk: TestDesk;
const planner = () => desk.actor("p", "planner");
beforeEach(async () => {
  desk = await openDesk({ at: instantOf("2025-09-02", "10:00") });
});
afterEach(() => desk.close());

/** コマンドを一つ行い、出したもの（標準出力と、書いたファイル）を返す。 */
async function run(
  words: string,
  options: Record<string, string> = {},
  given: Uint8Array = new Uint8Array(),
): Promise<string> {
  const name = words.split(" ").slice(0, 2).join(" ");
  const command = commands.find((one) => one.name === name);
  if (!command) throw new Error(`${name} がない`);
  let out = "";
  await command.run({
    args: words.split(" ").slice(2),
    option: (one) => options[one],
    options: (one) => [options[one] ?? ""].filter(Boolean),
    flag: (one) => options[one] !== undefined,
    result: (value, text) => {
      out += JSON.stringify(value) + text;
    },
    progress: () => undefined,
    secret: answersOf(desk),
    readFile: async () => given,
    writeFile: async (_, bytes) => {
      out += Buffer.from(bytes).toString("utf8");
    },
    office: async () => desk.office,
    signal: new AbortController().signal,
  });
  return out;
}

const letters = Buffer.from(
  `番号,提出方法,受付日,氏名,住所,電話,意見\n1,郵送,2025-09-01,${canary.name},${canary.address},${canary.phone},${canary.name}です。窓口を残して。\n`,
);

test("特記 第3条・第11条 意見書を受け取る・もとの意見の付いたものを書き出すコマンドは、--as と資格がなければ断る", async () => {
  await startStrategy(desk);
  await openComments(desk.office, desk.actor("m", "manager"));
  const id = await hireForCommand(desk, "0110", "planner");
  const receive = () => run("comments receive a.csv", { as: "0110" }, letters);
  await expect(run("comments receive a.csv", {}, letters)).rejects.toThrow("--as STAFF");
  await expect(receive()).rejects.toMatchObject({ code: "FORBIDDEN" });
  expect((await readBook(desk.office, desk.contract)).letters).toEqual([]);
  await qualify(desk, id);
  expect(await receive()).toContain("1通を受け取りました");
  const events = await listEvents(desk.office.read, {
    ...{ contract: desk.contract, kinds: ["comment.received"], limit: 2 },
  });
  expect(events.map(({ actor }) => actor)).toEqual([id]);
  const internal = (as: Record<string, string>) =>
    run("comments result", { out: "a.html", internal: "1", ...as });
  await expect(internal({})).rejects.toThrow("--as STAFF");
  expect(await internal({ as: "0110" })).not.toContain(canary.name);
});

test("特記 第3条・第11条 委員の氏名とメールの入る招集状は、--as と資格がなければ書き出せず、返事も残せない", async () => {
  desk.clock.set(instantOf("2024-07-01", "10:00"));
  const { meeting } = await planFirstMeeting(desk, planner(), [
    { name: canary.name, seat: "chair", mail: "ave@example.jp" },
  ]);
  await changeCouncil(desk.office, planner(), { organizerMail: "office@example.jp" });
  await fixDate(desk.office, planner(), meeting, { day: "2024-08-20", start: "14:00", end: "16:00" });
  desk.clock.set(instantOf("2025-09-02", "10:00"));
  const id = await hireForCommand(desk, "0110", "planner");
  const ics = (as: Record<string, string>) => run("council ics 1", { out: "a.ics", ...as });
  await expect(ics({})).rejects.toThrow("--as STAFF");
  await expect(ics({ as: "0110" })).rejects.toMatchObject({ code: "FORBIDDEN" });
  const reply = Buffer.from("出席します。\n");
  await expect(run("council reply 1 a.txt", {}, reply)).rejects.toMatchObject({ name: "AppError" });
  await qualify(desk, id);
  expect(await ics({ as: "0110" })).toContain("ave@example.jp");
});

test("別紙1 5(3) 氏名や文の入るファイルを書くコマンドは、--as がなければ断る（一覧は氏名を出さない）", async () => {
  await startStrategy(desk);
  for (const [words, options] of [
    ["registers list", { out: "a.docx", book: bookNames[0] }],
    ["team show", { out: "a.docx" }],
    ["completion report", { out: "a.docx" }],
  ] as const)
    await expect(run(words, options)).rejects.toThrow("--as STAFF");
});
