import { parseInput } from "../access/zod-message.ts";
import { rsvpNames } from "../meetings/meeting.ts";
import { getFile, getPage, postPage, withFaults } from "../platform/make-route.ts";
import type { Ask, Route } from "../platform/route.ts";
import { keepRsvp, readRsvpFile } from "./answer-invitation.ts";
import { briefForm, heldForm, readAttendance, readDecisions, rsvpForm } from "./council-ask.ts";
import { mayCouncil } from "./council-right.ts";
import { CURRENT } from "./council-routes.tsx";
import { DayPage } from "./day-page.tsx";
import { cancelMeeting, makeInvitation } from "./fix-date.ts";
import { eraseRecording, holdMeeting, takeAttendance, usualAttendance } from "./hold-meeting.ts";
import { type Again, BASE, faultsOr, openMeeting, pathOf, statusOf } from "./meeting-ask.ts";
import { MeetingPage, type MeetingPageProps } from "./meeting-page.tsx";
import { arrangeMeeting, briefMeeting, plannedMeetings } from "./plan-meetings.ts";

async function meetingPage(
  ask: Ask,
  again: Again & Partial<Pick<MeetingPageProps, "reply">> = {},
): Promise<Response> {
  const { council, meeting } = await openMeeting(ask);
  const planned = await plannedMeetings(ask.office, ask.actor.contract);
  return ask.page({
    title: "会議の支度",
    current: CURRENT,
    status: statusOf(again),
    body: (
      <MeetingPage
        csrf={ask.seated.csrf}
        {...{ council, meeting, values: {}, faults: [], reply: undefined, ...again }}
        planned={planned.find(({ task }) => task === meeting.task)?.day}
        mayWrite={mayCouncil("write", ask.actor.roles)}
        mayAnswer={mayCouncil("answer", ask.actor.roles)}
      />
    ),
  });
}

async function readRsvps(ask: Ask): Promise<Response> {
  const file = await ask.file("file");
  if (file === undefined || file.bytes.length === 0)
    return meetingPage(ask, { faults: [{ field: "rsvp", message: "返事のファイルを選んでください。" }] });
  return withFaults(
    async () => {
      const read = await readRsvpFile(ask.office, ask.actor.contract, ask.param("id"), file.bytes);
      const { answer, note, sequence, stale } = read;
      const said = [
        answer === undefined
          ? "出欠が読み取れません。選んでください。"
          : `「${rsvpNames[answer]}」と読みました。`,
        read.member === undefined ? "どなたの返事か分かりません。選んでください。" : "",
        stale ? "日を動かす前の招集状への返事です。" : "",
        "残す前に、お確かめください。",
      ].join("");
      const reply = { member: read.member?.id ?? "", answer: answer ?? "", note, sequence, said };
      return meetingPage(ask, { reply });
    },
    (faults, message) => meetingPage(ask, { faults: faultsOr(faults, message, "rsvp") }),
    ["BAD_INPUT", "TOO_LARGE", "REFUSED"],
  );
}

async function saveRsvp(ask: Ask): Promise<Response> {
  const form = Object.fromEntries(await ask.form());
  return withFaults(
    async () => {
      await keepRsvp(ask.office, ask.actor, ask.param("id"), parseInput(rsvpForm, form));
      return ask.go(pathOf(ask), "出欠の返事を残しました。");
    },
    (faults, message) =>
      meetingPage(ask, {
        faults: faultsOr(faults, message, "rsvp-member"),
        reply: {
          ...{ member: form.member ?? "", answer: form.answer ?? "", note: form.note ?? "" },
          sequence: Number(form.sequence) || 0,
          said: "まだ残していません。",
        },
      }),
    ["BAD_INPUT", "REFUSED"],
  );
}

async function saveBrief(ask: Ask): Promise<Response> {
  const form = Object.fromEntries(await ask.form());
  return withFaults(
    async () => {
      const { open, ...given } = parseInput(briefForm, form);
      await briefMeeting(ask.office, ask.actor, ask.param("id"), { ...given, open: open === "open" });
      return ask.go(pathOf(ask), "会議の支度を残しました。");
    },
    (faults) => meetingPage(ask, { values: form, faults }),
  );
}

async function saveVenue(ask: Ask): Promise<Response> {
  const form = Object.fromEntries(await ask.form());
  const equipment = Object.entries(form).flatMap(([field, name]) =>
    field.startsWith("name.") ? [{ name: name.slice(0, 100), ok: form[`ok.${field.slice(5)}`] === "1" }] : [],
  );
  await arrangeMeeting(ask.office, ask.actor, ask.param("id"), { room: form.room || null, equipment });
  return ask.go(pathOf(ask), "会場と機材を残しました。");
}

async function saveCall(ask: Ask): Promise<Response> {
  const form = Object.fromEntries(await ask.form());
  const call = { member: form.member ?? "", ok: form.ok === "yes", note: form.note ?? "" };
  await arrangeMeeting(ask.office, ask.actor, ask.param("id"), { call });
  return ask.go(pathOf(ask), "接続の試しを残しました。");
}

async function cancel(ask: Ask): Promise<Response> {
  const form = Object.fromEntries(await ask.form());
  return withFaults(
    async () => {
      await cancelMeeting(ask.office, ask.actor, ask.param("id"), form.reason ?? "");
      return ask.go(pathOf(ask), "会議を取り消しました。取消しの招集状を送ってください。");
    },
    (faults) => meetingPage(ask, { values: form, faults }),
  );
}

async function dayPage(ask: Ask, again: Again = {}): Promise<Response> {
  const { council, meeting } = await openMeeting(ask);
  return ask.page({
    title: "会議の当日",
    current: CURRENT,
    status: statusOf(again),
    body: (
      <DayPage
        csrf={ask.seated.csrf}
        {...{ council, meeting, values: {}, faults: [], ...again }}
        attendance={usualAttendance(council, meeting)}
        mayWrite={mayCouncil("write", ask.actor.roles)}
      />
    ),
  });
}

async function hold(ask: Ask): Promise<Response> {
  const form = Object.fromEntries(await ask.form());
  return withFaults(
    async () => {
      const { decisions, recorded, ...given } = parseInput(heldForm, form);
      const facts = { ...given, decisions: readDecisions(decisions), recorded: recorded === "1" };
      await holdMeeting(ask.office, ask.actor, ask.param("id"), {
        ...facts,
        attendance: readAttendance(form),
      });
      return ask.go(pathOf(ask, "/day"), "会議の記録を残しました。会議録の期限を数え始めます。");
    },
    (faults) => dayPage(ask, { values: form, faults }),
  );
}

async function erase(ask: Ask): Promise<Response> {
  const form = Object.fromEntries(await ask.form());
  return withFaults(
    async () => {
      await eraseRecording(ask.office, ask.actor, ask.param("id"), form.erasedOn ?? "");
      return ask.go(pathOf(ask, "/day"), "録音を消したことを残しました。");
    },
    (faults) => dayPage(ask, { faults }),
  );
}

/** 会議ごとの道: 支度と当日。 */
export const meetingRoutes: Route[] = [
  getPage("meeting.page", BASE, "会議の支度", (ask) => meetingPage(ask)),
  postPage("meeting.brief", BASE, "論点・到達点・公開のことを書く", saveBrief),
  postPage("meeting.venue", `${BASE}/venue`, "会場と機材を書く", saveVenue),
  postPage("meeting.call", `${BASE}/call`, "ウェブ会議の接続の試しを書く", saveCall),
  postPage("meeting.cancel", `${BASE}/cancel`, "会議を取り消す", cancel),
  getFile(
    "meeting.invitation",
    `${BASE}/invitation`,
    "招集状（member で一人、each=1 で委員ごとの zip）",
    async (ask) =>
      ask.download(
        await makeInvitation(ask.office, ask.actor, ask.param("id"), {
          ...{ member: ask.query("member"), each: ask.query("each") === "1" },
        }),
      ),
  ),
  postPage("meeting.rsvp", `${BASE}/rsvp`, "招集状への出欠の返事を残す", saveRsvp),
  postPage(
    "meeting.rsvp.read",
    `${BASE}/rsvp/read`,
    "返事のファイル（.ics・.eml）を読む（まだ残さない）",
    readRsvps,
    { bodyLimit: 44_000_000 },
  ),
  getPage("meeting.day", `${BASE}/day`, "会議の当日", (ask) => dayPage(ask)),
  postPage("meeting.hold", `${BASE}/day`, "会議を開いたことを記録する", hold),
  postPage("meeting.erase", `${BASE}/erase`, "録音を消したことを残す", erase),
  getFile("meeting.attendance", `${BASE}/attendance`, "出席簿と謝金・旅費（Excel）", async (ask) =>
    ask.download(await takeAttendance(ask.office, ask.actor, ask.param("id"))),
  ),
];
