import { keepRsvp } from "../src/council/answer-invitation.ts";
import { beginMinutes, editLines, matchSpeakers } from "../src/council/edit-minutes.ts";
import { applyCheck, askCheck, finishMinutes } from "../src/council/finish-minutes.ts";
import { holdMeeting, usualAttendance } from "../src/council/hold-meeting.ts";
import { listActionBlocks, placeAction } from "../src/council/place-action.ts";
import { arrangeMeeting, usualEquipment } from "../src/council/plan-meetings.ts";
import { answerPoll, openPoll } from "../src/council/poll-meeting.ts";
import {
  printPapers,
  proposeAgenda,
  saveAgenda,
  savePaper,
  sendPapers,
} from "../src/council/prepare-papers.ts";
import { answerAction, raiseAction } from "../src/council/raise-action.ts";
import { meetingIn, readCouncil } from "../src/council/read-council.ts";
import { answerFiling } from "../src/filings/answer-filing.ts";
import { submitFiling } from "../src/filings/submit-filing.ts";
import type { Channel, Decision, Mark } from "../src/meetings/meeting.ts";
import { NOBODY } from "../src/minutes/minutes-record.ts";
import { writeWordDocument } from "../src/office/word-document.ts";
import type { Office } from "../src/platform/office.ts";
import type { Speech } from "./council-texts.ts";
import type { DemoClock } from "./demo-clock.ts";
import type { StrategyStaff } from "./demo-workplan.ts";

/** Teams の書き出しの形。話し手の札は「話者1」のまま（人が名を決める）。 */
function transcriptOf(speeches: readonly Speech[]): Uint8Array {
  const order: number[] = [];
  const stamp = (seconds: number) => {
    const two = (n: number) => String(n).padStart(2, "0");
    return `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}.000`;
  };
  let at = 4;
  const cues = speeches.map(([who, words], n) => {
    if (who !== -2 && !order.includes(who)) order.push(who);
    const from = at;
    at += Math.ceil(words.length / 5) + 6;
    const said = who === -2 ? words : `<v 話者${order.indexOf(who) + 1}>${words}</v>`;
    return `3f2a91c0-5d1e-4b7a-9c33-0000000000${String(n + 10)}/${n}-0\r\n${stamp(from)} --> ${stamp(at - 4)}\r\n${said}\r\n`;
  });
  return new TextEncoder().encode(`\ufeffWEBVTT\r\n\r\n${cues.join("\r\n")}`);
}

/** 文字起こしに出てくる順の、話し手の番号（札の番号の順）。 */
function labelOrder(speeches: readonly Speech[]): number[] {
  return [...new Set(speeches.map(([who]) => who).filter((who) => who !== -2))];
}

interface Held {
  meeting: string;
  day: string;
  speeches: readonly Speech[];
  /** 欠席した委員（名簿の番号、0 から）。 */
  absent: readonly number[];
  decisions: readonly Decision[];
  visitors: number;
  eraseBy: string;
}

export interface World {
  office: Office;
  clock: DemoClock;
  staff: StrategyStaff;
  /** 名簿の順の委員の id。 */
  people: string[];
}

/** 開いた会議: 出欠、会議録、委員の確認、確定、提出、受領。 */
export async function holdAndMinute({ office, clock, staff, people }: World, held: Held): Promise<void> {
  const { planner, manager, client } = staff;
  const { meeting, day, speeches, absent } = held;
  const council = await readCouncil(office, planner.contract);
  clock.set(`${day}T17:20:00`);
  const attendance = usualAttendance(council, meetingIn(council, meeting)).map((line) =>
    absent.includes(people.indexOf(line.member))
      ? { ...line, how: "absent" as const, fee: 0, travel: 0, note: "所用のため" }
      : line,
  );
  await holdMeeting(office, planner, meeting, {
    ...{
      attendance,
      visitors: held.visitors,
      decisions: held.decisions,
      recorded: true,
      eraseBy: held.eraseBy,
    },
    secretariat: "札幌市 デジタル企画課長ほか3人、受託者2人",
    consent: "開会のときに、出席の委員全員から口頭で得た。傍聴の方にも伝えた。",
  });
  const next = (days: number, time: string) => {
    const on = new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
    clock.set(`${on}T${time}:00`);
  };
  next(1, "10:10");
  const file = { fileName: "文字起こし.vtt", bytes: transcriptOf(speeches) };
  await beginMinutes(office, planner, meeting, file, "points");
  const order = labelOrder(speeches);
  const other = { name: "事務局（デジタル企画課）", role: "事務局" };
  await matchSpeakers(office, planner, meeting, { labels: {}, other });
  await matchSpeakers(office, planner, meeting, {
    labels: Object.fromEntries(
      order.map((who, at) => [`話者${at + 1}`, who === -1 ? "o1" : (people[who] ?? "")]),
    ),
  });
  const unknown = speeches.flatMap(([who], at) => (who === -2 ? [at + 1] : []));
  next(1, "15:40");
  await editLines(office, planner, meeting, new Map(unknown.map((id) => [id, { speaker: NOBODY }])));
  const by = new Date(Date.parse(`${day}T00:00:00Z`) + 2 * 86_400_000).toISOString().slice(0, 10);
  await askCheck(office, planner, meeting, by);
  next(2, "11:00");
  const came = people.filter((_, at) => !absent.includes(at));
  for (const member of came.slice(1))
    await applyCheck(office, planner, meeting, { member, channel: "phone", corrections: [] });
  const line = speeches.findIndex(([who]) => who === 0) + 1;
  const fixed = {
    line,
    after:
      "座長を務めます。よろしくお願いします。次第に沿って進めます。はじめに、事務局から説明をお願いします。",
  };
  await applyCheck(office, planner, meeting, {
    member: people[0] ?? "",
    channel: "word",
    corrections: [fixed],
  });
  const { filing } = await finishMinutes(office, planner, meeting);
  next(2, "16:30");
  await submitFiling(office, manager, filing.id);
  next(3, "09:40");
  await answerFiling(office, client, filing.id, { outcome: "received", text: "" });
}

type Marks = readonly [member: number, channel: Channel, marks: string, note?: string];

export async function poll(
  { office, clock, staff, people }: World,
  meeting: string,
  given: { at: string; by: string; slots: readonly [string, string][]; answers: readonly Marks[] },
): Promise<void> {
  clock.set(`${given.at}T10:20:00`);
  const slots = given.slots.map(([day, start]) => ({
    ...{ day, start, end: `${String(Number(start.slice(0, 2)) + 2).padStart(2, "0")}${start.slice(2)}` },
  }));
  await openPoll(office, staff.planner, meeting, { slots, by: given.by });
  const sign: Record<string, Mark> = { "○": "yes", "△": "maybe", "×": "no" };
  for (const [member, channel, marks, note = ""] of given.answers) {
    const read = [...marks].flatMap((one, at): [string, Mark][] =>
      sign[one] ? [[String(at + 1), sign[one]]] : [],
    );
    await answerPoll(office, staff.planner, meeting, {
      ...{ member: people[member] ?? "", channel, note, marks: Object.fromEntries(read) },
    });
  }
}

/** 資料の Word（表題だけ）。 */
function docx(title: string): { fileName: string; bytes: Uint8Array } {
  const blocks = [
    { kind: "title", text: title },
    { kind: "paragraph", text: "（デモの資料です。中身はありません。）" },
  ] as const;
  const made = {
    title,
    author: "受託者",
    created: "2024-08-07T04:00:00.000Z",
    footer: title,
    blocks: [...blocks],
  };
  return { fileName: `${title}.docx`, bytes: writeWordDocument(made) };
}

export async function papers(
  { office, clock, staff }: World,
  meeting: string,
  given: { at: string; sent: string; printed: string; list: readonly [string, string, number, number][] },
): Promise<void> {
  clock.set(`${given.at}T13:00:00`);
  for (const [number, title, pages, colour] of given.list)
    await savePaper(
      office,
      staff.planner,
      meeting,
      { ...{ number, title, pages, colour, copies: 14, duplex: pages > 1 } },
      docx(title),
    );
  await saveAgenda(
    office,
    staff.planner,
    meeting,
    await proposeAgenda(office, staff.planner.contract, meeting),
  );
  clock.set(`${given.sent}T15:10:00`);
  const numbers = given.list.map(([number]) => number).join("、");
  const log = { fileName: "送信控え.txt", bytes: new TextEncoder().encode("送信済み 8件") };
  await sendPapers(
    office,
    staff.planner,
    meeting,
    { ...{ how: "mail", people: 8, received: 8, papers: numbers, note: "" } },
    log,
  );
  clock.set(`${given.printed}T11:00:00`);
  await printPapers(office, staff.planner, meeting, true);
}

/** 機材、接続の試し、招集状への出欠の返事（absent は名簿の番号、0 から）。 */
export async function supportMeeting(
  { office, staff, people }: World,
  meeting: string,
  absent: readonly number[],
): Promise<void> {
  const equipment = usualEquipment.map((name) => ({ name, ok: true }));
  await arrangeMeeting(office, staff.planner, meeting, { equipment });
  for (const member of [people[4] ?? "", people[6] ?? ""])
    await arrangeMeeting(office, staff.planner, meeting, { call: { member, ok: true, note: "画面と音声" } });
  for (const [at, member] of people.entries())
    await keepRsvp(office, staff.planner, meeting, {
      member,
      ...(absent.includes(at)
        ? { answer: "declined" as const, channel: "phone" as const, note: "校務のため" }
        : { answer: "accepted" as const, channel: at === 3 ? ("phone" as const) : ("mail" as const) }),
    });
}

/** 委員の指摘: 幾つかは答え、幾つかは残っている。 */
export async function remarks(
  world: World,
  meeting: string,
  list: readonly {
    line: number;
    member: number;
    remark: string;
    due: string;
    /** 計画の部分（原稿の印）。 */
    block: string;
    answered?: readonly [on: string, answer: string];
  }[],
): Promise<void> {
  const { office, clock, staff, people } = world;
  const blocks = await listActionBlocks(office, staff.planner);
  for (const { line, member, remark, due, block, answered } of list) {
    const { id } = await raiseAction(office, staff.planner, {
      ...{ meeting, line, remark, due },
      member: people[member] ?? "",
    });
    const place = blocks.find((one) => one.id === block);
    if (place) await placeAction(office, staff.planner, id, place);
    if (answered === undefined) continue;
    const [answeredOn, answer] = answered;
    const before = clock.officeNow();
    clock.set(`${answeredOn}T16:00:00`);
    await answerAction(office, staff.planner, id, { answer });
    clock.set(new Date(Date.parse(before) + 9 * 3_600_000).toISOString().slice(0, 19));
  }
}
