import type { Hono } from "hono";
import { afterEach, beforeEach, expect, test } from "vitest";
import { systemActor } from "../base/actor.ts";
import { filingRoutes } from "../filings/filing-routes.tsx";
import { listTasks } from "../tasks/list-tasks.ts";
import { openContract } from "../terms/open-contract.ts";
import { startContract } from "../terms/start-contract.ts";
import { dutyYaml } from "../testing/duty-fixture.ts";
import { markupFaults } from "../testing/markup.ts";
import { openDesk, type TestDesk } from "../testing/open-desk.ts";
import { roomHands } from "../testing/room-hands.ts";
import { roomApp, type SignedIn, signIn } from "../testing/signed-in.ts";
import { contractRoutes } from "./contract-routes.tsx";
import { blockedBy, readOwed } from "./read-owed.ts";
import { remindOwed } from "./remind-owed.ts";

const obligations = `
  - { id: report, clause: c1, actor: 責任者, to: 委託者, verb: 報告, object: クレームの内容, quote: 翌営業日中に報告すること。, when: [{ asked: true }],
      due: { text: 翌営業日中, rule: { businessDays: 1 } }, done: [{ event: filing.submitted, with: { form: complaint-report } }], form: complaint-report, blocks: [delivery] }
  - { id: list, clause: c2, actor: 受託者, verb: 提出, object: 予約者リスト, quote: 各期の開設期間終了時, when: [{ each: term }], due: { text: 終了時, rule: { by: term-end } }, blocks: [completion] }
  - { id: cost, clause: c1, actor: 受託者, verb: 負担, object: 費用, quote: 受託者の負担とすること。, nature: standing, review: { months: 3 } }`;

let desk: TestDesk;
let app: Hono;
let manager: SignedIn;

beforeEach(async () => {
  desk = await openDesk();
  await startContract(desk.office, systemActor(desk.contract), dutyYaml(obligations));
  app = roomApp(desk.office, contractRoutes({ ...roomHands(), labelOf: () => undefined }));
  manager = await signIn(app, desk.office, desk.contract, "manager");
});
afterEach(() => desk.close());

async function page(path: string, who = manager): Promise<string> {
  const response = await who.get(path);
  const html = await response.text();
  expect(response.status, path).toBe(200);
  expect(markupFaults(html)).toEqual([]);
  return html;
}
const stateOf = async (key: string) =>
  (
    (await (await manager.get(`/api/contract/duties/${encodeURIComponent(key)}`)).json()) as {
      duty: { state: string };
    }
  ).duty.state;

test("条項と義務: 条項ごとの色、義務の一文、期限が一枚に並び、色で絞れる", async () => {
  const html = await page("/contract");
  expect(html).toContain("1条項が遅れています。");
  expect(html).toContain("受託者の負担とすること。");
  expect(html).toContain('id="c-c2"');
  const late = await page("/contract?state=late");
  expect(late).toContain("遅れ・なしの条項だけを並べています。");
  expect(late).not.toContain('id="c-c1"');
});

test("期限の盤は遅れを先に、日ごとにも人ごとにも並び、月の暦にも載る", async () => {
  const html = await page("/contract/board");
  expect(html.indexOf("予約者リストの提出（第一期）")).toBeLessThan(
    html.lastIndexOf("予約者リストの提出（第二期）"),
  );
  expect(await page("/contract/board?by=person&role=manager")).toContain("期限の盤");
  expect(await page("/contract/calendar?month=2025-09")).toContain("令和7年9月が期限の義務は1件です。");
  expect(await page("/contract/calendar?month=x")).toContain("令和7年9月");
});

test("６(9) 起きたと記録すれば翌営業日中の義務が生じ、証跡を添えれば緑、取り消せば戻る", async () => {
  const raised = await manager.post("/contract/duties/report/raise", {
    day: "2025-09-16",
    time: "15:00",
    note: "待ち時間",
  });
  const path = raised.headers.get("location") ?? "";
  const key = decodeURIComponent(path.split("/").at(-1) ?? "");
  const html = await page(path);
  expect(html).toContain("翌営業日中 9月17日（水）");
  expect(html).toContain("待ち時間");
  expect(html).toContain(
    `/filings/new?form=complaint-report&amp;clause=6%289%29&amp;obligation=${encodeURIComponent(encodeURIComponent(key)).slice(0, 6)}`,
  );
  expect(await stateOf(key)).toBe("due");
  await manager.post(`${path}/evidence`, { note: "日報7-12号で報告した" });
  expect(await stateOf(key)).toBe("done");
  const entry = /name="entry" value="([^"]+)"/.exec(await page(path))?.[1] ?? "";
  await manager.post(`${path}/retract`, { entry });
  expect(await stateOf(key)).toBe("due");
  expect((await manager.post(`${path}/retract`, { entry })).status).toBe(409);
});

test("続く義務は日付と証跡のある表明で緑になり、見直しの日は先の日だけ", async () => {
  expect(
    (
      await manager.send("POST", "/api/contract/duties/cost/attest", {
        note: "確かめた",
        until: "2025-09-17",
      })
    ).status,
  ).toBe(422);
  expect((await manager.send("POST", "/api/contract/duties/cost/attest", {})).status).toBe(422);
  expect((await manager.send("POST", "/api/contract/duties/list@2/attest", { note: "x" })).status).toBe(409);
  await manager.send("POST", "/api/contract/duties/cost/attest", { note: "確かめた", until: "2025-10-01" });
  expect(await stateOf("cost")).toBe("done");
  desk.clock.advance(15 * 86_400_000);
  const { lines } = await readOwed(desk.office, desk.contract, { obligation: "cost" });
  expect(lines).toMatchObject([{ state: "due", stateText: "見直し" }]);
});

test("遅れている義務だけが、その先のことを妨げる", async () => {
  expect((await blockedBy(desk.office, desk.contract, "completion")).map((one) => one.key)).toEqual([
    "list@1",
  ]);
  expect(await blockedBy(desk.office, desk.contract, "delivery")).toEqual([]);
  await manager.send("POST", "/api/contract/duties/list@1/evidence", { note: "7月25日に渡した" });
  expect(await blockedBy(desk.office, desk.contract, "completion")).toEqual([]);
});

test("免じるのは責任者が、根拠の届出を示してだけ", async () => {
  const sv = await signIn(app, desk.office, desk.contract, "supervisor");
  expect(
    (await sv.send("POST", "/api/contract/duties/list@1/waive", { ref: "filings/filing/f1" })).status,
  ).toBe(403);
  expect((await manager.send("POST", "/api/contract/duties/list@1/waive", { note: "電話で" })).status).toBe(
    422,
  );
  await manager.send("POST", "/api/contract/duties/list@1/waive", { ref: "filings/filing/f1" });
  expect(await stateOf("list@1")).toBe("never");
});

test("期限の近い義務は、一回分に一つだけ仕事になり、果たせば閉じる", async () => {
  expect(await remindOwed(desk.office, desk.contract)).toEqual({ opened: 1, closed: 0 });
  expect(await remindOwed(desk.office, desk.contract)).toEqual({ opened: 0, closed: 0 });
  await manager.send("POST", "/api/contract/duties/list@1/evidence", { note: "渡した" });
  expect(await remindOwed(desk.office, desk.contract)).toEqual({ opened: 0, closed: 1 });
});

test("見直しの日を過ぎた表明は、遅れでない仕事になり、仕事の画面の遅れの数は、期限の盤と食い違わない", async () => {
  await manager.send("POST", "/api/contract/duties/cost/attest", { note: "確かめた", until: "2025-09-18" });
  desk.clock.advance(5 * 86_400_000);
  await remindOwed(desk.office, desk.contract);
  const { blueprint } = await openContract(desk.office, desk.contract);
  const tasks = await listTasks(desk.office, desk.actor("m-9", "manager"), blueprint);
  expect(tasks.map(({ title, urgency }) => [title, urgency])).toEqual(
    expect.arrayContaining([
      ["費用の負担（見直し）", undefined],
      ["予約者リストの提出（第一期）", "late"],
    ]),
  );
  const { lateDuties } = roomHands();
  expect(await lateDuties(desk.office, desk.contract, [])).toMatchObject({ count: 1 });
  expect(await lateDuties(desk.office, desk.contract, ["list"])).toMatchObject({ count: 0 });
});

test("変更契約: 替える前に差を見せ、替えれば数え直し、前の証跡は残る", async () => {
  await manager.send("POST", "/api/contract/duties/cost/attest", { note: "確かめた" });
  const yaml = dutyYaml(
    obligations
      .replace("by: term-end", "after: { days: 7 }, of: term-end")
      .replace(
        "- { id: cost",
        "- { id: extra, clause: c2, actor: 受託者, verb: 提出, quote: 追加, when: [{ date: 2025-10-31 }], due: { rule: { date: 2025-10-31 } } }\n  - { id: cost",
      ),
  );
  const shown = await manager.post("/contract/change", { file: new File([yaml], "next.yaml") });
  const html = await shown.text();
  expect(shown.status).toBe(200);
  expect(markupFaults(html)).toEqual([]);
  expect(html).toContain("1件が加わり、0件がなくなり、3件の期限が変わります。");
  const [packed = "", before = ""] = ["yaml", "before"].map(
    (name) => new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? "",
  );
  expect((await manager.post("/contract/change/confirm", { yaml: packed, before, reason: "" })).status).toBe(
    422,
  );
  const done = await manager.post("/contract/change/confirm", {
    yaml: packed,
    before,
    reason: "変更契約書 第1号",
  });
  expect(done.headers.get("location")).toContain("/contract");
  const { lines } = await readOwed(desk.office, desk.contract);
  expect(lines.map((line) => [line.key, line.state])).toEqual([
    ["list@1", "late"],
    ["cost", "done"],
    ["list@2", "ahead"],
    ["extra", "ahead"],
    ["list@3", "ahead"],
  ]);
  expect(
    (await manager.post("/contract/change/confirm", { yaml: packed, before, reason: "もう一度" })).status,
  ).toBe(409);
});

test("読めない設計図は、どこが悪いかを同じ画面で言う。ない義務は文で断る", async () => {
  const bad = await manager.post("/contract/change", { file: new File(["a: ["], "bad.yaml") });
  expect(bad.status).toBe(422);
  expect(markupFaults(await bad.text())).toEqual([]);
  expect((await manager.get("/contract/duties/no-such")).status).toBe(404);
  expect((await manager.get("/contract/files/none")).status).toBe(404);
  expect((await manager.post("/contract/end", { on: "2030-01-01" })).status).toBe(422);
});

test("委託者と監査は読むだけ。委託者には、添えた言葉を見せない", async () => {
  await manager.send("POST", "/api/contract/duties/list@1/evidence", { note: "内輪の覚え" });
  for (const role of ["client", "auditor"] as const) {
    const who = await signIn(app, desk.office, desk.contract, role);
    const html = await page("/contract/duties/list@1", who);
    expect(html.includes("内輪の覚え")).toBe(role === "auditor");
    expect(html).not.toContain("果たしたと記録する");
    expect((await who.send("POST", "/api/contract/duties/list@1/evidence", { note: "x" })).status).toBe(403);
  }
});

test("６(9) 手で選んだ様式でも、どの義務のものかを選んで作れ、提出と受領がその義務の証跡になる", async () => {
  app = roomApp(desk.office, [
    ...contractRoutes({ ...roomHands(), labelOf: () => undefined }),
    ...filingRoutes(roomHands()),
  ]);
  manager = await signIn(app, desk.office, desk.contract, "manager");
  const raise = async (note: string) => {
    const made = await manager.post("/contract/duties/report/raise", {
      day: "2025-09-16",
      time: "15:00",
      note,
    });
    return decodeURIComponent(made.headers.get("location")?.split("/").at(-1) ?? "");
  };
  const first = await raise("一件め");
  const only = await page("/filings/new?form=complaint-report");
  expect(only).toContain("どの義務のものか");
  expect(only).toMatch(new RegExp(`<option value="${first}" selected[^>]*>6\\(9\\) クレームの内容の報告`));
  const second = await raise("二件め");
  // 二つあれば、人が選ぶまで、どれのものでもない。
  expect(await page("/filings/new?form=complaint-report")).not.toMatch(
    /<option value="report@[^"]*" selected/,
  );
  // この様式で果たす義務がなければ、欄は出ない。
  expect(await page("/filings/new?form=consultation")).not.toContain("どの義務のものか");
  const made = await manager.send("POST", "/api/filings", {
    ...{
      kind: "report",
      form: "complaint-report",
      title: "クレームの報告",
      clause: "6(9)",
      body: "対応した。",
    },
    obligation: second,
  });
  const { id } = (await made.json()) as { id: string };
  expect(await page(`/filings/${id}`)).toContain("果たす義務");
  await manager.post(`/filings/${id}/submit`, {});
  expect([await stateOf(first), await stateOf(second)]).toEqual(["due", "waiting"]);
});
