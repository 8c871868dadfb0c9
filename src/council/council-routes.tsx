import { parseInput } from "../access/zod-message.ts";
import type { Fault } from "../base/error.ts";
import { newId } from "../base/identifier.ts";
import { readCalendar } from "../office/calendar-file.ts";
import { getPage, postPage, withFaults } from "../platform/make-route.ts";
import type { Ask, MenuEntry, Route } from "../platform/route.ts";
import { ActionPage } from "./action-page.tsx";
import { addCouncilMember, changeCouncil, changeCouncilMember, seePhones } from "./change-council.ts";
import { actionForm, councilForm, memberForm, readBusy, readWords, roomForm } from "./council-ask.ts";
import { CouncilPage } from "./council-page.tsx";
import { mayCouncil } from "./council-right.ts";
import { MemberPage } from "./member-page.tsx";
import { listActionBlocks, placeAction, reviseForAction } from "./place-action.ts";
import { driftsOf, planMeetings, plannedMeetings } from "./plan-meetings.ts";
import { answerAction, raiseAction, reopenAction } from "./raise-action.ts";
import { readClocks } from "./read-clock.ts";
import { readAnswers, readCouncil } from "./read-council.ts";
import { readMinutes } from "./read-minutes.ts";
import { RoomPage } from "./room-page.tsx";

export const CURRENT = "council.page";

/** 左のメニュー。 */
export const councilMenu: MenuEntry = {
  ...{ routeId: CURRENT, label: "有識者会議", icon: "people", href: "/council", service: "council" },
};

async function councilPage(ask: Ask): Promise<Response> {
  const { office, actor } = ask;
  const [council, planned, clocks] = await Promise.all([
    readCouncil(office, actor.contract),
    plannedMeetings(office, actor.contract),
    readClocks(office, actor.contract),
  ]);
  const polling = council.meetings.filter(({ state }) => state === "polling");
  const counts = await Promise.all(polling.map(({ id }) => readAnswers(office, actor.contract, id)));
  const answered = new Map(polling.map(({ id }, at) => [id, counts[at]?.length ?? 0]));
  return ask.page({
    title: council.council.name,
    current: CURRENT,
    body: (
      <CouncilPage
        csrf={ask.seated.csrf}
        {...{ council, planned, clocks, answered, drifts: driftsOf(council.meetings, planned) }}
        mayWrite={mayCouncil("write", actor.roles)}
      />
    ),
  });
}

interface Again {
  values?: Readonly<Record<string, string>>;
  faults?: readonly Fault[];
}

async function memberPage(
  ask: Ask,
  {
    values = {},
    faults = [],
    editing = ask.query("edit"),
    phones,
  }: Again & {
    editing?: string | undefined;
    phones?: { phone: string; reserve: string };
  } = {},
): Promise<Response> {
  const { council, members } = await readCouncil(ask.office, ask.actor.contract);
  return ask.page({
    title: "委員",
    current: CURRENT,
    status: faults.length > 0 ? 422 : 200,
    body: (
      <MemberPage
        csrf={ask.seated.csrf}
        {...{ name: council.name, members, phones, values, faults }}
        editing={members.find(({ id }) => id === editing)}
        mayWrite={mayCouncil("write", ask.actor.roles)}
      />
    ),
  });
}

async function saveMember(ask: Ask, id?: string): Promise<Response> {
  const form = Object.fromEntries(await ask.form());
  return withFaults(
    async () => {
      const { required, remote, active, edition, ...given } = parseInput(memberForm, form);
      const body = { ...given, required: required === "1", remote: remote === "1" };
      if (id === undefined) await addCouncilMember(ask.office, ask.actor, body);
      else {
        const change = { ...body, active: active === "1", ...(edition === undefined ? {} : { edition }) };
        await changeCouncilMember(ask.office, ask.actor, id, change);
      }
      return ask.go("/council/members", id === undefined ? "委員を加えました。" : "登録を直しました。");
    },
    (faults) => memberPage(ask, { values: form, faults, editing: id }),
  );
}

async function roomPage(ask: Ask, { values = {}, faults = [] }: Again = {}): Promise<Response> {
  const { council } = await readCouncil(ask.office, ask.actor.contract);
  const editing = values.id ?? ask.query("edit");
  return ask.page({
    title: "会場と事務局",
    current: CURRENT,
    status: faults.length > 0 ? 422 : 200,
    body: (
      <RoomPage
        csrf={ask.seated.csrf}
        {...{ council, values, faults }}
        editing={council.rooms.find(({ id }) => id === editing)}
        mayWrite={mayCouncil("write", ask.actor.roles)}
      />
    ),
  });
}

async function saveHouse(ask: Ask): Promise<Response> {
  const form = Object.fromEntries(await ask.form());
  return withFaults(
    async () => {
      const { words, ...given } = parseInput(councilForm, form);
      await changeCouncil(ask.office, ask.actor, { ...given, words: readWords(words) });
      return ask.go("/council/rooms", "会議体のことを残しました。");
    },
    (faults) => roomPage(ask, { values: form, faults }),
  );
}

/** 会場を加える・直す。予定表（.ics）のふさがりは、書いたものに足す。 */
async function saveRoom(ask: Ask): Promise<Response> {
  const form = Object.fromEntries(await ask.form());
  return withFaults(
    async () => {
      const { id, busy, ...given } = parseInput(roomForm, form);
      const file = await ask.file("file");
      const found = file === undefined || file.bytes.length === 0 ? undefined : readCalendar(file.bytes);
      const added = (found?.events ?? [])
        .filter(({ status }) => status !== "CANCELLED")
        .map(({ day, start, end, endDay }) => ({
          ...{ day, start: start ?? "00:00" },
          end: endDay === day ? (end ?? "23:59") : "23:59",
        }));
      const written = readBusy(busy);
      const known = new Set(written.map((one) => `${one.day}${one.start}${one.end}`));
      const fresh = added.filter((one) => !known.has(`${one.day}${one.start}${one.end}`));
      const { council } = await readCouncil(ask.office, ask.actor.contract);
      const room = { ...given, id: id || newId(), busy: [...written, ...fresh].slice(0, 2_000) };
      const rooms = council.rooms.some((one) => one.id === id)
        ? council.rooms.map((one) => (one.id === id ? room : one))
        : [...council.rooms, room];
      await changeCouncil(ask.office, ask.actor, { rooms });
      const left = (found?.skipped ?? 0) + (found?.repeats ?? 0);
      const note = found === undefined ? "" : `予定表から${fresh.length}のふさがりを加えました。`;
      const warn = left > 0 ? `繰り返しの予定など${left}件は、手で書き足してください。` : "";
      return ask.go("/council/rooms", `会場を残しました。${note}${warn}`);
    },
    (faults) => roomPage(ask, { values: form, faults }),
  );
}

async function actionPage(ask: Ask, { values = {}, faults = [] }: Again = {}): Promise<Response> {
  const { office, actor } = ask;
  const [council, blocks] = await Promise.all([
    readCouncil(office, actor.contract),
    listActionBlocks(office, actor),
  ]);
  const meeting = ask.query("meeting") ?? values.meeting ?? "";
  const line = ask.query("line") ?? values.line ?? "";
  const known = council.meetings.some(({ id }) => id === meeting);
  const minutes =
    known && line !== "" ? await readMinutes(office, council, actor.contract, meeting) : undefined;
  const said = minutes?.record.lines.find(({ id }) => String(id) === line);
  const speaker = said === undefined ? "" : said.speaker || (minutes?.record.labels[said.label ?? ""] ?? "");
  return ask.page({
    title: "委員の指摘",
    current: CURRENT,
    status: faults.length > 0 ? 422 : 200,
    body: (
      <ActionPage
        csrf={ask.seated.csrf}
        {...{ council, values, faults, blocks }}
        draft={{
          ...{
            meeting: known ? meeting : "",
            line: said === undefined ? "" : line,
            remark: said?.text ?? "",
          },
          member: council.members.some(({ id }) => id === speaker) ? speaker : "",
        }}
        mayWrite={mayCouncil("write", actor.roles)}
      />
    ),
  });
}

async function raise(ask: Ask): Promise<Response> {
  const form = Object.fromEntries(await ask.form());
  return withFaults(
    async () => {
      const { number } = await raiseAction(ask.office, ask.actor, parseInput(actionForm, form));
      return ask.go("/council/actions", `指摘${number}を残しました。答えるまで、次の次第に現れます。`);
    },
    (faults) => actionPage(ask, { values: form, faults }),
  );
}

async function place(ask: Ask): Promise<Response> {
  const wanted = (await ask.form()).get("block") ?? "";
  const blocks = await listActionBlocks(ask.office, ask.actor);
  const block = blocks.find(({ plan, id }) => `${plan}/${id}` === wanted);
  const { plan = "", id = "", label = "" } = block ?? {};
  await placeAction(ask.office, ask.actor, ask.param("id"), block === undefined ? null : { plan, id, label });
  return ask.go(
    "/council/actions",
    block === undefined ? "つながりを外しました。" : "計画の部分につなぎました。",
  );
}

async function answer(ask: Ask): Promise<Response> {
  const form = Object.fromEntries(await ask.form());
  const id = ask.param("id");
  return withFaults(
    async () => {
      const words = form.answer ?? "";
      if (form.text === undefined || form.drop === "1") {
        await answerAction(ask.office, ask.actor, id, { answer: words, drop: form.drop === "1" });
        return ask.go("/council/actions", "答えを残しました。");
      }
      const given = { answer: words, text: form.text, version: Number(form.version) || 0 };
      const { changed } = await reviseForAction(ask.office, ask.actor, id, given);
      return ask.go(
        "/council/actions",
        changed ? "計画の文を直し、答えを残しました。" : "答えを残しました。",
      );
    },
    (faults, message) =>
      actionPage(ask, {
        values: { ...form, action: id },
        faults: faults.length > 0 ? faults : [{ field: "text", message }],
      }),
    ["BAD_INPUT", "CONFLICT", "TOO_LARGE"],
  );
}

/** 有識者会議・委員・会場・指摘の道（会議ごとの道は meeting-routes.tsx）。 */
export const councilRoutes: Route[] = [
  getPage(CURRENT, "/council", "有識者会議", councilPage),
  postPage("council.plan", "/council/meetings", "工程表の会議を予定する", async (ask) => {
    const { made } = await planMeetings(ask.office, ask.actor);
    return ask.go("/council", `${made}回の会議を予定しました。`);
  }),
  getPage("council.members", "/council/members", "委員の名簿（edit で直す）", (ask) => memberPage(ask)),
  postPage("council.member.add", "/council/members", "委員を加える", (ask) => saveMember(ask)),
  postPage("council.member.change", "/council/members/:id", "委員の登録を直す", (ask) =>
    saveMember(ask, ask.param("id")),
  ),
  postPage(
    "council.member.phone",
    "/council/members/:id/phone",
    "委員の電話番号を見る（記録に残る）",
    async (ask) => {
      const id = ask.param("id");
      const phones = await seePhones(ask.office, ask.actor, id);
      return memberPage(ask, { editing: id, phones });
    },
  ),
  getPage("council.rooms", "/council/rooms", "会場と事務局", (ask) => roomPage(ask)),
  postPage("council.room", "/council/rooms", "会場を加える・直す", saveRoom, { bodyLimit: 4_000_000 }),
  postPage("council.house", "/council/house", "会議体と事務局を書く", saveHouse),
  getPage("council.actions", "/council/actions", "委員の指摘（meeting・line で会議録の発言から）", (ask) =>
    actionPage(ask),
  ),
  postPage("council.action.raise", "/council/actions", "指摘を残す", raise),
  postPage("council.action.answer", "/council/actions/:id/answer", "指摘に答える", answer),
  postPage("council.action.block", "/council/actions/:id/block", "指摘を計画の部分につなぐ", place),
  postPage("council.action.reopen", "/council/actions/:id/reopen", "指摘の答えを取り消す", async (ask) => {
    await reopenAction(ask.office, ask.actor, ask.param("id"));
    return ask.go("/council/actions", "答えを取り消しました。");
  }),
];
