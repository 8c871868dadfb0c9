import { type HandlerName, nameHandlers } from "../access/name-handlers.ts";
import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import type { Instant } from "../base/time.ts";
import { listFilings } from "../filings/list-filings.ts";
import { dueText, type Urgency, urgencyOf, urgencyText } from "../japan/deadline.ts";
import type { Office } from "../platform/office.ts";
import { openContract } from "../terms/open-contract.ts";
import { withElapsed } from "./answer-step.ts";
import { listSteps, type StoredStep } from "./answer-step-store.ts";
import {
  type ComplaintChannel,
  type ComplaintFacts,
  type ComplaintState,
  type ComplaintTopic,
  type ReportState,
  reportStateOf,
  type Severity,
} from "./complaint.ts";
import type { EmergencyContact } from "./complaint-contact.ts";
import {
  type ComplaintHead,
  findComplaint,
  findContacts,
  listComplaintRows,
  openComplaintRow,
  openContacts,
  type StoredComplaint,
} from "./complaint-store.ts";

/** 一覧の一行。内容は含まない。 */
export interface ListedComplaint {
  id: string;
  number: number;
  severity: Severity;
  topic: ComplaintTopic;
  channel: ComplaintChannel;
  receivedAt: Instant;
  state: ComplaintState;
  report: ReportState;
  /** 日次報告の協議・届出。 */
  filing: string | null;
  called: boolean;
  due: Instant;
  dueText: string;
  /** 報告を出し終えていれば undefined。 */
  urgency: Urgency | undefined;
  urgencyText: string;
  recordedBy: string;
  closedAt: Instant | null;
}

export type ComplaintGroup = "open" | "unreported" | "closed";

/** クレームの一覧。新しい番号から。 */
export async function listComplaints(
  office: Office,
  actor: Pick<Actor, "contract">,
  group?: ComplaintGroup | undefined,
): Promise<ListedComplaint[]> {
  const [rows, show] = await Promise.all([
    listComplaintRows(office.read, actor.contract),
    shower(office, actor.contract),
  ]);
  return rows.map(show).filter((one) => {
    if (group === "open") return one.state !== "closed";
    if (group === "closed") return one.state === "closed";
    return group === undefined || (one.report !== "waiting" && one.report !== "accepted");
  });
}

async function shower(office: Office, contract: string): Promise<(row: ComplaintHead) => ListedComplaint> {
  const [names, { blueprint }, filings] = await Promise.all([
    nameHandlers(office, contract),
    openContract(office, contract),
    reportStates(office, contract),
  ]);
  const now = office.clock.officeNow(contract);
  return (row) => {
    const report = reportStateOf(row.filing_id === null ? undefined : filings.get(row.filing_id));
    const owing = report === "none" || report === "draft" || report === "returned";
    return {
      ...{ id: row.id, number: row.number, severity: row.severity, topic: row.topic, channel: row.channel },
      ...{ receivedAt: row.received_at, state: row.state, report, filing: row.filing_id },
      ...{ called: row.called_at !== null, due: row.due, dueText: dueText(row.due, now) },
      urgency: owing ? urgencyOf(row.due, now) : undefined,
      urgencyText: owing ? urgencyText(blueprint.calendar, row.due, now) : "提出済み",
      recordedBy: names.get(row.made_by)?.short ?? "異動した人",
      closedAt: row.closed_at,
    };
  };
}

/** 報告の協議・届出の状態。下書きも読むので、受託者の側として見る。 */
export async function reportStates(office: Office, contract: string): Promise<Map<string, string>> {
  const filings = await listFilings(office, { contract, roles: ["manager"] });
  return new Map(filings.map((one) => [one.id, one.state]));
}

export interface OpenComplaint {
  complaint: StoredComplaint;
  head: ListedComplaint;
  facts: ComplaintFacts;
  steps: (StoredStep & { minutes: number | undefined })[];
  names: ReadonlyMap<string, HandlerName>;
  contacts: EmergencyContact[];
}

/** 一つを開く。なければ NOT_FOUND。 */
export async function openComplaint(
  office: Office,
  actor: Pick<Actor, "contract">,
  id: string,
): Promise<OpenComplaint> {
  const { contract } = actor;
  const row = await findComplaint(office.read, contract, id);
  if (!row) throw noComplaint();
  const key = (await office.keys.get(contract, [id])).get(id);
  const [steps, show, names, { blueprint }, contacts] = await Promise.all([
    listSteps(office.read, key, contract, id),
    shower(office, contract),
    nameHandlers(office, contract),
    openContract(office, contract),
    listContacts(office, contract),
  ]);
  const head = show(row);
  return {
    complaint: openComplaintRow(key, row),
    head,
    facts: { state: row.state, severity: row.severity, called: head.called, report: head.report },
    steps: withElapsed(steps, blueprint),
    names,
    contacts,
  };
}

/** 緊急の連絡体制。上から順に電話する。 */
export async function listContacts(office: Office, contract: string): Promise<EmergencyContact[]> {
  const row = await findContacts(office.read, contract);
  if (!row) return [];
  return openContacts((await office.keys.get(contract, [row.id])).get(row.id), row);
}

export function noComplaint(): AppError {
  return new AppError("NOT_FOUND", "そのクレームの記録はありません。一覧から選び直してください。");
}
