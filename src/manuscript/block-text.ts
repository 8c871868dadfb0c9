import { TextBinder } from "./bound-text.ts";
import { textOfBlock } from "./check-manuscript.ts";
import type { Manuscript, ManuscriptBlock } from "./manuscript.ts";

/** 番号つきの並びの番号（一桁は全角）。 */
export function listNumber(n: number): string {
  return n < 10 ? String.fromCodePoint(0xff10 + n) : String(n);
}

/**
 * 版を比べて見せるための、部分の文字。参照は番号に、数はデータの値に、注は本文の下に置く（注の番号は出さない:
 * 前に注が一つ増えただけで、後の全部が変わって見えないように）。図は、題・出典・値・説明。
 */
export class BlockText {
  readonly #manuscript: Manuscript;
  readonly #binder: TextBinder;

  constructor(manuscript: Manuscript) {
    this.#manuscript = manuscript;
    this.#binder = new TextBinder(manuscript);
  }

  /** 見出し・図表の番号（「第２章」「図3」）。なければ空。 */
  numberOf(block: ManuscriptBlock): string {
    return this.#binder.numbers.get(block.id) ?? "";
  }

  shown(block: ManuscriptBlock): string {
    const raw = this.#source(block);
    const notes = [...raw.matchAll(/\[\^([^\]\s]+)\]/g)].map(([, id = ""]) =>
      id.startsWith("src:")
        ? (this.#manuscript.sources?.get(id.slice(4)) ?? id)
        : (this.#manuscript.footnotes.get(id) ?? id),
    );
    const body = raw
      .replace(/\[\^[^\]\s]+\]/g, "")
      .split("\n")
      .map((line) => this.#binder.bind(line, block.place));
    return [...body, ...notes.map((note) => `注　${this.#binder.bind(note, block.place)}`)]
      .join("\n")
      .replace(/^\n+/, "");
  }

  #source(block: ManuscriptBlock): string {
    const { upper } = this.#manuscript.meta;
    if (block.kind === "measure")
      return [
        block.title,
        block.owner && `担当　${block.owner}`,
        block.period && `期間　${block.period}`,
        block.upper.length > 0 &&
          `上位計画　${block.upper.map((code) => `${code} ${upper[code] ?? ""}`.trim()).join("、")}`,
      ]
        .filter(Boolean)
        .join("\n");
    if (block.kind === "photo")
      return [block.caption, block.src, block.rights && `権利　${block.rights}`].filter(Boolean).join("\n");
    if (block.kind === "list" && block.ordered)
      return block.items.map((item, at) => `${listNumber(at + 1)}　${item}`).join("\n");
    if (block.kind !== "figure") return textOfBlock(block);
    const drawn = block.data === "" || !this.#manuscript.files.has(block.data);
    const table = drawn ? undefined : this.#binder.table(block.data, block.place);
    return [
      block.caption,
      block.source && `出典　${block.source}`,
      ...(table?.rows ?? [])
        .filter((row) => row.some((cell) => cell.text.trim() !== ""))
        .map((row) => row.map((cell) => cell.text).join("｜")),
      block.alt && `説明　${block.alt}`,
    ]
      .filter(Boolean)
      .join("\n");
  }
}
