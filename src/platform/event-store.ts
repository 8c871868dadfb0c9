import { canonicalJson } from "../base/canonical.ts";
import { bytes, instant, int32, nullable, type Row, table, text } from "../base/column.ts";
import type { Json, RecordedEvent } from "../base/event.ts";
import { leafBytes } from "../sealing/log-entry.ts";
import { leafHash } from "../sealing/merkle.ts";
import { type On, type Read, tables } from "./database.ts";
import { prepared } from "./prepared-query.ts";

export const eventTable = table("event", {
  id: text(),
  contract_id: text(),
  kind: text(),
  at: instant(),
  recorded_at: instant(),
  actor: text(),
  subject: nullable(text()),
  about: nullable(text()),
  payload: text(),
  leaf: bytes(),
  seq: nullable(int32()),
});
const schema = { event: eventTable };

export type EventRow = Row<typeof eventTable>;

/** 行為と同じ取引の中で、記録を一行足す。葉の値もここで決まる。 */
export async function insertEvent(tx: Read, event: Omit<RecordedEvent, "seq">): Promise<void> {
  const leaf = Buffer.from(leafHash(leafBytes(event)));
  await insert(tx, {
    id: event.id,
    contract_id: event.contract,
    kind: event.kind,
    at: event.at,
    recorded_at: event.recordedAt,
    actor: event.actor,
    subject: event.subject,
    about: event.about,
    payload: canonicalJson(event.payload),
    leaf,
    seq: null,
  });
}

const insert = prepared((q: On<typeof schema>, row: EventRow) => q.insertInto("event").values(row));

/** 条件に合う記録を、新しい順に。limit は行数。 */
export async function listEvents(
  read: Read,
  filter: {
    contract: string;
    kinds?: readonly string[];
    about?: string;
    subject?: string;
    actor?: string;
    from?: string;
    to?: string;
    limit: number;
  },
): Promise<RecordedEvent[]> {
  let query = tables<typeof schema>(read)
    .selectFrom("event")
    .selectAll()
    .where("contract_id", "=", filter.contract);
  if (filter.kinds) query = query.where("kind", "in", filter.kinds);
  if (filter.about) query = query.where("about", "=", filter.about);
  if (filter.subject) query = query.where("subject", "=", filter.subject);
  if (filter.actor) query = query.where("actor", "=", filter.actor);
  if (filter.from) query = query.where("at", ">=", filter.from);
  if (filter.to) query = query.where("at", "<", filter.to);
  const rows = await query.orderBy("at", "desc").orderBy("id", "desc").limit(filter.limit).execute();
  return rows.map(fromRow);
}

/** その種類の最後の記録の時（システムの時計）。契約を問わない。 */
export async function lastEventAt(read: Read, kind: string): Promise<string | undefined> {
  const row = await tables<typeof schema>(read)
    .selectFrom("event")
    .select("recorded_at")
    .where("kind", "=", kind)
    .orderBy("recorded_at", "desc")
    .limit(1)
    .executeTakeFirst();
  return row?.recorded_at;
}

/** その種類の記録の全部（契約を問わない）。数の少ない種類のため。 */
export async function listKind(read: Read, kind: string): Promise<RecordedEvent[]> {
  const rows = await tables<typeof schema>(read)
    .selectFrom("event")
    .selectAll()
    .where("kind", "=", kind)
    .orderBy("id")
    .execute();
  return rows.map(fromRow);
}

/** 番号のついた記録を、番号の順に。 */
export async function listNumbered(read: Read, from: number, limit: number): Promise<RecordedEvent[]> {
  const rows = await tables<typeof schema>(read)
    .selectFrom("event")
    .selectAll()
    .where("seq", ">=", from)
    .orderBy("seq")
    .limit(limit)
    .execute();
  return rows.map(fromRow);
}

/** まだ番号のない葉を、記録した順（id の順）に。システムの時計が戻っても、一つのプロセスの中の順は変わらない。 */
export async function listUnnumbered(
  read: Read,
  limit: number,
): Promise<{ id: string; leaf: Buffer; recorded_at: string }[]> {
  return tables<typeof schema>(read)
    .selectFrom("event")
    .select(["id", "leaf", "recorded_at"])
    .where("seq", "is", null)
    .orderBy("id")
    .limit(limit)
    .execute();
}

/** 番号をつける。すでに番号があれば偽（ほかの番号つけが先に済ませた）。 */
export async function setSeq(tx: Read, id: string, seq: number): Promise<boolean> {
  return (await number(tx, { id, seq })).length === 1;
}

const number = prepared((q: On<typeof schema>, v: { id: string; seq: number }) =>
  q.updateTable("event").set({ seq: v.seq }).where("id", "=", v.id).where("seq", "is", null).returning("id"),
);

function fromRow(row: EventRow): RecordedEvent {
  return {
    id: row.id,
    contract: row.contract_id,
    kind: row.kind,
    at: row.at,
    recordedAt: row.recorded_at,
    actor: row.actor,
    subject: row.subject,
    about: row.about,
    payload: JSON.parse(row.payload) as { [key: string]: Json },
    seq: row.seq,
  };
}
