import { nameHandlers } from "../access/name-handlers.ts";
import type { Actor } from "../base/actor.ts";
import { type Day, dayOf, type Instant } from "../base/time.ts";
import { listEvents } from "../platform/event-store.ts";
import type { Office } from "../platform/office.ts";
import { openContract } from "../terms/open-contract.ts";
import { type BookName, bookOf } from "./book.ts";
import { type EntryState, entryHolds, entryNumber, entryUrgency } from "./entry.ts";
import { listEntryRows, openEntryRow, type StoredEntry } from "./entry-store.ts";
import { readEntry, readEntryFields } from "./record-entry.ts";
import { registerEvents } from "./register-event.ts";

/** 一覧の一行。文は含まない。 */
export interface ListedEntry {
  id: string;
  book: BookName;
  number: number;
  numberText: string;
  title: string;
  clause: string;
  heldOn: Day;
  due: Day | null;
  expires: Day | null;
  cost: number | null;
  state: EntryState;
  stateText: string;
  urgency: "late" | "due" | "soon" | undefined;
  filing: string | null;
}

export interface EntryFilter {
  book?: BookName | undefined;
  state?: EntryState | undefined;
  /** 件名と書かれた文を探す言葉。 */
  search?: string | undefined;
}

/** 登録簿の一覧。期限を過ぎたものから、あとは新しい日から。 */
export async function listEntries(
  office: Office,
  actor: Pick<Actor, "contract">,
  { book, state, search }: EntryFilter = {},
): Promise<ListedEntry[]> {
  const rows = await listEntryRows(office.read, actor.contract, book);
  const today = dayOf(office.clock.officeNow(actor.contract));
  const wanted = search?.trim() ?? "";
  const keys =
    wanted === ""
      ? undefined
      : await office.keys.get(
          actor.contract,
          rows.map((row) => row.id),
        );
  return rows
    .filter((row) => state === undefined || row.state === state)
    .filter((row) => {
      if (keys === undefined) return true;
      const key = keys.get(row.id);
      const written = key ? Object.values(readEntryFields(openEntryRow(key, row))).join("\n") : "";
      return entryHolds(`${row.title}\n${row.clause}\n${written}`, wanted);
    })
    .map((row) => showEntry(row, today))
    .sort((a, b) => Number(b.urgency === "late") - Number(a.urgency === "late"));
}

function showEntry(row: Omit<StoredEntry, "fields">, today: Day): ListedEntry {
  const { id, book, number, title, clause, due, expires, cost, state } = row;
  const info = bookOf(book);
  return {
    ...{ id, book, number, title, clause, due, expires, cost, state },
    numberText: entryNumber(book, number),
    heldOn: row.held_on,
    stateText: state === "open" ? info.open : info.close.done,
    urgency: entryUrgency({ state, due, expires }, today),
    filing: row.filing_id,
  };
}

export interface OpenEntry {
  head: ListedEntry;
  fields: Record<string, string>;
  edition: number;
  /** 書いた人、結んだ人（姓）。 */
  madeBy: string;
  closedBy: string;
  madeAt: Instant;
  closedAt: Instant | null;
  history: { at: Instant; what: string; who: string }[];
}

/** 一件と、これまで。なければ NOT_FOUND。 */
export async function openEntry(office: Office, actor: Actor, id: string): Promise<OpenEntry> {
  const entry = await readEntry(office, actor, id);
  const [events, names] = await Promise.all([
    listEvents(office.read, { contract: actor.contract, about: `registers/entry/${id}`, limit: 100 }),
    nameHandlers(office, actor.contract),
  ]);
  const short = (who: string | null) => (who === null ? "" : (names.get(who)?.short ?? "異動した人"));
  const labels = new Map(registerEvents.map(({ kind, label }) => [kind, label]));
  return {
    head: showEntry(entry, dayOf(office.clock.officeNow(actor.contract))),
    fields: readEntryFields(entry),
    edition: entry.edition,
    ...{ madeBy: short(entry.made_by), closedBy: short(entry.closed_by) },
    ...{ madeAt: entry.made_at, closedAt: entry.closed_at },
    history: events.map(({ at, kind, actor: who }) => ({
      ...{ at, what: labels.get(kind) ?? kind, who: names.get(who)?.short ?? "" },
    })),
  };
}

/** その帳簿が果たす条項（設計図の義務から）。なければ空。 */
export async function clauseOfBook(office: Office, contract: string, book: BookName): Promise<string> {
  const { blueprint } = await openContract(office, contract);
  const duty = blueprint.obligations.find(({ done, when }) =>
    [...done, ...when].some(
      (one) => "event" in one && one.event.startsWith("register.") && one.with?.book === book,
    ),
  );
  return blueprint.clauses.find(({ id }) => id === duty?.clause)?.number ?? "";
}
