import { bytes, instant, nullable, type Row, sealed, table, text } from "../base/column.ts";
import { type On, type Read, tables } from "./database.ts";
import type { SubjectKey } from "./key.ts";
import { prepared } from "./prepared-query.ts";
import { openRow, type PlainRow, sealRow } from "./sealed-row.ts";

/** 本人。id は本人の鍵の id（仮名）で、記録にはこれだけが残る。 */
export const personTable = table("person", {
  id: text(),
  contract_id: text(),
  name: sealed(),
  kana: sealed(),
  postal: sealed(),
  address: sealed(),
  building: sealed(),
  phone: sealed(),
  phone_hmac: nullable(bytes("personal")),
  kana_hmac: nullable(bytes("personal")),
  created_at: instant(),
  changed_at: instant(),
});
const schema = { person: personTable };

export type Person = PlainRow<typeof personTable>;
export type SealedPerson = Row<typeof personTable>;

const insert = prepared((q: On<typeof schema>, row: SealedPerson) => q.insertInto("person").values(row));

export async function insertPerson(tx: Read, key: SubjectKey, person: Person): Promise<void> {
  await insert(tx, sealRow(personTable, key, person));
}

export async function updatePerson(tx: Read, key: SubjectKey, person: Person): Promise<void> {
  const { id, contract_id, created_at: _, ...rest } = sealRow(personTable, key, person);
  await tables<typeof schema>(tx)
    .updateTable("person")
    .set(rest)
    .where("contract_id", "=", contract_id)
    .where("id", "=", id)
    .execute();
}

/** 封じたままの本人を id で。開くには openPerson と鍵。 */
export async function findPersons(
  read: Read,
  contract: string,
  ids: readonly string[],
): Promise<SealedPerson[]> {
  const found: SealedPerson[] = [];
  for (let start = 0; start < ids.length; start += 500) {
    found.push(
      ...(await tables<typeof schema>(read)
        .selectFrom("person")
        .selectAll()
        .where("contract_id", "=", contract)
        .where("id", "in", ids.slice(start, start + 500))
        .execute()),
    );
  }
  return found;
}

/** id が after より後の本人を、契約を問わず id の順に（控えを戻したときの確かめ）。 */
export async function listPersonsAfter(read: Read, after: string, limit: number): Promise<SealedPerson[]> {
  return tables<typeof schema>(read)
    .selectFrom("person")
    .selectAll()
    .where("id", ">", after)
    .orderBy("id")
    .limit(limit)
    .execute();
}

export function openPerson(key: SubjectKey | undefined, row: SealedPerson): Person {
  return openRow(personTable, key, row);
}

/** 電話番号（またはカナ氏名）の照合値が同じ本人の id。 */
export async function findPersonsByLookup(
  read: Read,
  contract: string,
  by: "phone" | "kana",
  hmac: Uint8Array,
): Promise<string[]> {
  const rows = await tables<typeof schema>(read)
    .selectFrom("person")
    .select("id")
    .where("contract_id", "=", contract)
    .where(by === "phone" ? "phone_hmac" : "kana_hmac", "=", Buffer.from(hmac))
    .limit(100)
    .execute();
  return rows.map((row) => row.id);
}

/** 探すための索引に要る列だけ。名は person のままなので、同じ封が開く。 */
const personKeysTable = table("person", {
  id: text(),
  contract_id: text(),
  kana: sealed(),
  phone: sealed(),
  changed_at: instant(),
});

/**
 * after より後に変わった本人を、変わった順に少しずつ（探すのに要る列だけ）。
 * 組（row value）で比べると、索引の続きから読める。or に分けると、同じ時刻の行が多いときに読み直しが二乗になる。
 */
export async function listChangedPersons(
  read: Read,
  contract: string,
  after: { at: string; id: string },
  limit: number,
): Promise<Row<typeof personKeysTable>[]> {
  return tables<typeof schema>(read)
    .selectFrom("person")
    .select(["id", "contract_id", "kana", "phone", "changed_at"])
    .where("contract_id", "=", contract)
    .where((eb) => eb(eb.refTuple("changed_at", "id"), ">", eb.tuple(after.at, after.id)))
    .orderBy("changed_at")
    .orderBy("id")
    .limit(limit)
    .execute();
}

export function openPersonKeys(
  key: SubjectKey,
  row: Row<typeof personKeysTable>,
): PlainRow<typeof personKeysTable> {
  return openRow(personKeysTable, key, row);
}
