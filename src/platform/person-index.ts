import { instantFromMs } from "../base/time.ts";
import type { Office } from "./office.ts";
import { listChangedPersons, openPersonKeys } from "./person-store.ts";

/** 一度に開く人数。開くあいだ、ほかの要求を待たせない。 */
const BATCH = 400;
/** 書き終える順と changed_at の順は少し違うので、重ねて読む（ミリ秒）。 */
const OVERLAP_MS = 60_000;

/** 書き方の揺れを畳む関数。地階は日本語の決まりを知らないので、使う室が渡す。 */
export interface PersonFold {
  /** カナの鍵。 */
  kana(text: string): string;
  /** 濁点を問わないカナの鍵。 */
  loose(text: string): string;
  /** 電話の数字だけ。 */
  digits(text: string): string;
}

interface Entry {
  kana: string;
  loose: string;
  digits: string;
  changedAt: string;
}

/** 当たり方。近い順。 */
export type PersonMatch = "exact" | "prefix" | "part" | "loose";

export const matchOrder: readonly PersonMatch[] = ["exact", "prefix", "part", "loose"];

export interface FoundPerson {
  id: string;
  match: PersonMatch;
}

/**
 * カナの一部や電話の末尾から本人を探す、記憶の中だけの索引。氏名も住所も持たず、ディスクにも書かない。
 * 事務所の鍵が開いているあいだだけ作れ、消去（forget）と終了で消える。
 */
export class PersonIndex {
  readonly #office: Office;
  readonly #contract: string;
  readonly #fold: PersonFold;
  readonly #entries = new Map<string, Entry>();
  readonly #forgotten = new Set<string>();
  #readTo = "";
  #built = false;
  #working: Promise<void> | undefined;

  constructor(office: Office, contract: string, fold: PersonFold) {
    this.#office = office;
    this.#contract = contract;
    this.#fold = fold;
  }

  /** 一度は全員を読み終えたか。まだなら、呼ぶ側は照合値（HMAC）で探す。 */
  get ready(): boolean {
    return this.#built;
  }

  /** 変わった人だけを読み足す。初めてなら全員。同時に呼ばれても、読むのは一度。 */
  refresh(): Promise<void> {
    this.#working ??= this.#read().finally(() => {
      this.#working = undefined;
    });
    return this.#working;
  }

  /** 消去された人を忘れる。省けば全員（封印、契約の終わり）。 */
  forget(id?: string): void {
    if (id !== undefined) {
      this.#forgotten.add(id);
      this.#entries.delete(id);
      return;
    }
    this.#entries.clear();
    this.#readTo = "";
    this.#built = false;
  }

  /** カナで探す。同じ、前方、途中、濁点を問わない前方の順。 */
  byKana(query: string, limit: number): FoundPerson[] {
    const [wanted, loose] = [this.#fold.kana(query), this.#fold.loose(query)];
    if (wanted === "") return [];
    return this.#search(limit, (entry) => {
      const at = entry.kana.indexOf(wanted);
      if (at === 0) return entry.kana.length === wanted.length ? "exact" : "prefix";
      if (at > 0) return "part";
      return entry.loose.startsWith(loose) ? "loose" : undefined;
    });
  }

  /** 電話の末尾（三桁以上）で探す。 */
  byPhoneTail(query: string, limit: number): FoundPerson[] {
    const digits = this.#fold.digits(query);
    if (digits.length < 3) return [];
    return this.#search(limit, ({ digits: own }) =>
      own === digits ? "exact" : own.endsWith(digits) ? "part" : undefined,
    );
  }

  #search(limit: number, matchOf: (entry: Entry) => PersonMatch | undefined): FoundPerson[] {
    // 当たり方ごとに limit 人まで覚えれば、よくある姓でも、全部を並べ直さずにすむ。
    const found: Record<PersonMatch, FoundPerson[]> = { exact: [], prefix: [], part: [], loose: [] };
    for (const [id, entry] of this.#entries) {
      const match = matchOf(entry);
      if (match && found[match].length < limit) found[match].push({ id, match });
    }
    return matchOrder.flatMap((match) => found[match]).slice(0, limit);
  }

  async #read(): Promise<void> {
    const since = this.#readTo && instantFromMs(Date.parse(this.#readTo) - OVERLAP_MS);
    let cursor = { at: since, id: "" };
    for (;;) {
      const rows = await listChangedPersons(this.#office.read, this.#contract, cursor, BATCH);
      const keys = await this.#office.keys.get(
        this.#contract,
        rows.filter((row) => this.#isNews(row)).map((row) => row.id),
      );
      for (const row of rows) {
        const key = keys.get(row.id);
        if (key) this.#remember(openPersonKeys(key, row));
      }
      const last = rows.at(-1);
      if (last) cursor = { at: last.changed_at, id: last.id };
      if (last && last.changed_at > this.#readTo) this.#readTo = last.changed_at;
      if (rows.length < BATCH) break;
      await new Promise((next) => setImmediate(next));
    }
    this.#built = true;
  }

  #isNews(row: { id: string; changed_at: string }): boolean {
    return !this.#forgotten.has(row.id) && this.#entries.get(row.id)?.changedAt !== row.changed_at;
  }

  #remember(row: { id: string; kana: string; phone: string; changed_at: string }): void {
    this.#entries.set(row.id, {
      kana: this.#fold.kana(row.kana),
      loose: this.#fold.loose(row.kana),
      digits: this.#fold.digits(row.phone),
      changedAt: row.changed_at,
    });
  }
}

const indexes = new WeakMap<Office, Map<string, PersonIndex>>();

/** 事務所と契約ごとに一つの索引。 */
export function personIndexOf(office: Office, contract: string, fold: PersonFold): PersonIndex {
  const mine = indexes.get(office) ?? new Map<string, PersonIndex>();
  indexes.set(office, mine);
  const index = mine.get(contract) ?? new PersonIndex(office, contract, fold);
  mine.set(contract, index);
  return index;
}

/** 消去のあとに呼ぶ。索引がまだなければ何もしない。 */
export function forgetPerson(office: Office, contract: string, id: string): void {
  indexes.get(office)?.get(contract)?.forget(id);
}

/** 消去された人を、この事務所のどの契約の索引からも忘れる。 */
export function forgetPersons(office: Office, ids: readonly string[]): void {
  for (const index of indexes.get(office)?.values() ?? []) for (const id of ids) index.forget(id);
}
