/** 仕様書から取り出した一行。text は行のまま（前後の空白も）で、start は source.text の中の位置（文字の数）。 */
export interface SourceLine {
  text: string;
  start: number;
  /** 1 から。form feed かページの変わり目で増える。 */
  page: number;
  /** cell は表の行。noise はページ番号や柱で、文の途中に入り込む。 */
  kind: "text" | "cell" | "noise";
  /** 行が右端まで届いている。句点で終わらなければ、次の行へ続くかもしれない。 */
  full: boolean;
  /** 前に空行がある。 */
  gap: boolean;
}

/** 読み取る元。quote はすべて text の一部になる。 */
export interface SpecificationSource {
  format: "txt" | "docx" | "pdf";
  text: string;
  lines: SourceLine[];
  pages: number;
  /** PDF の柱とページ番号。条項には入れないが、失わない。 */
  dropped: { page: number; text: string }[];
  warnings: string[];
}

/** 行を集めて text と位置をそろえる。 */
export class SourceBuilder {
  private readonly parts: string[] = [];
  private length = 0;
  readonly lines: SourceLine[] = [];

  add(line: Omit<SourceLine, "start">): void {
    this.lines.push({ ...line, start: this.length });
    this.parts.push(line.text, "\n");
    this.length += line.text.length + 1;
  }

  get text(): string {
    return this.parts.join("");
  }
}

/** 等幅で数えた行の幅。全角は 2、半角は 1。 */
export function lineWidth(text: string): number {
  let width = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    width += code < 0x2000 || (code >= 0xff61 && code <= 0xff9f) ? 1 : 2;
  }
  return width;
}
