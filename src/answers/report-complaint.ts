import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import type { Instant } from "../base/time.ts";
import { amendFiling, draftFiling, editFiling } from "../filings/draft-filing.ts";
import { openFiling } from "../filings/list-filings.ts";
import { submitFiling } from "../filings/submit-filing.ts";
import { maskPersonal } from "../japan/personal-flag.ts";
import type { Office } from "../platform/office.ts";
import { refuseRight } from "./answer-right.ts";
import { refuseComplaintAct } from "./complaint.ts";
import { reportBody, reportTitle } from "./complaint-report.ts";
import { type OpenComplaint, openComplaint } from "./list-complaints.ts";
import { complaintAbout } from "./record-complaint.ts";
import { changeComplaint } from "./step-complaint.ts";

/** 日次報告の案（本文と期限）。もう下書きか差戻しがあれば、その本文。 */
export interface PreparedReport {
  title: string;
  body: string;
  due: Instant;
  /** 差戻しの理由。 */
  returned: string | null;
}

/** 記録から日次報告の案を作る。まだ何も残さない。 */
export async function prepareComplaintReport(
  office: Office,
  actor: Actor,
  open: OpenComplaint,
): Promise<PreparedReport> {
  const { complaint, head, steps } = open;
  const fresh = {
    title: reportTitle(complaint.number),
    body: reportBody({
      ...{ number: complaint.number, severity: complaint.severity, topic: complaint.topic },
      ...{
        channel: complaint.channel,
        receivedAt: complaint.received_at,
        content: maskPersonal(complaint.content),
      },
      ...{ response: maskPersonal(complaint.response ?? "") },
      ...{ prevention: maskPersonal(complaint.prevention ?? ""), steps },
    }),
    due: complaint.due,
    returned: null,
  };
  if (head.filing === null || head.report === "none") return fresh;
  const { filing } = await openFiling(office, actor, head.filing);
  return { ...fresh, body: filing.body, returned: head.report === "returned" ? filing.answer : null };
}

/**
 * 日次報告を、責任者の名で委託者に提出する。差戻しのあとは、同じ号の新しい版になる。
 * @throws AppError BAD_INPUT、FORBIDDEN（責任者だけ）、REFUSED（確認がまだ、提出済み）
 */
export async function fileComplaintReport(
  office: Office,
  actor: Actor,
  id: string,
  { body }: { body: string },
): Promise<{ filing: string }> {
  refuseRight("confirm", actor);
  const { complaint, head, facts } = await openComplaint(office, actor, id);
  refuseComplaintAct("report", facts);
  if (body.trim() === "")
    throw new AppError("BAD_INPUT", "報告の本文を書いてください。", {
      faults: [{ field: "body", message: "報告の本文を書いてください。" }],
    });
  const content = { title: reportTitle(complaint.number), clause: "6(9)", body, due: complaint.due };
  const filing = await readyDraft(office, actor, id, head.report === "none" ? null : head.filing, content);
  await submitFiling(office, actor, filing);
  await changeComplaint(office, actor, id, "report", "confirm", (_, now) => ({
    step: "reported",
    change: { filing_id: filing },
    kind: "complaint.reported",
    payload: { filing, late: now > complaint.due },
    finish: true,
  }));
  return { filing };
}

/** 提出できる下書き。なければ作り、差戻しなら新しい版にし、あれば本文を直す。 */
async function readyDraft(
  office: Office,
  actor: Actor,
  id: string,
  known: string | null,
  content: { title: string; clause: string; body: string; due: Instant },
): Promise<string> {
  if (known === null) {
    const made = await draftFiling(office, actor, {
      ...content,
      kind: "report",
      form: "complaint-report",
      obligation: `complaint-report:answers/complaint/${id}`,
      about: complaintAbout(id),
    });
    return made.id;
  }
  const before = await openFiling(office, actor, known);
  if (before.filing.state === "returned") await amendFiling(office, actor, known);
  const { filing } = await openFiling(office, actor, known);
  await editFiling(office, actor, known, { ...content, edition: filing.edition });
  return known;
}
