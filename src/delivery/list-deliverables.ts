import { type HandlerName, nameHandlers } from "../access/name-handlers.ts";
import type { Actor } from "../base/actor.ts";
import { type Day, type Instant, instantOf } from "../base/time.ts";
import { type Urgency, urgencyOf } from "../japan/deadline.ts";
import { listEvents } from "../platform/event-store.ts";
import type { Office } from "../platform/office.ts";
import { noDeliverable } from "./change-deliverable.ts";
import { type DeliverableForm, type DeliverableState, stateLabels } from "./deliverable.ts";
import {
  type DeliverableRow,
  findDeliverable,
  listDeliverableRows,
  listVersionRows,
  type OpenVersion,
  openVersionRow,
} from "./deliverable-store.ts";
import { deliveryEvents } from "./delivery-event.ts";
import type { FileFormat } from "./file-format.ts";
import { type ListedRight, listRights } from "./list-rights.ts";
import { listRightRows } from "./right-store.ts";

/** 一覧の一行。 */
export interface ListedDeliverable {
  id: string;
  code: string;
  title: string;
  clause: string;
  formats: FileFormat[];
  form: DeliverableForm | undefined;
  due: Day | null;
  urgency: Urgency | undefined;
  accepter: string;
  state: DeliverableState;
  stateText: string;
  version: number;
  /** 確認の済んだ権利と、全部の数。 */
  rights: { signed: number; total: number };
  receipt: string | null;
  receivedOn: Day | null;
  handedAt: Instant | null;
  obligation: string | null;
}

/** 成果品の台帳。記号の順。個人情報は含まない。 */
export async function listDeliverables(
  office: Office,
  actor: Pick<Actor, "contract">,
): Promise<ListedDeliverable[]> {
  const [rows, rights] = await Promise.all([
    listDeliverableRows(office.read, actor.contract),
    listRightRows(office.read, actor.contract),
  ]);
  const own = Map.groupBy(rights, (right) => right.deliverable_id);
  const now = office.clock.officeNow(actor.contract);
  return rows.map((row) => showDeliverable(row, own.get(row.id) ?? [], now));
}

function showDeliverable(
  row: DeliverableRow,
  rights: readonly { state: string }[],
  now: Instant,
): ListedDeliverable {
  const open = row.state !== "received" && row.state !== "handed";
  return {
    ...{ id: row.id, code: row.code, title: row.title, clause: row.clause, due: row.due },
    formats: row.formats.split(",") as FileFormat[],
    form: row.form ?? undefined,
    urgency: row.due === null || !open ? undefined : urgencyOf(instantOf(row.due, "23:59"), now),
    ...{ accepter: row.accepter, state: row.state, stateText: stateLabels[row.state], version: row.version },
    rights: { signed: rights.filter((right) => right.state === "signed").length, total: rights.length },
    ...{ receipt: row.receipt, receivedOn: row.received_on, handedAt: row.handed_at },
    obligation: row.obligation,
  };
}

export interface DeliveryHistory {
  at: Instant;
  what: string;
  who: string;
  more: string;
}

export interface OpenDeliverable {
  row: DeliverableRow;
  head: ListedDeliverable;
  versions: OpenVersion[];
  rights: ListedRight[];
  history: DeliveryHistory[];
  names: ReadonlyMap<string, HandlerName>;
}

/** 一つを開く。委託者には、提出された版だけが見える。 */
export async function openDeliverable(office: Office, actor: Actor, id: string): Promise<OpenDeliverable> {
  const row = await findDeliverable(office.read, actor.contract, id);
  if (!row) throw noDeliverable();
  const [versionRows, rights, events, names] = await Promise.all([
    listVersionRows(office.read, actor.contract, id),
    listRights(office, actor, id),
    listEvents(office.read, { contract: actor.contract, about: id, limit: 300 }),
    nameHandlers(office, actor.contract),
  ]);
  const keys = await office.keys.get(
    actor.contract,
    versionRows.map((version) => version.id),
  );
  const onlyClient = actor.roles.every((role) => role === "client");
  const labels = new Map(deliveryEvents.map((kind) => [kind.kind, kind.label]));
  return {
    row,
    head: showDeliverable(row, rights, office.clock.officeNow(actor.contract)),
    versions: versionRows
      .filter((version) => !onlyClient || version.submitted_at !== null)
      .map((version) => openVersionRow(keys.get(version.id), version)),
    rights,
    names,
    history: events
      .filter((event) => labels.has(event.kind))
      .map((event) => ({
        at: event.at,
        what: labels.get(event.kind) ?? event.kind,
        who: names.get(event.actor)?.short ?? "",
        more: moreOf(event.payload),
      })),
  };
}

function moreOf({ version, outcome, receipt, on }: { [key: string]: unknown }): string {
  const parts = [
    typeof version === "number" && version > 0 ? `第${version}版` : "",
    outcome === "passed" ? "合格" : outcome === "rework" ? "手直し" : "",
    typeof receipt === "string" && typeof on === "string" ? `${receipt}（${on}）` : "",
  ];
  return parts.filter((part) => part !== "").join("　");
}

/** 期限までに残っているものの数（左のメニューに出す）。検査を待つものと、手直し。 */
export async function countOpenDeliverables(office: Office, actor: Actor): Promise<number> {
  const rows = await listDeliverableRows(office.read, actor.contract);
  return rows.filter(
    (row) => row.state === "rework" || row.state === "submitted" || row.state === "resubmitted",
  ).length;
}

/** 今日までに過ぎた期限の数と、引き渡した数。 */
export function tallyDeliverables(rows: readonly ListedDeliverable[]): {
  total: number;
  handed: number;
  rework: number;
  waiting: number;
  late: number;
} {
  return {
    total: rows.length,
    handed: rows.filter((row) => row.state === "handed").length,
    rework: rows.filter((row) => row.state === "rework").length,
    waiting: rows.filter((row) => row.state === "submitted" || row.state === "resubmitted").length,
    late: rows.filter((row) => row.urgency === "late").length,
  };
}
