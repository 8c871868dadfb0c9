import type { Actor } from "../base/actor.ts";
import { AppError, type Fault } from "../base/error.ts";
import { dayOf, instantOf } from "../base/time.ts";
import { isDay } from "../japan/day.ts";
import { attendanceWorkbook } from "../meetings/list-workbook-document.ts";
import {
  type AttendanceLine,
  type Decision,
  type Meeting,
  meetingName,
  type Rsvp,
} from "../meetings/meeting.ts";
import type { Office, Tx } from "../platform/office.ts";
import { finishTask } from "../tasks/close-task.ts";
import { putTask } from "../tasks/open-task.ts";
import { changeMeeting } from "./change-meeting.ts";
import { bookMedia } from "./prepare-papers.ts";
import { activeMembers, type Council, meetingIn, readCouncil } from "./read-council.ts";

export interface HeldFacts {
  attendance: readonly AttendanceLine[];
  visitors: number;
  decisions: readonly Decision[];
  secretariat: string;
  recorded: boolean;
  /** 録音の同意（だれに、どう得たか）と、消す予定の日。録音したら要る。 */
  consent: string;
  eraseBy: string;
}

/**
 * 会議を開いたことを記録する（meeting.held）。会議ごとの義務（会議録の提出など）が、ここから生じる。
 * 開いたあとは、同じ画面で出欠と結果を直せる（記録は meeting.attended）。
 * @throws AppError BAD_INPUT（欄の名つき）、REFUSED（日が決まっていない、まだ来ていない）
 */
export async function holdMeeting(
  office: Office,
  actor: Actor,
  id: string,
  given: HeldFacts,
): Promise<Meeting> {
  const council = await readCouncil(office, actor.contract);
  const known = new Set(council.members.map((one) => one.id));
  const faults: Fault[] = [];
  const here = given.attendance.filter(({ member }) => known.has(member));
  if (here.every(({ how }) => how === "absent"))
    faults.push({ field: "attendance", message: "出席した委員を一人以上選んでください。" });
  if (given.recorded && given.consent.trim() === "")
    faults.push({ field: "consent", message: "録音の同意を、だれに、どう得たかを書いてください。" });
  if (given.recorded && !isDay(given.eraseBy))
    faults.push({ field: "eraseBy", message: "録音を消す予定の日を書いてください。" });
  const most = here.filter(({ how }) => how !== "absent").length;
  for (const { yes, no, kept } of given.decisions)
    if (yes + no + kept > most)
      faults.push({ field: "decisions", message: `賛否の数が、出席の${most}人より多くなっています。` });
  if (faults.length > 0) throw new AppError("BAD_INPUT", "会議の記録に直すところがあります。", { faults });
  return changeMeeting(office, actor, id, async (meeting, tx) => {
    if (meeting.state === "cancelled" || meeting.day === null)
      throw new AppError("REFUSED", "日の決まった会議だけが記録できます。先に日を決めてください。");
    if (meeting.day > dayOf(tx.now)) throw new AppError("REFUSED", "この会議の日は、まだ来ていません。");
    const first = meeting.state !== "held";
    const { consent, secretariat, ...rest } = given;
    const eraseTask = await eraseTaskOf(tx, council, meeting, given);
    return {
      change: {
        eraseTask,
        ...{ ...rest, attendance: [...here], decisions: [...given.decisions], state: "held" },
        ...{ consent: consent.trim(), secretariat: secretariat.trim() },
      },
      kind: first ? "meeting.held" : "meeting.attended",
      payload: {
        ...{ recorded: given.recorded, day: meeting.day, eraseBy: given.recorded ? given.eraseBy : "" },
        ...{ present: most, visitors: given.visitors, decisions: given.decisions.length },
        ...(first ? { occurredAt: instantOf(meeting.day, meeting.end || "17:00") } : {}),
      },
    };
  });
}

/** 録音を消す仕事（期限は消す予定の日）。予定の日が変われば作り直し、録音しなかったとすれば取りやめる。 */
async function eraseTaskOf(
  tx: Tx,
  { blueprint, council }: Council,
  meeting: Meeting,
  { recorded, eraseBy }: HeldFacts,
): Promise<string> {
  const same = recorded && meeting.recorded && eraseBy === meeting.eraseBy;
  if ((same && meeting.eraseTask !== "") || meeting.erasedOn !== "") return meeting.eraseTask;
  if (meeting.eraseTask !== "") await finishTask(tx, meeting.eraseTask, "dropped");
  if (!recorded) return "";
  const task = await putTask(tx, blueprint, {
    ...{ kind: "other", title: `${meetingName(council, meeting)}の録音を消す`, clause: "3(2)、特記 第13条" },
    ...{ role: "planner", cause: `council/recording/${meeting.id}/${eraseBy}/${meeting.edition}` },
    due: { kind: "at", at: instantOf(eraseBy, "17:00") },
    about: { room: "council", kind: "meeting", id: meeting.id },
  });
  return task.id;
}

/** 録音を消したことを記録する。消す仕事も済む。 */
export async function eraseRecording(office: Office, actor: Actor, id: string, day: string): Promise<void> {
  await changeMeeting(office, actor, id, async (meeting, tx) => {
    if (!meeting.recorded) throw new AppError("REFUSED", "この会議は録音していません。");
    if (!isDay(day) || day > dayOf(tx.now))
      throw new AppError("BAD_INPUT", "消した日に直すところがあります。", {
        faults: [{ field: "erasedOn", message: "録音を消した日（今日まで）を書いてください。" }],
      });
    if (meeting.eraseTask !== "" && meeting.erasedOn === "") await finishTask(tx, meeting.eraseTask, "done");
    return { change: { erasedOn: day }, kind: "recording.erased", payload: { day } };
  });
}

/** 出席簿と謝金・旅費（Excel）。 */
export async function takeAttendance(
  office: Office,
  actor: Actor,
  id: string,
): Promise<{ fileName: string; media: string; bytes: Uint8Array }> {
  const council = await readCouncil(office, actor.contract);
  const meeting = meetingIn(council, id);
  const members = council.members.filter(
    (one) => one.active || meeting.attendance.some(({ member }) => member === one.id),
  );
  await office.act(actor, (tx) =>
    tx.record({
      kind: "meeting.taken",
      about: `council/meeting/${id}`,
      payload: { number: meeting.number, form: "attendance" },
    }),
  );
  return {
    fileName: `${meetingName(council.council, meeting)}_出席簿.xlsx`,
    ...{ media: bookMedia, bytes: attendanceWorkbook({ council: council.council, meeting }, members) },
  };
}

/** 出欠の欄の初めの値: 招集状に欠席と返事のあった方は欠席、ほかは会場かウェブ（いつもの形）。謝金と旅費は委員の登録から。 */
export function usualAttendance(
  council: Parameters<typeof activeMembers>[0],
  meeting: Pick<Meeting, "attendance" | "rsvps" | "sequence">,
): AttendanceLine[] {
  const away = ({ answer, sequence }: Rsvp) => answer === "declined" && sequence === meeting.sequence;
  return activeMembers(council).map(({ id, remote, fee, travel }) => {
    const known = meeting.attendance.find((one) => one.member === id);
    if (known) return known;
    if (meeting.rsvps.some((one) => one.member === id && away(one)))
      return { member: id, how: "absent", fee: 0, travel: 0, note: "" };
    return { member: id, how: remote ? "web" : "room", fee, travel: remote ? 0 : travel, note: "" };
  });
}
