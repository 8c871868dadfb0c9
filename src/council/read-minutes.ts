import { nameHandlers } from "../access/name-handlers.ts";
import { AppError } from "../base/error.ts";
import { formatWareki } from "../japan/wareki.ts";
import {
  attendHows,
  type Decision,
  inSeatOrder,
  type Meeting,
  type Member,
  meetingName,
  resultNames,
  seatNames,
} from "../meetings/meeting.ts";
import type { MinutesEdition, MinutesFacts } from "../minutes/final-minutes-document.ts";
import type { NamedPerson } from "../minutes/mask-names.ts";
import type { MinutesRecord, RecordSpeaker } from "../minutes/minutes-record.ts";
import type { Office } from "../platform/office.ts";
import { findMinutesRow, type MinutesRow, minutesTable, openCouncilRow } from "./council-store.ts";
import { placeText } from "./fix-date.ts";
import { type Council, meetingIn, readCouncil } from "./read-council.ts";

/** 会議録のいまの姿。本文のほかに、氏名のある話し手（委員でない人）と、確認のこと。 */
export interface MinutesBody {
  record: MinutesRecord;
  /** 委員でない話し手。 */
  others: RecordSpeaker[];
  /** 元の文字起こしのファイル。 */
  file: string;
  /** 確認を頼んだ日、返してほしい日。 */
  check: { asked: string; by: string } | null;
  /** 委員の確認: だれが、いつ、修正の数。answer は、読んだ回答のファイルの SHA-256。 */
  checks: { member: string; at: string; corrections: number; channel: CheckChannel; answer?: string }[];
  /** 確定した日と、確定した Word の SHA-256。 */
  final: { at: string; sha256: string; files?: FinalFile[] } | null;
}

/** 確定した会議録の Word（残したファイル）。 */
export interface FinalFile {
  id: string;
  name: string;
  media: string;
  size: number;
  sha256: string;
}

/** word=Word、page=確認の頁の回答、phone=電話、none=修正なし。 */
export type CheckChannel = "word" | "page" | "phone" | "none";

export interface Minutes extends MinutesBody {
  id: string;
  state: MinutesRow["state"];
  edition: number;
  speakers: Map<string, RecordSpeaker>;
}

export const minutesStates = { draft: "作成中", checking: "委員の確認中", final: "確定" } as const;

/** 会議録を読む。まだなければ undefined。 */
export async function readMinutes(
  office: Office,
  council: Council,
  contract: string,
  meeting: string,
): Promise<Minutes | undefined> {
  const row = await findMinutesRow(office.read, contract, meeting);
  if (!row) return undefined;
  const key = (await office.keys.get(contract, [row.id])).get(row.id);
  return minutesOf(openCouncilRow(minutesTable, key, row), council.members);
}

export function minutesOf(row: MinutesRow, members: readonly Member[]): Minutes {
  const body = readMinutesBody(row.body);
  return {
    ...body,
    ...{ id: row.id, state: row.state, edition: row.edition },
    speakers: speakersOf(members, body.others),
  };
}

export function readMinutesBody(text: string): MinutesBody {
  try {
    return JSON.parse(text) as MinutesBody;
  } catch {
    throw new AppError("NOT_FOUND", "この会議録は消去されています。");
  }
}

/** 選べる話し手: 委員と、書き足した人。 */
export function speakersOf(
  members: readonly Member[],
  others: readonly RecordSpeaker[],
): Map<string, RecordSpeaker> {
  return new Map([
    ...inSeatOrder(members).map(({ id, name, seat }): [string, RecordSpeaker] => [
      id,
      { key: id, name, role: seatNames[seat] },
    ]),
    ...others.map((one): [string, RecordSpeaker] => [one.key, one]),
  ]);
}

export function noMinutes(): AppError {
  return new AppError("NOT_FOUND", "会議録がまだありません。文字起こしを取り込んでください。");
}

/** 会議録の文書（Word）のもと。 */
export async function minutesFacts(
  office: Office,
  contract: string,
  meeting: string,
): Promise<{ facts: MinutesFacts; minutes: Minutes; council: Council; meeting: Meeting }> {
  const council = await readCouncil(office, contract);
  const one = meetingIn(council, meeting);
  const [minutes, names] = await Promise.all([
    readMinutes(office, council, contract, meeting),
    nameHandlers(office, contract),
  ]);
  if (minutes === undefined) throw noMinutes();
  const name = meetingName(council.council, one);
  const facts: MinutesFacts = {
    title: `${name}　会議録`,
    facts: (edition) => headFacts(edition, council, one),
    agenda: one.agenda.map(({ title }) => title),
    papers: one.papers.map(({ number, title }) => `${number}　${title}`),
    decisions: one.decisions.map(decisionText),
    ...{ record: minutes.record, speakers: minutes.speakers, final: minutes.state === "final" },
    people: maskedPeople(council.members, minutes.others),
    handOf: (id) => minutes.speakers.get(id)?.name ?? names.get(id)?.name ?? "事務局",
    author: council.blueprint.sender.name || "受託者",
    created: office.clock.officeNow(contract),
  };
  return { facts, minutes, council, meeting: one };
}

/** 氏名を出さない版で言いかえる人: 委員と、氏名で書かれた委員でない話し手（「デジタル企画課長」は氏名ではない）。 */
export function maskedPeople(members: readonly Member[], others: readonly RecordSpeaker[]): NamedPerson[] {
  const named = others.filter(({ name, role }) => name !== role && /^\S{1,6}[\s　]\S{1,6}$/u.test(name));
  return [
    ...members.map(({ name, kana, seat }) => ({ name, kana, role: seatNames[seat] })),
    ...named.map(({ name, role }) => ({ name, role })),
  ];
}

export function decisionText({ text, yes, no, kept, result }: Decision): string {
  const votes = yes + no + kept > 0 ? `賛成${yes}、反対${no}、保留${kept}。` : "";
  return `${text}（${votes}${resultNames[result]}）`;
}

function headFacts(edition: MinutesEdition, council: Council, meeting: Meeting): [string, string][] {
  const name = (how: (one: string) => boolean) =>
    inSeatOrder(council.members)
      .filter(({ id }) => meeting.attendance.some((line) => line.member === id && how(line.how)))
      .map((one) => {
        const line = meeting.attendance.find(({ member }) => member === one.id);
        const way = line && line.how !== "room" && line.how !== "absent" ? `（${attendHows[line.how]}）` : "";
        return edition === "roles"
          ? `${seatNames[one.seat]}${way}`
          : `${one.name} ${seatNames[one.seat]}${way}`;
      });
  const people = (list: string[]) => (edition === "roles" ? tally(list) : list.join("、")) || "なし";
  const room = council.council.rooms.find(({ id }) => id === meeting.room);
  return [
    ["名称", meetingName(council.council, meeting)],
    [
      "日時",
      meeting.day === null
        ? ""
        : `${formatWareki(meeting.day, { weekday: true })}　${meeting.start}から${meeting.end}まで`,
    ],
    ["場所", placeText(room) || "－"],
    ["出席委員", people(name((how) => how !== "absent"))],
    ["欠席委員", people(name((how) => how === "absent"))],
    ...(meeting.secretariat === "" ? [] : ([["事務局ほか", meeting.secretariat]] as [string, string][])),
    ["会議の公開", meeting.open ? "公開" : `非公開（理由: ${meeting.closedReason}）`],
    ["傍聴者", meeting.open ? `${meeting.visitors}人` : "－"],
    [
      "録音",
      meeting.recorded
        ? `あり（${meeting.erasedOn === "" ? `${formatWareki(meeting.eraseBy)}までに消去` : `${formatWareki(meeting.erasedOn)}に消去`}）`
        : "なし",
    ],
  ];
}

/** 「座長1人、委員5人」。 */
function tally(list: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const one of list) counts.set(one, (counts.get(one) ?? 0) + 1);
  return [...counts].map(([role, count]) => `${role}${count}人`).join("、");
}

/** 確定した会議録の Word（公開用の二つ）。提出書の一式に添える。確定していなければ空。 */
export async function listFinalMinutes(
  office: Office,
  contract: string,
  meeting: string,
): Promise<FinalFile[]> {
  const council = await readCouncil(office, contract);
  return (await readMinutes(office, council, contract, meeting))?.final?.files ?? [];
}
