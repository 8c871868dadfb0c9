import { readXml } from "./xml-reader.ts";

/**
 * 共有文字列の一覧。書式の分かれた文字（rich text）はつなぎ、ふりがな（rPh）は捨てる。
 * 捨てないと「氏名」が「氏名シメイ」になる。
 */
export function readSharedStrings(part: Uint8Array): string[] {
  const strings: string[] = [];
  const collector = new TextCollector();
  readXml(part, {
    open(tag) {
      if (tag.name === "si") collector.reset();
      collector.open(tag.name);
    },
    text: (value) => collector.text(value),
    close(name) {
      collector.close(name);
      if (name === "si") strings.push(collector.value());
    },
  });
  return strings;
}

/** si や is の中の t を、ふりがなを除いて集める。 */
export class TextCollector {
  private pieces: string[] = [];
  private inText = false;
  private phonetic = 0;

  reset(): void {
    this.pieces = [];
  }

  open(name: string): void {
    if (name === "rPh") this.phonetic++;
    else if (name === "t") this.inText = true;
  }

  close(name: string): void {
    if (name === "rPh") this.phonetic--;
    else if (name === "t") this.inText = false;
  }

  text(value: string): void {
    if (this.inText && this.phonetic === 0) this.pieces.push(value);
  }

  value(): string {
    return unescapeString(this.pieces.join(""));
  }
}

/** Excel は XML に書けない文字を _x000D_ の形で書く。制御文字は改行とタブのほかは捨てる。 */
export function unescapeString(value: string): string {
  const plain = value.includes("_x")
    ? value.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    : value;
  return plain.replace(/\r\n?/g, "\n").replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, "");
}
