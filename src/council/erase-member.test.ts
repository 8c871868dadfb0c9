// @engine both
import { afterEach, beforeEach, expect, test } from "vitest";
import { instantOf } from "../base/time.ts";
import { verifyCertificate } from "../erasure/certificate.ts";
import { certifyErasure, reportErasure } from "../erasure/certify-erasure.ts";
import type { Selection } from "../erasure/erasure.ts";
import { openErasure } from "../erasure/open-erasure.ts";
import { findPerson } from "../erasure/pick-person.ts";
import { drawPlan, planErasure } from "../erasure/plan-erasure.ts";
import { requestErasure } from "../erasure/request-erasure.ts";
import { runErasure } from "../erasure/run-erasure.ts";
import { answerFiling } from "../filings/answer-filing.ts";
import { openFiling, readFields } from "../filings/list-filings.ts";
import { submitFiling } from "../filings/submit-filing.ts";
import { canary } from "../testing/canary.ts";
import { planFirstMeeting } from "../testing/council-fixture.ts";
import { openDesk, type TestDesk } from "../testing/open-desk.ts";
import { changeCouncilMember } from "./change-council.ts";
import { beginMinutes } from "./edit-minutes.ts";
import { memberHolder } from "./erase-member.ts";
import { fixDate } from "./fix-date.ts";
import { eraseRecording, holdMeeting } from "./hold-meeting.ts";
import { readCouncil } from "./read-council.ts";

let desk: TestDesk;
let meeting: string;
let ids: string[];
const planner = () => desk.actor("p", "planner");
const manager = () => desk.actor("m", "manager");
const privacy = () => desk.actor("x", "privacy");
const holders = [memberHolder];

beforeEach(async () => {
  desk = await openDesk({ at: instantOf("2024-07-01", "10:00") });
  ({ meeting, ids } = await planFirstMeeting(desk, planner(), [
    { name: "髙橋 一郎", seat: "chair" },
    { name: canary.name, phone: canary.callerNumber, mail: "ave@example.jp" },
  ]));
  await fixDate(desk.office, planner(), meeting, { day: "2024-08-20", start: "14:00", end: "16:00" });
  desk.clock.set(instantOf("2024-08-21", "10:00"));
  const line = { how: "room" as const, fee: 0, travel: 0, note: "" };
  await holdMeeting(desk.office, planner(), meeting, {
    attendance: ids.map((member) => ({ member, ...line })),
    ...{ decisions: [], visitors: 2, secretariat: "", recorded: true },
    ...{ consent: "全員から口頭で", eraseBy: "2024-10-31" },
  });
  const vtt = `WEBVTT\n\n00:01.000 --> 00:05.000\n<v 話者1>${canary.name}です。</v>\n`;
  const file = { fileName: "t.vtt", bytes: new TextEncoder().encode(vtt) };
  await beginMinutes(desk.office, planner(), meeting, file, "tidy");
});
afterEach(() => desk.close());

async function consented(selection: Selection): Promise<string> {
  const given = { selection, plannedDay: "2024-08-21" };
  const { id } = await planErasure(desk.office, manager(), given, holders);
  const { filing } = await requestErasure(desk.office, manager(), id);
  await submitFiling(desk.office, manager(), filing);
  const answer = { outcome: "approved" as const, text: "承知しました" };
  await answerFiling(desk.office, desk.actor("city", "client"), filing, answer);
  return id;
}

const fieldsOf = async (id: string) => readFields((await openFiling(desk.office, manager(), id)).filing);
const run = (id: string) => runErasure(desk.office, privacy(), id, undefined, holders);

test("第13条 会議の録音は一行を持ち、消したことが記録されるまで、消去の証明書は未完のまま", async () => {
  const id = await consented({ scope: "contract" });
  const { counts, filing, recordings } = await openErasure(desk.office, desk.contract, id);
  expect(counts.find(({ table }) => table === "recording")).toMatchObject({ rows: 1, keys: 0 });
  // 文字起こしのファイルも消える。確定していない会議録は、契約の記録として残る。
  expect(counts.find(({ table }) => table === "blob")?.rows).toBe(1);
  expect(recordings).toEqual([
    {
      ...{ meeting: `council/meeting/${meeting}`, label: "第1回の会議の録音" },
      ...{ heldOn: "2024-08-20", eraseBy: "2024-10-31", erasedOn: undefined },
    },
  ]);
  const fields = await fieldsOf(filing?.id ?? "");
  expect([fields.media, fields.quantity]).toEqual([
    expect.stringContaining("会議の録音機"),
    expect.stringMatching(/会議の録音 1回分$/),
  ]);
  expect((await run(id)).found).toEqual([]);
  const first = await certifyErasure(desk.office, manager(), id);
  expect(first).toMatchObject({
    complete: false,
    recordings: [{ label: "第1回の会議の録音", erasedOn: null }],
  });
  expect(verifyCertificate(JSON.stringify(first))).toMatchObject({ ok: true, openRecordings: 1 });
  expect(verifyCertificate(JSON.stringify({ ...first, recordings: [] }))).toMatchObject({ ok: false });
  expect((await openErasure(desk.office, desk.contract, id)).stateText).toBe("未完（録音1）");
  await eraseRecording(desk.office, planner(), meeting, "2024-08-21");
  expect((await openErasure(desk.office, desk.contract, id)).stateText).toBe("完了");
  const second = await certifyErasure(desk.office, manager(), id);
  expect(verifyCertificate(JSON.stringify(second))).toMatchObject({
    ok: true,
    complete: true,
    openRecordings: 0,
  });
  const { filing: report } = await reportErasure(desk.office, manager(), id);
  const told = await fieldsOf(report);
  expect(told.content).toContain("第1回の会議の録音: 2024-08-21 に消しました。");
});

test("第13条 期間の消去に入る録音は、その間に開いた会議のもの。録音しなかったと直せば、なくなる", async () => {
  const recordings = async (from: string, to: string) =>
    (await drawPlan(desk.office, desk.contract, { scope: "period", from, to, label: "" })).recordings.length;
  expect([
    await recordings("2024-08-01", "2024-08-31"),
    await recordings("2024-09-01", "2024-09-30"),
  ]).toEqual([1, 0]);
  const line = { how: "room" as const, fee: 0, travel: 0, note: "" };
  await holdMeeting(desk.office, planner(), meeting, {
    attendance: ids.map((member) => ({ member, ...line })),
    ...{ decisions: [], visitors: 0, secretariat: "", recorded: false, consent: "", eraseBy: "" },
  });
  expect(await recordings("2024-08-01", "2024-08-31")).toBe(0);
});

test("第13条 委員の一人の登録を、任期を終えてから消し、ほかの委員と出欠（仮名）は残る", async () => {
  const found = await findPerson(
    desk.office,
    manager(),
    { name: "", contact: "０９０ー９８６７ー１９３２" },
    holders,
  );
  expect(found).toMatchObject([{ holder: "member", ref: ids[1], basis: "連絡先が同じ", hows: ["identity"] }]);
  const picks = found.map(({ holder, ref }) => ({ holder, ref, how: "identity" as const }));
  await expect(consented({ scope: "people", numbers: [], picks })).rejects.toThrow("任期中");
  await changeCouncilMember(desk.office, planner(), ids[1] ?? "", { active: false });
  const id = await consented({ scope: "people", numbers: [], picks });
  expect((await openErasure(desk.office, desk.contract, id)).erasure.label).toBe("申出のあった方（文書1件）");
  await run(id);
  const { members, meetings } = await readCouncil(desk.office, desk.contract);
  expect(members.map(({ name, phone }) => [name, phone])).toEqual([
    ["髙橋 一郎", ""],
    ["（消去済み）", ""],
  ]);
  expect(meetings[0]?.attendance).toHaveLength(2);
  expect(verifyCertificate(JSON.stringify(await certifyErasure(desk.office, manager(), id)))).toMatchObject({
    ok: true,
  });
  await expect(consented({ scope: "people", numbers: [], picks })).rejects.toThrow("もう消してあるか");
});
