import { bytes, flag, instant, nullable, type Row, table, text } from "../base/column.ts";
import { type Read, tables } from "../platform/database.ts";

/** factor=番号とパスワードまで合った、setup=はじめの登録の途中、seated=着席している。 */
export type SessionStage = "factor" | "setup" | "seated";

/** セッション。合い鍵（cookie）は持たず、その SHA-256 だけを持つ。時刻はすべてシステムの時計。 */
export const sessionTable = table("session", {
  hash: bytes("secret"),
  account_id: text(),
  stage: text<SessionStage>(),
  contract_id: text(),
  desk: nullable(text()),
  csrf: text("secret"),
  /** 第二の要素への問い（事務所の鍵で封じた FactorState）。 */
  challenge: nullable(bytes("secret")),
  /** 次の画面に一度だけ出す知らせ（個人情報を入れない）。 */
  flash: nullable(text()),
  started_at: instant(),
  /** 最後に人が触れた時。 */
  seen_at: instant(),
  stepped_at: nullable(instant()),
  /** 通話中の受付デスクが延ばす。これより前は、触れていなくても閉じない。 */
  live_until: nullable(instant()),
  locked: flag(),
});
const schema = { session: sessionTable };

export type SessionRow = Row<typeof sessionTable>;
type SessionChange = Partial<Omit<SessionRow, "hash" | "account_id">>;

export async function insertSession(tx: Read, row: SessionRow): Promise<void> {
  await tables<typeof schema>(tx).insertInto("session").values(row).execute();
}

export async function findSession(read: Read, hash: Uint8Array): Promise<SessionRow | undefined> {
  return tables<typeof schema>(read)
    .selectFrom("session")
    .selectAll()
    .where("hash", "=", Buffer.from(hash))
    .executeTakeFirst();
}

export async function updateSession(tx: Read, hash: Uint8Array, set: SessionChange): Promise<void> {
  await tables<typeof schema>(tx)
    .updateTable("session")
    .set(set)
    .where("hash", "=", Buffer.from(hash))
    .execute();
}

/** 画面を閉じる。すでに閉じていれば偽（記録を二度残さないため）。 */
export async function lockSession(tx: Read, hash: Uint8Array): Promise<boolean> {
  const done = await tables<typeof schema>(tx)
    .updateTable("session")
    .set({ locked: 1, stepped_at: null })
    .where("hash", "=", Buffer.from(hash))
    .where("locked", "=", 0)
    .returning("account_id")
    .execute();
  return done.length === 1;
}

/** 問いを取り出して消す（一つの問いには一度しか答えられない）。ほかが先に取れば偽。 */
export async function takeChallenge(tx: Read, row: SessionRow): Promise<boolean> {
  if (!row.challenge) return false;
  const done = await tables<typeof schema>(tx)
    .updateTable("session")
    .set({ challenge: null })
    .where("hash", "=", row.hash)
    .where("challenge", "=", row.challenge)
    .returning("account_id")
    .execute();
  return done.length === 1;
}

/** 消す。もうなければ偽。 */
export async function deleteSession(tx: Read, hash: Uint8Array): Promise<boolean> {
  const done = await tables<typeof schema>(tx)
    .deleteFrom("session")
    .where("hash", "=", Buffer.from(hash))
    .returning("account_id")
    .execute();
  return done.length === 1;
}

/** その人のセッションを、合い札が keepCsrf のものを除いて全部消す（パスワードや役割が変わったとき）。 */
export async function deleteSessionsOf(tx: Read, accountId: string, keepCsrf?: string): Promise<void> {
  let query = tables<typeof schema>(tx).deleteFrom("session").where("account_id", "=", accountId);
  if (keepCsrf !== undefined) query = query.where("csrf", "!=", keepCsrf);
  await query.execute();
}

/** その席に着いているセッション。 */
export async function sessionsAtDesk(read: Read, contract: string, desk: string): Promise<SessionRow[]> {
  return tables<typeof schema>(read)
    .selectFrom("session")
    .selectAll()
    .where("contract_id", "=", contract)
    .where("desk", "=", desk)
    .where("stage", "=", "seated")
    .execute();
}

/** 始まりが before より前のものを片づける。 */
export async function deleteSessionsBefore(tx: Read, before: string): Promise<void> {
  await tables<typeof schema>(tx).deleteFrom("session").where("started_at", "<", before).execute();
}

/** 自分のセッションの契約を替える。合い札で選ぶ。 */
export async function moveSession(
  tx: Read,
  accountId: string,
  csrf: string,
  contract: string,
): Promise<void> {
  await tables<typeof schema>(tx)
    .updateTable("session")
    .set({ contract_id: contract, desk: null })
    .where("account_id", "=", accountId)
    .where("csrf", "=", csrf)
    .execute();
}
