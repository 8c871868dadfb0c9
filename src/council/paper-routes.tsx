import { parseInput } from "../access/zod-message.ts";
import { AppError } from "../base/error.ts";
import { readAgenda } from "../meetings/agenda.ts";
import type { AgendaItem } from "../meetings/meeting.ts";
import { type PaperForm, paperForms } from "../meetings/paper-document.ts";
import { openFile } from "../platform/keep-file.ts";
import { getFile, getPage, postPage, withFaults } from "../platform/make-route.ts";
import type { Ask, Route } from "../platform/route.ts";
import { paperForm, sendForm } from "./council-ask.ts";
import { mayCouncil } from "./council-right.ts";
import { CURRENT } from "./council-routes.tsx";
import { type Again, BASE, FILES, openMeeting, pathOf, statusOf } from "./meeting-ask.ts";
import { PapersPage } from "./papers-page.tsx";
import { sendDeadline } from "./plan-meetings.ts";
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

/** 次第と資料の道。 */
export const paperRoutes: Route[] = [
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
];
