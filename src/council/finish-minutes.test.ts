// @engine both
import { afterEach, beforeEach, expect, test } from "vitest";
import { instantOf } from "../base/time.ts";
import { submitFiling } from "../filings/submit-filing.ts";
import { parseXml, textOf } from "../office/xml-tree.ts";
import { openZip } from "../office/zip.ts";
import { makePackage, openPackage } from "../packages/make-package.ts";
import { importPlan } from "../plan/import-plan.ts";
import { listTasks } from "../tasks/list-tasks.ts";
import { planFirstMeeting } from "../testing/council-fixture.ts";
import { openDesk, type TestDesk } from "../testing/open-desk.ts";
import { beginMinutes, matchSpeakers } from "./edit-minutes.ts";
import {
  applyCheck,
  askCheck,
  finishMinutes,
  readCorrections,
  takeCheckPages,
  takeMinutes,
} from "./finish-minutes.ts";
import { fixDate } from "./fix-date.ts";
import { eraseRecording, holdMeeting } from "./hold-meeting.ts";
import { listActionBlocks, listRaised, placeAction } from "./place-action.ts";
import { answerAction, raiseAction } from "./raise-action.ts";
import { readCouncil } from "./read-council.ts";
import { listFinalMinutes, readMinutes } from "./read-minutes.ts";

let desk: TestDesk;
let meeting: string;
let ids: string[];
const planner = () => desk.actor("p", "planner");
const bytes = (text: string) => new TextEncoder().encode(text);
const vtt = `WEBVTT

00:01.000 --> 00:05.000
<v 話者1>髙橋です。始めます。</v>

00:10.000 --> 00:16.000
<v 話者2>高橋座長、山田です。山田の意見は、対面も残すことです。</v>
`;

beforeEach(async () => {
  desk = await openDesk({ at: instantOf("2024-07-01", "10:00") });
  ({ meeting, ids } = await planFirstMeeting(desk, planner(), [
    { name: "髙橋 一郎", kana: "たかはし いちろう", seat: "chair" },
    { name: "山田 三月", kana: "やまだ みつき", seat: "member" },
  ]));
  await fixDate(desk.office, planner(), meeting, { day: "2024-08-20", start: "14:00", end: "16:00" });
  desk.clock.set(instantOf("2024-08-21", "10:00"));
  const line = { how: "room" as const, fee: 0, travel: 0, note: "" };
  await holdMeeting(desk.office, planner(), meeting, {
    attendance: ids.map((member) => ({ member, ...line })),
    decisions: [{ text: "山田委員の意見を反映して了承した", yes: 0, no: 0, kept: 0, result: "agreed" }],
    ...{ visitors: 0, secretariat: "", recorded: true, consent: "全員から口頭で", eraseBy: "2024-10-31" },
  });
  await beginMinutes(desk.office, planner(), meeting, { fileName: "t.vtt", bytes: bytes(vtt) }, "tidy");
  await matchSpeakers(desk.office, planner(), meeting, {
    labels: { 話者1: ids[0] ?? "", 話者2: ids[1] ?? "" },
  });
});
afterEach(() => desk.close());

test("12(4) 氏名を出さない会議録の、どの部分（文書の情報も）にも、委員の氏名がない", async () => {
  await finishMinutes(desk.office, planner(), meeting);
  const { bytes: roles } = await takeMinutes(desk.office, planner(), meeting, "roles");
  const parts = openZip(roles);
  for (const [name, part] of parts)
    expect([name, /髙橋|高橋|山田|三月|一郎/.test(new TextDecoder().decode(part))]).toEqual([name, false]);
  const text = textOf(parseXml(parts.get("word/document.xml") ?? new Uint8Array()));
  expect(text).toContain("座長、委員です。委員の意見は、対面も残すことです。");
  expect(text).toContain("委員の意見を反映して了承した");
});

test("3(2) 確定した会議録の Word が残り、提出書の一式に添えられて、照合値で結びつく", async () => {
  expect(await listFinalMinutes(desk.office, desk.contract, meeting)).toEqual([]);
  const { filing } = await finishMinutes(desk.office, planner(), meeting);
  const kept = await listFinalMinutes(desk.office, desk.contract, meeting);
  expect(kept.map(({ name }) => name)).toEqual([
    "第1回有識者会議_会議録_公開用（記名）.docx",
    "第1回有識者会議_会議録_公開用（氏名なし）.docx",
  ]);
  const manager = desk.actor("m", "manager");
  await submitFiling(desk.office, manager, filing.id);
  const parties = { title: "業務", client: "札幌市", clientUnit: "デジタル企画課", contractor: "受託者" };
  const { calendar, hours } = (await readCouncil(desk.office, desk.contract)).blueprint;
  const made = await makePackage(
    desk.office,
    manager,
    filing.id,
    { ...parties, close: hours.close, calendar },
    (office, contract, { id }) => listFinalMinutes(office, contract, id),
  );
  expect(made.manifest.attachments.slice(1).map(({ sha256 }) => sha256)).toEqual(
    kept.map(({ sha256 }) => sha256),
  );
  const opened = await openPackage(desk.office, desk.contract, filing.id, 1);
  const { bytes: named } = await takeMinutes(desk.office, planner(), meeting, "named");
  expect(Buffer.from(opened?.files[1] ?? []).equals(Buffer.from(named))).toBe(true);
});

test("3(2) 確認の頁の回答: 委員が分かり、修正が委員の名と録音の時刻つきで残り、同じ回答は二度読まない", async () => {
  await askCheck(desk.office, planner(), meeting, "2024-08-23");
  const pages = openZip((await takeCheckPages(desk.office, planner(), meeting)).bytes);
  expect([...pages.keys()]).toEqual([
    "第1回有識者会議_会議録の確認_委員1.html",
    "第1回有識者会議_会議録の確認_委員2.html",
  ]);
  const { bytes: own } = await takeCheckPages(desk.office, planner(), meeting, ids[1]);
  const pack = JSON.parse(/id="pack">(.*?)<\/script>/s.exec(new TextDecoder().decode(own))?.[1] ?? "{}");
  const before = "高橋座長、山田です。山田の意見は、対面も残すことです。";
  const after = "対面の窓口も残してください。";
  const answer = bytes(JSON.stringify({ ...pack, note: "", corrections: [{ line: 2, before, after }] }));
  const read = await readCorrections(desk.office, desk.contract, meeting, answer);
  expect(read).toMatchObject({ member: ids[1], corrections: [{ line: 2, before, after }], moved: [] });
  const given = { member: read.member ?? "", channel: "page" as const, corrections: read.corrections };
  await applyCheck(desk.office, planner(), meeting, { ...given, answer: read.answer });
  const council = await readCouncil(desk.office, desk.contract);
  const minutes = await readMinutes(desk.office, council, desk.contract, meeting);
  expect(minutes?.record.lines[1]).toMatchObject({
    ...{ from: 10, text: after, edits: [{ kind: "check", before, after, by: ids[1] }] },
  });
  await expect(
    applyCheck(desk.office, planner(), meeting, { ...given, answer: read.answer }),
  ).rejects.toMatchObject({ code: "REFUSED" });
  await expect(
    readCorrections(desk.office, desk.contract, meeting, bytes('{"format":"x"}')),
  ).rejects.toMatchObject({ code: "BAD_INPUT" });
});

test("3(1)(ｶ) 計画の部分に結ばれた指摘は、答えていないものから、その部分に現れる", async () => {
  await importPlan(
    desk.office,
    planner(),
    new Map([
      ["plan.yaml", bytes("title: 第２次戦略\nnumbering: ['第{N}章']\n")],
      ["01.md", bytes("# 現状と課題 {#c1}\n窓口は電話でも受ける。 {#p1}\n")],
    ]),
  );
  const place = (await listActionBlocks(desk.office, planner())).find(({ id }) => id === "p1");
  const raised: string[] = [];
  for (const remark of ["対面も残すこと。", "電話の時間を書くこと。"]) {
    const { id } = await raiseAction(desk.office, planner(), { meeting, line: 2, remark, due: "" });
    await placeAction(desk.office, planner(), id, place ?? null);
    raised.push(id);
  }
  await answerAction(desk.office, planner(), raised[0] ?? "", { answer: "書いた。" });
  expect(await listRaised(desk.office, planner(), place?.plan ?? "", "p1")).toMatchObject([
    { label: "第1回有識者会議の指摘2", open: true, href: "/council/actions#a2" },
    { label: "第1回有識者会議の指摘1", open: false, answer: "書いた。" },
  ]);
  expect(await listRaised(desk.office, planner(), place?.plan ?? "", "c1")).toEqual([]);
});

test("3(2)、特記 第13条 録音を消す仕事が、消す予定の日を期限に残り、予定が変われば作り直し、消すと済む", async () => {
  const { blueprint } = await readCouncil(desk.office, desk.contract);
  const states = ["open", "done", "dropped"] as const;
  const erasing = async () =>
    (await Promise.all(states.map((state) => listTasks(desk.office, planner(), blueprint, { state }))))
      .flat()
      .filter(({ title }) => title.includes("録音を消す"))
      .map(({ title, due, state }) => [title, due?.slice(0, 10), state])
      .sort((a, b) => String(a[1]).localeCompare(String(b[1])));
  expect(await erasing()).toEqual([["第1回有識者会議の録音を消す", "2024-10-31", "open"]]);
  const line = { how: "room" as const, fee: 0, travel: 0, note: "" };
  const again = (eraseBy: string) =>
    holdMeeting(desk.office, planner(), meeting, {
      attendance: ids.map((member) => ({ member, ...line })),
      ...{ decisions: [], visitors: 0, secretariat: "", recorded: true, consent: "全員から口頭で", eraseBy },
    });
  await again("2024-10-31");
  await again("2024-11-29");
  expect((await erasing()).map(([, day, state]) => [day, state])).toEqual([
    ["2024-10-31", "dropped"],
    ["2024-11-29", "open"],
  ]);
  desk.clock.set(instantOf("2024-11-01", "10:00"));
  await eraseRecording(desk.office, planner(), meeting, "2024-11-01");
  expect((await erasing()).map(([, , state]) => state)).toEqual(["dropped", "done"]);
});
