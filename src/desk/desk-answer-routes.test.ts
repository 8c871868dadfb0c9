import { afterEach, beforeEach, expect, test } from "vitest";
import { recordSignal } from "../calls/record-signal.ts";
import { linksFrom } from "../platform/link-store.ts";
import { openDesk, type TestDesk } from "../testing/open-desk.ts";
import { openReception } from "../testing/reception-fixture.ts";
import { roomApp, type SignedIn, signIn } from "../testing/signed-in.ts";
import { deskAnswerRoutes } from "./desk-answer-routes.ts";

let desk: TestDesk;
let op: SignedIn;
beforeEach(async () => {
  desk = await openDesk();
  await openReception(desk.office, desk.actor("m", "manager"), []);
  op = await signIn(roomApp(desk.office, deskAnswerRoutes), desk.office, desk.contract, "operator");
});
afterEach(() => desk.close());

const complaint = { draftId: "d-1", severity: "normal", topic: "line", content: "つながらない。" };

test("６(9) 受付デスクから残した苦情は、その電話とつながり、送り直しても一件", async () => {
  const call = await recordSignal(desk.office, op.actor, {
    ...{ source: "desk", outerId: `${op.actor.id}/d-1`, kind: "answer", direction: "in", desk: "2" },
    at: desk.clock.officeNow(desk.contract),
  });
  const send = () => op.send("POST", "/api/desk/complaints", complaint, { "Idempotency-Key": "k-1" });
  const first = (await (await send()).json()) as { id: string; number: number; call: string };
  expect(first.call).toBe(call.id);
  expect(await (await send()).json()).toEqual(first);
  const links = await linksFrom(desk.office.read, desk.contract, `calls/call/${call.id}`);
  expect(links.map((link) => link.to_ref)).toEqual([`answers/complaint/${first.id}`]);
});

test("６(7) 電話の記録がなくても、委託者への確認は残る。空の問いは欄の名つきで断る", async () => {
  const given = {
    draftId: "d-2",
    item: "other",
    ask: "手話通訳は付き添いに数えますか。",
    caller: "",
    promise: "120",
  };
  const made = await op.send("POST", "/api/desk/questions", given);
  expect(made.status).toBe(201);
  expect(((await made.json()) as { call?: string }).call).toBeUndefined();
  expect((await op.send("POST", "/api/desk/questions", { ...given, ask: " " })).status).toBe(422);
});
