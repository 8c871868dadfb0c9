import { afterEach, beforeEach, expect, test } from "vitest";
import type { Actor } from "../base/actor.ts";
import { draftFiling } from "../filings/draft-filing.ts";
import { filingCommands } from "../filings/filing-command.ts";
import { submitFiling } from "../filings/submit-filing.ts";
import type { CommandIo } from "../platform/command.ts";
import { answersOf, hireForCommand } from "../testing/command-handler.ts";
import { makeOfficer } from "../testing/officer-fixture.ts";
import { openDesk, type TestDesk } from "../testing/open-desk.ts";
import { openReception } from "../testing/reception-fixture.ts";
import { roomHands } from "../testing/room-hands.ts";
import { packageCommands } from "./package-command.ts";

let desk: TestDesk;
let manager: Actor;
beforeEach(async () => {
  desk = await openDesk();
  manager = desk.actor("m-1", "manager");
  await openReception(desk.office, manager, []);
  await hireForCommand(desk, "0101", "manager");
});
afterEach(() => desk.close());

/** コマンドを一つ行い、--json の値と、書いたファイルを返す。 */
async function run(
  words: string,
  options: Record<string, string[]> = {},
  given: Uint8Array = new Uint8Array(),
): Promise<{ value: Record<string, unknown>; files: Map<string, Uint8Array> }> {
  const command = [...packageCommands(roomHands()), ...filingCommands(roomHands())].find((one) =>
    words.startsWith(one.name),
  );
  if (!command) throw new Error(`${words} がない`);
  const files = new Map<string, Uint8Array>();
  let value: unknown;
  const io: CommandIo = {
    args: words.slice(command.name.length).trim().split(" ").filter(Boolean),
    option: (name) => options[name]?.[0],
    options: (name) => options[name] ?? [],
    flag: () => false,
    result: (result) => {
      value = result;
    },
    progress: () => undefined,
    secret: answersOf(desk),
    readFile: async () => given,
    writeFile: async (path, bytes) => void files.set(path, bytes),
    office: async () => desk.office,
    signal: new AbortController().signal,
  };
  await command.run(io);
  return { value: value as Record<string, unknown>, files };
}

test("一式を書き出し、署名つきの回答を読み込み、届いたものを並べる", async () => {
  const { id } = await draftFiling(desk.office, manager, {
    ...{ kind: "consultation", title: "席数の変更", clause: "6(5)ウ", body: "3席にしたい。" },
  });
  await expect(run("packages make 1", { out: ["/tmp"], as: ["0101"] })).rejects.toMatchObject({
    code: "REFUSED",
  });
  await submitFiling(desk.office, manager, id);
  await expect(run("packages make 1", { out: ["/o"] })).rejects.toThrow("--as STAFF");
  const { value, files } = await run("packages make 1", {
    out: ["/o"],
    form: ["html", "docx"],
    as: ["0101"],
  });
  expect([...files.keys()]).toEqual([
    "/o/確認用の一式_令和7年度協議第1号_第1版.html",
    "/o/回答様式_令和7年度協議第1号_第1版.docx",
  ]);
  const officer = await makeOfficer();
  const file = await officer.sign({ package: value.hash });
  expect((await run("packages read a.json", {}, file)).value).toMatchObject({ standing: "unconfirmed" });
  expect((await run("packages list")).value).toMatchObject({
    ...{ answers: [{ standing: "unconfirmed", outcomeText: "回答" }], keys: [{ state: "waiting" }] },
  });
  expect((await run("packages remind")).value).toEqual({ opened: 0, closed: 0 });
});

test("号がない・形が違う・絞り込みが違うときは、一文で断る", async () => {
  for (const [words, options] of [
    ["packages make", {}],
    ["packages make 一", {}],
    ["packages make 1", { form: ["pdf"] }],
    ["packages read", {}],
    ["filings list", { due: ["yesterday"] }],
    ["filings list", { form: ["no-such"] }],
  ] as const)
    await expect(run(words, options as never)).rejects.toMatchObject({ code: "BAD_INPUT" });
  await expect(run("packages make 99", { out: ["/o"] })).rejects.toMatchObject({ code: "NOT_FOUND" });
});
