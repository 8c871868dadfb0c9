// @engine both
import { afterEach, expect, test } from "vitest";
import { readTables } from "../office/table-reader.ts";
import { openProtectedFile } from "../office/verify-protected-file.ts";
import { markupFaults } from "../testing/markup.ts";
import { openDesk, type TestDesk } from "../testing/open-desk.ts";
import { caller, openReception } from "../testing/reception-fixture.ts";
import { roomApp, type SignedIn, signIn } from "../testing/signed-in.ts";
import { findClass } from "./class-store.ts";
import { receptionRoutes } from "./reception-routes.tsx";
import { takeBooking } from "./take-booking.ts";

let desk: TestDesk;
let app: ReturnType<typeof roomApp>;
afterEach(() => desk.close());

async function open(): Promise<{ op: SignedIn; sv: SignedIn; booking: string }> {
  desk = await openDesk();
  app = roomApp(desk.office, receptionRoutes({}));
  const sv = await signIn(app, desk.office, desk.contract, "supervisor");
  const op = await signIn(app, desk.office, desk.contract, "operator");
  await openReception(desk.office, sv.actor, [
    { id: "a", capacity: 1 },
    { id: "b", capacity: 5 },
  ]);
  const { id } = await takeBooking(desk.office, op.actor, caller(1, "a"));
  return { op, sv, booking: id };
}

async function html(answer: Response, status = 200): Promise<string> {
  const text = await answer.text();
  expect([answer.status, markupFaults(text)]).toEqual([status, []]);
  return text;
}

const newWait = (n: number) => {
  const { draftId: _, ...fields } = caller(n, "a");
  return { ...fields, reachFrom: "10:00", reachTo: "15:00" };
};

test("６(2)ア 何もないときも、どの画面も次にすることを言う", async () => {
  const { sv } = await open();
  expect(await html(await sv.get("/waits"))).toContain("待機に入れる");
  expect(await html(await sv.get("/class-changes"))).toContain("変更・中止はありません");
  expect(await html(await sv.get("/class-changes/untold"))).toContain("市の変更・中止はありません");
  expect(await html(await sv.get("/lists/differences"))).toContain("まだ委託者へ渡していません");
  expect(await html(await sv.get("/booking-rate?term=2"))).toContain("予約率は16.7％です");
  expect(await html(await sv.get("/booking-rate?term=3"))).toContain("講習会は、まだありません");
});

test("６(2)ア 待つ回の会場と日の範囲を聞け、一覧に見え、ない会場は断る", async () => {
  const { op } = await open();
  const wish = { wider: true, venueIds: ["kita"], fromDay: "2025-10-02", toDay: "2025-10-05" };
  expect((await op.send("POST", "/api/waits", { ...newWait(2), ...wish })).status).toBe(201);
  expect(await html(await op.get("/waits"))).toContain(
    "「入門」のほかの回（北区民センター、10月2日～10月5日）",
  );
  const bad = await op.send("POST", "/api/waits", { ...newWait(3), ...wish, venueIds: ["nowhere"] });
  expect([bad.status, await bad.json()]).toMatchObject([422, { error: { faults: [{ field: "venueIds" }] } }]);
});

test("６(2)ウ 取消の画面は起きることを言い、待つ方の折り返しから予約になるまで、画面だけで進む", async () => {
  const { op, booking } = await open();
  expect((await op.send("POST", "/api/waits", newWait(2))).status).toBe(201);
  const page = await html(await op.get(`/bookings/${booking}/cancel`));
  expect(page).toContain("待っている1人の先頭の方のために押さえ");
  expect(page).toContain("まだ投函していないので、送りません");
  expect(await html(await op.post(`/bookings/${booking}/cancel`, { reason: "" }), 422)).toContain(
    "取り消す理由を選んで",
  );
  const done = await op.post(`/bookings/${booking}/cancel`, { reason: "health", version: "1" });
  expect(done.status).toBe(303);
  const list = await html(await op.get("/waits"));
  expect(list).toContain("1人に席を押さえて電話中です");
  expect(list).not.toContain("検査　2子");
  const id = /\/waits\/([\w-]{20,})/.exec(list)?.[1] ?? "";
  const masked = await html(await op.get(`/waits/${id}`));
  expect(masked).not.toContain("011-000-0002");
  expect(await html(await op.post(`/waits/${id}`, { reason: "callback" }))).toContain("011-000-0002");
  const offer = /name="offer" value="([\w-]+)"/.exec(masked)?.[1] ?? "";
  await op.post(`/waits/${id}/answer`, { offer, answer: "tried", result: "absent" });
  const answered = await op.post(`/waits/${id}/answer`, { offer, answer: "accepted" });
  expect([answered.status, answered.headers.get("location")]).toEqual([303, "/waits"]);
  expect(await html(await op.get(`/waits/${id}`))).toContain("予約になった");
  const again = await op.post(`/waits/${id}/answer`, { offer, answer: "accepted" });
  expect(await html(again, 422)).toContain("もう閉じています");
  expect(await findClass(desk.office.read, desk.contract, "a")).toMatchObject({ booked: 1, held: 0 });
});

test("６(2)ウ 変更は、移る先を選び、起きることを確かめてから", async () => {
  const { op, booking } = await open();
  expect(await html(await op.get(`/bookings/${booking}`))).toContain("別の回に変える");
  expect(await html(await op.get(`/bookings/${booking}/change`))).toContain("残り5");
  const confirm = await html(await op.post(`/bookings/${booking}/change`, { classId: "b" }));
  expect(confirm).toContain("席を取ってから、前の席を空けます");
  const before = await findClass(desk.office.read, desk.contract, "b");
  expect(before?.booked).toBe(0);
  await op.post(`/bookings/${booking}/change`, { classId: "b", version: "1", confirmed: "yes" });
  expect((await findClass(desk.office.read, desk.contract, "b"))?.booked).toBe(1);
  const late = await op.post(`/bookings/${booking}/change`, { classId: "a", version: "1", confirmed: "yes" });
  expect(await html(late, 422)).toContain("先にこの予約を変えました");
});

test("６(2)ウ 市の変更を入れると、伝えていない方が一人ずつ並び、伝え終わると空になる", async () => {
  const { op, sv, booking } = await open();
  const form = await html(await sv.get("/class-changes/new?class=a"));
  expect(form).toContain("予約1件の一件ごとに");
  const move = { day: "2025-10-03", start: "13:30", end: "14:20", venueId: "kita", room: "", capacity: "1" };
  expect(await html(await sv.post("/class-changes/a/move", move), 422)).toContain("理由を書いてください");
  const order = { reason: "会場の工事のため", instructedOn: "2025-09-17" };
  const moved = await sv.post("/class-changes/a/move", { ...move, ...order });
  expect(moved.headers.get("location")).toBe("/class-changes/untold");
  const untold = await html(await op.get("/class-changes/untold"));
  expect(untold).toContain("2025-10-01 → 2025-10-03");
  const tell = /\/class-changes\/tells\/([\w-]+)"/.exec(untold)?.[1] ?? "";
  expect(await html(await op.post(`/class-changes/tells/${tell}`, { result: "" }), 422)).toContain(
    "結果を選んで",
  );
  await op.post(`/class-changes/tells/${tell}/tries`, { result: "busy" });
  expect(await html(await op.get("/class-changes/untold"))).toContain("試み1回");
  await op.post(`/class-changes/tells/${tell}`, { result: "stays" });
  expect(await html(await op.get("/class-changes/untold"))).toContain("全員にお伝えしました");
  expect(await html(await op.get(`/bookings/${booking}`))).toContain("変わった日時・会場で受ける");
  const closed = await sv.post("/class-changes/a/close", order);
  expect(closed.status).toBe(303);
  expect(await html(await op.get("/class-changes"))).toContain("まだお伝えしていない方が1人います");
});

test("９(2) 渡した後の変更は番号つきの差分になり、氏名を添えたワークブックにもなる", async () => {
  const { op, sv, booking } = await open();
  await desk.office.act(sv.actor, (tx) =>
    tx.record({
      kind: "list.made",
      payload: { form: "workbook", purpose: "deliver", classes: ["a", "b"], rows: 1 },
    }),
  );
  desk.clock.advance(60_000);
  await op.post(`/bookings/${booking}/change`, { classId: "b", version: "1", confirmed: "yes" });
  const page = await html(await sv.get("/lists/differences"));
  expect(page).toContain("2か所");
  expect(page).not.toContain("検査　1子");
  const hand = async () => {
    const made = await html(await sv.post("/lists/differences", { recipient: "デジタル推進課" }));
    const password = /<code class="code">([^<]+)<\/code>/.exec(made)?.[1] ?? "";
    const copy = await sv.get(/href="(\/lists\/delivered\/[^"]+)"/.exec(made)?.[1] ?? "");
    const bytes = openProtectedFile(new Uint8Array(await copy.arrayBuffer()), password);
    const [table] = readTables(bytes, "差分.xlsx");
    return (table?.rows ?? []).map((row) => row.map((cell) => cell.text));
  };
  const first = await hand();
  expect(first.slice(2).map(([no, , kind]) => [no, kind])).toEqual([
    ["1", "削除"],
    ["2", "追加"],
  ]);
  expect(JSON.stringify(first)).toContain("検査　1子");
  expect(await html(await sv.get("/lists/differences"))).toContain("変わったところはありません");
  expect(await html(await sv.post("/lists/differences", { recipient: "課" }), 422)).toContain(
    "変わったところ",
  );
  desk.clock.advance(60_000);
  await op.post(`/bookings/${booking}/change`, { classId: "a", version: "2", confirmed: "yes" });
  const second = await hand();
  expect(second.slice(2).map(([no]) => no)).toEqual(["3", "4"]);
});
