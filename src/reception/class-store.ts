import { day, instant, int32, type Row, table, text } from "../base/column.ts";
import { type On, type Read, tables } from "../platform/database.ts";
import { prepared } from "../platform/prepared-query.ts";

/** 講習会。booked は予約の数、held は仮押さえの数。booked + held は定員を超えない。 */
export const classTable = table("class", {
  id: text(),
  contract_id: text(),
  term: text(),
  day: day(),
  start: text(),
  end: text(),
  venue_id: text(),
  room: text(),
  course: text(),
  kind: text(),
  capacity: int32(),
  booked: int32(),
  held: int32(),
  bring: text(),
  phone: text(),
  /** 市の日程表にある担当、備考、番号（回、No.）。 */
  contact: text(),
  note: text(),
  number: text(),
  state: text<"open" | "closed">(),
  version: int32(),
  created_at: instant(),
  changed_at: instant(),
});
const schema = { class: classTable };

export type StoredClass = Row<typeof classTable>;

type Optional = "contact" | "note" | "number";

export async function insertClass(
  tx: Read,
  row: Omit<StoredClass, Optional> & Partial<Pick<StoredClass, Optional>>,
): Promise<void> {
  await tables<typeof schema>(tx)
    .insertInto("class")
    .values({ contact: "", note: "", number: "", ...row })
    .execute();
}

export async function listClasses(read: Read, contract: string, term?: string): Promise<StoredClass[]> {
  let query = tables<typeof schema>(read).selectFrom("class").selectAll().where("contract_id", "=", contract);
  if (term) query = query.where("term", "=", term);
  return query.orderBy("day").orderBy("start").orderBy("venue_id").execute();
}

export async function findClass(read: Read, contract: string, id: string): Promise<StoredClass | undefined> {
  return tables<typeof schema>(read)
    .selectFrom("class")
    .selectAll()
    .where("contract_id", "=", contract)
    .where("id", "=", id)
    .executeTakeFirst();
}

/** 講習会を変える。version が違うか、定員が予約と仮押さえの数を下回れば、何もせずに偽。 */
export async function updateClass(
  tx: Read,
  contract: string,
  id: string,
  version: number,
  change: Partial<Omit<StoredClass, "id" | "contract_id" | "version" | "booked" | "held">>,
): Promise<boolean> {
  const { capacity } = change;
  let query = tables<typeof schema>(tx)
    .updateTable("class")
    .set({ ...change, version: version + 1 })
    .where("contract_id", "=", contract)
    .where("id", "=", id)
    .where("version", "=", version);
  // 席は version を変えずに動くので、定員はこの一文の中で見比べる。
  if (capacity !== undefined)
    query = query.where((eb) => eb(eb("booked", "+", eb.ref("held")), "<=", capacity));
  const rows = await query.returning("id").execute();
  return rows.length === 1;
}

interface SeatMove {
  contract: string;
  id: string;
  booked: number;
  held: number;
  now: string;
}

const take = prepared((q: On<typeof schema>, v: SeatMove) =>
  moved(q, v)
    .where("state", "=", "open")
    .where((eb) => eb(eb("booked", "+", eb.ref("held")), "<", eb.ref("capacity")))
    .returningAll(),
);
const giveBack = prepared((q: On<typeof schema>, v: SeatMove) => moved(q, v).returningAll());

function moved(q: On<typeof schema>, v: SeatMove) {
  return q
    .updateTable("class")
    .set((eb) => ({ booked: eb("booked", "+", v.booked), held: eb("held", "+", v.held), changed_at: v.now }))
    .where("contract_id", "=", v.contract)
    .where("id", "=", v.id);
}

/** 席の増減。条件つきの一文なので、同時に来ても定員を超えない。席がなければ undefined。 */
export async function moveSeats(
  tx: Read,
  contract: string,
  id: string,
  by: { booked: number; held: number },
  now: string,
): Promise<StoredClass | undefined> {
  const move = by.booked + by.held > 0 ? take : giveBack;
  const [row] = await move(tx, { contract, id, ...by, now });
  return row;
}
