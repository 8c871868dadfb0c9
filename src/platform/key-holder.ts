import { AppError } from "../base/error.ts";
import { openShare } from "../sealing/passphrase.ts";
import { joinShares } from "../sealing/shamir.ts";
import type { KeyHolder } from "./key.ts";
import { localKeyHolder } from "./local-key-holder.ts";
import { isRootOf, type OfficeFolder } from "./office-folder.ts";

/** 開封の進み具合。 */
export interface SealState {
  sealed: boolean;
  needed: number;
  holders: string[];
  /** もう言葉を入れた保管者と、その時刻（システムの時計）。 */
  confirmed: { holder: string; at: string }[];
  /** 開いた時刻。 */
  openedAt: string | null;
  /** 開けた保管者（役職）。 */
  openedBy: string[];
}

/** 間違いを続けたときに待たせる時間（ミリ秒）。回数に応じて倍になる。 */
const FIRST_WAIT_MS = 2000;
const FREE_TRIES = 3;
/** 順番を待てる言葉の数。これより多ければ断る（記憶と時間を使い切らせない）。 */
const MOST_WAITING = 8;
/** 一人目を入れてから、この時間のうちに揃わなければやり直す。 */
const GATHER_MS = 15 * 60_000;

/** 鍵の保持者の中身。root はこの記憶の中だけにあり、どこにも書かない。 */
export class SealedRoot {
  readonly #folder: OfficeFolder;
  readonly #nowMs: () => number;
  #shares = new Map<string, { share: Uint8Array; atMs: number }>();
  #keys: KeyHolder | undefined;
  #openedAtMs: number | undefined;
  #openedBy: string[] = [];
  #failures = 0;
  #waitUntilMs = 0;
  #waiting = 0;
  #last: Promise<void> = Promise.resolve();

  constructor(folder: OfficeFolder, nowMs: () => number) {
    this.#folder = folder;
    this.#nowMs = nowMs;
  }

  state(): SealState {
    this.#forgetOld();
    return {
      sealed: this.#keys === undefined,
      needed: this.#folder.needed,
      holders: this.#folder.holders.map((h) => h.label),
      confirmed: [...this.#shares].map(([holder, { atMs }]) => ({
        holder,
        at: new Date(atMs).toISOString(),
      })),
      openedAt: this.#openedAtMs === undefined ? null : new Date(this.#openedAtMs).toISOString(),
      openedBy: [...this.#openedBy],
    };
  }

  /**
   * 保管者の言葉を受ける。人数がそろえば開く。
   * 確かめは一つずつ順に行う。同時に送られた推測も、前の間違いを数えたあとで待ち時間にかかる。
   * @throws AppError TOO_MANY（待ち時間、順番待ちが多い）、BAD_INPUT（保管者）、FORBIDDEN（言葉）
   */
  async confirm(holder: string, words: string): Promise<SealState> {
    this.#refuseEarly();
    if (this.#waiting >= MOST_WAITING)
      throw new AppError(
        "TOO_MANY",
        "ほかの言葉を確かめている途中です。少しおいて、もう一度入れてください。",
      );
    this.#waiting += 1;
    const turn = this.#last.then(() => this.#confirmNow(holder, words));
    this.#last = turn.then(
      () => undefined,
      () => undefined,
    );
    try {
      return await turn;
    } finally {
      this.#waiting -= 1;
    }
  }

  async #confirmNow(holder: string, words: string): Promise<SealState> {
    if (this.#keys) return this.state();
    this.#forgetOld();
    this.#refuseEarly();
    const entry = this.#folder.holders.find((h) => h.label === holder);
    if (!entry) throw new AppError("BAD_INPUT", "その保管者はいません。一覧から選んでください。");
    try {
      const share = await openShare(words, entry.share);
      this.#shares.set(holder, { share, atMs: this.#nowMs() });
      this.#failures = 0;
    } catch (cause) {
      this.#failures += 1;
      if (this.#failures > FREE_TRIES)
        this.#waitUntilMs = this.#nowMs() + FIRST_WAIT_MS * 2 ** Math.min(this.#failures - FREE_TRIES, 8);
      throw cause;
    }
    if (this.#shares.size >= this.#folder.needed) this.#open();
    return this.state();
  }

  #refuseEarly(): void {
    if (this.#keys || this.#nowMs() >= this.#waitUntilMs) return;
    const seconds = Math.ceil((this.#waitUntilMs - this.#nowMs()) / 1000);
    throw new AppError(
      "TOO_MANY",
      `言葉の間違いが続いています。${seconds}秒おいて、もう一度入れてください。`,
    );
  }

  /** 開いていればその鍵、いなければ SEALED。 */
  keys(): KeyHolder {
    if (!this.#keys)
      throw new AppError("SEALED", "事務所は封印されています。鍵の保管者が開封するまでお待ちください。");
    return this.#keys;
  }

  /** 封印する。 */
  seal(): void {
    this.#keys = undefined;
    this.#openedAtMs = undefined;
    this.#openedBy = [];
    this.#shares.clear();
  }

  #open(): void {
    const root = joinShares([...this.#shares.values()].map((s) => s.share));
    const holders = [...this.#shares.keys()];
    this.#shares.clear();
    if (!isRootOf(this.#folder, root))
      throw new AppError(
        "SEALED",
        "鍵がこの事務所のものではありません。表札（office.json）が書き換えられていないか確かめてください。",
      );
    this.#keys = localKeyHolder(root);
    this.#openedAtMs = this.#nowMs();
    this.#openedBy = holders;
  }

  #forgetOld(): void {
    for (const [holder, { atMs }] of this.#shares)
      if (this.#nowMs() - atMs > GATHER_MS) this.#shares.delete(holder);
  }
}
