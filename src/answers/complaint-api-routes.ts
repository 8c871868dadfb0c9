import { getApi, postApi } from "../platform/make-route.ts";
import type { Ask, Route } from "../platform/route.ts";
import {
  callBody,
  complaintBody,
  confirmBody,
  handleBody,
  momentOf,
  reportBodySchema,
} from "./answer-ask.ts";
import { listComplaints, type OpenComplaint, openComplaint } from "./list-complaints.ts";
import { maskComplaint } from "./mask-words.ts";
import { recordComplaint } from "./record-complaint.ts";
import { fileComplaintReport, prepareComplaintReport } from "./report-complaint.ts";
import { recordWords } from "./reveal-words.ts";
import { callClient, closeComplaint, confirmComplaint, handleComplaint } from "./step-complaint.ts";

async function state(ask: Ask): Promise<Response> {
  const { head } = await openComplaint(ask.office, ask.actor, ask.param("id"));
  const { id, number, state: at, report, filing, due } = head;
  return ask.reply({ id, number, state: at, report, filing, due });
}

async function complaintReply(ask: Ask, open: OpenComplaint): Promise<Response> {
  const { content, response, prevention } = open.complaint;
  const steps = open.steps.map(({ kind, at, minutes, note }) => ({ kind, at, minutes, note }));
  const report = await prepareComplaintReport(ask.office, ask.actor, open);
  return ask.reply({ ...open.head, content, response, prevention, steps, draft: report.body });
}

/** クレームの JSON の道。 */
export const complaintApiRoutes: Route[] = [
  getApi("complaints.api", "/api/complaints", "クレームの一覧（group で絞る）", async (ask) => {
    const group = (["open", "unreported", "closed"] as const).find((one) => one === ask.query("group"));
    return ask.reply({ complaints: await listComplaints(ask.office, ask.actor, group) });
  }),
  postApi(
    "complaint.record.api",
    "/api/complaints",
    "クレームを記録する（Idempotency-Key で、送り直しても一つ）",
    complaintBody,
    async (ask) => {
      const { receivedDay, receivedTime, persons, ...given } = await ask.json(complaintBody);
      const made = await recordComplaint(ask.office, ask.actor, {
        ...given,
        receivedAt: receivedDay === "" ? ask.now : momentOf("received", receivedDay, receivedTime),
        persons: persons === "" ? [] : persons.split(","),
        onceKey: ask.header("Idempotency-Key"),
      });
      return ask.reply(made, 201);
    },
  ),
  getApi("complaint.api", "/api/complaints/:id", "クレームの内容、経過、日次報告の案", async (ask) => {
    return complaintReply(
      ask,
      maskComplaint(await openComplaint(ask.office, ask.actor, ask.param("id"))).open,
    );
  }),
  postApi(
    "complaint.reveal.api",
    "/api/complaints/:id/reveal",
    "クレームの伏せた所を、記録して見る",
    undefined,
    async (ask) => {
      await recordWords(ask.office, ask.actor, "complaint", ask.param("id"));
      return complaintReply(ask, await openComplaint(ask.office, ask.actor, ask.param("id")));
    },
  ),
  postApi(
    "complaint.handle.api",
    "/api/complaints/:id/handle",
    "SV の対応を残す",
    handleBody,
    async (ask) => {
      await handleComplaint(ask.office, ask.actor, ask.param("id"), await ask.json(handleBody));
      return state(ask);
    },
  ),
  postApi(
    "complaint.confirm.api",
    "/api/complaints/:id/confirm",
    "責任者が確認する",
    confirmBody,
    async (ask) => {
      await confirmComplaint(ask.office, ask.actor, ask.param("id"), await ask.json(confirmBody));
      return state(ask);
    },
  ),
  postApi(
    "complaint.call.api",
    "/api/complaints/:id/call",
    "市に電話したことを残す",
    callBody,
    async (ask) => {
      const { calledDay, calledTime, to, note } = await ask.json(callBody);
      const at = calledDay === "" ? ask.now : momentOf("called", calledDay, calledTime);
      await callClient(ask.office, ask.actor, ask.param("id"), { at, to, note });
      return state(ask);
    },
  ),
  postApi(
    "complaint.report.api",
    "/api/complaints/:id/report",
    "日次報告を提出する（body を省けば、記録から作った案）",
    reportBodySchema,
    async (ask) => {
      const { body } = await ask.json(reportBodySchema);
      const open = await openComplaint(ask.office, ask.actor, ask.param("id"));
      const text = body === "" ? (await prepareComplaintReport(ask.office, ask.actor, open)).body : body;
      await fileComplaintReport(ask.office, ask.actor, ask.param("id"), { body: text });
      return state(ask);
    },
  ),
  postApi("complaint.close.api", "/api/complaints/:id/close", "クレームを終える", undefined, async (ask) => {
    await closeComplaint(ask.office, ask.actor, ask.param("id"));
    return state(ask);
  }),
];
