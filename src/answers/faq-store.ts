import { day, instant, int32, nullable, type Row, table, text } from "../base/column.ts";
import { type Read, tables } from "../platform/database.ts";
import type { FaqState } from "./faq.ts";

/** 問い。live は承認された最新の版。 */
export const faqTable = table("faq", {
  id: text(),
  contract_id: text(),
  number: int32(),
  live: nullable(int32()),
  made_at: instant(),
  retired_at: nullable(instant()),
  retired_why: text(),
});

/** 問いの版。個人情報を書かない（書けば承認の前に止まる）。 */
export const faqVersionTable = table("faq_version", {
  id: text(),
  contract_id: text(),
  faq_id: text(),
  version: int32(),
  state: text<FaqState>(),
  category: text(),
  question: text(),
  answer: text(),
  reading: text(),
  synonyms: text(),
  valid_from: nullable(day()),
  valid_until: nullable(day()),
  /** 承認したときの、契約の約束ごとの値（JSON）。変わったら古い。 */
  facts: text(),
  /** 改める理由。 */
  reason: text(),
  made_by: text(),
  made_at: instant(),
  decided_by: nullable(text()),
  decided_at: nullable(instant()),
  decided_why: text(),
  edition: int32(),
});

/** 探しても見つからなかった言葉と回数。 */
export const faqMissTable = table("faq_miss", {
  contract_id: text(),
  words: text(),
  count: int32(),
  last_day: day(),
});
const schema = { faq: faqTable, faq_version: faqVersionTable, faq_miss: faqMissTable };

export type FaqRow = Row<typeof faqTable>;
export type FaqVersionRow = Row<typeof faqVersionTable>;

export async function insertFaq(tx: Read, row: FaqRow): Promise<void> {
  await tables<typeof schema>(tx).insertInto("faq").values(row).execute();
}

export async function findFaq(read: Read, contract: string, id: string): Promise<FaqRow | undefined> {
  return tables<typeof schema>(read)
    .selectFrom("faq")
    .selectAll()
    .where("contract_id", "=", contract)
    .where("id", "=", id)
    .executeTakeFirst();
}

export async function listFaqs(read: Read, contract: string): Promise<FaqRow[]> {
  return tables<typeof schema>(read)
    .selectFrom("faq")
    .selectAll()
    .where("contract_id", "=", contract)
    .orderBy("number")
    .execute();
}

export async function updateFaq(
  tx: Read,
  contract: string,
  id: string,
  change: Partial<Pick<FaqRow, "live" | "retired_at" | "retired_why">>,
): Promise<void> {
  await tables<typeof schema>(tx)
    .updateTable("faq")
    .set(change)
    .where("contract_id", "=", contract)
    .where("id", "=", id)
    .execute();
}

export async function insertFaqVersion(tx: Read, row: FaqVersionRow): Promise<void> {
  await tables<typeof schema>(tx).insertInto("faq_version").values(row).execute();
}

/** 一つの問いの版を、新しい順に。 */
export async function listFaqVersions(read: Read, contract: string, faq: string): Promise<FaqVersionRow[]> {
  return tables<typeof schema>(read)
    .selectFrom("faq_version")
    .selectAll()
    .where("contract_id", "=", contract)
    .where("faq_id", "=", faq)
    .orderBy("version", "desc")
    .execute();
}

/** その状態の版の全部。 */
export async function listVersionsIn(
  read: Read,
  contract: string,
  states: readonly FaqState[],
): Promise<FaqVersionRow[]> {
  return tables<typeof schema>(read)
    .selectFrom("faq_version")
    .selectAll()
    .where("contract_id", "=", contract)
    .where("state", "in", [...states])
    .orderBy("faq_id")
    .orderBy("version", "desc")
    .execute();
}

export type FaqVersionChange = Partial<
  Omit<FaqVersionRow, "id" | "contract_id" | "faq_id" | "version" | "edition">
>;

/** 読んだときから変わっていなければ変える。 */
export async function updateFaqVersion(
  tx: Read,
  before: FaqVersionRow,
  change: FaqVersionChange,
): Promise<boolean> {
  const rows = await tables<typeof schema>(tx)
    .updateTable("faq_version")
    .set({ ...change, edition: before.edition + 1 })
    .where("id", "=", before.id)
    .where("contract_id", "=", before.contract_id)
    .where("edition", "=", before.edition)
    .returning("id")
    .execute();
  return rows.length === 1;
}

/** 見つからなかった言葉を一つ数える。 */
export async function countMiss(tx: Read, contract: string, words: string, on: string): Promise<void> {
  await tables<typeof schema>(tx)
    .insertInto("faq_miss")
    .values({ contract_id: contract, words, count: 1, last_day: on })
    .onConflict((oc) =>
      oc
        .columns(["contract_id", "words"])
        .doUpdateSet((eb) => ({ count: eb("faq_miss.count", "+", 1), last_day: on })),
    )
    .execute();
}

export async function listMisses(read: Read, contract: string): Promise<Row<typeof faqMissTable>[]> {
  return tables<typeof schema>(read)
    .selectFrom("faq_miss")
    .selectAll()
    .where("contract_id", "=", contract)
    .orderBy("count", "desc")
    .orderBy("words")
    .limit(50)
    .execute();
}
