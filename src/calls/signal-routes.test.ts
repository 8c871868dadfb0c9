import { afterEach, beforeEach, expect, test } from "vitest";
import { signBody } from "../telephony/cti-signal.ts";
import { openDesk, type TestDesk } from "../testing/open-desk.ts";
import { permitCalls } from "../testing/permit-calls.ts";
import { openReception } from "../testing/reception-fixture.ts";
import { roomApp, signIn } from "../testing/signed-in.ts";
import { callFigures } from "./call-figures.ts";
import { callRoutes } from "./call-routes.tsx";
import { changeDoor, doorSecret } from "./open-door.ts";
import { signalRoutes } from "./signal-routes.ts";

let desk: TestDesk;
beforeEach(async () => {
  desk = await openDesk();
  await openReception(desk.office, desk.actor("m-1", "manager"), []);
});
afterEach(() => desk.close());

const json = "application/json";
const form = "application/x-www-form-urlencoded";
async function post(
  body: string,
  given: { secret?: string | undefined; shift?: number; media?: string } = {},
) {
  const { secret = "x", shift = 0, media = json } = given;
  const timestamp = String(Math.floor(desk.clock.systemMs() / 1000) + shift);
  const app = roomApp(desk.office, callRoutes, { signed: signalRoutes });
  return app.request(`/api/cti/${desk.contract}`, {
    method: "POST",
    headers: {
      "content-type": media,
      "x-madoguchi-timestamp": timestamp,
      "x-madoguchi-signature": signBody(secret, timestamp, body),
    },
    body,
  });
}

const ring = JSON.stringify({
  event: "newCall",
  callId: "a-1",
  from: "0110000001",
  to: "0120",
  direction: "in",
});

test("６(6)オ 許しのあるまで知らせの道は開かず、開いても署名と時刻の合うものだけを受ける", async () => {
  expect((await post(ring)).status).toBe(404);
  const manager = desk.actor("m-1", "manager");
  await expect(changeDoor(desk.office, manager, { opened: true })).rejects.toMatchObject({ code: "REFUSED" });
  await permitCalls(desk.office, manager, desk.actor("c-1", "client"));
  const secret = await doorSecret(desk.office, desk.contract);
  expect((await post(ring, { secret: "wrong" })).status).toBe(403);
  expect((await post(ring, { secret, shift: -301 })).status).toBe(403);
  expect((await post(ring, { secret })).status).toBe(200);
  await changeDoor(desk.office, manager, { opened: true, rotate: true });
  expect((await post(ring, { secret })).status).toBe(403);
  await changeDoor(desk.office, manager, { opened: false });
  expect((await post(ring, { secret: await doorSecret(desk.office, desk.contract) })).status).toBe(404);
});

test("JSON とフォーム、重なり、前後した順、知らない番号の知らせも、一件ずつの電話になる。壊れた本文は 422", async () => {
  await permitCalls(desk.office, desk.actor("m-1", "manager"), desk.actor("c-1", "client"));
  const secret = await doorSecret(desk.office, desk.contract);
  const sent = [
    [
      JSON.stringify({
        event: "hangup",
        callId: "b-1",
        cause: "normalClearing",
        direction: "in",
        from: "0110000002",
      }),
      json,
    ],
    ["event=newCall&callId=b-1&from=0110000002&to=0120&direction=in", form],
    ["event=answer&callId=b-1&user=2&direction=in", form],
    ["event=answer&callId=b-1&user=2&direction=in", form],
    [JSON.stringify({ event: "newCall", callId: "b-2", from: "anonymous", direction: "in" }), json],
    [JSON.stringify({ event: "hangup", callId: "b-2", cause: "cancel", direction: "in", user: ["3"] }), json],
    [
      JSON.stringify({ event: "newCall", callId: "b-3", from: "0120", to: "0110000009", direction: "out" }),
      json,
    ],
  ] as const;
  for (const [body, media] of sent) expect((await post(body, { secret, media })).status).toBe(200);
  const { total } = await callFigures(desk.office, desk.contract, { from: "2025-09-17", to: "2025-09-17" });
  expect(total).toMatchObject({ offered: 2, answered: 1, abandoned: 1, live: 0 });
  for (const body of [
    "{",
    "[]",
    "null",
    '{"event":"newCall"}',
    '{"event":"__proto__","callId":"x"}',
    '{"event":"newCall","callId":"あ"}',
  ])
    expect((await post(body, { secret })).status).toBe(422);
});

test("９(1) 数・一覧・いまの様子の画面が開き、決めごとが表の下にある。委託者は数だけを見る", async () => {
  const app = roomApp(desk.office, callRoutes, { signed: signalRoutes });
  const op = await signIn(app, desk.office, desk.contract, "operator");
  expect(
    (await op.send("POST", "/api/calls/desk", { draftId: "d-1", event: "start", caller: "0110000005" }))
      .status,
  ).toBe(200);
  desk.clock.advance(90_000);
  await op.send("POST", "/api/calls/desk", { draftId: "d-1", event: "end" });
  const figures = await (await op.get("/calls/figures?from=2025-09-17&to=2025-09-17")).text();
  expect(figures).toContain("入電1件のうち1件");
  for (const term of ["入電", "応答", "放棄", "時間外", "話中"])
    expect(figures).toContain(`<dt>${term}</dt>`);
  expect(await (await op.get("/calls?what=answered")).text()).toContain("1分30秒");
  expect((await op.get("/calls/wall")).status).toBe(200);
  expect((await op.get("/calls?from=2025-13-99")).status).toBe(422);
  const city = await signIn(app, desk.office, desk.contract, "client");
  expect((await city.get("/calls")).status).toBe(403);
  const shown = await (await city.get("/calls/figures?from=2025-09-17&to=2025-09-17")).text();
  expect(shown).toContain("入電1件のうち1件");
  expect(shown).not.toContain('href="/calls?');
});
