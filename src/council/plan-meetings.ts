import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import { type Day, dayOf } from "../base/time.ts";
import { addBusinessDays } from "../japan/business-day.ts";
import { type Meeting, meetingBody } from "../meetings/meeting.ts";
import { takeNumber } from "../platform/counter-store.ts";
import type { Office } from "../platform/office.ts";
import type { Blueprint } from "../terms/blueprint.ts";
import { readWorkplan } from "../workplan/read-workplan.ts";
import { changeMeeting } from "./change-meeting.ts";
import { refuseCouncil } from "./council-right.ts";
import { insertMeeting } from "./council-store.ts";
import { activeMembers, readCouncil } from "./read-council.ts";

/** 工程表の、会議の節目。 */
export interface PlannedMeeting {
  task: string;
  name: string;
  day: Day;
}

/** 工程表から、会議の節目（名に「会議」を含む）を日の順に。 */
export async function plannedMeetings(office: Office, contract: string): Promise<PlannedMeeting[]> {
  const { plan } = await readWorkplan(office, contract);
  return (plan?.tasks ?? [])
    .filter(
      ({ task }) => task.milestone && /(?:有識者|策定|検討|審議|懇談|委員)[^会]*会|会議/.test(task.name),
    )
    .map(({ task, end }) => ({ task: task.code, name: task.name, day: end }))
    .sort((a, b) => (a.day < b.day ? -1 : 1));
}

/** 「あらかじめ」の長さ（営業日）。資料はこの前に送る。 */
export function beforehandDays({ words }: Pick<Blueprint, "words">): number {
  const { beforehand } = words;
  return "businessDays" in beforehand ? beforehand.businessDays : 5;
}

/** 資料を送る期限。 */
export function sendDeadline(blueprint: Blueprint, meeting: Pick<Meeting, "day">): Day | undefined {
  return meeting.day === null
    ? undefined
    : addBusinessDays(blueprint.calendar, meeting.day, -beforehandDays(blueprint));
}

/**
 * 工程表の会議の節目のうち、まだ会議のないものを予定する。謝金と旅費の目安は委員の登録から。
 * @returns 加えた会議の数
 */
export async function planMeetings(office: Office, actor: Actor): Promise<{ made: number }> {
  refuseCouncil("write", actor);
  const [{ meetings }, planned] = await Promise.all([
    readCouncil(office, actor.contract),
    plannedMeetings(office, actor.contract),
  ]);
  const known = new Set(meetings.map(({ task }) => task));
  let made = 0;
  for (const { task } of planned.filter((one) => !known.has(one.task))) {
    await addMeeting(office, actor, { task });
    made += 1;
  }
  if (made === 0)
    throw new AppError("REFUSED", "新しく予定する会議はありません。工程表の会議は、もう一覧にあります。");
  return { made };
}

/** 会議を一つ予定する（工程表によらないものは task を空に）。 */
export async function addMeeting(
  office: Office,
  actor: Actor,
  given: { task?: string; title?: string },
): Promise<{ id: string; number: number }> {
  refuseCouncil("write", actor);
  const key = await office.keys.fresh(actor.contract);
  return office.act(actor, async (tx) => {
    const number = await takeNumber(tx, tx.contract, "council-meeting");
    const body = meetingBody.parse({ title: given.title ?? "" });
    await insertMeeting(tx, key, {
      ...{ id: key.id, contract_id: tx.contract, number, state: "planned", task: given.task ?? "" },
      ...{ day: null, sequence: -1, body: JSON.stringify(body) },
      ...{ made_by: actor.id, made_at: tx.now, edition: 1 },
    });
    await tx.record({
      kind: "meeting.planned",
      about: `council/meeting/${key.id}`,
      payload: { number, task: given.task ?? "" },
    });
    return { id: key.id, number };
  });
}

/** 工程表と会議の日の違い。 */
export interface Drift {
  meeting: string;
  task: string;
  planned: Day;
  /** 決めた日。まだなら null。 */
  day: Day | null;
  /** 決めた日が、工程表の日のあと（正）・前（負）の暦日数。 */
  days: number | null;
}

/** まだ開いていない会議のうち、工程表の日と決めた日が違うもの（工程表が動いたら、組み直す）。 */
export function driftsOf(meetings: readonly Meeting[], planned: readonly PlannedMeeting[]): Drift[] {
  const byTask = new Map(planned.map((one) => [one.task, one]));
  return meetings.flatMap(({ id, task, day, state }): Drift[] => {
    const plan = byTask.get(task);
    if (plan === undefined || state === "held" || state === "cancelled" || plan.day === day) return [];
    const days = day === null ? null : Math.round((Date.parse(day) - Date.parse(plan.day)) / 86_400_000);
    return [{ meeting: id, task, planned: plan.day, day, days }];
  });
}

/** 論点、到達点、事前説明、公開のこと。 */
export async function briefMeeting(
  office: Office,
  actor: Actor,
  id: string,
  given: Partial<
    Pick<Meeting, "topics" | "goal" | "briefing" | "open" | "closedReason" | "task" | "secretariat">
  >,
): Promise<void> {
  if (given.open === false && (given.closedReason ?? "").trim() === "")
    throw new AppError("BAD_INPUT", "会議の支度に直すところがあります。", {
      faults: [{ field: "closedReason", message: "非公開にする理由を書いてください。" }],
    });
  await changeMeeting(office, actor, id, () => ({
    change: given,
    kind: "meeting.prepared",
    payload: { part: "brief" },
  }));
}

/** 会場と機材、ウェブ会議の接続の試し。 */
export async function arrangeMeeting(
  office: Office,
  actor: Actor,
  id: string,
  given: Partial<Pick<Meeting, "room" | "equipment">> & {
    call?: { member: string; ok: boolean; note: string };
  },
): Promise<void> {
  const { council, members } = await readCouncil(office, actor.contract);
  const { call, ...change } = given;
  if (change.room && !council.rooms.some((one) => one.id === change.room))
    throw new AppError("BAD_INPUT", "その会場は登録されていません。会場の一覧から選び直してください。");
  if (call && !activeMembers({ members }).some((one) => one.id === call.member))
    throw new AppError("BAD_INPUT", "その委員はいません。名簿から選び直してください。");
  await changeMeeting(office, actor, id, (meeting, tx) => ({
    change: {
      ...change,
      ...(call === undefined
        ? {}
        : {
            calls: [
              ...meeting.calls.filter((one) => one.member !== call.member),
              { member: call.member, at: dayOf(tx.now), ok: call.ok, note: call.note.slice(0, 200) },
            ],
          }),
    },
    kind: "meeting.prepared",
    payload: { part: call === undefined ? "venue" : "call" },
  }));
}

export const usualEquipment = [
  "机と椅子（口の字）",
  "スクリーン・プロジェクター",
  "ウェブ会議用のカメラとマイク",
  "録音機（予備の電池）",
  "延長コード",
  "名札・席次表",
  "傍聴席",
];
