import { z } from "zod";
import { AppError } from "../base/error.ts";
import { type Day, dayOf } from "../base/time.ts";
import {
  type CouncilBody,
  councilBody,
  type Meeting,
  type Member,
  meetingBody,
  memberBody,
  type PollAnswer,
} from "../meetings/meeting.ts";
import type { SubjectKey } from "../platform/key.ts";
import type { Office } from "../platform/office.ts";
import type { Blueprint } from "../terms/blueprint.ts";
import { openContract } from "../terms/open-contract.ts";
import {
  actionTable,
  answerTable,
  councilTable,
  findCouncil,
  listActionRows,
  listAnswerRows,
  listMeetingRows,
  listMemberRows,
  listMinutesStates,
  type MeetingRow,
  type MinutesRow,
  meetingTable,
  memberTable,
  openCouncilRow,
} from "./council-store.ts";

export const actionBody = z.object({
  /** 指摘の言葉（会議録の発言から）。 */
  remark: z.string().max(2_000),
  member: z.string().max(60).default(""),
  /** 録音の始まりからの秒。 */
  from: z.number().nullable().default(null),
  answer: z.string().max(4_000).default(""),
  /** 計画の部分（計画の id、部分の id、その名）。 */
  block: z.object({ plan: z.string(), id: z.string(), label: z.string() }).nullable().default(null),
});

export interface Action extends z.infer<typeof actionBody> {
  id: string;
  number: number;
  meeting: string;
  line: number | null;
  state: "open" | "answered" | "dropped";
  due: Day | null;
  task: string | null;
  madeAt: string;
  closedAt: string | null;
  edition: number;
}

export interface Council {
  council: CouncilBody;
  edition: number;
  /** 名簿の全部（任期を終えた方を含む）。 */
  members: Member[];
  meetings: Meeting[];
  actions: Action[];
  /** 会議ごとの会議録の状態。 */
  minutes: Map<string, MinutesRow["state"]>;
  blueprint: Blueprint;
  today: Day;
}

/** 会議体、委員、会議、指摘をまとめて読む。 */
export async function readCouncil(office: Office, contract: string): Promise<Council> {
  const { read } = office;
  const [{ blueprint }, head, memberRows, meetingRows, actionRows, states] = await Promise.all([
    openContract(office, contract),
    findCouncil(read, contract),
    listMemberRows(read, contract),
    listMeetingRows(read, contract),
    listActionRows(read, contract),
    listMinutesStates(read, contract),
  ]);
  const rows = [...(head ? [head] : []), ...memberRows, ...meetingRows, ...actionRows];
  const keys = await office.keys.get(
    contract,
    rows.map(({ id }) => id),
  );
  return {
    council: councilBody.parse(
      head ? opened(openCouncilRow(councilTable, keys.get(head.id), head).body) : {},
    ),
    edition: head?.edition ?? 0,
    members: memberRows.map((row) => ({
      ...memberBody.parse(
        opened(openCouncilRow(memberTable, keys.get(row.id), row).body, { name: "（消去済み）" }),
      ),
      ...{ id: row.id, number: row.number, active: row.active === 1, edition: row.edition },
    })),
    meetings: meetingRows.map((row) => meetingOf(openCouncilRow(meetingTable, keys.get(row.id), row))),
    actions: actionRows.map((row) => {
      const { body, ...plain } = openCouncilRow(actionTable, keys.get(row.id), row);
      return {
        ...actionBody.parse(opened(body, { remark: "（消去済み）" })),
        ...{ id: plain.id, number: plain.number, meeting: plain.meeting_id, line: plain.line },
        ...{ state: plain.state, due: plain.due, task: plain.task_id, edition: plain.edition },
        ...{ madeAt: plain.made_at, closedAt: plain.closed_at },
      };
    }),
    minutes: new Map(states.map(({ meeting_id, state }) => [meeting_id, state])),
    blueprint,
    today: dayOf(office.clock.officeNow(contract)),
  };
}

/** 消去された行は、空の中身になる。 */
export function opened(body: string, erased: object = {}): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return erased;
  }
}

export function meetingOf(row: MeetingRow): Meeting {
  const { id, number, state, task, day, sequence, edition } = row;
  return { ...meetingBody.parse(opened(row.body)), id, number, state, task, day, sequence, edition };
}

/** いまの委員だけ。 */
export function activeMembers({ members }: Pick<Council, "members">): Member[] {
  return members.filter(({ active }) => active);
}

/** 会議を一つ。なければ NOT_FOUND。 */
export function meetingIn({ meetings }: Pick<Council, "meetings">, id: string): Meeting {
  const meeting = meetings.find((one) => one.id === id);
  if (meeting === undefined) throw noMeeting();
  return meeting;
}

export function noMeeting(): AppError {
  return new AppError("NOT_FOUND", "その会議はありません。有識者会議の一覧から選び直してください。");
}

const answerBody = z.object({
  marks: z.record(z.string(), z.enum(["yes", "maybe", "no"])),
  note: z.string().default(""),
  channel: z.enum(["page", "phone", "mail"]),
});

/** 日程の回答の全部。 */
export async function readAnswers(office: Office, contract: string, meeting: string): Promise<PollAnswer[]> {
  const [rows, keys] = await Promise.all([
    listAnswerRows(office.read, contract, meeting),
    office.keys.get(contract, [meeting]),
  ]);
  const key: SubjectKey | undefined = keys.get(meeting);
  return rows.flatMap((row) => {
    const { body, member_id, made_at } = openCouncilRow(answerTable, key, row);
    const read = answerBody.safeParse(opened(body));
    return read.success ? [{ ...read.data, member: member_id, at: made_at }] : [];
  });
}
