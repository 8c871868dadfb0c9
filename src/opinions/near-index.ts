/*
 * MinHash の帯。128 の最小値を四つずつ 32 の帯にする。
 * Jaccard s の二文が、どこかの帯で一致する確率は 1−(1−s⁴)³²: 0.7 で 0.9998、0.3 で 0.23。
 */
const BANDS = 32;
const ROWS = 4;
const HASHES = BANDS * ROWS;
/** 一つの桶で覚えておく、中心でない文の数。ひな形の一万通が一つの桶に入っても、手間が増え続けないように。 */
const OTHERS = 12;

const factors = new Uint32Array(HASHES);
const offsets = new Uint32Array(HASHES);
let grow = 0x2545f491;
for (let i = 0; i < HASHES; i += 1) {
  factors[i] = next() | 1;
  offsets[i] = next();
}

function next(): number {
  grow = (grow + 0x9e3779b9) >>> 0;
  let z = grow;
  z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
  z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
  return (z ^ (z >>> 15)) >>> 0;
}

/** 帯の値が同じ文を探す索引。文は 0 から size−1 の番号。記憶は文の数に比例する（一文およそ 1 kB）。 */
export class NearIndex {
  readonly #mask: number;
  /** 帯ごとの開番地の表。鍵と、鎖のはじめの節（0 は空）。 */
  readonly #keys: Uint32Array[] = [];
  readonly #heads: Int32Array[] = [];
  readonly #nodeDocs: Int32Array[] = [];
  readonly #nodeNexts: Int32Array[] = [];
  readonly #used = new Int32Array(BANDS);
  readonly #bands: Uint32Array;
  readonly #leader: Uint8Array;
  readonly #seen: Int32Array;
  readonly #least = new Uint32Array(HASHES);
  #turn = 0;

  constructor(size: number) {
    let capacity = 16;
    while (capacity < size * 1.5) capacity *= 2;
    this.#mask = capacity - 1;
    for (let band = 0; band < BANDS; band += 1) {
      this.#keys.push(new Uint32Array(capacity));
      this.#heads.push(new Int32Array(capacity));
      this.#nodeDocs.push(new Int32Array(size + 1));
      this.#nodeNexts.push(new Int32Array(size + 1));
    }
    this.#bands = new Uint32Array(size * BANDS);
    this.#leader = new Uint8Array(size);
    this.#seen = new Int32Array(size);
  }

  /** 文の帯を数える。find と add より前に。組のない文には使わない。 */
  measure(doc: number, grams: Uint32Array): void {
    const least = this.#least.fill(0xffffffff);
    for (let g = 0; g < grams.length; g += 1) {
      const gram = grams[g] as number;
      for (let i = 0; i < HASHES; i += 1) {
        const value = (Math.imul(gram, factors[i] as number) + (offsets[i] as number)) >>> 0;
        if (value < (least[i] as number)) least[i] = value;
      }
    }
    for (let band = 0; band < BANDS; band += 1) {
      let value = Math.imul(band + 1, 0x9e3779b9);
      for (let row = 0; row < ROWS; row += 1) {
        value = Math.imul(value ^ (least[band * ROWS + row] as number), 0xcc9e2d51);
        value ^= value >>> 15;
      }
      this.#bands[doc * BANDS + band] = value;
    }
  }

  /** どこかの帯が同じ文を、一度ずつ、中心を先に。 */
  find(doc: number): { leaders: number[]; others: number[] } {
    const found = { leaders: [] as number[], others: [] as number[] };
    this.#turn += 1;
    for (let band = 0; band < BANDS; band += 1) {
      let node = (this.#heads[band] as Int32Array)[this.#slot(band, doc)] as number;
      while (node !== 0) {
        const other = (this.#nodeDocs[band] as Int32Array)[node] as number;
        if (this.#seen[other] !== this.#turn) {
          this.#seen[other] = this.#turn;
          (this.#leader[other] === 1 ? found.leaders : found.others).push(other);
        }
        node = (this.#nodeNexts[band] as Int32Array)[node] as number;
      }
    }
    return found;
  }

  /** 文を入れる。中心はいつも、中心でない文は桶に空きがあるとき。 */
  add(doc: number, leader: boolean): void {
    if (leader) this.#leader[doc] = 1;
    for (let band = 0; band < BANDS; band += 1) this.#put(band, doc, leader);
  }

  /** 前に入れた文を中心にする。桶がいっぱいで入らなかったところにも入れる。 */
  promote(doc: number): void {
    this.add(doc, true);
  }

  #put(band: number, doc: number, leader: boolean): void {
    const slot = this.#slot(band, doc);
    const heads = this.#heads[band] as Int32Array;
    const docs = this.#nodeDocs[band] as Int32Array;
    const nexts = this.#nodeNexts[band] as Int32Array;
    let others = 0;
    for (let node = heads[slot] as number; node !== 0; node = nexts[node] as number) {
      const other = docs[node] as number;
      if (other === doc) return;
      if (this.#leader[other] === 0) others += 1;
    }
    if (!leader && others >= OTHERS) return;
    const node = (this.#used[band] as number) + 1;
    this.#used[band] = node;
    docs[node] = doc;
    nexts[node] = heads[slot] as number;
    heads[slot] = node;
    (this.#keys[band] as Uint32Array)[slot] = this.#bands[doc * BANDS + band] as number;
  }

  /** 文の帯の値の場所。まだなければ、空いている場所。 */
  #slot(band: number, doc: number): number {
    const key = this.#bands[doc * BANDS + band] as number;
    const keys = this.#keys[band] as Uint32Array;
    const heads = this.#heads[band] as Int32Array;
    let slot = (key ^ (key >>> 16)) & this.#mask;
    while (heads[slot] !== 0 && keys[slot] !== key) slot = (slot + 1) & this.#mask;
    return slot;
  }
}
