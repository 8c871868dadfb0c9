import { afterEach, beforeEach, expect, test } from "vitest";
import { openDesk, type TestDesk } from "../testing/open-desk.ts";
import { openReception } from "../testing/reception-fixture.ts";
import { endContract } from "./end-contract.ts";

let desk: TestDesk;
beforeEach(async () => {
  desk = await openDesk();
  await openReception(desk.office, desk.actor("m", "manager"), []);
});
afterEach(() => desk.close());

test("7(2) 特記 第13条 預かったものが返るまで契約は終えられない。解除（第17条）は、返っていなくても記録する", async () => {
  const manager = desk.actor("m", "manager");
  let held = [{ text: "提供・貸与の台帳第1号が開いたままです。" }];
  const hand = { holdings: async () => held };
  const on = "2025-09-17";
  await expect(endContract(desk.office, manager, { on, early: false }, hand)).rejects.toMatchObject({
    code: "REFUSED",
    message: expect.stringContaining("提供・貸与の台帳第1号"),
  });
  expect(await desk.events()).not.toContain("contract.ended");
  await endContract(desk.office, manager, { on, early: true }, hand);
  held = [];
  await endContract(desk.office, manager, { on, early: false }, hand);
  expect((await desk.events()).filter((kind) => kind === "contract.ended")).toHaveLength(2);
});
