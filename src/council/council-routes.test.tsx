// @engine both
import ICAL from "ical.js";
import { afterEach, beforeEach, expect, test } from "vitest";
import { instantOf } from "../base/time.ts";
import { readOwed } from "../contract/read-owed.ts";
import { answerFiling } from "../filings/answer-filing.ts";
import { submitFiling } from "../filings/submit-filing.ts";
import { readTables } from "../office/table-reader.ts";
import { parseXml, textOf } from "../office/xml-tree.ts";
import { openZip, writeZip } from "../office/zip.ts";
import { importPlan } from "../plan/import-plan.ts";
import { listPlanChanges } from "../plan/list-plan-changes.ts";
import { listEnvironment } from "../registers/list-environment.ts";
import { listTasks } from "../tasks/list-tasks.ts";
import { openContract } from "../terms/open-contract.ts";
import { startStrategy } from "../testing/council-fixture.ts";
import { markupFaults } from "../testing/markup.ts";
import { openDesk, type TestDesk } from "../testing/open-desk.ts";
import { roomApp, type SignedIn, signIn } from "../testing/signed-in.ts";
import { adoptWorkplan } from "../workplan/adopt-workplan.ts";
import { milestoneOn } from "../workplan/plan-sheet.ts";
import { addCouncilMember, changeCouncil } from "./change-council.ts";
import { councilApiRoutes } from "./council-api-routes.ts";
import { councilRoutes } from "./council-routes.tsx";
import { meetingRoutes } from "./meeting-routes.tsx";
import { minutesRoutes } from "./minutes-routes.tsx";
import { paperRoutes } from "./paper-routes.tsx";
import { listActionBlocks } from "./place-action.ts";
import { pollRoutes } from "./poll-routes.tsx";
import { readCouncil } from "./read-council.ts";

let desk: TestDesk;
let planner: SignedIn;
let client: SignedIn;
const app = () =>
  roomApp(desk.office, [
    ...councilRoutes,
    ...meetingRoutes,
    ...pollRoutes,
    ...paperRoutes,
    ...minutesRoutes,
    ...councilApiRoutes,
  ]);
const at = async (day: string, minute = "10:00") => {
  desk.clock.set(instantOf(day, minute));
  planner = await signIn(app(), desk.office, desk.contract, "planner");
  client = await signIn(app(), desk.office, desk.contract, "client");
};

beforeEach(async () => {
  desk = await openDesk({ at: instantOf("2024-06-03", "09:00") });
  await startStrategy(desk);
  await at("2024-07-01");
});
afterEach(() => desk.close());

async function page(who: SignedIn, path: string, status = 200): Promise<string> {
  const response = await who.get(path);
  expect([path, response.status]).toEqual([path, status]);
  const html = await response.text();
  expect(markupFaults(html)).toEqual([]);
  return html;
}
const post = async (path: string, fields: Parameters<SignedIn["post"]>[1], status = 303) => {
  const response = await planner.post(path, fields);
  const text = await response.text();
  expect([path, response.status, status === 303 ? text.slice(0, 300) : ""]).toEqual([path, status, ""]);
  if (status !== 303) expect(markupFaults(text)).toEqual([]);
  return text;
};
const ics = async (path: string) => {
  const response = await planner.get(path);
  expect(response.status).toBe(200);
  const calendar = new ICAL.Component(ICAL.parse(await response.text()));
  const event = calendar.getFirstSubcomponent("vevent");
  return {
    method: calendar.getFirstPropertyValue("method"),
    uid: event?.getFirstPropertyValue("uid"),
    sequence: event?.getFirstPropertyValue("sequence"),
    start: event?.getFirstPropertyValue("dtstart")?.toString(),
    status: event?.getFirstPropertyValue("status"),
    url: event?.getFirstPropertyValue("url"),
    people: event?.getAllProperties("attendee").length,
  };
};
const wordText = (bytes: Uint8Array) =>
  textOf(parseXml(openZip(bytes).get("word/document.xml") ?? new Uint8Array()));
const download = async (path: string) => new Uint8Array(await (await planner.get(path)).arrayBuffer());

async function members(): Promise<string[]> {
  const ids: string[] = [];
  for (const [name, more] of [
    ["架空 一郎", { seat: "chair", mail: "a@example.jp" }],
    ["架空 二葉", { seat: "vice", mail: "b@example.jp", fee: 12_000, travel: 800 }],
    [
      "見本 三月",
      { mail: "c@example.jp", remote: true, link: "https://meet.example.jp/c", reserve: "011-000-0003" },
    ],
    ["見本 四季", { mail: "d@example.jp", phone: "011-000-1234" }],
  ] as const)
    ids.push((await addCouncilMember(desk.office, planner.actor, { name, post: "大学 教授", ...more })).id);
  await changeCouncil(desk.office, planner.actor, {
    ...{ organizerName: "有識者会議 事務局", organizerMail: "jimu@example.jp" },
    words: [{ wrong: "札幌し", right: "札幌市" }],
    rooms: [
      {
        ...{
          id: "city",
          name: "8階会議室",
          place: "ORE札幌ビル",
          kind: "city",
          capacity: 20,
          cost: 0,
          equipment: "",
        },
        busy: [{ day: "2024-08-20", start: "13:00", end: "17:00" }],
      },
      {
        ...{
          id: "hall",
          name: "貸会議室",
          place: "",
          kind: "private",
          capacity: 30,
          cost: 33_000,
          equipment: "",
          busy: [],
        },
      },
    ],
  });
  return ids;
}

async function firstMeeting(): Promise<string> {
  await adoptWorkplan(desk.office, planner.actor, {
    tasks: [
      milestoneOn("T06", "有識者会議（第1回）", "2024-08-20"),
      milestoneOn("T09", "有識者会議（第2回）", "2024-09-18"),
    ],
    reason: "別紙",
  });
  await post("/council/meetings", {});
  const { meetings } = await readCouncil(desk.office, desk.contract);
  expect(meetings.map(({ number, task, state }) => [number, task, state])).toEqual([
    [1, "T06", "planned"],
    [2, "T09", "planned"],
  ]);
  return meetings[0]?.id ?? "";
}

const held = (ids: string[]): [string, string][] => [
  ...ids.map((id, n): [string, string] => [`how.${id}`, n === 3 ? "absent" : "room"]),
  [`fee.${ids[1]}`, "12000"],
  ["decisions", "骨子を了承した｜3｜0｜0\n次回までに指標を見直す"],
  ["visitors", "4"],
  ["recorded", "1"],
  ["consent", "会議のはじめに、出席の委員全員から口頭で"],
  ["eraseBy", "2024-10-31"],
];

test("3(2) 日程: 候補は空いた会場から、電話・メールで受け、座長を守り、決めると招集状、動かすと SEQUENCE、取消しは CANCEL", async () => {
  const ids = await members();
  const id = await firstMeeting();
  const path = `/council/meetings/${id}`;
  const proposal = await page(
    planner,
    `${path}/poll?from=2024-08-19&to=2024-08-23&starts=14:00&length=120&limit=4`,
  );
  // 20日の午後は市の会議室がふさがっているので、ほかの日が選ばれる。
  expect(proposal).toContain("2024-08-19 14:00-16:00");
  expect(proposal).not.toContain("2024-08-20 14:00-16:00");
  const slots = ["2024-08-19 14:00-16:00", "2024-08-20 14:00-16:00", "2024-08-21 10:00-12:00"];
  await post(`${path}/poll`, [...slots.map((one): [string, string] => ["slots", one]), ["by", "2024-07-10"]]);
  const opened = await readCouncil(desk.office, desk.contract);
  expect(opened.meetings[0]?.slots.map(({ room }) => room)).toEqual(["city", "hall", "city"]);
  await post(`${path}/answer`, { member: ids[0] ?? "", channel: "phone", m1: "no", m2: "yes", m3: "yes" });
  const guess = await post(
    `${path}/reply`,
    { file: new File(["お名前：架空 二葉\n候補1：○\n候補2：△\n候補3 ：○\n備考：遅れるかも"], "x.txt") },
    200,
  );
  expect(guess).toContain("3の候補への印を読みました。");
  expect(guess).toContain(`<option value="${ids[1]}" selected="">`);
  await post(`${path}/answer`, { member: ids[1] ?? "", channel: "mail", m1: "yes", m2: "maybe", m3: "yes" });
  // 差出人のアドレスから委員が分かる。本文は ISO-2022-JP の quoted-printable でも読める（メールの室の試験）。
  const eml = [
    ...[
      "From: =?UTF-8?B?6KaL5pys?= <C@Example.jp>",
      "Date: Fri, 5 Jul 2024 10:00:00 +0900",
      "Subject: Re: nittei",
    ],
    ...[
      "MIME-Version: 1.0",
      "Content-Type: text/plain; charset=UTF-8",
      "Content-Transfer-Encoding: base64",
      "",
    ],
    Buffer.from("> 候補1　8月19日（月）14:00–16:00：○\n> 候補2：\n候補3：○\n").toString("base64"),
  ].join("\r\n");
  const mailed = await post(`${path}/reply`, { file: new File([eml], "r.eml") }, 200);
  expect(mailed).toContain("2の候補への印を読みました。");
  expect(mailed).toContain(`<option value="${ids[2]}" selected="">`);
  await post(`${path}/answer`, { member: ids[2] ?? "", channel: "page", m1: "yes", m3: "yes" });
  const poll = await page(planner, `${path}/poll`);
  expect(poll).toContain("4人のうち3人が答えました。いちばん良いのは8月21日（水） 10:00–12:00です。");
  expect(poll).toContain("未回答 見本 四季");
  expect(poll).not.toMatch(/aria-label="8月19日（月） 14:00–16:00に決める"/);
  expect(
    (await client.post(`${path}/answer`, { member: ids[3] ?? "", channel: "phone", m3: "yes" })).status,
  ).toBe(303);
  const api = (await (await client.get(`/api${path}/poll`)).json()) as { best: string[]; answered: number };
  expect(api).toMatchObject({ answered: 4, best: ["3", "2"] });
  expect((await client.post(`${path}/fix`, { day: "2024-08-21", start: "10:00", end: "12:00" })).status).toBe(
    403,
  );

  await post(`${path}/fix`, { day: "2024-08-21", start: "10:00", end: "12:00", room: "city" });
  const first = await ics(`${path}/invitation`);
  expect(first).toMatchObject({ method: "REQUEST", sequence: 0, start: "2024-08-21T10:00:00", people: 4 });
  await post(`${path}/fix`, { day: "2024-08-20", start: "14:00", end: "16:00", room: "city" }, 422);
  await post(`${path}/fix`, { day: "2024-08-20", start: "14:00", end: "16:00", room: "" });
  expect(await ics(`${path}/invitation`)).toMatchObject({ method: "REQUEST", sequence: 1, uid: first.uid });
  expect(await ics(`${path}/invitation?member=${ids[2]}`)).toMatchObject({
    people: 1,
    url: "https://meet.example.jp/c",
  });
  expect([...openZip(await download(`${path}/invitation?each=1`)).keys()].sort()).toHaveLength(4);
  expect(await page(planner, path)).toContain("33,000円（札幌市の負担、3(2)）");
  await post(`${path}/cancel`, { reason: "" }, 422);
  await post(`${path}/cancel`, { reason: "議会の日程による" });
  expect(await ics(`${path}/invitation`)).toMatchObject({
    method: "CANCEL",
    sequence: 2,
    status: "CANCELLED",
    uid: first.uid,
  });
});

test("3(2) 工程表が動けば、決めた日との違いを知らせる。電話番号は伏せ、見れば記録に残る", async () => {
  const ids = await members();
  const id = await firstMeeting();
  await post(`/council/meetings/${id}/fix`, { day: "2024-08-21", start: "10:00", end: "12:00", room: "" });
  expect(await page(client, "/council")).toContain("第1回の日が、工程表と1日違います。");
  const list = await page(planner, "/council/members");
  expect(list).toContain("…1234");
  expect(list).not.toContain("011-000-1234");
  const seen = await planner.post(`/council/members/${ids[3]}/phone`, {});
  expect(await seen.text()).toContain("011-000-1234");
  expect(await desk.events()).toContain("person.revealed");
  expect((await client.post(`/council/members/${ids[3]}/phone`, {})).status).toBe(403);
  await post("/council/members", { name: "", seat: "chair", mail: "x", fee: "千円" }, 422);
  await post("/council/members", { name: "二人目の座長", seat: "chair" }, 422);
  const member = (await readCouncil(desk.office, desk.contract)).members.find((one) => one.id === ids[3]);
  await post(`/council/members/${ids[3]}`, {
    name: "見本 四季",
    seat: "member",
    active: "1",
    edition: String(member?.edition),
  });
  expect(
    (await readCouncil(desk.office, desk.contract)).members.find((one) => one.id === ids[3])?.phone,
  ).toBe("011-000-1234");
  const busy =
    "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20240821T010000Z\nDTEND:20240821T030000Z\nEND:VEVENT\nEND:VCALENDAR";
  await post("/council/rooms", {
    id: "city",
    name: "8階会議室",
    kind: "city",
    busy: "2024-08-20 13:00-17:00",
    file: new File([busy], "r.ics"),
  });
  expect((await readCouncil(desk.office, desk.contract)).council.rooms[0]?.busy).toEqual([
    { day: "2024-08-20", start: "13:00", end: "17:00" },
    { day: "2024-08-21", start: "10:00", end: "12:00" },
  ]);
  await post("/council/rooms", { name: "x", kind: "city", busy: "いつも" }, 422);
});

test("3(2) ９(3) 資料: 版が進み、次第・名簿・席次・名札が Word、印刷の一覧が Excel になり、刷った紙が環境の数に入る", async () => {
  await members();
  const id = await firstMeeting();
  const path = `/council/meetings/${id}`;
  await post(path, { topics: "骨子の構成\n指標の立て方", goal: "骨子を了承する", open: "open" });
  await post(path, { open: "closed", closedReason: "" }, 422);
  await post(`${path}/fix`, { day: "2024-08-20", start: "14:00", end: "16:00", room: "" });
  const proposed = await page(planner, `${path}/papers?propose=1`);
  expect(proposed).toContain("骨子の構成｜20｜");
  await post(`${path}/papers/agenda`, { agenda: "開会｜5｜\n骨子の構成｜40｜資料1\n閉会｜｜" });
  const paper = {
    number: "資料１",
    title: "骨子（案）",
    pages: "13",
    colour: "2",
    copies: "10",
    duplex: "1",
  };
  await post(`${path}/papers`, { ...paper, file: new File(["a"], "a.docx") });
  await post(`${path}/papers`, { ...paper, file: new File(["b"], "b.docx") });
  await post(`${path}/papers`, { number: "", title: "", colour: "3", pages: "1" }, 422);
  const { meetings } = await readCouncil(desk.office, desk.contract);
  expect(meetings[0]?.papers[0]).toMatchObject({
    number: "資料1",
    version: 2,
    files: [{ name: "a.docx" }, { name: "b.docx" }],
  });
  const first = meetings[0]?.papers[0]?.files[0]?.id;
  expect(await (await client.get(`${path}/files/${first}`)).text()).toBe("a");
  const sheet = await page(planner, `${path}/papers`);
  expect(sheet).toContain("紙70枚、カラー20面");
  const agenda = wordText(await download(`${path}/paper/agenda`));
  for (const words of [
    "第1回有識者会議　次第",
    "骨子の構成",
    "資料1",
    "令和6年8月20日（火）",
    "骨子を了承する",
  ])
    expect(agenda).toContain(words);
  expect(wordText(await download(`${path}/paper/roster`))).toContain("架空 一郎");
  expect(wordText(await download(`${path}/paper/seating`))).toContain("画面（ウェブ会議）: 見本 三月");
  expect(wordText(await download(`${path}/paper/placards`))).not.toContain("見本 三月");
  const [list] = readTables(await download(`${path}/paper/print`), "x.xlsx");
  expect(list?.rows[2]?.map(({ text }) => text).slice(0, 9)).toEqual([
    "資料1",
    "骨子（案）",
    "2",
    "13",
    "2",
    "10",
    "両面",
    "7",
    "70",
  ]);
  await post(`${path}/print`, { recycled: "1" });
  const { months } = await listEnvironment(desk.office, planner.actor);
  expect(months.find(({ month }) => month === "2024-07")?.values).toMatchObject({
    paper: 70,
    duplex: 60,
    recycled: 70,
  });
  expect((await planner.post(`${path}/print`, {})).status).toBe(409);
  await post(`${path}/send`, { how: "mail", people: "4", received: "5", papers: "資料1" }, 422);
  await post(`${path}/send`, {
    how: "mail",
    people: "4",
    received: "3",
    papers: "資料1",
    file: new File(["log"], "sent.txt"),
  });
  expect(await page(client, `${path}/papers`)).toContain("3/4");
});

const vtt = (lines: [string, string][]) =>
  `WEBVTT\n\n${lines.map(([who, said], n) => `00:0${n}:00.000 --> 00:0${n}:05.000\n<v ${who}>${said}</v>`).join("\n\n")}\n`;

test("3(2) 会議を開くと、会議後速やかにの時計が営業日で動き、出席簿と謝金の Excel ができる", async () => {
  const ids = await members();
  const id = await firstMeeting();
  const path = `/council/meetings/${id}`;
  await post(`${path}/fix`, { day: "2024-08-20", start: "14:00", end: "16:00", room: "" });
  expect((await planner.post(`${path}/day`, held(ids))).status).toBe(409);
  await at("2024-08-21");
  await post(
    `${path}/day`,
    [["recorded", "1"], ...ids.map((one): [string, string] => [`how.${one}`, "absent"])],
    422,
  );
  await post(`${path}/day`, held(ids));
  const duty = async () =>
    (await readOwed(desk.office, desk.contract)).lines
      .filter(({ key }) => key.startsWith("minutes-") && key.endsWith(`@${id}`))
      .map(({ obligation, state, due }) => [obligation, state, due?.slice(0, 10)]);
  // 「速やかに」= 3営業日: 20日（火）の会議 → 23日（金）。
  expect(await duty()).toEqual([
    ["minutes-making", "due", "2024-08-23"],
    ["minutes-submission", "due", "2024-08-23"],
  ]);
  expect(await page(client, "/council")).toContain("8月23日（金）まで");
  const [roll] = readTables(await download(`${path}/attendance`), "x.xlsx");
  expect(
    roll?.rows
      .at(-1)
      ?.map(({ text }) => text)
      .slice(4, 7),
  ).toEqual(["12,000", "0", "12,000"]);
});

test("3(2) 会議録: 話し手を人が決め、委員の修正を入れ、確定して提出し、受領される", async () => {
  const ids = await members();
  const id = await firstMeeting();
  const path = `/council/meetings/${id}`;
  await post(`${path}/fix`, { day: "2024-08-20", start: "14:00", end: "16:00", room: "" });
  await at("2024-08-21");
  await post(`${path}/day`, held(ids));
  await post(`${path}/minutes`, { style: "points", file: new File(["%PDF-1.7"], "x.pdf") }, 422);
  const transcript = vtt([
    ["話者1", "えーと、札幌しの骨子を審議します。"],
    ["話者2", "はい。"],
    ["話者2", "高齢の方への支援を書き込むべきです。"],
  ]);
  await post(`${path}/minutes`, { style: "points", file: new File([transcript], "t.vtt") });
  const opened = await page(planner, `${path}/minutes`);
  expect(opened).toContain("話し手の決まっていない発言が3あります。提出は8月23日（金）まで。");
  expect(opened).toContain("札幌市の骨子を審議します。");
  const outside = await page(client, `${path}/minutes`);
  expect(outside).not.toContain("内部用");
  // もとの言葉（直した跡）と、載せない発言（相づち）は、受託者の中だけ。
  expect(opened).toContain("直した跡");
  expect(outside).not.toMatch(/直した跡|えーと|>はい。</);
  expect((await planner.post(`${path}/minutes/finish`, {})).status).toBe(409);
  await post(`${path}/minutes/speakers`, {
    "label.0": "話者2",
    "who.0": ids[1] ?? "",
    "label.1": "話者1",
    "who.1": ids[0] ?? "",
  });
  await post(`${path}/minutes/lines`, { t1: " ", s1: "" }, 422);
  await post(`${path}/minutes/lines`, {
    t1: "札幌市の骨子を審議します。",
    s1: "",
    h1: "1",
    t3: "高齢の方への支援を、書き込むべきです。",
    s3: "",
    h3: "1",
  });
  const minutes = (await (await planner.get(`/api${path}/minutes`)).json()) as {
    lines: { from: number; said: string; edits: { kind: string; by: string }[] }[];
  };
  expect(minutes.lines[2]).toMatchObject({ from: 120, said: "高齢の方への支援を書き込むべきです。" });
  expect(minutes.lines[2]?.edits.map(({ kind, by }) => [kind, by])).toEqual([["hand", planner.actor.id]]);

  await post(`${path}/minutes/ask`, { by: "2024-08-22" });
  const sheet = openZip(await download(`${path}/minutes/check`));
  const body = new TextDecoder().decode(sheet.get("word/document.xml"));
  const back = writeZip(
    new Map([
      ...sheet,
      [
        "word/document.xml",
        new TextEncoder().encode(body.replace("書き込むべきです", "書き込むべきだと思います")),
      ],
    ]),
  );
  const file = new File([new Uint8Array(back)], "back.docx");
  const read = await post(`${path}/minutes/corrections`, { member: ids[1] ?? "", how: "word", file }, 200);
  expect(read).toContain("修正 1件");
  await post(`${path}/minutes/check`, {
    member: ids[1] ?? "",
    channel: "word",
    "use.3": "1",
    "after.3": "高齢の方への支援を、書き込むべきだと思います。",
  });
  await post(`${path}/minutes/corrections`, { member: ids[0] ?? "", how: "phone" });
  expect(await page(planner, `${path}/minutes`)).toContain("2人の確認が返りました。");

  await post(`${path}/minutes/finish`, {});
  const named = wordText(await download(`${path}/minutes/word/named`));
  for (const words of [
    "第1回有識者会議　会議録",
    "架空 二葉",
    "書き込むべきだと思います",
    "骨子を了承した（賛成3、反対0、保留0。賛成多数で可決）",
    "傍聴者",
    "4人",
  ])
    expect(named).toContain(words);
  expect(named).not.toContain("（案）");
  const roles = wordText(await download(`${path}/minutes/word/roles`));
  expect(roles).not.toMatch(/架空|見本|話者/);
  expect(roles).toContain("座長1人、副座長1人、委員1人");
  expect((await client.get(`${path}/minutes/word/internal`)).status).toBe(403);
  expect((await planner.post(`${path}/minutes/lines`, { t1: "直す", s1: "" })).status).toBe(409);

  const filing = /\/filings\/([\w-]+)/.exec(await page(planner, `${path}/minutes`))?.[1] ?? "";
  const manager = { ...planner.actor, id: "m", roles: ["manager" as const] };
  await submitFiling(desk.office, manager, filing);
  await answerFiling(desk.office, { ...client.actor }, filing, { outcome: "received", text: "" });
  const { lines } = await readOwed(desk.office, desk.contract);
  expect(
    lines
      .filter(({ key }) => key.startsWith("minutes-") && key.endsWith(`@${id}`))
      .map(({ obligation, state }) => [obligation, state]),
  ).toEqual([
    ["minutes-making", "done"],
    ["minutes-submission", "done"],
  ]);
  expect(await page(client, "/council")).toContain("受領済み");
});

test("3(1)(ｶ) 指摘は仕事になり、答えるまで次の次第に現れ、答えると報告になる", async () => {
  const ids = await members();
  const id = await firstMeeting();
  await post(`/council/meetings/${id}/fix`, { day: "2024-08-20", start: "14:00", end: "16:00", room: "" });
  await at("2024-08-21");
  await post(`/council/meetings/${id}/day`, held(ids));
  await post(`/council/meetings/${id}/minutes`, {
    style: "full",
    file: new File([vtt([["話者1", "図に凡例を付けてください。"]])], "t.vtt"),
  });
  await post(`/council/meetings/${id}/minutes/speakers`, { "label.0": "話者1", "who.0": ids[1] ?? "" });
  const draft = await page(planner, `/council/actions?meeting=${id}&line=1`);
  expect(draft).toContain("図に凡例を付けてください。</textarea>");
  expect(draft).toContain(`<option value="${ids[1]}" selected="">`);
  await post("/council/actions", { meeting: id, line: "1", remark: "", due: "" }, 422);
  await post("/council/actions", {
    meeting: id,
    line: "1",
    remark: "図に凡例を付ける",
    member: ids[1] ?? "",
    due: "2024-09-10",
  });
  const tasks = await listTasks(
    desk.office,
    planner.actor,
    (await openContract(desk.office, desk.contract)).blueprint,
  );
  expect(JSON.stringify(tasks)).toContain("第1回有識者会議の指摘1に答える");
  const second = (await readCouncil(desk.office, desk.contract)).meetings[1]?.id ?? "";
  const agenda = async () =>
    (
      (await (await planner.get(`/api/council/meetings/${second}/agenda`)).json()) as {
        agenda: { title: string }[];
      }
    ).agenda.map(({ title }) => title);
  expect(await agenda()).toContain("前回までのご指摘への対応（指摘1）: 図に凡例を付ける");
  const [action] = (await readCouncil(desk.office, desk.contract)).actions;
  await post(`/council/actions/${action?.id}/answer`, { answer: "" }, 422);
  await post(`/council/actions/${action?.id}/answer`, { answer: "図3に凡例を付けた。" });
  expect(await agenda()).toContain("対応済みのご指摘の報告（指摘1）");
  expect((await readCouncil(desk.office, desk.contract)).actions[0]).toMatchObject({
    state: "answered",
    from: 0,
    line: 1,
  });
  expect(await page(client, "/council/actions")).toContain("図3に凡例を付けた。");
  await post(`/council/actions/${action?.id}/reopen`, {});
  expect(await agenda()).toContain("前回までのご指摘への対応（指摘1）: 図に凡例を付ける");

  // 計画の部分につなぎ、文を直して答えると、変更がこの指摘に結びつく。
  const markdown = new TextEncoder().encode("# 現状と課題 {#c1}\n図3は利用の割合を示す。 {#p1}\n");
  const files = new Map([
    ["plan.yaml", new TextEncoder().encode("title: 第２次戦略\nnumbering: ['第{N}章']\n")],
    ["01.md", markdown],
  ]);
  const plan = await importPlan(desk.office, planner.actor, files);
  const blocks = await listActionBlocks(desk.office, planner.actor);
  const block = blocks.find(({ text }) => text.includes("図3は"));
  await post(`/council/actions/${action?.id}/block`, { block: `${plan.id}/${block?.id}` });
  expect(await page(planner, "/council/actions")).toContain("図3は利用の割合を示す。</textarea>");
  const version = String(block?.version);
  await post(`/council/actions/${action?.id}/answer`, {
    answer: "凡例を足した。",
    text: "図3は利用の割合を示す（凡例つき）。",
    version,
  });
  const link = { room: "council", kind: "action", id: action?.id ?? "" };
  const changes = await listPlanChanges(desk.office, planner.actor, plan.id, { link });
  expect(changes.map((one) => one.link?.label)).toEqual(["有識者会議の指摘1"]);
  expect(await agenda()).toContain("第２次戦略について");
});
