import { type HandlerName, nameHandlers } from "../access/name-handlers.ts";
import { type About, readAbout } from "../base/about.ts";
import type { Actor } from "../base/actor.ts";
import type { Instant } from "../base/time.ts";
import { dueText, type Urgency, urgencyOf } from "../japan/deadline.ts";
import { listEvents } from "../platform/event-store.ts";
import type { Office } from "../platform/office.ts";
import { noFiling } from "./change-filing.ts";
import { dueOf, type FilingKind, type FilingState, isFilingKind, kindInfo, stateText } from "./filing.ts";
import { channels } from "./filing-answer.ts";
import { filingEvents } from "./filing-event.ts";
import { findForm } from "./filing-form.ts";
import {
  type FilingHead,
  findFiling,
  listFilingRows,
  listVersions,
  openFilingRow,
  type StoredFiling,
  type StoredVersion,
} from "./filing-store.ts";

/** 一覧の一行。本文は含まない。 */
export interface ListedFiling {
  id: string;
  number: number;
  kind: FilingKind;
  kindLabel: string;
  clause: string;
  title: string;
  state: FilingState;
  stateText: string;
  madeBy: string;
  submittedBy: string | null;
  submittedAt: Instant | null;
  decidedAt: Instant | null;
  /** 提出の期限（報告・届出）、または回答を望む期限。 */
  due: Instant | null;
  urgency: Urgency | undefined;
  dueText: string;
  version: number;
  about: About | undefined;
  /** 様式の code と表題。 */
  form: string | null;
  formTitle: string;
  document: string | null;
  obligation: string | null;
}

export type FilingGroup = "waiting" | "draft" | "closed";

export interface FilingFilter {
  kind?: FilingKind | undefined;
  group?: FilingGroup | undefined;
  form?: string | undefined;
  /** 「6」なら「6(9)」も、「6(9)」ならそれだけを含む。 */
  clause?: string | undefined;
  /** late=期限を過ぎた、due=本日まで、soon=これから。 */
  due?: Urgency | undefined;
}

/** 一覧。期限を過ぎたものから、あとは新しい番号から。委託者には、提出されたものだけが見える（下書きは受託者の中のもの）。 */
export async function listFilings(
  office: Office,
  actor: Pick<Actor, "contract" | "roles">,
  filter: FilingFilter = {},
): Promise<ListedFiling[]> {
  const rows = await listFilingRows(office.read, actor.contract);
  const now = office.clock.officeNow(actor.contract);
  return rows
    .filter((row) => maySee(actor, row))
    .filter((row) => filter.kind === undefined || row.kind === filter.kind)
    .filter((row) => filter.group === undefined || groupOf(row.state) === filter.group)
    .filter((row) => filter.form === undefined || row.form === filter.form)
    .filter((row) => filter.clause === undefined || row.clause.startsWith(filter.clause))
    .map((row) => showFiling(row, now))
    .filter((one) => filter.due === undefined || one.urgency === filter.due)
    .sort((a, b) => Number(b.urgency === "late") - Number(a.urgency === "late") || b.number - a.number);
}

/** 様式の欄。欄のない文書は空。 */
export function readFields(filing: Pick<StoredFiling, "fields">): Record<string, string> {
  return filing.fields === null ? {} : (JSON.parse(filing.fields) as Record<string, string>);
}

export function groupOf(state: FilingState): FilingGroup {
  return state === "submitted" ? "waiting" : state === "draft" ? "draft" : "closed";
}

/** 答えを待っているものの数（メニューに出す）。 */
export async function countWaiting(
  office: Office,
  actor: Pick<Actor, "contract" | "roles">,
): Promise<number> {
  return (await listFilings(office, actor, { group: "waiting" })).length;
}

/** 下書きと、出さずに取り下げたものは、作った側だけのもの。 */
function maySee(
  actor: Pick<Actor, "roles">,
  row: Pick<FilingHead, "kind" | "submitted_at" | "version">,
): boolean {
  if (row.submitted_at !== null || row.version > 1) return true;
  const side = kindInfo(row.kind).from === "client";
  return actor.roles.some((role) => (role === "client") === side);
}

function showFiling(row: FilingHead, now: Instant): ListedFiling {
  const running = row.state === "draft" || (row.state === "submitted" && dueOf(row.kind) === "answer");
  const due = running ? row.due : null;
  return {
    id: row.id,
    number: row.number,
    kind: row.kind,
    kindLabel: kindInfo(row.kind).label,
    clause: row.clause,
    title: row.title,
    state: row.state,
    stateText: stateText(row.kind, row.state),
    madeBy: row.made_by,
    submittedBy: row.submitted_by,
    submittedAt: row.submitted_at,
    decidedAt: row.decided_at,
    due: row.due,
    urgency: due === null ? undefined : urgencyOf(due, now),
    dueText: row.due === null ? "－" : dueText(row.due, now),
    version: row.version,
    about: readAbout(row.about),
    form: row.form,
    formTitle: findForm(row.form)?.title ?? kindInfo(row.kind).label,
    document: row.document,
    obligation: row.obligation,
  };
}

/** 履歴の一行。 */
export interface FilingHistory {
  at: Instant;
  what: string;
  who: string;
  more: string;
}

export interface OpenFiling {
  filing: StoredFiling;
  head: ListedFiling;
  versions: StoredVersion[];
  history: FilingHistory[];
  names: ReadonlyMap<string, HandlerName>;
}

/** 一つを開く。本文、前の版、履歴。なければ（見てはならなければ） NOT_FOUND。 */
export async function openFiling(office: Office, actor: Actor, id: string): Promise<OpenFiling> {
  const row = await findFiling(office.read, actor.contract, id);
  if (!row || !maySee(actor, row)) throw noFiling();
  const key = (await office.keys.get(actor.contract, [id])).get(id);
  const [versions, events, names] = await Promise.all([
    listVersions(office.read, key, actor.contract, id),
    listEvents(office.read, { contract: actor.contract, about: id, limit: 200 }),
    nameHandlers(office, actor.contract),
  ]);
  const labels = new Map(filingEvents.map((kind) => [kind.kind, kind.label]));
  const filing = openFilingRow(key, row);
  // 提出し直す前の下書きは、委託者には見せない。
  const hidden =
    filing.state === "draft" && isOnlyClient(actor) && kindInfo(filing.kind).from === "contractor";
  return {
    filing: hidden ? { ...filing, body: "（受託者が新しい版を作っています）", fields: null } : filing,
    head: showFiling(row, office.clock.officeNow(actor.contract)),
    versions,
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

function isOnlyClient(actor: Actor): boolean {
  return actor.roles.every((role) => role === "client");
}

function moreOf({ kind, outcome, channel, version }: { [key: string]: unknown }): string {
  const parts = [
    typeof outcome === "string" && typeof kind === "string" && isFilingKind(kind)
      ? stateText(kind, outcome as FilingState)
      : "",
    typeof channel === "string" && Object.hasOwn(channels, channel)
      ? channels[channel as keyof typeof channels]
      : "",
    typeof version === "number" && version > 1 ? `第${version}版` : "",
  ];
  return parts.filter((part) => part !== "").join("　");
}

/** 紙面を開いたことを記録する（仕様書の提出物なので、だれがいつ刷ったかを残す）。 */
export async function recordPrint(office: Office, actor: Actor, { filing }: OpenFiling): Promise<void> {
  await office.act(actor, (tx) =>
    tx.record({
      kind: "filing.printed",
      about: filing.id,
      payload: { number: filing.number, version: filing.version },
    }),
  );
}
