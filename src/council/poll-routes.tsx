import { parseInput } from "../access/zod-message.ts";
import type { Fault } from "../base/error.ts";
import type { Slot } from "../meetings/meeting.ts";
import { getFile, getPage, postPage, withFaults } from "../platform/make-route.ts";
import type { Ask, Route } from "../platform/route.ts";
import { answerForm, fixForm, readMarks, readSlot, readStarts, wishForm } from "./council-ask.ts";
import { mayCouncil } from "./council-right.ts";
import { CURRENT } from "./council-routes.tsx";
import { fixDate, makeHolds } from "./fix-date.ts";
import { type Again, BASE, faultsOr, openMeeting, pathOf, statusOf } from "./meeting-ask.ts";
import type { PollPageProps } from "./poll-answer-panel.tsx";
import {
  answerPoll,
  makePollSheet,
  openPoll,
  proposeSlots,
  readPoll,
  readReplyFile,
} from "./poll-meeting.ts";
import { PollPage } from "./poll-page.tsx";
import { readAnswers } from "./read-council.ts";

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
      const bytes = given?.bytes ?? new TextEncoder().encode(pasted);
      const read = await readReplyFile(ask.office, ask.actor.contract, ask.param("id"), bytes);
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

/** 日程調整の道。 */
export const pollRoutes: Route[] = [
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
  getFile("meeting.holds", `${BASE}/holds`, "候補ごとの仮の予定（.ics の zip）", async (ask) =>
    ask.download(await makeHolds(ask.office, ask.actor, ask.param("id"))),
  ),
];
