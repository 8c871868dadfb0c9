import { instant, int32, nullable, type Row, sealed, table, text } from "../base/column.ts";
import { type Read, tables } from "../platform/database.ts";
import type { SubjectKey } from "../platform/key.ts";
import { openRow, type PlainRow, sealRow } from "../platform/sealed-row.ts";
import type { AnswerOutcome, Standing } from "./review-answer.ts";

/** 確認用の一式。中身（manifest）は、協議・届出の文書の鍵で封じる。添えたファイルは同じ id の blob。 */
export const packageTable = table("review_package", {
  id: text(),
  contract_id: text(),
  filing_id: text(),
  version: int32(),
  hash: text(),
  /** 署名のない様式に刷る確認番号。 */
  code: text(),
  manifest: sealed(),
  made_by: text(),
  made_at: instant(),
});

export type KeyState = "waiting" | "confirmed" | "revoked";

/** 委託者の方の鍵。名は、この行の鍵で封じる。 */
export const officerKeyTable = table("officer_key", {
  id: text(),
  contract_id: text(),
  fingerprint: text(),
  public_key: text(),
  officer: sealed(),
  state: text<KeyState>(),
  seen_at: instant(),
  decided_by: nullable(text()),
  decided_at: nullable(instant()),
  /** 電話で指紋を読み合わせた相手。 */
  heard: nullable(sealed()),
});

export type AnswerSource = "signed" | "xlsx" | "docx" | "paper";

/** 届いた回答。効かなかったものも残す。もとのファイルは同じ id の blob。 */
export const answerTable = table("review_answer", {
  id: text(),
  contract_id: text(),
  package_id: nullable(text()),
  filing_id: nullable(text()),
  source: text<AnswerSource>(),
  standing: text<Standing>(),
  digest: text(),
  fingerprint: nullable(text()),
  outcome: nullable(text<AnswerOutcome>()),
  words: nullable(sealed()),
  officer: nullable(sealed()),
  answered_at: nullable(instant()),
  received_by: text(),
  received_at: instant(),
  settled_by: nullable(text()),
  settled_at: nullable(instant()),
  heard: nullable(sealed()),
});
const schema = { review_package: packageTable, officer_key: officerKeyTable, review_answer: answerTable };

export type StoredPackage = PlainRow<typeof packageTable>;
export type PackageRow = Row<typeof packageTable>;
export type StoredKey = PlainRow<typeof officerKeyTable>;
export type KeyRow = Row<typeof officerKeyTable>;
export type StoredAnswer = PlainRow<typeof answerTable>;
export type AnswerRow = Row<typeof answerTable>;

export async function insertPackage(tx: Read, key: SubjectKey, row: StoredPackage): Promise<void> {
  await tables<typeof schema>(tx)
    .insertInto("review_package")
    .values(sealRow(packageTable, key, row))
    .execute();
}

export function openPackageRow(key: SubjectKey | undefined, row: PackageRow): StoredPackage {
  return openRow(packageTable, key, row);
}

function packages(read: Read, contract: string) {
  return tables<typeof schema>(read)
    .selectFrom("review_package")
    .selectAll()
    .where("contract_id", "=", contract);
}

/** その文書のその版の一式。 */
export async function findPackage(
  read: Read,
  contract: string,
  filing: string,
  version: number,
): Promise<PackageRow | undefined> {
  return packages(read, contract)
    .where("filing_id", "=", filing)
    .where("version", "=", version)
    .executeTakeFirst();
}

export async function findPackageByHash(
  read: Read,
  contract: string,
  hash: string,
): Promise<PackageRow | undefined> {
  return packages(read, contract).where("hash", "=", hash).executeTakeFirst();
}

export async function findPackageById(
  read: Read,
  contract: string,
  id: string,
): Promise<PackageRow | undefined> {
  return packages(read, contract).where("id", "=", id).executeTakeFirst();
}

export async function listPackages(read: Read, contract: string): Promise<PackageRow[]> {
  return packages(read, contract).orderBy("made_at", "desc").orderBy("id").execute();
}

export async function insertOfficerKey(tx: Read, key: SubjectKey, row: StoredKey): Promise<void> {
  await tables<typeof schema>(tx)
    .insertInto("officer_key")
    .values(sealRow(officerKeyTable, key, row))
    .onConflict((oc) => oc.columns(["contract_id", "fingerprint"]).doNothing())
    .execute();
}

export function openKeyRow(key: SubjectKey | undefined, row: KeyRow): StoredKey {
  return openRow(officerKeyTable, key, row);
}

export async function listOfficerKeys(read: Read, contract: string): Promise<KeyRow[]> {
  return tables<typeof schema>(read)
    .selectFrom("officer_key")
    .selectAll()
    .where("contract_id", "=", contract)
    .orderBy("seen_at", "desc")
    .orderBy("id")
    .execute();
}

export async function findOfficerKey(
  read: Read,
  contract: string,
  by: { id: string } | { fingerprint: string },
): Promise<KeyRow | undefined> {
  const query = tables<typeof schema>(read)
    .selectFrom("officer_key")
    .selectAll()
    .where("contract_id", "=", contract);
  return (
    "id" in by ? query.where("id", "=", by.id) : query.where("fingerprint", "=", by.fingerprint)
  ).executeTakeFirst();
}

/** 前の状態のままなら変える。ほかの人が先に決めていれば偽。 */
export async function decideOfficerKey(
  tx: Read,
  key: SubjectKey,
  before: StoredKey,
  change: Partial<StoredKey>,
): Promise<boolean> {
  const row = sealRow(officerKeyTable, key, { ...before, ...change });
  const rows = await tables<typeof schema>(tx)
    .updateTable("officer_key")
    .set({ state: row.state, decided_by: row.decided_by, decided_at: row.decided_at, heard: row.heard })
    .where("contract_id", "=", before.contract_id)
    .where("id", "=", before.id)
    .where("state", "=", before.state)
    .returning("id")
    .execute();
  return rows.length === 1;
}

export async function insertAnswer(tx: Read, key: SubjectKey, row: StoredAnswer): Promise<void> {
  await tables<typeof schema>(tx)
    .insertInto("review_answer")
    .values(sealRow(answerTable, key, row))
    .execute();
}

export function openAnswerRow(key: SubjectKey | undefined, row: AnswerRow): StoredAnswer {
  return openRow(answerTable, key, row);
}

function answers(read: Read, contract: string) {
  return tables<typeof schema>(read)
    .selectFrom("review_answer")
    .selectAll()
    .where("contract_id", "=", contract);
}

/** 届いた回答、新しい順に。 */
export async function listAnswers(
  read: Read,
  contract: string,
  filing: string | undefined,
  limit: number,
): Promise<AnswerRow[]> {
  const query = answers(read, contract).orderBy("received_at", "desc").orderBy("id").limit(limit);
  return (filing === undefined ? query : query.where("filing_id", "=", filing)).execute();
}

export async function findAnswer(read: Read, contract: string, id: string): Promise<AnswerRow | undefined> {
  return answers(read, contract).where("id", "=", id).executeTakeFirst();
}

/** 同じ回答が届いているか。 */
export async function hasAnswer(read: Read, contract: string, digest: string): Promise<boolean> {
  return (
    (await answers(read, contract).where("digest", "=", digest).limit(1).executeTakeFirst()) !== undefined
  );
}

/** 鍵の確認を待っている回答、届いた順に。 */
export async function listUnconfirmed(
  read: Read,
  contract: string,
  fingerprint: string,
): Promise<AnswerRow[]> {
  return answers(read, contract)
    .where("fingerprint", "=", fingerprint)
    .where("standing", "=", "unconfirmed")
    .orderBy("received_at")
    .orderBy("id")
    .execute();
}

/** 扱いを決める。前の扱いから変わっていれば偽。 */
export async function settleAnswer(
  tx: Read,
  key: SubjectKey,
  before: StoredAnswer,
  change: Pick<StoredAnswer, "standing" | "settled_by" | "settled_at"> & Partial<Pick<StoredAnswer, "heard">>,
): Promise<boolean> {
  const row = sealRow(answerTable, key, { ...before, ...change });
  const rows = await tables<typeof schema>(tx)
    .updateTable("review_answer")
    .set({
      ...{ standing: row.standing, settled_by: row.settled_by, settled_at: row.settled_at },
      heard: row.heard,
    })
    .where("contract_id", "=", before.contract_id)
    .where("id", "=", before.id)
    .where("standing", "=", before.standing)
    .returning("id")
    .execute();
  return rows.length === 1;
}
