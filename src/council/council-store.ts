import {
  day,
  flag,
  instant,
  int32,
  nullable,
  type Row,
  sealed,
  type Table,
  table,
  text,
} from "../base/column.ts";
import { type Read, tables } from "../platform/database.ts";
import type { SubjectKey } from "../platform/key.ts";
import { openRow, type PlainRow, sealRow } from "../platform/sealed-row.ts";

/** 会議体（契約に一つ）。事務局・会場・誤りの組を封じる。 */
export const councilTable = table("council", {
  id: text(),
  contract_id: text(),
  body: sealed(),
  made_by: text(),
  made_at: instant(),
  edition: int32(),
});

/** 委員。氏名・連絡先・謝金を封じる。 */
export const memberTable = table("council_member", {
  id: text(),
  contract_id: text(),
  number: int32(),
  active: flag(),
  body: sealed(),
  made_by: text(),
  made_at: instant(),
  edition: int32(),
});

/** 会議一回。論点・会場・資料・出欠を封じる。 */
export const meetingTable = table("council_meeting", {
  id: text(),
  contract_id: text(),
  number: int32(),
  state: text<"planned" | "polling" | "fixed" | "held" | "cancelled">(),
  /** 工程表の作業の記号。 */
  task: text(),
  day: nullable(day()),
  /** 招集状の SEQUENCE。まだなら -1。 */
  sequence: int32(),
  body: sealed(),
  made_by: text(),
  made_at: instant(),
  edition: int32(),
});

/** 日程の回答。会議の鍵で封じる。 */
export const answerTable = table("council_answer", {
  id: text(),
  contract_id: text(),
  meeting_id: text(),
  member_id: text(),
  body: sealed(),
  made_by: text(),
  made_at: instant(),
});

/** 会議録（会議に一つ）。 */
export const minutesTable = table("council_minutes", {
  id: text(),
  contract_id: text(),
  meeting_id: text(),
  state: text<"draft" | "checking" | "final">(),
  body: sealed(),
  made_by: text(),
  made_at: instant(),
  edition: int32(),
});

/** 委員の指摘。答えるまで、次の次第に現れる。 */
export const actionTable = table("council_action", {
  id: text(),
  contract_id: text(),
  number: int32(),
  meeting_id: text(),
  line: nullable(int32()),
  state: text<"open" | "answered" | "dropped">(),
  due: nullable(day()),
  task_id: nullable(text()),
  body: sealed(),
  made_by: text(),
  made_at: instant(),
  closed_at: nullable(instant()),
  edition: int32(),
});

const schema = {
  ...{ council: councilTable, council_member: memberTable, council_meeting: meetingTable },
  ...{ council_answer: answerTable, council_minutes: minutesTable, council_action: actionTable },
};

export type CouncilRow = PlainRow<typeof councilTable>;
export type MemberRow = PlainRow<typeof memberTable>;
export type MeetingRow = PlainRow<typeof meetingTable>;
export type AnswerRow = PlainRow<typeof answerTable>;
export type MinutesRow = PlainRow<typeof minutesTable>;
export type ActionRow = PlainRow<typeof actionTable>;

/** 行を開く。 */
export function openCouncilRow<T extends Table>(
  of: T,
  key: SubjectKey | undefined,
  row: Row<T>,
): PlainRow<T> {
  return openRow(of, key, row);
}

const from = (read: Read) => tables<typeof schema>(read);

export async function findCouncil(
  read: Read,
  contract: string,
): Promise<Row<typeof councilTable> | undefined> {
  return from(read).selectFrom("council").selectAll().where("contract_id", "=", contract).executeTakeFirst();
}

export async function listMemberRows(read: Read, contract: string): Promise<Row<typeof memberTable>[]> {
  return from(read)
    .selectFrom("council_member")
    .selectAll()
    .where("contract_id", "=", contract)
    .orderBy("number")
    .execute();
}

export async function listMeetingRows(read: Read, contract: string): Promise<Row<typeof meetingTable>[]> {
  return from(read)
    .selectFrom("council_meeting")
    .selectAll()
    .where("contract_id", "=", contract)
    .orderBy("number")
    .execute();
}

export async function findMeetingRow(
  read: Read,
  contract: string,
  id: string,
): Promise<Row<typeof meetingTable> | undefined> {
  return from(read)
    .selectFrom("council_meeting")
    .selectAll()
    .where("contract_id", "=", contract)
    .where("id", "=", id)
    .executeTakeFirst();
}

export async function listAnswerRows(
  read: Read,
  contract: string,
  meeting: string,
): Promise<Row<typeof answerTable>[]> {
  return from(read)
    .selectFrom("council_answer")
    .selectAll()
    .where("contract_id", "=", contract)
    .where("meeting_id", "=", meeting)
    .orderBy("id")
    .execute();
}

export async function findMinutesRow(
  read: Read,
  contract: string,
  meeting: string,
): Promise<Row<typeof minutesTable> | undefined> {
  return from(read)
    .selectFrom("council_minutes")
    .selectAll()
    .where("contract_id", "=", contract)
    .where("meeting_id", "=", meeting)
    .executeTakeFirst();
}

/** 会議ごとの、会議録の状態（本文は読まない）。 */
export async function listMinutesStates(
  read: Read,
  contract: string,
): Promise<{ meeting_id: string; state: MinutesRow["state"] }[]> {
  return from(read)
    .selectFrom("council_minutes")
    .select(["meeting_id", "state"])
    .where("contract_id", "=", contract)
    .execute();
}

export async function listActionRows(read: Read, contract: string): Promise<Row<typeof actionTable>[]> {
  return from(read)
    .selectFrom("council_action")
    .selectAll()
    .where("contract_id", "=", contract)
    .orderBy("number")
    .execute();
}

export async function putCouncil(tx: Read, key: SubjectKey, row: CouncilRow): Promise<void> {
  const made = sealRow(councilTable, key, row);
  const { body, made_by, made_at, edition } = made;
  await from(tx)
    .insertInto("council")
    .values(made)
    .onConflict((on) => on.column("contract_id").doUpdateSet({ body, made_by, made_at, edition }))
    .execute();
}

export async function insertMember(tx: Read, key: SubjectKey, row: MemberRow): Promise<void> {
  await from(tx)
    .insertInto("council_member")
    .values(sealRow(memberTable, key, row))
    .execute();
}

/** 読んだときから変わっていなければ書く。ほかの人が先なら偽。 */
export async function updateMember(
  tx: Read,
  key: SubjectKey,
  before: MemberRow,
  row: MemberRow,
): Promise<boolean> {
  const { body, active } = sealRow(memberTable, key, row);
  const rows = await from(tx)
    .updateTable("council_member")
    .set({ body, active, edition: before.edition + 1 })
    .where("contract_id", "=", before.contract_id)
    .where("id", "=", before.id)
    .where("edition", "=", before.edition)
    .returning("id")
    .execute();
  return rows.length === 1;
}

export async function insertMeeting(tx: Read, key: SubjectKey, row: MeetingRow): Promise<void> {
  await from(tx)
    .insertInto("council_meeting")
    .values(sealRow(meetingTable, key, row))
    .execute();
}

export async function updateMeeting(
  tx: Read,
  key: SubjectKey,
  before: Pick<MeetingRow, "id" | "contract_id" | "edition">,
  row: MeetingRow,
): Promise<boolean> {
  const { body, state, task, day: on, sequence } = sealRow(meetingTable, key, row);
  const rows = await from(tx)
    .updateTable("council_meeting")
    .set({ body, state, task, day: on, sequence, edition: before.edition + 1 })
    .where("contract_id", "=", before.contract_id)
    .where("id", "=", before.id)
    .where("edition", "=", before.edition)
    .returning("id")
    .execute();
  return rows.length === 1;
}

/** 回答を入れる（あれば置き換える）。key は会議の鍵。 */
export async function putAnswer(tx: Read, key: SubjectKey, row: AnswerRow): Promise<void> {
  await from(tx)
    .deleteFrom("council_answer")
    .where("contract_id", "=", row.contract_id)
    .where("meeting_id", "=", row.meeting_id)
    .where("member_id", "=", row.member_id)
    .execute();
  await from(tx)
    .insertInto("council_answer")
    .values(sealRow(answerTable, key, row))
    .execute();
}

/** 一人の委員の日程の回答を除く（申出による消去）。 */
export async function dropMemberAnswers(tx: Read, contract: string, member: string): Promise<void> {
  await from(tx)
    .deleteFrom("council_answer")
    .where("contract_id", "=", contract)
    .where("member_id", "=", member)
    .execute();
}

/** 候補を作り直すと、前の回答は使えない。 */
export async function dropAnswers(tx: Read, contract: string, meeting: string): Promise<void> {
  await from(tx)
    .deleteFrom("council_answer")
    .where("contract_id", "=", contract)
    .where("meeting_id", "=", meeting)
    .execute();
}

export async function insertMinutes(tx: Read, key: SubjectKey, row: MinutesRow): Promise<void> {
  await from(tx)
    .insertInto("council_minutes")
    .values(sealRow(minutesTable, key, row))
    .execute();
}

export async function updateMinutes(
  tx: Read,
  key: SubjectKey,
  before: Pick<MinutesRow, "id" | "contract_id" | "edition">,
  row: MinutesRow,
): Promise<boolean> {
  const { body, state } = sealRow(minutesTable, key, row);
  const rows = await from(tx)
    .updateTable("council_minutes")
    .set({ body, state, edition: before.edition + 1 })
    .where("contract_id", "=", before.contract_id)
    .where("id", "=", before.id)
    .where("edition", "=", before.edition)
    .returning("id")
    .execute();
  return rows.length === 1;
}

export async function insertAction(tx: Read, key: SubjectKey, row: ActionRow): Promise<void> {
  await from(tx)
    .insertInto("council_action")
    .values(sealRow(actionTable, key, row))
    .execute();
}

export async function updateAction(
  tx: Read,
  key: SubjectKey,
  before: ActionRow,
  row: ActionRow,
): Promise<boolean> {
  const { body, state, due, closed_at } = sealRow(actionTable, key, row);
  const rows = await from(tx)
    .updateTable("council_action")
    .set({ body, state, due, closed_at, edition: before.edition + 1 })
    .where("contract_id", "=", before.contract_id)
    .where("id", "=", before.id)
    .where("edition", "=", before.edition)
    .returning("id")
    .execute();
  return rows.length === 1;
}
