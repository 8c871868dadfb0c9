import { readFileSync } from "node:fs";
import { afterEach, beforeEach, expect, test } from "vitest";
import { systemActor } from "../base/actor.ts";
import { readOwed } from "../contract/read-owed.ts";
import { type BookName, bookOf } from "../registers/book.ts";
import { clauseOfBook } from "../registers/list-entries.ts";
import { closeEntry, recordEntry } from "../registers/record-entry.ts";
import { recordEnvironment } from "../registers/record-environment.ts";
import { startContract } from "../terms/start-contract.ts";
import { openDesk, type TestDesk } from "../testing/open-desk.ts";

let desk: TestDesk;
beforeEach(async () => {
  desk = await openDesk({ at: "2024-07-10T01:00:00.000Z" });
  const yaml = readFileSync(new URL("../../blueprints/sapporo-ict-strategy.yaml", import.meta.url), "utf8");
  await startContract(desk.office, systemActor(desk.contract), yaml);
});
afterEach(() => desk.close());

const planner = () => desk.actor("p", "planner");
const enter = (book: BookName) =>
  recordEntry(desk.office, planner(), book, {
    ...{ title: "見本", clause: "", heldOn: "2024-07-09" },
    fields: Object.fromEntries(bookOf(book).fields.map(({ name }) => [name, "書いた"])),
  });
const states = async (obligation: string) =>
  (await readOwed(desk.office, desk.contract)).lines
    .filter(({ key }) => key === obligation || key.startsWith(`${obligation}@`))
    .map((line) => line.state);

test("12(7) 協議を書くと協議は果たされ、決めることは、結ぶまで残る", async () => {
  const { id } = await enter("consultation");
  expect(await states("doubt-consultation")).toContain("done");
  expect(await states("other-decision")).toContain("due");
  await closeEntry(desk.office, planner(), id, { edition: 1, fields: {} });
  expect(await states("other-decision")).toContain("done");
  expect(await states("other-decision")).not.toContain("due");
});

test("12(3) 事故を書くと対応が生じ、解決として結ぶと果たされる", async () => {
  const { id } = await enter("accident");
  expect(await states("trouble-response")).toContain("due");
  await closeEntry(desk.office, planner(), id, { edition: 1, fields: {} });
  expect(await states("trouble-settlement")).toContain("done");
  expect(await states("trouble-response")).not.toContain("due");
});

test("3(1)(ｶ)・12(2)・12(6)・９ 助言・許認可・提案・環境の数が、条項の証跡になる", async () => {
  for (const book of ["advice", "permit", "proposal"] as const) await enter(book);
  await recordEnvironment(desk.office, planner(), "2024-07", { electricity: 120, paper: 80, waste: 3 });
  for (const one of ["advice", "permit-procedure", "proposal", "energy-saving", "paper-saving"])
    expect([one, ...(await states(one))]).toContain("done");
  expect(await states("green-purchase")).not.toContain("done");
  expect(await clauseOfBook(desk.office, desk.contract, "proposal")).toBe("12(6)");
});
