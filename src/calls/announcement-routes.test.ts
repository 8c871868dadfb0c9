import { existsSync } from "node:fs";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openDesk, type TestDesk } from "../testing/open-desk.ts";
import { openReception } from "../testing/reception-fixture.ts";
import { roomApp, signIn } from "../testing/signed-in.ts";
import { callRoutes } from "./call-routes.tsx";
import { exportDialplan } from "./export-dialplan.ts";

let desk: TestDesk;
beforeEach(async () => {
  desk = await openDesk();
  await openReception(desk.office, desk.actor("m-1", "manager"), []);
});
afterEach(() => desk.close());

test("６(6)ウ 時間外の案内の文は直せ、書き出しに使われ、標準に戻せる。声に足りないパッケージを言う", async () => {
  const app = roomApp(desk.office, callRoutes);
  const sv = await signIn(app, desk.office, desk.contract, "supervisor");
  const written = async () =>
    (await exportDialplan(desk.office, desk.contract)).files.find(({ name }) => name === "announcement.txt")
      ?.text;
  const standard = await written();
  const first = await (await sv.get("/calls/announcement")).text();
  expect(first).toContain("標準の文です");
  expect(first.includes("open-jtalk-mecab-naist-jdic")).toBe(
    !existsSync("/var/lib/mecab/dic/open-jtalk/naist-jdic"),
  );
  await sv.post("/calls/announcement", { act: "save", text: "本日は終了しました。" });
  expect(await written()).toBe("本日は終了しました。\n");
  expect(await (await sv.get("/api/calls/announcement")).json()).toMatchObject({ edited: true, standard });
  expect((await sv.post("/calls/announcement", { act: "save", text: "あ".repeat(601) })).status).toBe(422);
  expect((await sv.post("/calls/announcement", { act: "save", text: " " })).status).toBe(422);
  expect((await sv.send("POST", "/api/calls/announcement", { text: null })).status).toBe(200);
  expect(await written()).toBe(standard);
  const op = await signIn(app, desk.office, desk.contract, "operator");
  expect((await op.get("/calls/announcement")).status).toBe(403);
  const voice = await sv.get("/calls/announcement/voice");
  expect(voice.status).toBe(existsSync("/usr/bin/open_jtalk") ? 200 : 503);
});
