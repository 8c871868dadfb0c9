import { createHash, generateKeyPairSync, randomBytes } from "node:crypto";
import { newId } from "../base/identifier.ts";
import { instantFromMs } from "../base/time.ts";
import { deriveKey, unwrapKey, wrapKey } from "../sealing/seal.ts";
import type { Clock } from "./clock.ts";
import type { Database } from "./database.ts";
import type { KeyHolder, Keys, SubjectKey } from "./key.ts";
import { destroyKeys, findKey, findKeys, insertKeys, listDestroyed, type StoredKey } from "./key-store.ts";
import { scrubDatabase } from "./scrub-database.ts";

/** 一度に作っておく鍵の数。予約のたびに鍵の保管庫へ fsync しないため。 */
const BATCH = 256;
const LOW = 64;
/** 一度に気づく数と、書き終える順の揺れを拾うために重ねて見る長さ（ミリ秒）。 */
const NOTICE = 1000;
const OVERLAP_MS = 60_000;
/** 記憶に置く鍵の上限。 */
const CACHE = 200_000;

/** 鍵の保管庫を開く。db は keys.db（本体とは別）。 */
export function openKeys(db: Database, holder: KeyHolder, clock: Clock): Keys {
  return new KeyRing(db, holder, clock);
}

class KeyRing implements Keys {
  readonly #db: Database;
  readonly #holder: KeyHolder;
  readonly #clock: Clock;
  readonly #cache = new Map<string, SubjectKey>();
  readonly #spare = new Map<string, SubjectKey[]>();
  readonly #refilling = new Map<string, Promise<void>>();
  readonly #contractKeys = new Map<string, Promise<Uint8Array>>();
  readonly #lookupKeys = new Map<string, Uint8Array>();
  /** 壊れたと気づいた鍵。重ねて見る間に、同じものを二度知らせない。 */
  #noticed = new Map<string, string>();
  #noticedTo: string;

  constructor(db: Database, holder: KeyHolder, clock: Clock) {
    this.#db = db;
    this.#holder = holder;
    this.#clock = clock;
    this.#noticedTo = this.#now();
  }

  async fresh(contract: string): Promise<SubjectKey> {
    for (;;) {
      const spare = this.#spare.get(contract) ?? [];
      if (spare.length < LOW) {
        const refill = this.#refill(contract);
        if (spare.length === 0) await refill;
        else refill.catch(() => {}); // 次に空になったとき、待つ側が失敗を受け取る
      }
      const key = this.#spare.get(contract)?.pop();
      if (key) {
        this.#remember(key);
        return key;
      }
    }
  }

  async get(contract: string, ids: readonly string[]): Promise<Map<string, SubjectKey>> {
    const found = new Map<string, SubjectKey>();
    const missing: string[] = [];
    for (const id of new Set(ids)) {
      const known = this.#cache.get(id);
      if (known) found.set(id, known);
      else missing.push(id);
    }
    if (missing.length === 0) return found;
    const kek = await this.#contractKey(contract);
    for (const row of await findKeys({ q: this.#db.read }, contract, missing)) {
      const key = { id: row.id, key: unwrapKey(kek, `${contract}|${row.id}`, row.wrapped) };
      this.#remember(key);
      found.set(row.id, key);
    }
    return found;
  }

  async lookupKey(contract: string): Promise<Uint8Array> {
    const known = this.#lookupKeys.get(contract);
    if (known) return known;
    const derived = deriveKey(await this.#contractKey(contract), "lookup");
    this.#lookupKeys.set(contract, derived);
    return derived;
  }

  async signingKey(): Promise<Uint8Array> {
    return this.#rootWrapped("signing", "signing", () => {
      const { privateKey } = generateKeyPairSync("ed25519");
      return privateKey.export({ format: "der", type: "pkcs8" });
    });
  }

  async fingerprints(contract: string, ids: readonly string[]): Promise<Map<string, string>> {
    const rows = await findKeys({ q: this.#db.read }, contract, [...new Set(ids)]);
    return new Map(rows.map((row) => [row.id, createHash("sha256").update(row.wrapped).digest("hex")]));
  }

  async destroy(contract: string, ids: readonly string[]): Promise<string[]> {
    const now = this.#now();
    const destroyed = await this.#db.write((q) => destroyKeys({ q }, ids, now, contract));
    for (const id of ids) this.#forget(id);
    return destroyed;
  }

  async forgetDestroyed(): Promise<string[]> {
    const fresh: string[] = [];
    for (let since = this.#noticedTo; ; ) {
      const rows = await listDestroyed({ q: this.#db.read }, since, NOTICE);
      for (const { id, at } of rows) {
        if (this.#noticed.has(id)) continue;
        this.#noticed.set(id, at);
        this.#forget(id);
        fresh.push(id);
      }
      const last = rows.at(-1)?.at;
      if (last === undefined || rows.length < NOTICE || last === since) break;
      since = last;
    }
    const keep = instantFromMs(this.#clock.systemMs() - OVERLAP_MS);
    if (keep > this.#noticedTo) this.#noticedTo = keep;
    this.#noticed = new Map([...this.#noticed].filter(([, at]) => at >= this.#noticedTo));
    return fresh;
  }

  scrub(): Promise<void> {
    return scrubDatabase(this.#db, ["key"]);
  }

  /** 記憶から消す。バイト列は上書きしない（使いかけの行為が、0 の鍵で封じてしまうため）。 */
  #forget(id: string): void {
    this.#cache.delete(id);
  }

  #contractKey(contract: string): Promise<Uint8Array> {
    let key = this.#contractKeys.get(contract);
    if (!key) {
      key = this.#rootWrapped(contract, "contract", () => randomBytes(32));
      this.#contractKeys.set(contract, key);
      // 失敗を覚え込まない。次の呼び出しがもう一度試す。
      key.catch(() => this.#contractKeys.delete(contract));
    }
    return key;
  }

  /** root で包んだ鍵を読む。なければ作る。二つのプロセスが同時に作れば、主キーがぶつかった方が読み直す。 */
  async #rootWrapped(id: string, kind: "contract" | "signing", make: () => Uint8Array): Promise<Uint8Array> {
    const aad = `${kind}|${id}`;
    const known = await findKey({ q: this.#db.read }, id, kind);
    if (known) return this.#holder.unwrap(aad, known);
    const made = make();
    const wrapped = await this.#holder.wrap(aad, made);
    try {
      await this.#store([{ id, kind, contract: id, wrapped, createdAt: this.#now() }]);
      return made;
    } catch (cause) {
      const other = await findKey({ q: this.#db.read }, id, kind);
      if (!other) throw cause;
      return this.#holder.unwrap(aad, other);
    }
  }

  #refill(contract: string): Promise<void> {
    const running = this.#refilling.get(contract);
    if (running) return running;
    const refill = this.#make(contract).finally(() => this.#refilling.delete(contract));
    this.#refilling.set(contract, refill);
    return refill;
  }

  async #make(contract: string): Promise<void> {
    const kek = await this.#contractKey(contract);
    const made = Array.from({ length: BATCH }, () => ({ id: newId(), key: new Uint8Array(randomBytes(32)) }));
    const createdAt = this.#now();
    await this.#store(
      made.map((k) => ({
        id: k.id,
        kind: "subject" as const,
        contract,
        wrapped: wrapKey(kek, `${contract}|${k.id}`, k.key),
        createdAt,
      })),
    );
    // 末尾から使うので、作った順（id の順）に渡るように逆に並べる。順に並ぶ id は、索引の書き込みが少ない。
    this.#spare.set(contract, [...made.reverse(), ...(this.#spare.get(contract) ?? [])]);
  }

  async #store(keys: StoredKey[]): Promise<void> {
    await this.#db.write((q) => insertKeys({ q }, keys));
  }

  #remember(key: SubjectKey): void {
    if (this.#cache.size >= CACHE) this.#cache.delete(this.#cache.keys().next().value as string);
    this.#cache.set(key.id, key);
  }

  #now(): string {
    return instantFromMs(this.#clock.systemMs());
  }
}
