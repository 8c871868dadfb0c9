import { parseInput } from "../access/zod-message.ts";
import { AppError, type Fault } from "../base/error.ts";
import { readAgenda } from "../meetings/agenda.ts";
import type { AgendaItem, Slot } from "../meetings/meeting.ts";
import { type PaperForm, paperForms } from "../meetings/paper-document.ts";
import { openFile } from "../platform/keep-file.ts";
import { getFile, getPage, postPage, withFaults } from "../platform/make-route.ts";
import type { Ask, Route } from "../platform/route.ts";
import {
  answerForm,
  briefForm,
  fixForm,
  heldForm,
  paperForm,
  readAttendance,
  readDecisions,
  readMarks,
  readSlot,
  readStarts,
  sendForm,
  wishForm,
} from "./council-ask.ts";
import { mayCouncil } from "./council-right.ts";
import { CURRENT } from "./council-routes.tsx";
import { DayPage } from "./day-page.tsx";
import { cancelMeeting, fixDate, makeInvitation } from "./fix-date.ts";
import { eraseRecording, holdMeeting, takeAttendance, usualAttendance } from "./hold-meeting.ts";
import { MeetingPage } from "./meeting-page.tsx";
import { PapersPage } from "./papers-page.tsx";
import { arrangeMeeting, briefMeeting, plannedMeetings, sendDeadline } from "./plan-meetings.ts";
import {
  answerPoll,
  makePollSheet,
  openPoll,
  proposeSlots,
  readPoll,
  readReplyFile,
} from "./poll-meeting.ts";
import { PollPage, type PollPageProps } from "./poll-page.tsx";
import {
  dropPaper,
  printListOf,
  printPapers,
  proposeAgenda,
  saveAgenda,
  savePaper,
  sendPapers,
  takePaper,
} from "./prepare-papers.ts";
import { meetingIn, readAnswers, readCouncil } from "./read-council.ts";

const BASE = "/council/meetings/:id";
const FILES = { bodyLimit: 64 * 1024 * 1024 };

interface Again {
  values?: Readonly<Record<string, string>>;
  faults?: readonly Fault[];
}
const statusOf = ({ faults = [] }: Again) => (faults.length > 0 ? 422 : 200);
const pathOf = (ask: Ask, tab = "") => `/council/meetings/${ask.param("id")}${tab}`;

async function openMeeting(ask: Ask) {
  const council = await readCouncil(ask.office, ask.actor.contract);
  return { council, meeting: meetingIn(council, ask.param("id")) };
}

/** 断りの言葉だけのとき（欄がないとき）も、その画面で言う。 */
function faultsOr(faults: readonly Fault[], message: string, field: string): readonly Fault[] {
  return faults.length > 0 ? faults : [{ field, message }];
}

async function meetingPage(ask: Ask, again: Again = {}): Promise<Response> {
  const { council, meeting } = await openMeeting(ask);
  const planned = await plannedMeetings(ask.office, ask.actor.contract);
  return ask.page({
    title: "会議の支度",
    current: CURRENT,
    status: statusOf(again),
    body: (
      <MeetingPage
        csrf={ask.seated.csrf}
        {...{ council, meeting, values: {}, faults: [], ...again }}
        planned={planned.find(({ task }) => task === meeting.task)?.day}
        mayWrite={mayCouncil("write", ask.actor.roles)}
      />
    ),
  });
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

async function pollPage(
  ask: Ask,
  again: Again & Partial<Pick<PollPageProps, "reply" | "proposal">> = {},
): Promise<Response> {
  const { office, actor } = ask;
  const { council, meeting } = await openMeeting(ask);
  const [poll, answers] = await Promise.all([
    readPoll(office, council, actor.contract, meeting.id),
    readAnswers(office, actor.contract, meeting.id),
  ]);
  return ask.page({
    title: "日程調整",
    current: CURRENT,
    status: statusOf(again),
    body: (
      <PollPage
        csrf={ask.seated.csrf}
        {...{
          council,
          meeting,
          poll,
          answers,
          proposal: [],
          reply: undefined,
          values: {},
          faults: [],
          ...again,
        }}
        member={ask.query("member") ?? ""}
        may={{ write: mayCouncil("write", actor.roles), answer: mayCouncil("answer", actor.roles) }}
      />
    ),
  });
}

async function showPoll(ask: Ask): Promise<Response> {
  const wanted = ["from", "to", "starts", "length", "limit"] as const;
  if (ask.query("from") === undefined) return pollPage(ask);
  const values = Object.fromEntries(wanted.map((name) => [name, ask.query(name) ?? ""]));
  return withFaults(
    async () => {
      const { starts, ...wish } = parseInput(wishForm, values);
      const given = { ...wish, starts: readStarts(starts) };
      const proposal = await proposeSlots(ask.office, ask.actor.contract, given);
      const faults: Fault[] =
        proposal.length > 0
          ? []
          : [
              {
                field: "to",
                message: "この期間に、会場の空いた業務日がありません。期間か時刻を変えてください。",
              },
            ];
      return pollPage(ask, { values, proposal, faults });
    },
    (faults) => pollPage(ask, { values, faults }),
  );
}

async function startPoll(ask: Ask): Promise<Response> {
  const form = Object.fromEntries(await ask.form());
  const slots = (await ask.formAll("slots")).map(readSlot);
  return withFaults(
    async () => {
      await openPoll(ask.office, ask.actor, ask.param("id"), { slots, by: form.by ?? "" });
      return ask.go(pathOf(ask, "/poll"), `${slots.length}の候補でうかがいます。回答用紙を送ってください。`);
    },
    (faults) =>
      pollPage(ask, {
        ...{ values: form, faults },
        proposal: slots.map((slot, at): Slot => ({ id: String(at + 1), ...slot, room: null })),
      }),
  );
}

async function saveAnswer(ask: Ask): Promise<Response> {
  const form = Object.fromEntries(await ask.form());
  const marks = readMarks(form);
  return withFaults(
    async () => {
      await answerPoll(ask.office, ask.actor, ask.param("id"), { ...parseInput(answerForm, form), marks });
      return ask.go(pathOf(ask, "/poll"), "回答を残しました。");
    },
    (faults) =>
      pollPage(ask, {
        faults,
        reply: {
          ...{ marks, member: form.member ?? "", note: form.note ?? "" },
          said: "まだ残していません。直してから、もう一度押してください。",
        },
      }),
  );
}

async function readAnswerFile(ask: Ask): Promise<Response> {
  const form = Object.fromEntries(await ask.form());
  const file = await ask.file("file");
  const pasted = form.pasted ?? "";
  const given = file !== undefined && file.bytes.length > 0 ? file : undefined;
  if (given === undefined && pasted.trim() === "")
    return pollPage(ask, {
      faults: [{ field: "file", message: "ファイルを選ぶか、本文を貼ってください。" }],
    });
  return withFaults(
    async () => {
      const read = await readReplyFile(ask.office, ask.actor.contract, ask.param("id"), {
        bytes: given?.bytes ?? new TextEncoder().encode(pasted),
      });
      const marks = Object.keys(read.marks).length;
      const said = [
        `${marks}の候補への印を読みました。`,
        read.member === undefined ? "どなたの回答か分かりません。選んでください。" : "",
        read.unread.length > 0 ? `読めなかった行: ${read.unread.join(" ／ ")}` : "",
      ].join("");
      const { note } = read;
      return pollPage(ask, {
        reply: { ...{ marks: read.marks, note, said }, member: read.member?.id ?? "" },
      });
    },
    (faults, message) => pollPage(ask, { faults: faultsOr(faults, message, "file") }),
    ["BAD_INPUT", "TOO_LARGE"],
  );
}

async function fix(ask: Ask): Promise<Response> {
  const form = Object.fromEntries(await ask.form());
  return withFaults(
    async () => {
      const given = parseInput(fixForm, form);
      const meeting = await fixDate(ask.office, ask.actor, ask.param("id"), {
        ...given,
        room: given.room || null,
      });
      const what = meeting.sequence > 0 ? "日を動かしました。変更の" : "日を決めました。";
      return ask.go(pathOf(ask), `${what}招集状を送ってください。`);
    },
    (faults, message) => pollPage(ask, { values: form, faults: faultsOr(faults, message, "room") }),
    ["BAD_INPUT", "REFUSED"],
  );
}

async function papersPage(ask: Ask, again: Again = {}): Promise<Response> {
  const { council, meeting } = await openMeeting(ask);
  const mayWrite = mayCouncil("write", ask.actor.roles);
  const proposal: AgendaItem[] | undefined =
    mayWrite && ask.query("propose") === "1"
      ? await proposeAgenda(ask.office, ask.actor.contract, meeting.id)
      : undefined;
  return ask.page({
    title: "次第と資料",
    current: CURRENT,
    status: statusOf(again),
    body: (
      <PapersPage
        csrf={ask.seated.csrf}
        {...{ council, meeting, proposal, mayWrite, values: {}, faults: [], ...again }}
        list={printListOf(council, meeting)}
        deadline={sendDeadline(council.blueprint, meeting)}
        editing={meeting.papers.find(({ number }) => number === ask.query("paper"))}
      />
    ),
  });
}

async function keepAgenda(ask: Ask): Promise<Response> {
  const form = Object.fromEntries(await ask.form());
  const { meeting } = await openMeeting(ask);
  const proposal = await proposeAgenda(ask.office, ask.actor.contract, meeting.id);
  return withFaults(
    async () => {
      const agenda = readAgenda(form.agenda ?? "", [...proposal, ...meeting.agenda]);
      await saveAgenda(ask.office, ask.actor, meeting.id, agenda);
      return ask.go(pathOf(ask, "/papers"), "次第を残しました。");
    },
    (faults) => papersPage(ask, { values: form, faults }),
  );
}

async function keepPaper(ask: Ask): Promise<Response> {
  const form = Object.fromEntries(await ask.form());
  const file = await ask.file("file");
  return withFaults(
    async () => {
      const { duplex, sent: _sent, ...given } = parseInput(paperForm, form);
      const paper = { ...given, duplex: duplex === "1" };
      const kept = file !== undefined && file.bytes.length > 0 ? file : undefined;
      const { version } = await savePaper(ask.office, ask.actor, ask.param("id"), paper, kept);
      return ask.go(pathOf(ask, "/papers"), `資料を残しました（第${version}版）。`);
    },
    (faults) => papersPage(ask, { values: form, faults }),
  );
}

async function keepSending(ask: Ask): Promise<Response> {
  const form = Object.fromEntries(await ask.form());
  const file = await ask.file("file");
  return withFaults(
    async () => {
      const given = parseInput(sendForm, form);
      const proof = file !== undefined && file.bytes.length > 0 ? file : undefined;
      await sendPapers(ask.office, ask.actor, ask.param("id"), given, proof);
      return ask.go(pathOf(ask, "/papers"), "送付を残しました。");
    },
    (faults) => papersPage(ask, { values: form, faults }),
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

async function takeForm(ask: Ask): Promise<Response> {
  const form = ask.param("form");
  if (form !== "print" && !Object.hasOwn(paperForms, form))
    throw new AppError("NOT_FOUND", "その紙はありません。画面から選び直してください。");
  return ask.download(await takePaper(ask.office, ask.actor, ask.param("id"), form as PaperForm | "print"));
}

/** 資料と送付の控え。会議に残したファイルだけを渡す。 */
async function takeFile(ask: Ask): Promise<Response> {
  const { meeting } = await openMeeting(ask);
  const wanted = ask.param("file");
  const own = [
    ...meeting.papers.flatMap(({ files }) => files.map(({ id }) => id)),
    ...meeting.sendings.flatMap(({ proof }) => proof ?? []),
  ];
  if (!own.includes(wanted)) throw new AppError("NOT_FOUND", "そのファイルは、この会議にありません。");
  const { fileName, media, bytes } = await openFile(ask.office, ask.actor.contract, wanted);
  return ask.download({ fileName, media, bytes });
}

async function takeSheet(ask: Ask, what: "page" | "text"): Promise<Response> {
  const { text, page, fileName } = await makePollSheet(ask.office, ask.actor.contract, ask.param("id"));
  if (what === "page") return ask.download({ fileName, media: "text/html; charset=utf-8", bytes: page });
  const name = fileName.replace("回答用紙", "うかがい").replace(/\.html$/, ".txt");
  return ask.download({
    fileName: name,
    media: "text/plain; charset=utf-8",
    bytes: new TextEncoder().encode(text),
  });
}

/** 会議ごとの道: 支度、日程、次第と資料、当日。 */
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
  getPage("meeting.poll", `${BASE}/poll`, "日程調整（from・to・starts・length・limit で候補の案）", showPoll),
  postPage("meeting.poll.open", `${BASE}/poll`, "候補を決めてうかがう", startPoll),
  postPage("meeting.answer", `${BASE}/answer`, "日程の回答を残す", saveAnswer),
  postPage("meeting.reply", `${BASE}/reply`, "メールの回答を読む（まだ残さない）", readAnswerFile, {
    bodyLimit: 44_000_000,
  }),
  postPage("meeting.fix", `${BASE}/fix`, "日を決める・動かす", fix),
  getFile("meeting.sheet", `${BASE}/sheet`, "日程の回答用紙（.html）", (ask) => takeSheet(ask, "page")),
  getFile("meeting.asking", `${BASE}/asking`, "日程のうかがいの文面（.txt）", (ask) =>
    takeSheet(ask, "text"),
  ),
  getPage("meeting.papers", `${BASE}/papers`, "次第と資料（propose=1 で次第の案）", (ask) => papersPage(ask)),
  postPage("meeting.agenda", `${BASE}/papers/agenda`, "次第を残す", keepAgenda),
  postPage("meeting.paper", `${BASE}/papers`, "資料を加える・直す", keepPaper, FILES),
  postPage(
    "meeting.paper.drop",
    `${BASE}/papers/drop`,
    "資料を外す",
    async (ask) => {
      const form = await ask.form();
      await dropPaper(ask.office, ask.actor, ask.param("id"), form.get("number") ?? "");
      return ask.go(pathOf(ask, "/papers"), "資料を外しました。");
    },
    FILES,
  ),
  postPage("meeting.print", `${BASE}/print`, "刷ったことを記録し、環境の数に足す", async (ask) => {
    const form = await ask.form();
    const list = await printPapers(ask.office, ask.actor, ask.param("id"), form.get("recycled") === "1");
    return ask.go(pathOf(ask, "/papers"), `紙${list.sheets}枚を、今月の環境の数に足しました。`);
  }),
  postPage("meeting.send", `${BASE}/send`, "資料を送ったことを残す", keepSending, FILES),
  getFile(
    "meeting.paper.file",
    `${BASE}/paper/:form`,
    "次第・名簿・席次・名札の Word、印刷の一覧の Excel",
    takeForm,
  ),
  getFile("meeting.file", `${BASE}/files/:file`, "残した資料と送付の控え", takeFile),
  getPage("meeting.day", `${BASE}/day`, "会議の当日", (ask) => dayPage(ask)),
  postPage("meeting.hold", `${BASE}/day`, "会議を開いたことを記録する", hold),
  postPage("meeting.erase", `${BASE}/erase`, "録音を消したことを残す", erase),
  getFile("meeting.attendance", `${BASE}/attendance`, "出席簿と謝金・旅費（Excel）", async (ask) =>
    ask.download(await takeAttendance(ask.office, ask.actor, ask.param("id"))),
  ),
];
