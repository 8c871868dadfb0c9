import { randomUUID } from "node:crypto";
import { parseInput } from "../access/zod-message.ts";
import type { Fault } from "../base/error.ts";
import { minuteOf } from "../base/time.ts";
import { getPage, postPage, withFaults } from "../platform/make-route.ts";
import type { Ask, Route } from "../platform/route.ts";
import {
  callBody,
  complaintBody,
  confirmBody,
  handleBody,
  momentOf,
  reportBodySchema,
} from "./answer-ask.ts";
import { mayAnswer } from "./answer-right.ts";
import { changeContacts } from "./change-contacts.ts";
import { complaintApiRoutes } from "./complaint-api-routes.ts";
import { ComplaintPage } from "./complaint-detail-page.tsx";
import { ComplaintFormPage } from "./complaint-form-page.tsx";
import { ComplaintListPage } from "./complaint-page.tsx";
import { ComplaintReportPage } from "./complaint-report-page.tsx";
import { ContactPage } from "./contact-page.tsx";
import { type ComplaintGroup, listComplaints, listContacts, openComplaint } from "./list-complaints.ts";
import { maskComplaint } from "./mask-words.ts";
import { recordComplaint } from "./record-complaint.ts";
import { fileComplaintReport, prepareComplaintReport } from "./report-complaint.ts";
import { recordWords } from "./reveal-words.ts";
import { callClient, closeComplaint, confirmComplaint, handleComplaint } from "./step-complaint.ts";

const title = "クレーム";
const current = "complaints.page";

export const groupOf = (ask: Ask): ComplaintGroup | undefined =>
  (["open", "unreported", "closed"] as const).find((one) => one === ask.query("group"));

async function listPage(ask: Ask): Promise<Response> {
  const all = await listComplaints(ask.office, ask.actor);
  const open = all.filter((one) => one.state !== "closed");
  const group = groupOf(ask);
  return ask.page({
    title,
    current,
    body: (
      <ComplaintListPage
        complaints={group === undefined ? all : await listComplaints(ask.office, ask.actor, group)}
        group={group}
        tally={{
          open: open.length,
          owing: open.filter((one) => one.urgency !== undefined).length,
          late: open.filter((one) => one.urgency === "late").length,
          today: open.filter((one) => one.urgency === "due").length,
        }}
        mayRecord={mayAnswer("record", ask.actor.roles)}
      />
    ),
  });
}

async function newPage(
  ask: Ask,
  values: Readonly<Record<string, string>> = {},
  faults: readonly Fault[] = [],
): Promise<Response> {
  const now = { receivedDay: ask.today, receivedTime: minuteOf(ask.now) };
  return ask.page({
    title: "クレームを記録する",
    current,
    status: faults.length > 0 ? 422 : 200,
    body: (
      <ComplaintFormPage
        csrf={ask.seated.csrf}
        once={values.once ?? randomUUID()}
        values={{ ...now, persons: ask.query("person") ?? "", ...values }}
        faults={faults}
        contacts={await listContacts(ask.office, ask.actor.contract)}
      />
    ),
  });
}

async function recordByForm(ask: Ask): Promise<Response> {
  const form = Object.fromEntries(await ask.form());
  return withFaults(
    async () => {
      const { receivedDay, receivedTime, persons, ...given } = parseInput(complaintBody, form);
      const { id, number } = await recordComplaint(ask.office, ask.actor, {
        ...given,
        receivedAt: momentOf("received", receivedDay, receivedTime),
        persons: persons === "" ? [] : persons.split(","),
        onceKey: form.once || undefined,
      });
      return ask.go(
        `/complaints/${id}`,
        `クレーム第${number}号として残し、責任者に日次報告の仕事を立てました。`,
      );
    },
    (faults) => newPage(ask, form, faults),
  );
}

async function detailPage(
  ask: Ask,
  values: Readonly<Record<string, string>> = {},
  faults: readonly Fault[] = [],
  shown = false,
): Promise<Response> {
  const full = await openComplaint(ask.office, ask.actor, ask.param("id"));
  const masked = maskComplaint(full);
  const open = shown ? full : masked.open;
  return ask.page({
    title,
    current,
    status: faults.length > 0 ? 422 : 200,
    body: (
      <ComplaintPage
        csrf={ask.seated.csrf}
        open={open}
        words={shown ? "shown" : masked.hidden ? "hidden" : "none"}
        may={(right) => mayAnswer(right, ask.actor.roles)}
        // 伏せた文を書き直しの案にすると、保存したときに本当の文が失われる。
        values={{
          ...(open.complaint.response === full.complaint.response ? {} : { response: "" }),
          calledDay: ask.today,
          calledTime: minuteOf(ask.now),
          ...values,
        }}
        faults={faults}
      />
    ),
  });
}

/** 右の form の一つ。誤りは同じ画面に戻す。 */
function act(said: string, run: (ask: Ask, form: Record<string, string>) => Promise<void>): Route["handle"] {
  return async (ask) => {
    const form = Object.fromEntries(await ask.form());
    return withFaults(
      async () => {
        await run(ask, form);
        return ask.go(`/complaints/${ask.param("id")}`, said);
      },
      (faults) => detailPage(ask, form, faults),
    );
  };
}

async function reportPage(ask: Ask, body?: string, faults: readonly Fault[] = []): Promise<Response> {
  const open = await openComplaint(ask.office, ask.actor, ask.param("id"));
  const report = await prepareComplaintReport(ask.office, ask.actor, open);
  return ask.page({
    title: "クレーム日次報告書",
    current,
    status: faults.length > 0 ? 422 : 200,
    body: (
      <ComplaintReportPage
        csrf={ask.seated.csrf}
        open={open}
        report={body === undefined ? report : { ...report, body }}
        maySubmit={mayAnswer("confirm", ask.actor.roles)}
        faults={faults}
      />
    ),
  });
}

async function contactPage(ask: Ask, faults: readonly Fault[] = []): Promise<Response> {
  return ask.page({
    title: "緊急の連絡体制",
    current,
    status: faults.length > 0 ? 422 : 200,
    body: (
      <ContactPage
        csrf={ask.seated.csrf}
        contacts={await listContacts(ask.office, ask.actor.contract)}
        mayChange={mayAnswer("confirm", ask.actor.roles)}
        faults={faults}
      />
    ),
  });
}

async function changeContactsByForm(ask: Ask): Promise<Response> {
  const form = Object.fromEntries(await ask.form());
  const field = (name: string, at: number) => form[`${name}-${at}`] ?? "";
  const given = Array.from({ length: 12 }, (_, at) => ({
    ...{ unit: field("unit", at), post: field("post", at) },
    ...{ phone: field("phone", at), hours: field("hours", at) },
  }));
  return withFaults(
    async () => {
      await changeContacts(ask.office, ask.actor, given);
      return ask.go("/complaints/contacts", "緊急の連絡体制を改めました。");
    },
    (faults) => contactPage(ask, faults),
  );
}

/** クレームの道。 */
export const complaintRoutes: Route[] = [
  getPage("complaints.page", "/complaints", "クレームの一覧", listPage),
  getPage("complaint.new", "/complaints/new", "クレームを記録する画面", (ask) => newPage(ask)),
  getPage("complaint.contacts", "/complaints/contacts", "緊急の連絡体制", (ask) => contactPage(ask)),
  postPage(
    "complaint.contacts.change",
    "/complaints/contacts",
    "緊急の連絡体制を改める",
    changeContactsByForm,
  ),
  postPage("complaint.record", "/complaints", "クレームを記録する", recordByForm),
  getPage("complaint.page", "/complaints/:id", "クレーム（個人情報らしい所は伏せる）", (ask) =>
    detailPage(ask),
  ),
  postPage(
    "complaint.reveal",
    "/complaints/:id/reveal",
    "クレームの伏せた所を、記録して見る",
    async (ask) => {
      await recordWords(ask.office, ask.actor, "complaint", ask.param("id"));
      return detailPage(ask, {}, [], true);
    },
  ),
  postPage(
    "complaint.handle",
    "/complaints/:id/handle",
    "SV の対応を残す",
    act("対応を残し、責任者に渡しました。", async (ask, form) => {
      await handleComplaint(ask.office, ask.actor, ask.param("id"), parseInput(handleBody, form));
    }),
  ),
  postPage(
    "complaint.confirm",
    "/complaints/:id/confirm",
    "責任者が確認する",
    act("確認しました。日次報告の案ができています。", async (ask, form) => {
      await confirmComplaint(ask.office, ask.actor, ask.param("id"), parseInput(confirmBody, form));
    }),
  ),
  postPage(
    "complaint.call",
    "/complaints/:id/call",
    "市に電話したことを残す",
    act("電話の記録を残しました。", async (ask, form) => {
      const { calledDay, calledTime, to, note } = parseInput(callBody, form);
      const at = momentOf("called", calledDay, calledTime);
      await callClient(ask.office, ask.actor, ask.param("id"), { at, to, note });
    }),
  ),
  getPage("complaint.report.page", "/complaints/:id/report", "日次報告の案", (ask) => reportPage(ask)),
  postPage("complaint.report", "/complaints/:id/report", "日次報告を提出する", async (ask) => {
    const form = Object.fromEntries(await ask.form());
    return withFaults(
      async () => {
        const given = parseInput(reportBodySchema, form);
        await fileComplaintReport(ask.office, ask.actor, ask.param("id"), given);
        return ask.go(`/complaints/${ask.param("id")}`, "日次報告を提出しました。");
      },
      (faults) => reportPage(ask, form.body ?? "", faults),
    );
  }),
  postPage(
    "complaint.close",
    "/complaints/:id/close",
    "クレームを終える",
    act("このクレームを終えました。", async (ask) => {
      await closeComplaint(ask.office, ask.actor, ask.param("id"));
    }),
  ),
  ...complaintApiRoutes,
];
