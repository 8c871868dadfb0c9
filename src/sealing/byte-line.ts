import { isUtf8 } from "node:buffer";

/** 一行。読めない行は理由だけを持つ。 */
export type ByteLine = { text: string } | { fault: "too-long" | "not-utf8" };

/** バイトの流れを行に切る。長すぎる行は中身を捨てて、長すぎたことだけを伝える。 */
export class LineCutter {
  readonly #max: number;
  readonly #take: (line: ByteLine) => void;
  #parts: Buffer[] = [];
  #length = 0;

  /** max は一行の上限（バイト、改行を除く）。 */
  constructor(max: number, take: (line: ByteLine) => void) {
    this.#max = max;
    this.#take = take;
  }

  feed(chunk: Uint8Array): void {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    let from = 0;
    for (let to = bytes.indexOf(10); to !== -1; to = bytes.indexOf(10, from)) {
      this.#keep(bytes.subarray(from, to));
      this.#cut();
      from = to + 1;
    }
    this.#keep(bytes.subarray(from), true);
  }

  end(): void {
    if (this.#length > 0) this.#cut();
  }

  #keep(part: Buffer, carried = false): void {
    this.#length += part.length;
    if (this.#length > this.#max + 1) this.#parts = [];
    // 次の塊まで持ち越す分は写す（塊の全体を抱え込まないため）。
    else if (part.length > 0) this.#parts.push(carried ? Buffer.from(part) : part);
  }

  #cut(): void {
    this.#take(this.#read());
    this.#parts = [];
    this.#length = 0;
  }

  #read(): ByteLine {
    if (this.#length > this.#max + 1) return { fault: "too-long" };
    const [only = Buffer.alloc(0), ...more] = this.#parts;
    const bytes = more.length === 0 ? only : Buffer.concat(this.#parts);
    if (!isUtf8(bytes)) return { fault: "not-utf8" };
    const text = bytes.toString("utf8");
    // Windows の道具が改行を CRLF に変えただけなら、中身は変わっていない。
    return { text: text.endsWith("\r") ? text.slice(0, -1) : text };
  }
}
