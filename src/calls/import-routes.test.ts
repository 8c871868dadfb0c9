// @engine both
import { afterEach, beforeEach, expect, test } from "vitest";
import { openDesk, type TestDesk } from "../testing/open-desk.ts";
import { openReception } from "../testing/reception-fixture.ts";
import { roomApp, signIn } from "../testing/signed-in.ts";
import { callRoutes } from "./call-routes.tsx";
import { importCalls } from "./import-calls.ts";

let desk: TestDesk;
beforeEach(async () => {
  desk = await openDesk();
  await openReception(desk.office, desk.actor("m-1", "manager"), []);
});
afterEach(() => desk.close());

const csv = [
  "着信日時,発信者番号,結果,待ち時間,担当者",
  "2025-09-17 10:00:00,0110000001,応答,0:10,2",
  "2025-09-17 10:00:09,0110000001,放棄,0:05,",
  "2025-09-17 10:05:00,非通知,放棄,0:30,",
  "2025-09-17 17:00:00,0110000003,放棄,0:05,",
].join("\n");
const start = Date.parse("2025-09-17T10:00:00+09:00") / 1000;
const queueLog = [
  `${start + 1}|${start + 1}.1|koza|NONE|ENTERQUEUE||0110000001|1`,
  `${start + 11}|${start + 1}.1|koza|2|CONNECT|10|x.2|3`,
  `${start + 10}|${start + 10}.3|koza|NONE|ENTERQUEUE||0110000001|1`,
  `${start + 15}|${start + 10}.3|koza|NONE|ABANDON|1|1|5`,
  `${start + 301}|${start + 301}.5|koza|NONE|ENTERQUEUE||anonymous|1`,
  `${start + 330}|${start + 301}.5|koza|NONE|ABANDON|1|1|29`,
].join("\n");
const bytes = (text: string) => new TextEncoder().encode(text);

test("９(1) 電話機の CSV は画面と JSON から取り込め、二度目は増えず、queue_log と重ねても一件ずつ。番号は平文で残らない", async () => {
  const app = roomApp(desk.office, callRoutes);
  const sv = await signIn(app, desk.office, desk.contract, "supervisor");
  expect(await (await sv.get("/calls/import")).text()).toContain("電話機の CSV");
  const page = await sv.post("/calls/import", { pbx: new File([csv], "履歴.csv") });
  expect(await page.text()).toContain("4件の電話が加わりました");
  const again = await sv.send("POST", "/api/calls/import", { pbx: csv });
  expect(await again.json()).toMatchObject({ added: 0, known: 4 });
  const both = await sv.send("POST", "/api/calls/import", { queueLog });
  expect(await both.json()).toMatchObject({ added: 0, merged: 3 });
  const map = "columns: { start: 着信日時, caller: 発信者番号 }\nvalues: { よい: [x] }";
  expect((await sv.send("POST", "/api/calls/import", { pbx: csv, pbxMap: map })).status).toBe(422);
  expect((await sv.post("/calls/import", {})).status).toBe(422);
  const op = await signIn(app, desk.office, desk.contract, "operator");
  expect((await op.get("/calls/import")).status).toBe(403);
  const rows = await desk.office.read.q.selectFrom("call_alias").selectAll().execute();
  expect(JSON.stringify(rows)).not.toContain("110000001");
});

test("９(1) queue_log を先に取り込んでも、あとの CSV で電話は増えない", async () => {
  const sv = desk.actor("sv-1", "supervisor");
  const log = { queueLogs: [{ name: "q", bytes: bytes(queueLog) }], cdrs: [] };
  expect(await importCalls(desk.office, sv, log)).toMatchObject({ added: 3, merged: 0 });
  const more = { queueLogs: [], cdrs: [], pbx: [{ name: "a.csv", bytes: bytes(csv) }] };
  expect(await importCalls(desk.office, sv, more)).toMatchObject({ added: 1, merged: 3 });
  expect(await importCalls(desk.office, sv, more)).toMatchObject({ added: 0, known: 4 });
});
