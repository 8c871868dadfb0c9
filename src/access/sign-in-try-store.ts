import { bytes, instant, int32, nullable, type Row, table } from "../base/column.ts";
import { instantFromMs } from "../base/time.ts";
import { type Read, tables } from "../platform/database.ts";
import { delayAfter, type Hindered, LOCK_MINUTES, MAX_TRIES } from "./lockout.ts";

/** 続けて違えた回数。従業者番号は照合値だけを持つ。時刻はシステムの時計。 */
export const signInTryTable = table("sign_in_try", {
  number_hash: bytes("secret"),
  failed: int32(),
  failed_at: instant(),
  next_at: instant(),
  locked_until: nullable(instant()),
});
const schema = { sign_in_try: signInTryTable };

type TryRow = Row<typeof signInTryTable>;

const MINUTE = 60_000;
/** 最後に違えてから、これだけたてば忘れる。 */
const FORGET_MS = 24 * 60 * MINUTE;

export type Spent = { readonly kind: "spent"; readonly failed: number } | Hindered;

/**
 * 試す前に一回分を使う（同時に何本試しても、回数の分しか試せない）。合ったら {@link refundTry} か {@link clearTries}。
 */
export async function spendTry(tx: Read, numberHash: Uint8Array, systemMs: number): Promise<Spent> {
  const q = tables<typeof schema>(tx);
  const hash = Buffer.from(numberHash);
  const now = instantFromMs(systemMs);
  await q
    .deleteFrom("sign_in_try")
    .where("failed_at", "<", instantFromMs(systemMs - FORGET_MS))
    .execute();
  const first = await q
    .insertInto("sign_in_try")
    .values({ number_hash: hash, failed: 1, failed_at: now, next_at: now, locked_until: null })
    .onConflict((oc) => oc.column("number_hash").doNothing())
    .returning("failed")
    .execute();
  if (first.length === 1) return { kind: "spent", failed: 1 };
  const row = await findTry(tx, hash);
  if (!row) return { kind: "wait", seconds: 1 };
  const hindered = hinderedBy(row, systemMs);
  if (hindered) return hindered;
  // 入れない間が過ぎたら、はじめから数え直す。
  const failed = row.locked_until === null ? row.failed + 1 : 1;
  const locked = failed >= MAX_TRIES ? instantFromMs(systemMs + LOCK_MINUTES * MINUTE) : null;
  const done = await q
    .updateTable("sign_in_try")
    .set({
      failed,
      failed_at: now,
      next_at: instantFromMs(systemMs + delayAfter(failed)),
      locked_until: locked,
    })
    .where("number_hash", "=", hash)
    .where("failed", "=", row.failed)
    .returning("failed")
    .execute();
  return done.length === 1 ? { kind: "spent", failed } : { kind: "wait", seconds: 1 };
}

function hinderedBy(row: TryRow, systemMs: number): Hindered | undefined {
  if (row.locked_until !== null) {
    const left = Date.parse(row.locked_until) - systemMs;
    return left > 0 ? { kind: "locked", minutes: Math.ceil(left / MINUTE) } : undefined;
  }
  const wait = Date.parse(row.next_at) - systemMs;
  return wait > 0 ? { kind: "wait", seconds: Math.ceil(wait / 1000) } : undefined;
}

async function findTry(read: Read, hash: Buffer): Promise<TryRow | undefined> {
  return tables<typeof schema>(read)
    .selectFrom("sign_in_try")
    .selectAll()
    .where("number_hash", "=", hash)
    .executeTakeFirst();
}

/** 合っていたので、使った一回分だけを返す（次の段がまだ残っているとき）。 */
export async function refundTry(tx: Read, numberHash: Uint8Array, systemMs: number): Promise<void> {
  await tables<typeof schema>(tx)
    .updateTable("sign_in_try")
    .set((eb) => ({ failed: eb("failed", "-", 1), next_at: instantFromMs(systemMs), locked_until: null }))
    .where("number_hash", "=", Buffer.from(numberHash))
    .where("failed", ">", 0)
    .execute();
}

/** 最後まで合った、または SV が入れるようにした。数えていたものがあれば真。 */
export async function clearTries(tx: Read, numberHash: Uint8Array): Promise<boolean> {
  const done = await tables<typeof schema>(tx)
    .deleteFrom("sign_in_try")
    .where("number_hash", "=", Buffer.from(numberHash))
    .returning("failed")
    .execute();
  return done.length === 1;
}

/** いま入れない人の照合値（一覧の印に使う）。 */
export async function listLockedHashes(read: Read, systemMs: number): Promise<Buffer[]> {
  const rows = await tables<typeof schema>(read)
    .selectFrom("sign_in_try")
    .select("number_hash")
    .where("locked_until", ">", instantFromMs(systemMs))
    .execute();
  return rows.map((row) => row.number_hash);
}
