import type { Actor } from "../src/base/actor.ts";
import { addCouncilMember, changeCouncil } from "../src/council/change-council.ts";
import { fixDate } from "../src/council/fix-date.ts";
import { eraseRecording } from "../src/council/hold-meeting.ts";
import { arrangeMeeting, briefMeeting, planMeetings } from "../src/council/plan-meetings.ts";
import { activeMembers, readCouncil } from "../src/council/read-council.ts";
import type { Office } from "../src/platform/office.ts";
import { councilMembers, firstSpeeches, secondSpeeches } from "./council-texts.ts";
import type { DemoClock } from "./demo-clock.ts";
import { holdAndMinute, papers, poll, remarks, supportMeeting, type World } from "./demo-meeting.ts";
import type { StrategyStaff } from "./demo-workplan.ts";

async function openCouncil(world: World): Promise<void> {
  const { office, clock, staff, people } = world;
  clock.set("2024-07-01T10:00:00");
  for (const member of councilMembers)
    people.push((await addCouncilMember(office, staff.planner, member)).id);
  await changeCouncil(office, staff.planner, {
    name: "有識者会議",
    organizerName: "第２次ICT活用戦略 有識者会議 事務局",
    organizerMail: "ict-panel@example.jp",
    words: [
      { wrong: "札幌し", right: "札幌市" },
      { wrong: "スマート指定", right: "スマートシティ" },
    ],
    rooms: [
      {
        ...{ id: "city-8f", name: "デジタル企画課 会議室", place: "ORE札幌ビル8階", kind: "city" },
        ...{ capacity: 24, cost: 0, equipment: "スクリーン、ウェブ会議用カメラ、机14・椅子24" },
        busy: [
          ...["2025-02-04", "2025-02-06", "2025-02-13"].map((day) => ({ day, start: "13:00", end: "17:30" })),
          { day: "2025-02-07", start: "09:00", end: "17:30" },
        ],
      },
      {
        ...{ id: "hall-a", name: "大通貸会議室 5Ａ", place: "中央区大通西", kind: "private" },
        ...{ capacity: 30, cost: 33_000, equipment: "スクリーン、有線LAN", busy: [] },
      },
      {
        ...{ id: "hall-b", name: "北口ホール 小会議室", place: "北区北７条西", kind: "private" },
        ...{
          capacity: 18,
          cost: 24_200,
          equipment: "スクリーン",
          busy: [{ day: "2025-02-04", start: "10:00", end: "18:00" }],
        },
      },
    ],
  });
  clock.set("2024-07-02T09:30:00");
  await planMeetings(office, staff.planner);
}

/** 有識者会議: 八人の委員、二回の会議と会議録、指摘、三回目の日程調整。 */
export async function fillCouncil(office: Office, clock: DemoClock, staff: StrategyStaff): Promise<void> {
  const world: World = { office, clock, staff, people: [] };
  await openCouncil(world);
  const { meetings } = await readCouncil(office, staff.planner.contract);
  const [first = "", second = "", third = ""] = meetings.map(({ id }) => id);
  await firstMeeting(world, first);
  await secondMeeting(world, second);
  await eraseRecordings(world, [
    [first, "2024-10-30"],
    [second, "2024-11-28"],
  ]);
  await thirdMeeting(world, third, staff.planner);
}

async function firstMeeting(world: World, id: string): Promise<void> {
  const { office, clock, staff } = world;
  await poll(world, id, {
    ...{ at: "2024-07-03", by: "2024-07-10" },
    slots: [
      ["2024-08-19", "14:00"],
      ["2024-08-20", "14:00"],
      ["2024-08-21", "10:00"],
      ["2024-08-22", "14:00"],
    ],
    answers: [
      [0, "mail", "×○○△"],
      [1, "mail", "○○×○"],
      [2, "phone", "○○○×"],
      [3, "phone", "△○○○"],
      [4, "mail", "○○○○"],
      [5, "phone", "○○×△"],
      [6, "mail", "××○○"],
      [7, "mail", "○○○×"],
    ],
  });
  clock.set("2024-07-11T10:30:00");
  await fixDate(office, staff.planner, id, {
    day: "2024-08-20",
    start: "14:00",
    end: "16:00",
    room: "city-8f",
  });
  await briefMeeting(office, staff.planner, id, {
    topics: "骨子の構成について\n現状と課題の捉え方について",
    goal: "骨子の章立てと、課題の捉え方を了承する。",
    briefing: "座長: 8月9日に訪問し、骨子と進め方を説明\n堂本委員・鷲尾委員: 8月13日にウェブ会議で説明",
  });
  await papers(world, id, {
    ...{ at: "2024-08-07", sent: "2024-08-09", printed: "2024-08-19" },
    list: [
      ["資料1", "骨子（案）", 12, 2],
      ["資料2", "市民アンケートの結果（速報）", 18, 8],
      ["資料3", "今後の進め方", 2, 0],
    ],
  });
  await supportMeeting(world, id, [6]);
  await holdAndMinute(world, {
    ...{
      meeting: id,
      day: "2024-08-20",
      speeches: firstSpeeches,
      absent: [6],
      visitors: 5,
      eraseBy: "2024-10-31",
    },
    decisions: [
      {
        text: "骨子を、出された意見を反映することを前提に了承した。",
        yes: 0,
        no: 0,
        kept: 0,
        result: "agreed",
      },
    ],
  });
  clock.set("2024-08-23T10:00:00");
  await remarks(world, id, [
    {
      ...{ line: 8, member: 5, block: "m04.p3", due: "2024-09-13" },
      remark: "近くで何度でも聞ける、地域で教え合う仕組みを書き込むこと。",
      answered: ["2024-09-12", "素案の第4章に「まちのデジタル相談所」を加えた。"],
    },
    {
      ...{ line: 11, member: 4, block: "c5.p1", due: "2024-09-13" },
      remark: "施策ごとに、市民にとっての成果で測る指標を置くこと。",
      answered: ["2024-09-13", "施策ごとに成果の指標の案を置いた（資料編の表）。"],
    },
    {
      ...{ line: 15, member: 7, block: "m04.p2", due: "2024-09-13" },
      remark: "障がいのある方への支援を、章を分けて書くこと。",
      answered: ["2024-09-13", "第5章として分けた。"],
    },
  ]);
}

async function secondMeeting(world: World, id: string): Promise<void> {
  const { office, clock, staff } = world;
  clock.set("2024-08-23T14:00:00");
  await fixDate(office, staff.planner, id, {
    day: "2024-09-17",
    start: "14:00",
    end: "16:00",
    room: "city-8f",
  });
  clock.set("2024-08-27T09:30:00");
  await fixDate(office, staff.planner, id, {
    ...{
      day: "2024-09-18",
      start: "14:00",
      end: "16:00",
      room: "city-8f",
      reason: "座長の都合により、一日あとに改めました。",
    },
  });
  await briefMeeting(office, staff.planner, id, {
    topics: "素案の施策について\n指標について",
    goal: "素案を、意見募集にかけることを了承する。",
    briefing: "全員に、9月10日に素案を送付。小笠原委員には9月12日に訪問して説明",
  });
  await papers(world, id, {
    ...{ at: "2024-09-09", sent: "2024-09-10", printed: "2024-09-17" },
    list: [
      ["資料1", "前回のご指摘への対応", 3, 0],
      ["資料2", "素案", 64, 14],
      ["資料3", "指標の一覧（案）", 4, 0],
    ],
  });
  await supportMeeting(world, id, []);
  await holdAndMinute(world, {
    ...{
      meeting: id,
      day: "2024-09-18",
      speeches: secondSpeeches,
      absent: [],
      visitors: 3,
      eraseBy: "2024-11-29",
    },
    decisions: [
      { text: "素案を、意見を反映したうえで意見募集にかける。", yes: 0, no: 0, kept: 0, result: "agreed" },
    ],
  });
  clock.set("2024-09-24T10:00:00");
  await remarks(world, id, [
    {
      ...{ line: 4, member: 5, block: "m04.p3", due: "2024-09-27" },
      remark: "相談所の場所を、まちづくりセンターに限らないこと。",
      answered: ["2024-09-26", "「商店街の空き店舗などを含む身近な場所」に改めた。"],
    },
    {
      ...{ line: 6, member: 7, block: "m04.p3", due: "2025-02-07" },
      remark: "講習だけでなく、機器を借りられる仕組みも書くこと。",
    },
    {
      ...{ line: 9, member: 4, block: "s6-4.p1", due: "2025-02-07" },
      remark: "現状の値がない五つの指標は、いつから測るのかを書くこと。",
    },
    {
      ...{ line: 11, member: 1, block: "m04.p3", due: "2024-09-27" },
      remark: "紙や電話の窓口を残すことを、はっきり書くこと。",
      answered: ["2024-09-27", "第6章に「手続の選べる窓口」の節を加えた。"],
    },
    {
      ...{ line: 13, member: 6, block: "s1-2.p1", due: "2025-02-07" },
      remark: "教育の計画との関わりを、図で示すこと。",
    },
  ]);
}

/** 録音は、消す予定の日までに消した。 */
async function eraseRecordings(
  { office, clock, staff }: World,
  list: readonly [string, string][],
): Promise<void> {
  for (const [meeting, day] of list) {
    clock.set(`${day}T10:00:00`);
    await eraseRecording(office, staff.planner, meeting, day);
  }
}

async function thirdMeeting(world: World, id: string, planner: Actor): Promise<void> {
  const { office, clock } = world;
  clock.set("2025-01-09T11:00:00");
  await briefMeeting(office, planner, id, {
    topics:
      "意見募集の結果と、市の考え方について\n最終原稿（案）について\n推進体制と、進み具合の確かめ方について",
    goal: "最終原稿を了承する。",
    briefing: "座長・副座長には、会議の一週間前に説明する（日程が決まり次第）",
  });
  await poll(world, id, {
    ...{ at: "2025-01-09", by: "2025-01-17" },
    slots: [
      ["2025-02-04", "14:00"],
      ["2025-02-05", "14:00"],
      ["2025-02-06", "10:00"],
      ["2025-02-10", "14:00"],
      ["2025-02-12", "14:00"],
      ["2025-02-13", "10:00"],
      ["2025-02-14", "14:00"],
    ],
    answers: [
      [1, "mail", "○○△○○×○"],
      [2, "mail", "×○○○○○△"],
      [3, "phone", "○△○○○○○", "2月5日は午後4時まで"],
      [4, "mail", "○○○×○○○"],
      [0, "phone", "×△○○○○×", "午前なら6日か13日がよい"],
      [7, "mail", "○○××○○○"],
    ],
  });
  const { members } = await readCouncil(office, planner.contract);
  const [remote] = activeMembers({ members }).filter((one) => one.remote);
  clock.set("2025-01-10T15:00:00");
  if (remote) await arrangeMeeting(office, planner, id, { call: { member: remote.id, ok: true, note: "" } });
}
