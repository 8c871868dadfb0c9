import type { Actor } from "../base/actor.ts";
import type { EventKind, Json, NewEvent } from "../base/event.ts";
import { newId } from "../base/identifier.ts";
import { type Instant, instantFromMs } from "../base/time.ts";
import { sealText } from "../sealing/seal.ts";
import type { Clock } from "./clock.ts";
import type { Database, Read } from "./database.ts";
import { insertEvent } from "./event-store.ts";
import type { Keys } from "./key.ts";

/** だれが、どの契約で、いつ書くか。一つの取引の間だけ使える。 */
export interface Scope extends Read {
  readonly actor: Actor;
  readonly contract: string;
  /** 事務所の時刻（行為の日付と期限に使う）。 */
  readonly now: Instant;
  /** システムの時刻。 */
  readonly systemNow: Instant;
}

/** 行為のための取っ手。 */
export interface Tx extends Scope {
  /** この行為を記録する。記録が書けなければ、行為も起きない。 */
  record(event: NewEvent): Promise<void>;
  /** 同じ要求が前に済んでいて、今回は何も起きないときに言う（記録のない行為を許す、ただ一つの場合）。 */
  nothingHappened(): void;
}

/** 開いている事務所。室の動詞はこれを第一引数に取る。 */
export interface Office {
  readonly id: string;
  readonly mode: "demo" | "real";
  readonly db: Database;
  readonly keys: Keys;
  readonly clock: Clock;
  /** 読むための取っ手。確定したことだけが見える。 */
  readonly read: Read;
  /**
   * 一つの行為。中で少なくとも一つ record しなければ不具合（行為に記録、記録に行為）。
   * fn の中ではデータベース以外を待たない。鍵は先に office.keys から得ておく。
   */
  act<T>(actor: Actor, fn: (tx: Tx) => Promise<T>): Promise<T>;
  /** 行為ではない書き込み（下書きの自動保存、セッション、仮押さえの延長、仕事の進み具合）。記録は残らない。 */
  keep<T>(fn: (tx: Read) => Promise<T>): Promise<T>;
  /** keep と同じで、時刻と契約が添う（仮押さえ、下書き）。 */
  keepFor<T>(actor: Actor, fn: (scope: Scope) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

export interface OfficeParts {
  id: string;
  mode: "demo" | "real";
  db: Database;
  keys: Keys;
  clock: Clock;
  eventKinds: readonly EventKind[];
  /** 閉じるときに、ほかに閉じるもの。 */
  alsoClose?: () => Promise<void>;
}

/** 部品から事務所を組み立てる。 */
export function makeOffice(parts: OfficeParts): Office {
  const known = new Set(parts.eventKinds.map((k) => k.kind));
  return {
    id: parts.id,
    mode: parts.mode,
    db: parts.db,
    keys: parts.keys,
    clock: parts.clock,
    read: { q: parts.db.read },
    act: (actor, fn) => parts.db.write((q) => runAct(q, actor, parts.clock, known, fn)),
    keep: (fn) => parts.db.write((q) => fn({ q })),
    keepFor: (actor, fn) => parts.db.write((q) => fn(scopeOf(q, actor, parts.clock))),
    close: async () => {
      await parts.db.close();
      await parts.alsoClose?.();
    },
  };
}

function scopeOf(q: Read["q"], actor: Actor, clock: Clock): Scope {
  return {
    q,
    actor,
    contract: actor.contract,
    now: clock.officeNow(actor.contract),
    systemNow: instantFromMs(clock.systemMs()),
  };
}

async function runAct<T>(
  q: Read["q"],
  actor: Actor,
  clock: Clock,
  known: ReadonlySet<string>,
  fn: (tx: Tx) => Promise<T>,
): Promise<T> {
  let recorded = 0;
  let nothing = false;
  const scope = scopeOf(q, actor, clock);
  const tx: Tx = {
    ...scope,
    nothingHappened: () => {
      nothing = true;
    },
    record: async (event) => {
      if (!known.has(event.kind)) throw new Error(`event kind is not registered: ${event.kind}`);
      recorded += 1;
      await insertEvent(tx, {
        id: newId(),
        contract: actor.contract,
        kind: event.kind,
        at: scope.now,
        recordedAt: scope.systemNow,
        actor: actor.id,
        subject: event.subject ?? null,
        about: event.about ?? null,
        payload: { ...event.payload, ...sealedPart(event) },
      });
    },
  };
  const value = await fn(tx);
  if (recorded === 0 && !nothing) throw new Error("an act recorded nothing");
  return value;
}

/** 個人情報の部分は本人の鍵で封じ、base64 で残す。鍵が消えれば読めなくなり、木はそのまま確かめられる。 */
function sealedPart(event: NewEvent): { [key: string]: Json } {
  if (!event.personal) return {};
  const { key, data } = event.personal;
  const sealed = sealText(
    key.key,
    `event|${event.kind}|${event.about ?? ""}|${key.id}`,
    JSON.stringify(data),
  );
  return { sealed: Buffer.from(sealed).toString("base64"), sealedFor: key.id };
}
