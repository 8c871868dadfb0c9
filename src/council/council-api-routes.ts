import { AppError } from "../base/error.ts";
import { getApi, postApi } from "../platform/make-route.ts";
import type { Ask, Route } from "../platform/route.ts";
import { keepRsvp } from "./answer-invitation.ts";
import {
  actionInput,
  answerActionInput,
  answerInput,
  fixInput,
  pollInput,
  rsvpInput,
} from "./council-ask.ts";
import { mayCouncil } from "./council-right.ts";
import { beginMinutes } from "./edit-minutes.ts";
import { applyCheck, readCorrections } from "./finish-minutes.ts";
import { fixDate } from "./fix-date.ts";
import { driftsOf, plannedMeetings, sendDeadline } from "./plan-meetings.ts";
import { answerPoll, openPoll, readPoll } from "./poll-meeting.ts";
import { proposeAgenda } from "./prepare-papers.ts";
import { answerAction, raiseAction } from "./raise-action.ts";
import { readClocks } from "./read-clock.ts";
import { type Council, meetingIn, readCouncil } from "./read-council.ts";
import { readMinutes } from "./read-minutes.ts";

/** 会議一回の JSON の形。委員は番号（id）で言い、氏名を入れない。 */
function meetingJson(council: Council, id: string) {
  const one = meetingIn(council, id);
  const { number, state, task, day, start, end, room, sequence, slots, agenda, papers, decisions } = one;
  return {
    ...{ id, number, state, task, day, start, end, room, sequence, slots, agenda, decisions },
    rsvps: one.rsvps.map(({ note: _note, ...rsvp }) => rsvp),
    papers: papers.map(({ files, ...paper }) => ({ ...paper, files: files.map(({ sha256 }) => sha256) })),
    deadline: sendDeadline(council.blueprint, one) ?? null,
    minutes: council.minutes.get(id) ?? null,
  };
}

async function list(ask: Ask): Promise<Response> {
  const { contract } = ask.actor;
  const [council, planned, clocks] = await Promise.all([
    readCouncil(ask.office, contract),
    plannedMeetings(ask.office, contract),
    readClocks(ask.office, contract),
  ]);
  return ask.reply({
    name: council.council.name,
    members: council.members.map(({ id, number, seat, required, remote, active }) => ({
      ...{ id, number, seat, required, remote, active },
    })),
    meetings: council.meetings.map(({ id }) => ({
      ...meetingJson(council, id),
      submission: clocks.get(id) ?? null,
    })),
    drifts: driftsOf(council.meetings, planned),
    actions: council.actions.map(({ id, number, meeting, line, from, state, due }) => ({
      ...{ id, number, meeting, line, from, state, due },
    })),
  });
}

async function poll(ask: Ask): Promise<Response> {
  const council = await readCouncil(ask.office, ask.actor.contract);
  const { ranked, best, answered } = await readPoll(ask.office, council, ask.actor.contract, ask.param("id"));
  return ask.reply({ answered, best: best.map(({ slot }) => slot.id), ranked });
}

async function minutes(ask: Ask): Promise<Response> {
  const council = await readCouncil(ask.office, ask.actor.contract);
  const found = await readMinutes(ask.office, council, ask.actor.contract, ask.param("id"));
  if (found === undefined) throw new AppError("NOT_FOUND", "会議録がまだありません。");
  const { id, state, edition, record, checks, final } = found;
  const inside = mayCouncil("write", ask.actor.roles);
  const lines = record.lines
    .filter(({ omitted }) => inside || !omitted)
    .map(({ said, edits, ...line }) => (inside ? { ...line, said, edits } : line));
  return ask.reply({ id, state, edition, style: record.style, source: record.source, lines, checks, final });
}

async function begin(ask: Ask): Promise<Response> {
  const file = await ask.file("file");
  if (file === undefined) throw new AppError("BAD_INPUT", "file に文字起こしのファイルを付けてください。");
  return ask.reply(await beginMinutes(ask.office, ask.actor, ask.param("id"), file, "points"), 201);
}

/** 返ってきた確認（Word か、確認の頁の回答）を読む。apply=1 なら、読んだ修正を全部反映する。 */
async function check(ask: Ask): Promise<Response> {
  const file = await ask.file("file");
  if (file === undefined)
    throw new AppError("BAD_INPUT", "file に、返ってきた Word か回答（.json）を付けてください。");
  const form = Object.fromEntries(await ask.form());
  const read = await readCorrections(ask.office, ask.actor.contract, ask.param("id"), file.bytes);
  const member = read.member ?? form.member ?? "";
  const { corrections, refused, moved = [], answer } = read;
  if (form.apply !== "1") return ask.reply({ member, corrections, refused, moved });
  const { applied } = await applyCheck(ask.office, ask.actor, ask.param("id"), {
    ...{ member, channel: answer === undefined ? "word" : "page", corrections, answer },
  });
  return ask.reply({ member, corrections, refused, moved, applied }, 201);
}

const done = { ok: true } as const;

/** 有識者会議の JSON の道。 */
export const councilApiRoutes: Route[] = [
  getApi("council.api", "/api/council", "会議、委員（氏名なし）、指摘、会議録の提出の期限", list),
  getApi("meeting.poll.api", "/api/council/meetings/:id/poll", "候補を良い順に、来られない委員の番号", poll),
  postApi(
    "meeting.poll.open.api",
    "/api/council/meetings/:id/poll",
    "候補を決めてうかがう",
    pollInput,
    async (ask) => {
      await openPoll(ask.office, ask.actor, ask.param("id"), await ask.json(pollInput));
      return ask.reply(done, 201);
    },
  ),
  postApi(
    "meeting.answer.api",
    "/api/council/meetings/:id/answers",
    "日程の回答を残す",
    answerInput,
    async (ask) => {
      await answerPoll(ask.office, ask.actor, ask.param("id"), await ask.json(answerInput));
      return ask.reply(done, 201);
    },
  ),
  postApi(
    "meeting.rsvp.api",
    "/api/council/meetings/:id/rsvps",
    "招集状への出欠の返事を残す",
    rsvpInput,
    async (ask) => {
      await keepRsvp(ask.office, ask.actor, ask.param("id"), await ask.json(rsvpInput));
      return ask.reply(done, 201);
    },
  ),
  postApi("meeting.fix.api", "/api/council/meetings/:id/fix", "日を決める・動かす", fixInput, async (ask) => {
    const { id, day, sequence } = await fixDate(
      ask.office,
      ask.actor,
      ask.param("id"),
      await ask.json(fixInput),
    );
    return ask.reply({ id, day, sequence });
  }),
  getApi("meeting.agenda.api", "/api/council/meetings/:id/agenda", "次第の案（何も変えない）", async (ask) =>
    ask.reply({ agenda: await proposeAgenda(ask.office, ask.actor.contract, ask.param("id")) }),
  ),
  getApi(
    "minutes.api",
    "/api/council/meetings/:id/minutes",
    "会議録（受託者には、もとの言葉と直した跡も）",
    minutes,
  ),
  postApi(
    "minutes.begin.api",
    "/api/council/meetings/:id/minutes",
    "文字起こしを取り込む（multipart の file）",
    undefined,
    begin,
    { bodyLimit: 65 * 1024 * 1024 },
  ),
  postApi(
    "minutes.check.api",
    "/api/council/meetings/:id/minutes/checks",
    "返ってきた確認を読む（multipart の file と member、apply=1 で反映）",
    undefined,
    check,
    { bodyLimit: 65 * 1024 * 1024 },
  ),
  postApi("council.action.raise.api", "/api/council/actions", "指摘を残す", actionInput, async (ask) =>
    ask.reply(await raiseAction(ask.office, ask.actor, await ask.json(actionInput)), 201),
  ),
  postApi(
    "council.action.answer.api",
    "/api/council/actions/:id/answer",
    "指摘に答える",
    answerActionInput,
    async (ask) => {
      await answerAction(ask.office, ask.actor, ask.param("id"), await ask.json(answerActionInput));
      return ask.reply(done);
    },
  ),
];
