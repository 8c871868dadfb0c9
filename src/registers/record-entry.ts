import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import { dayOf } from "../base/time.ts";
import { type PreparedFiling, prepareFiling } from "../filings/prepare-filing.ts";
import { answerOnce } from "../platform/answer-once.ts";
import { takeNumber } from "../platform/counter-store.ts";
import type { Office, Tx } from "../platform/office.ts";
import { type BookFields, type BookName, bookFaults, bookOf, keepBookFields } from "./book.ts";
import { type EntryInput, entryFaults } from "./entry.ts";
import {
  type EntryChange,
  findEntryRow,
  insertEntry,
  openEntryRow,
  type StoredEntry,
  updateEntry,
} from "./entry-store.ts";
import { refuseRight } from "./register-right.ts";

/**
 * 登録簿に書く。番号は契約・帳簿ごとの通しで、欠番がない。
 * @throws AppError BAD_INPUT（欄の名つき）、FORBIDDEN
 */
export async function recordEntry(
  office: Office,
  actor: Actor,
  book: BookName,
  given: EntryInput,
  onceKey?: string,
): Promise<{ id: string; number: number }> {
  refuseRight("write", actor);
  const content = contentOf(office, actor, book, given);
  const key = await office.keys.fresh(actor.contract);
  const lookupKey = await office.keys.lookupKey(actor.contract);
  const once =
    onceKey === undefined
      ? undefined
      : { key: onceKey, verb: "register.enter", input: { book, ...content }, lookupKey };
  return office.act(actor, (tx) =>
    answerOnce(tx, once, async () => {
      const number = await takeNumber(tx, tx.contract, `register:${book}`);
      await insertEntry(tx, key, {
        ...{ id: key.id, contract_id: tx.contract, book, number, ...content, state: "open" },
        ...{ filing_id: null, made_by: actor.id, made_at: tx.now },
        ...{ closed_by: null, closed_at: null, edition: 1 },
      });
      await record(tx, "register.entered", { id: key.id, book, number, clause: content.clause });
      // 業務完了報告書は、事故・トラブルの数をこの記録から数える。
      if (book === "accident")
        await record(tx, "incident.recorded", { id: key.id, book, number, clause: content.clause });
      return { id: key.id, number };
    }),
  );
}

function contentOf(office: Office, actor: Actor, book: BookName, given: EntryInput) {
  const today = dayOf(office.clock.officeNow(actor.contract));
  const faults = entryFaults(book, given, today);
  if (faults.length > 0) throw new AppError("BAD_INPUT", "内容に直すところがあります。", { faults });
  const info = bookOf(book);
  return {
    ...{ title: given.title.trim(), clause: given.clause.trim(), held_on: given.heldOn },
    due: info.due === undefined ? null : (given.due ?? null),
    expires: info.expires ? (given.expires ?? null) : null,
    cost: info.cost ? (given.cost ?? null) : null,
    fields: JSON.stringify(keepBookFields(book, given.fields)),
  };
}

/** 書いたものを直す（結ぶ前だけ）。edition は開いたときのもの。 */
export async function editEntry(
  office: Office,
  actor: Actor,
  id: string,
  given: EntryInput & { edition: number },
): Promise<void> {
  refuseRight("write", actor);
  await changeEntry(office, actor, id, "register.changed", (entry) => {
    refuseClosed(entry);
    if (entry.edition !== given.edition) throw conflict();
    return contentOf(office, actor, entry.book, given);
  });
}

/**
 * 結果（決まったこと、回答、判断）を書いて結ぶ。結んだものは直せない。
 * @throws AppError BAD_INPUT（結ぶときに要る欄が空）、REFUSED（もう結んだ）
 */
export async function closeEntry(
  office: Office,
  actor: Actor,
  id: string,
  given: { edition: number; fields: BookFields },
): Promise<void> {
  refuseRight("write", actor);
  await changeEntry(office, actor, id, "register.closed", (entry, tx) => {
    refuseClosed(entry);
    if (entry.edition !== given.edition) throw conflict();
    const fields = keepBookFields(entry.book, { ...readEntryFields(entry), ...given.fields });
    const faults = bookFaults(entry.book, fields, true);
    if (faults.length > 0) throw new AppError("BAD_INPUT", "結ぶ前に書くところがあります。", { faults });
    return {
      ...{ fields: JSON.stringify(fields), state: "closed" },
      ...{ closed_by: actor.id, closed_at: tx.now },
    };
  });
}

/** 一件から、届出の下書きを作ってつなぐ。もうつないだ下書きがあれば、それを返す。 */
export async function fileEntry(
  office: Office,
  actor: Actor,
  id: string,
): Promise<{ filing: string; made: boolean }> {
  refuseRight("write", actor);
  const entry = await readEntry(office, actor, id);
  const { form } = bookOf(entry.book);
  if (form === undefined)
    throw new AppError("REFUSED", `${bookOf(entry.book).label}につなぐ届出の様式はありません。`);
  if (entry.filing_id !== null) return { filing: entry.filing_id, made: false };
  const own = readEntryFields(entry);
  const fields: Record<string, string> = {};
  for (const [from, to] of Object.entries(form.fields)) {
    const value = own[from];
    if (value !== undefined) fields[to] = value;
  }
  if (entry.cost !== null) fields.cost = `${entry.cost.toLocaleString("ja-JP")}円`;
  const wanted: PreparedFiling = {
    ...{ form: form.code, title: entry.title, fields },
    ...(entry.clause === "" ? {} : { clause: entry.clause }),
    about: { room: "registers", kind: "entry", id },
  };
  const { id: filing, made } = await prepareFiling(office, actor, wanted);
  await changeEntry(office, actor, id, "register.filed", () => ({ filing_id: filing }));
  return { filing, made };
}

/** 一件を開く。なければ NOT_FOUND。 */
export async function readEntry(
  office: Office,
  actor: Pick<Actor, "contract">,
  id: string,
): Promise<StoredEntry> {
  const row = await findEntryRow(office.read, actor.contract, id);
  if (!row) throw noEntry();
  return openEntryRow((await office.keys.get(actor.contract, [id])).get(id), row);
}

/** 帳簿の欄。鍵が消えたものは空。 */
export function readEntryFields(entry: Pick<StoredEntry, "fields">): Record<string, string> {
  return entry.fields.startsWith("{") ? (JSON.parse(entry.fields) as Record<string, string>) : {};
}

async function changeEntry(
  office: Office,
  actor: Actor,
  id: string,
  kind: string,
  decide: (entry: StoredEntry, tx: Tx) => EntryChange,
): Promise<void> {
  const key = (await office.keys.get(actor.contract, [id])).get(id);
  if (!key) throw noEntry();
  await office.act(actor, async (tx) => {
    const row = await findEntryRow(tx, tx.contract, id);
    if (!row) throw noEntry();
    const entry = openEntryRow(key, row);
    if (!(await updateEntry(tx, key, entry, decide(entry, tx)))) throw conflict();
    await record(tx, kind, entry);
  });
}

/** 記録には、文を入れない。 */
async function record(
  tx: Tx,
  kind: string,
  { id, book, number, clause }: Pick<StoredEntry, "id" | "book" | "number" | "clause">,
): Promise<void> {
  await tx.record({ kind, about: `registers/entry/${id}`, payload: { book, number, clause } });
}

function refuseClosed(entry: StoredEntry): void {
  if (entry.state === "closed")
    throw new AppError(
      "REFUSED",
      `もう結んだものなので、変えられません。続きは、新しい${bookOf(entry.book).series}として書いてください。`,
    );
}

function conflict(): AppError {
  return new AppError("CONFLICT", "ほかの人が先に変えました。画面を開き直して、今の内容をご確認ください。");
}

function noEntry(): AppError {
  return new AppError("NOT_FOUND", "その登録はありません。一覧から選び直してください。");
}
