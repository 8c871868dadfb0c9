import { nameHandlers } from "../access/name-handlers.ts";
import { AppError, type Fault } from "../base/error.ts";
import { looksLikeCheckAnswer } from "../minutes/check-answer-reader.ts";
import { editionNames, type MinutesEdition, nameSpots } from "../minutes/final-minutes-document.ts";
import { type LineChange, type MinutesStyle, styleNames } from "../minutes/minutes-record.ts";
import { getFile, getPage, postPage, withFaults } from "../platform/make-route.ts";
import type { Ask, Route } from "../platform/route.ts";
import { FILE_BYTES } from "./council-ask.ts";
import { mayCouncil } from "./council-right.ts";
import { CURRENT } from "./council-routes.tsx";
import { beginMinutes, changeStyle, editLines, matchSpeakers } from "./edit-minutes.ts";
import {
  applyCheck,
  askCheck,
  finishMinutes,
  readCorrections,
  reopenMinutes,
  takeCheckPages,
  takeCheckSheet,
  takeMinutes,
} from "./finish-minutes.ts";
import { MinutesPage } from "./minutes-page.tsx";
import type { MinutesPageProps } from "./minutes-side-panel.tsx";
import { readClocks, readSubmission } from "./read-clock.ts";
import { meetingIn, readCouncil } from "./read-council.ts";
import { maskedPeople, readMinutes } from "./read-minutes.ts";

const BASE = "/council/meetings/:id/minutes";
const pathOf = (ask: Ask) => `/council/meetings/${ask.param("id")}/minutes`;

async function minutesPage(
  ask: Ask,
  again: Partial<Pick<MinutesPageProps, "values" | "faults" | "read" | "page" | "only">> = {},
): Promise<Response> {
  const { office, actor } = ask;
  const { contract } = actor;
  const council = await readCouncil(office, contract);
  const meeting = meetingIn(council, ask.param("id"));
  const [minutes, clocks, filing, names] = await Promise.all([
    readMinutes(office, council, contract, meeting.id),
    readClocks(office, contract),
    readSubmission(office, actor, meeting.id),
    nameHandlers(office, contract),
  ]);
  return ask.page({
    title: "会議録",
    current: CURRENT,
    status: (again.faults ?? []).length > 0 ? 422 : 200,
    body: (
      <MinutesPage
        csrf={ask.seated.csrf}
        {...{ council, meeting, minutes, filing, clock: clocks.get(meeting.id) }}
        page={Number(ask.query("page")) || 1}
        only={ask.query("only") ?? ""}
        handOf={(id) =>
          council.members.find((one) => one.id === id)?.name ?? names.get(id)?.short ?? "事務局"
        }
        mayWrite={mayCouncil("write", actor.roles)}
        spots={
          minutes && mayCouncil("write", actor.roles)
            ? nameSpots(minutes.record, maskedPeople(council.members, minutes.others))
            : []
        }
        {...{ read: undefined, values: {}, faults: [], ...again }}
      />
    ),
  });
}

function readStyle(text: string | undefined): MinutesStyle {
  return text !== undefined && Object.hasOwn(styleNames, text) ? (text as MinutesStyle) : "points";
}

async function begin(ask: Ask): Promise<Response> {
  const file = await ask.file("file");
  const form = await ask.form();
  if (file === undefined || file.bytes.length === 0)
    return minutesPage(ask, { faults: [{ field: "file", message: "ファイルを選んでください。" }] });
  return withFaults(
    async () => {
      const style = readStyle(form.get("style"));
      const made = await beginMinutes(ask.office, ask.actor, ask.param("id"), file, style);
      const unknown = made.unattributed > 0 ? `札のない発言が${made.unattributed}あります。` : "";
      return ask.go(pathOf(ask), `${made.utterances}の発言を読みました。${unknown}話し手を決めてください。`);
    },
    (faults, message) =>
      minutesPage(ask, { faults: faults.length > 0 ? faults : [{ field: "file", message }] }),
    ["BAD_INPUT", "TOO_LARGE"],
  );
}

async function saveLines(ask: Ask): Promise<Response> {
  const form = Object.fromEntries(await ask.form());
  const changes = new Map<number, LineChange>();
  for (const [name, text] of Object.entries(form)) {
    const id = /^t(\d+)$/.exec(name)?.[1];
    if (id === undefined) continue;
    changes.set(Number(id), {
      ...{ text, speaker: form[`s${id}`] ?? "" },
      ...(form[`h${id}`] === undefined ? {} : { omitted: form[`o${id}`] === "1" }),
    });
  }
  const page = Number(form.page) || 1;
  const only = form.only ?? "";
  return withFaults(
    async () => {
      const { changed } = await editLines(
        ask.office,
        ask.actor,
        ask.param("id"),
        changes,
        Number(form.edition) || undefined,
      );
      const back = `${pathOf(ask)}?page=${page}${only === "" ? "" : `&only=${encodeURIComponent(only)}`}`;
      return ask.go(back, changed === 0 ? "変わったところはありません。" : `${changed}の発言を直しました。`);
    },
    (faults) => minutesPage(ask, { values: form, faults, page, only }),
  );
}

async function saveSpeakers(ask: Ask): Promise<Response> {
  const form = Object.fromEntries(await ask.form());
  const labels = Object.fromEntries(
    Object.entries(form).flatMap(([name, label]) =>
      name.startsWith("label.") ? [[label, form[`who.${name.slice(6)}`] ?? ""]] : [],
    ),
  );
  const other = (form.other ?? "").trim();
  await matchSpeakers(ask.office, ask.actor, ask.param("id"), {
    labels,
    ...(other === "" ? {} : { other: { name: other.slice(0, 60), role: (form.role ?? "").slice(0, 40) } }),
  });
  return ask.go(
    pathOf(ask),
    other === "" ? "話し手を残しました。" : "話し手を加えました。札か発言ごとに選べます。",
  );
}

async function askMembers(ask: Ask): Promise<Response> {
  const form = Object.fromEntries(await ask.form());
  return withFaults(
    async () => {
      await askCheck(ask.office, ask.actor, ask.param("id"), form.by ?? "");
      return ask.go(pathOf(ask), "確認を頼んだことを残しました。確認用の Word を送ってください。");
    },
    (faults) => minutesPage(ask, { faults }),
  );
}

async function readReturned(ask: Ask): Promise<Response> {
  const form = Object.fromEntries(await ask.form());
  const file = await ask.file("file");
  const member = form.member ?? "";
  const faults: Fault[] = member === "" ? [{ field: "member", message: "委員を選んでください。" }] : [];
  const phoned = form.how === "phone";
  if (!phoned && (file === undefined || file.bytes.length === 0))
    faults.push({ field: "file", message: "返ってきた Word を選んでください。" });
  // 確認の頁の回答は、だれのものかが分かる。
  const known = file !== undefined && !phoned && looksLikeCheckAnswer(file.bytes);
  if (known) faults.splice(0);
  if (faults.length > 0) return minutesPage(ask, { faults });
  if (phoned || file === undefined) {
    const check = { member, channel: "phone" as const, corrections: [] };
    await applyCheck(ask.office, ask.actor, ask.param("id"), check);
    return ask.go(pathOf(ask), "電話で修正なしの確認を残しました。");
  }
  return withFaults(
    async () => {
      const read = await readCorrections(ask.office, ask.actor.contract, ask.param("id"), file.bytes);
      const { corrections, refused, note = "", moved = [], answer = "" } = read;
      const owner = read.member ?? member;
      return minutesPage(ask, {
        read: { member: owner, corrections, refused: refused.length, note, moved, answer },
      });
    },
    (found, message) => minutesPage(ask, { faults: found.length > 0 ? found : [{ field: "file", message }] }),
    ["BAD_INPUT", "TOO_LARGE", "REFUSED"],
  );
}

async function saveCheck(ask: Ask): Promise<Response> {
  const form = Object.fromEntries(await ask.form());
  const corrections = Object.entries(form).flatMap(([name, value]) =>
    name.startsWith("use.") && value === "1"
      ? [{ line: Number(name.slice(4)), after: form[`after.${name.slice(4)}`] ?? "" }]
      : [],
  );
  const { applied } = await applyCheck(ask.office, ask.actor, ask.param("id"), {
    ...{ member: form.member ?? "", channel: form.answer ? "page" : "word", corrections },
    answer: form.answer || undefined,
  });
  return ask.go(
    pathOf(ask),
    applied === 0 ? "修正なしの確認を残しました。" : `${applied}件の修正を反映しました。`,
  );
}

/** 会議録の道。 */
export const minutesRoutes: Route[] = [
  getPage("minutes.page", BASE, "会議録（page、only=open か札）", (ask) => minutesPage(ask)),
  postPage("minutes.begin", BASE, "文字起こしを取り込む", begin, { bodyLimit: FILE_BYTES + 1_000_000 }),
  postPage("minutes.lines", `${BASE}/lines`, "発言をまとめて直す", saveLines, { bodyLimit: 4_000_000 }),
  postPage("minutes.speakers", `${BASE}/speakers`, "話し手を札ごとに決める", saveSpeakers),
  postPage("minutes.style", `${BASE}/style`, "書き方を変える", async (ask) => {
    const form = await ask.form();
    await changeStyle(ask.office, ask.actor, ask.param("id"), readStyle(form.get("style")));
    return ask.go(pathOf(ask), "書き方を変えました。");
  }),
  postPage("minutes.ask", `${BASE}/ask`, "委員に確認を頼んだことを残す", askMembers),
  getFile(
    "minutes.sheet",
    `${BASE}/check`,
    "確認用の Word（form=page で確認の頁、member で一人）",
    async (ask) =>
      ask.download(
        ask.query("form") === "page"
          ? await takeCheckPages(ask.office, ask.actor, ask.param("id"), ask.query("member"))
          : await takeCheckSheet(ask.office, ask.actor, ask.param("id")),
      ),
  ),
  postPage(
    "minutes.corrections",
    `${BASE}/corrections`,
    "返ってきた Word か回答を読む（まだ反映しない）",
    readReturned,
    {
      bodyLimit: FILE_BYTES,
    },
  ),
  postPage("minutes.check", `${BASE}/check`, "委員の修正を反映する", saveCheck, { bodyLimit: 4_000_000 }),
  postPage("minutes.finish", `${BASE}/finish`, "会議録を確定し、提出書の下書きを作る", async (ask) => {
    const { filing } = await finishMinutes(ask.office, ask.actor, ask.param("id"));
    return ask.go(
      pathOf(ask),
      `会議録を確定しました。会議録提出書（下書き ${filing.number}号）を作りました。`,
    );
  }),
  postPage("minutes.reopen", `${BASE}/reopen`, "会議録の確定を解く", async (ask) => {
    await reopenMinutes(ask.office, ask.actor, ask.param("id"));
    return ask.go(pathOf(ask), "確定を解きました。");
  }),
  getFile("minutes.word", `${BASE}/word/:edition`, "会議録の Word（internal、named、roles）", async (ask) => {
    const edition = ask.param("edition");
    if (!Object.hasOwn(editionNames, edition))
      throw new AppError("NOT_FOUND", "その版はありません。画面から選び直してください。");
    return ask.download(await takeMinutes(ask.office, ask.actor, ask.param("id"), edition as MinutesEdition));
  }),
];
