import { type Actor, systemActor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import { readOwed } from "../contract/read-owed.ts";
import { buildAgenda } from "../meetings/agenda.ts";
import { printWorkbook } from "../meetings/list-workbook-document.ts";
import {
  type AgendaItem,
  type Meeting,
  meetingName,
  type Paper,
  paperSchema,
  type Sending,
} from "../meetings/meeting.ts";
import { type PaperForm, paperDocument, paperForms } from "../meetings/paper-document.ts";
import { type PrintList, printList } from "../meetings/print-list.ts";
import { writeWordDocument } from "../office/word-document.ts";
import { listPlans } from "../plan/read-plan.ts";
import { keepFile } from "../platform/keep-file.ts";
import type { Office } from "../platform/office.ts";
import { listEnvironment } from "../registers/list-environment.ts";
import { recordEnvironment } from "../registers/record-environment.ts";
import { changeMeeting } from "./change-meeting.ts";
import { refuseCouncil } from "./council-right.ts";
import { activeMembers, type Council, meetingIn, readCouncil } from "./read-council.ts";

export const wordMedia = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
export const bookMedia = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/** 次第の案: 答えていない指摘、前の会議のあとに答えた指摘、論点、会議までに期限の来る義務から。 */
export async function proposeAgenda(office: Office, contract: string, id: string): Promise<AgendaItem[]> {
  const council = await readCouncil(office, contract);
  const meeting = meetingIn(council, id);
  const earlier = council.meetings.filter(({ number, state }) => number < meeting.number && state === "held");
  const last = earlier.at(-1);
  const remarks = council.actions
    .filter((one) => earlier.some((held) => held.id === one.meeting))
    .filter(
      ({ state, closedAt }) =>
        state === "open" || (state === "answered" && (closedAt ?? "") > `${last?.day ?? ""}T99`),
    )
    .map(({ number, remark, state }) => ({ number, remark, answered: state === "answered" }));
  const { lines } = await readOwed(office, contract, { states: ["late", "due"] });
  const duties = lines
    .filter(
      ({ key, due, nature }) =>
        nature === "act" &&
        due !== null &&
        due.slice(0, 10) <= (meeting.day ?? council.today) &&
        // 会議そのものの支度（会場、印刷、会議録）は、会議で報告することではない。
        !council.meetings.some((one) => key.includes(one.id)),
    )
    .slice(0, 5)
    .map(({ key, title }) => ({ key, title }));
  const plan = (await listPlans(office, systemActor(contract))).at(-1);
  const plans = plan === undefined ? [] : [{ id: plan.id, label: plan.title }];
  return buildAgenda({ ...{ topics: meeting.topics, remarks, duties, plans }, papers: meeting.papers });
}

export async function saveAgenda(
  office: Office,
  actor: Actor,
  id: string,
  agenda: readonly AgendaItem[],
): Promise<void> {
  if (agenda.length === 0)
    throw new AppError("BAD_INPUT", "次第に議事を一つ以上書いてください。", {
      faults: [{ field: "agenda", message: "一行に一つ、「題｜分｜資料」の形で書いてください。" }],
    });
  await changeMeeting(office, actor, id, () => ({
    change: { agenda: agenda.slice(0, 60) },
    kind: "meeting.prepared",
    payload: { part: "agenda", items: agenda.length },
  }));
}

/**
 * 資料を一つ加えるか、直す（番号が同じなら直す）。ファイルを付けると、同じ番号では版が進み、前の版も残る。
 * @throws AppError BAD_INPUT（欄の名つき）
 */
export async function savePaper(
  office: Office,
  actor: Actor,
  id: string,
  given: Omit<Partial<Paper>, "files" | "version"> & { number: string; title: string },
  file?: { fileName: string; bytes: Uint8Array },
): Promise<{ version: number }> {
  refuseCouncil("write", actor);
  const number = given.number.normalize("NFKC").trim();
  const faults = [
    ...(number === ""
      ? [{ field: "number", message: "資料番号を書いてください（資料1、参考1 など）。" }]
      : []),
    ...(given.title.trim() === "" ? [{ field: "title", message: "資料の名を書いてください。" }] : []),
    ...((given.colour ?? 0) > (given.pages ?? 0)
      ? [{ field: "colour", message: "カラーのページが、全部のページより多くなっています。" }]
      : []),
  ];
  if (faults.length > 0) throw new AppError("BAD_INPUT", "資料に直すところがあります。", { faults });
  const key = file && (await office.keys.fresh(actor.contract));
  let version = 1;
  await changeMeeting(office, actor, id, async (meeting, tx) => {
    const before = meeting.papers.find((one) => one.number === number);
    const kept =
      file && key
        ? await keepFile(tx, key, {
            ...{ kind: "council-paper", fileName: file.fileName, bytes: file.bytes },
            media: "application/octet-stream",
          })
        : undefined;
    version = (before?.version ?? 0) + (kept || !before ? 1 : 0);
    const files = [...(before?.files ?? []), ...(kept && file ? [{ ...kept, name: file.fileName }] : [])];
    const paper = paperSchema.parse({
      ...before,
      ...given,
      number,
      title: given.title.trim(),
      version,
      files,
    });
    const papers = before
      ? meeting.papers.map((one) => (one === before ? paper : one))
      : [...meeting.papers, paper];
    return {
      change: { papers },
      kind: "meeting.prepared",
      payload: { part: "paper", paper: number, version },
    };
  });
  return { version };
}

export async function dropPaper(office: Office, actor: Actor, id: string, number: string): Promise<void> {
  await changeMeeting(office, actor, id, (meeting) => ({
    change: { papers: meeting.papers.filter((one) => one.number !== number) },
    kind: "meeting.prepared",
    payload: { part: "paper", paper: number, dropped: true },
  }));
}

/** 印刷の一覧。電子データで渡す人は、ウェブ参加の委員。 */
export function printListOf(council: Council, meeting: Meeting): PrintList {
  const remote = activeMembers(council).filter((one) => one.remote).length;
  return printList(meeting.papers, remote);
}

/**
 * 刷ったことを記録し、その月の環境の数（使った紙、うち両面）に足す。一度だけ。
 * @throws AppError REFUSED（資料がない、もう記録した）
 */
export async function printPapers(
  office: Office,
  actor: Actor,
  id: string,
  recycled: boolean,
): Promise<PrintList> {
  refuseCouncil("write", actor);
  const council = await readCouncil(office, actor.contract);
  const meeting = meetingIn(council, id);
  const list = printListOf(council, meeting);
  if (list.sheets === 0)
    throw new AppError("REFUSED", "刷る資料がありません。資料のページと部数をご確認ください。");
  if (meeting.printed !== null) throw new AppError("REFUSED", "この会議の印刷は、もう記録しています。");
  await changeMeeting(office, actor, id, (now, tx) => {
    if (now.printed !== null) throw new AppError("REFUSED", "この会議の印刷は、もう記録しています。");
    const saved = list.duplexSaved + list.dataSaved;
    return {
      change: { printed: { at: tx.now, sheets: list.sheets, duplex: list.duplex, saved } },
      kind: "meeting.printed",
      payload: { sheets: list.sheets, duplex: list.duplex, saved },
    };
  });
  const month = council.today.slice(0, 7);
  const { months } = await listEnvironment(office, actor);
  const own = months.find((one) => one.month === month)?.values ?? {};
  await recordEnvironment(office, actor, month, {
    paper: (own.paper ?? 0) + list.sheets,
    ...(list.duplex > 0 ? { duplex: (own.duplex ?? 0) + list.duplex } : {}),
    ...(recycled ? { recycled: (own.recycled ?? 0) + list.sheets } : {}),
  });
  return list;
}

/** 資料を送ったことを、証しの控えとともに残す。 */
export async function sendPapers(
  office: Office,
  actor: Actor,
  id: string,
  given: Omit<Sending, "at" | "proof"> & { at?: string },
  proof?: { fileName: string; bytes: Uint8Array },
): Promise<void> {
  refuseCouncil("write", actor);
  const faults = [
    ...(given.people < 1 ? [{ field: "people", message: "送った人数を書いてください。" }] : []),
    ...(given.papers.trim() === ""
      ? [{ field: "papers", message: "送った資料の番号を書いてください。" }]
      : []),
    ...(given.received > given.people
      ? [{ field: "received", message: "受取りを確かめた人数が、送った人数より多くなっています。" }]
      : []),
  ];
  if (faults.length > 0) throw new AppError("BAD_INPUT", "送付の記録に直すところがあります。", { faults });
  const key = proof && (await office.keys.fresh(actor.contract));
  await changeMeeting(office, actor, id, async (meeting, tx) => {
    const kept =
      proof && key
        ? await keepFile(tx, key, {
            ...{ kind: "council-proof", fileName: proof.fileName, bytes: proof.bytes },
            media: "application/octet-stream",
          })
        : undefined;
    const sending = {
      ...given,
      papers: given.papers.trim(),
      at: given.at ?? tx.now,
      proof: kept?.id ?? null,
    };
    return {
      change: { sendings: [...meeting.sendings, sending] },
      kind: "meeting.sent",
      payload: { how: given.how, people: given.people, proof: kept?.sha256 ?? null },
    };
  });
}

/** 会議の紙（次第・名簿・席次・名札の Word、印刷の一覧の Excel）を取り出す。 */
export async function takePaper(
  office: Office,
  actor: Actor,
  id: string,
  form: PaperForm | "print",
): Promise<{ fileName: string; media: string; bytes: Uint8Array }> {
  const council = await readCouncil(office, actor.contract);
  const meeting = meetingIn(council, id);
  await office.act(actor, (tx) =>
    tx.record({
      kind: "meeting.taken",
      about: `council/meeting/${id}`,
      payload: { number: meeting.number, form },
    }),
  );
  const name = meetingName(council.council, meeting);
  if (form === "print") {
    const bytes = printWorkbook({ council: council.council, meeting }, printListOf(council, meeting));
    return { fileName: `${name}_印刷の一覧.xlsx`, media: bookMedia, bytes };
  }
  const document = paperDocument(form, {
    ...{ council: council.council, meeting, members: activeMembers(council) },
    ...{ author: council.blueprint.sender.name || "受託者", created: office.clock.officeNow(actor.contract) },
  });
  return {
    fileName: `${name}_${paperForms[form]}.docx`,
    media: wordMedia,
    bytes: writeWordDocument(document),
  };
}
