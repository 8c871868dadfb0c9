import { bytes, day, flag, instant, int32, nullable, type Row, sealed, table, text } from "../base/column.ts";
import { type Read, tables } from "../platform/database.ts";
import type { SubjectKey } from "../platform/key.ts";
import { openRow, type PlainRow, sealRow } from "../platform/sealed-row.ts";

/** counted=数える、late=期間のあと、copy=同じ書面の二通め。late と copy は数に入れない。 */
export type Standing = "counted" | "late" | "copy";

/** 受け取った一通。body は個人情報を伏せた文（通の鍵で封じる）。原本は comment_original に、別の鍵で。 */
export const letterTable = table("comment_letter", {
  id: text(),
  contract_id: text(),
  period_id: text(),
  number: int32(),
  channel: text(),
  received_on: day(),
  standing: text<Standing>(),
  /** 数える・数えないと決めた理由。 */
  note: nullable(sealed()),
  kids: flag(),
  age: text(),
  ward: text(),
  signers: int32(),
  state: text<"new" | "sorted">(),
  /** 伏せる所を、人が確かめた。 */
  masked: flag(),
  body: sealed(),
  /** 伏せた範囲（JSON。位置と種類だけ）。 */
  masks: text(),
  /** 添付（JSON。ファイルの id と種類だけ）。 */
  attachments: text(),
  original_id: text(),
  /** 取り込みの印（メールの Message-ID の照合値など）。同じものを二度受けない。 */
  source: text(),
  made_by: text(),
  made_at: instant(),
  edition: int32(),
});

/** 原本（届いたままの文と、メールの頭）。 */
export const originalTable = table("comment_original", {
  id: text(),
  contract_id: text(),
  period_id: text(),
  letter_id: text(),
  body: sealed(),
  header: nullable(sealed()),
  made_by: text(),
  made_at: instant(),
});

/** 差出人の一人。person が同じなら、同じ人。key_id は原本の鍵。 */
export const signerTable = table("comment_signer", {
  id: text(),
  contract_id: text(),
  period_id: text(),
  letter_id: text(),
  key_id: text(),
  person: text(),
  /** 氏名と住所（または連絡先）の照合値。 */
  match_hmac: nullable(bytes("personal")),
  name: sealed(),
  address: sealed(),
  contact: sealed(),
  made_by: text(),
  made_at: instant(),
});
const schema = { comment_letter: letterTable, comment_original: originalTable, comment_signer: signerTable };

export type LetterRow = Row<typeof letterTable>;
export type OpenLetterRow = PlainRow<typeof letterTable>;
export type OpenOriginalRow = PlainRow<typeof originalTable>;
export type OpenSignerRow = PlainRow<typeof signerTable>;

export async function insertLetter(tx: Read, key: SubjectKey, row: OpenLetterRow): Promise<void> {
  await tables<typeof schema>(tx)
    .insertInto("comment_letter")
    .values(sealRow(letterTable, key, row))
    .execute();
}

export async function insertOriginal(
  tx: Read,
  key: SubjectKey,
  row: OpenOriginalRow,
  signers: readonly OpenSignerRow[],
): Promise<void> {
  const to = tables<typeof schema>(tx);
  await to
    .insertInto("comment_original")
    .values(sealRow(originalTable, key, row))
    .execute();
  for (const one of signers)
    await to
      .insertInto("comment_signer")
      .values(sealRow(signerTable, key, one))
      .execute();
}

/** 番号の順。 */
export async function listLetterRows(read: Read, contract: string, period: string): Promise<LetterRow[]> {
  return tables<typeof schema>(read)
    .selectFrom("comment_letter")
    .selectAll()
    .where("contract_id", "=", contract)
    .where("period_id", "=", period)
    .orderBy("number")
    .execute();
}

/** 契約の意見書の全部（どの期間も）。 */
export async function listLettersOf(read: Read, contract: string): Promise<LetterRow[]> {
  return tables<typeof schema>(read)
    .selectFrom("comment_letter")
    .selectAll()
    .where("contract_id", "=", contract)
    .orderBy("number")
    .execute();
}

/** まだ整理していない、数に入る通の数。 */
export async function countUnsorted(read: Read, contract: string, period: string): Promise<number> {
  const row = await tables<typeof schema>(read)
    .selectFrom("comment_letter")
    .select((eb) => eb.fn.countAll<number>().as("n"))
    .where("contract_id", "=", contract)
    .where("period_id", "=", period)
    .where("state", "<>", "sorted")
    .where("standing", "=", "counted")
    .executeTakeFirstOrThrow();
  return Number(row.n);
}

export async function findLetterRow(
  read: Read,
  contract: string,
  id: string,
): Promise<LetterRow | undefined> {
  return tables<typeof schema>(read)
    .selectFrom("comment_letter")
    .selectAll()
    .where("contract_id", "=", contract)
    .where("id", "=", id)
    .executeTakeFirst();
}

export function openLetterRow(key: SubjectKey | undefined, row: LetterRow): OpenLetterRow {
  return openRow(letterTable, key, row);
}

/** もう受けた印。 */
export async function listSources(read: Read, period: string): Promise<Set<string>> {
  const rows = await tables<typeof schema>(read)
    .selectFrom("comment_letter")
    .select("source")
    .where("period_id", "=", period)
    .where("source", "!=", "")
    .execute();
  return new Set(rows.map(({ source }) => source));
}

export async function updateLetter(
  tx: Read,
  key: SubjectKey,
  before: OpenLetterRow,
  change: Partial<
    Pick<OpenLetterRow, "state" | "standing" | "note" | "masked" | "body" | "masks" | "age" | "ward">
  >,
): Promise<boolean> {
  const row = sealRow(letterTable, key, { ...before, ...change });
  const { state, standing, note, masked, body, masks, age, ward } = row;
  const rows = await tables<typeof schema>(tx)
    .updateTable("comment_letter")
    .set({ state, standing, note, masked, body, masks, age, ward, edition: before.edition + 1 })
    .where("contract_id", "=", before.contract_id)
    .where("id", "=", before.id)
    .where("edition", "=", before.edition)
    .returning("id")
    .execute();
  return rows.length === 1;
}

/** 人の印と照合値だけ（氏名は開かない）。 */
export async function listSignerMarks(
  read: Read,
  period: string,
): Promise<{ letter: string; person: string; match: Buffer | null }[]> {
  const rows = await tables<typeof schema>(read)
    .selectFrom("comment_signer")
    .select(["letter_id", "person", "match_hmac"])
    .where("period_id", "=", period)
    .orderBy("id")
    .execute();
  return rows.map((row) => ({ letter: row.letter_id, person: row.person, match: row.match_hmac }));
}

/** 一通の差出人の印（氏名は開かない）。id の順。 */
export async function listLetterSigners(
  read: Read,
  contract: string,
  letter: string,
): Promise<{ id: string; person: string }[]> {
  return tables<typeof schema>(read)
    .selectFrom("comment_signer")
    .select(["id", "person"])
    .where("contract_id", "=", contract)
    .where("letter_id", "=", letter)
    .orderBy("id")
    .execute();
}

/** 差出人の人の印を替える。先に変わっていれば偽。 */
export async function updatePerson(
  tx: Read,
  contract: string,
  signer: { id: string; person: string },
  person: string,
): Promise<boolean> {
  const rows = await tables<typeof schema>(tx)
    .updateTable("comment_signer")
    .set({ person })
    .where("contract_id", "=", contract)
    .where("id", "=", signer.id)
    .where("person", "=", signer.person)
    .returning("id")
    .execute();
  return rows.length === 1;
}

/** 無記名の通に、氏名のない差出人の印を置く。 */
export async function insertSigner(tx: Read, key: SubjectKey, row: OpenSignerRow): Promise<void> {
  await tables<typeof schema>(tx)
    .insertInto("comment_signer")
    .values(sealRow(signerTable, key, row))
    .execute();
}

/** 原本と差出人を開く。 */
export async function readOriginal(
  read: Read,
  contract: string,
  letter: string,
  keyOf: (id: string) => Promise<SubjectKey | undefined>,
): Promise<{ original: OpenOriginalRow; signers: OpenSignerRow[] } | undefined> {
  const from = tables<typeof schema>(read);
  const row = await from
    .selectFrom("comment_original")
    .selectAll()
    .where("contract_id", "=", contract)
    .where("letter_id", "=", letter)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const key = await keyOf(row.id);
  const ownKeyOf = async (id: string) => (id === row.id ? key : keyOf(id));
  const signers = await from
    .selectFrom("comment_signer")
    .selectAll()
    .where("contract_id", "=", contract)
    .where("letter_id", "=", letter)
    .orderBy("id")
    .execute();
  return {
    original: openRow(originalTable, key, row),
    // 連名の一人だけを消したあとは、その方の行だけが、消えた鍵のまま残る。
    signers: await Promise.all(
      signers.map(async (one) => openRow(signerTable, await ownKeyOf(one.key_id), one)),
    ),
  };
}

/** 契約の差出人の全部を開く（申出のあった方を、記憶の中で探すため）。消去された方は除く。 */
export async function listSigners(
  read: Read,
  contract: string,
  keysOf: (ids: readonly string[]) => Promise<ReadonlyMap<string, SubjectKey>>,
): Promise<OpenSignerRow[]> {
  const rows = await tables<typeof schema>(read)
    .selectFrom("comment_signer")
    .selectAll()
    .where("contract_id", "=", contract)
    .orderBy("id")
    .execute();
  const keys = await keysOf([...new Set(rows.map(({ key_id }) => key_id))]);
  return rows.flatMap((row) => {
    const key = keys.get(row.key_id);
    return key ? [openRow(signerTable, key, row)] : [];
  });
}

/**
 * 原本を新しい鍵に移す: 前の原本を除き、消す方の言葉を伏せた文と、残る差出人を、新しい鍵で封じ直す。
 * 添付は、画像から一人の方の分だけを除けないので、通から外す（鍵は呼ぶ側が壊す）。
 */
export async function moveOriginal(
  tx: Read,
  key: SubjectKey,
  before: OpenOriginalRow,
  next: { body: string; header: string | null },
  staying: readonly OpenSignerRow[],
): Promise<void> {
  const to = tables<typeof schema>(tx);
  await to
    .insertInto("comment_original")
    .values(sealRow(originalTable, key, { ...before, ...next, id: key.id }))
    .execute();
  await to
    .deleteFrom("comment_original")
    .where("contract_id", "=", before.contract_id)
    .where("id", "=", before.id)
    .execute();
  for (const one of staying) {
    const { key_id, name, address, contact } = sealRow(signerTable, key, { ...one, key_id: key.id });
    await to
      .updateTable("comment_signer")
      .set({ key_id, name, address, contact })
      .where("contract_id", "=", one.contract_id)
      .where("id", "=", one.id)
      .execute();
  }
  await to
    .updateTable("comment_letter")
    .set({ original_id: key.id })
    .where("contract_id", "=", before.contract_id)
    .where("id", "=", before.letter_id)
    .execute();
}

/** 添付を通から外す（ファイルの鍵を壊す前）。 */
export async function dropAttachments(tx: Read, contract: string, letter: string): Promise<void> {
  await tables<typeof schema>(tx)
    .updateTable("comment_letter")
    .set((eb) => ({ attachments: "[]", edition: eb("edition", "+", 1) }))
    .where("contract_id", "=", contract)
    .where("id", "=", letter)
    .execute();
}

/** 原本の文を書く（文のないまま届いた通だけ）。 */
export async function updateOriginal(
  tx: Read,
  key: SubjectKey,
  before: OpenOriginalRow,
  text: string,
): Promise<boolean> {
  const { body } = sealRow(originalTable, key, { ...before, body: text });
  const rows = await tables<typeof schema>(tx)
    .updateTable("comment_original")
    .set({ body })
    .where("contract_id", "=", before.contract_id)
    .where("id", "=", before.id)
    .returning("id")
    .execute();
  return rows.length === 1;
}

/** 原本の全部を開く（消去されたものは除く）。period を省けば、契約の全部の期間。 */
export async function listOriginals(
  read: Read,
  contract: string,
  period: string | undefined,
  keysOf: (ids: readonly string[]) => Promise<ReadonlyMap<string, SubjectKey>>,
): Promise<OpenOriginalRow[]> {
  let query = tables<typeof schema>(read)
    .selectFrom("comment_original")
    .selectAll()
    .where("contract_id", "=", contract);
  if (period !== undefined) query = query.where("period_id", "=", period);
  const rows = await query.execute();
  const keys = await keysOf(rows.map(({ id }) => id));
  return rows.flatMap((row) => {
    const key = keys.get(row.id);
    return key ? [openRow(originalTable, key, row)] : [];
  });
}
