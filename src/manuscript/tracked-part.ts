import { createHash } from "node:crypto";
import type { WordBlock, WordRun, WordText } from "../office/word-model.ts";

/** 比べる一つの字。注は、それだけで一つ。 */
export interface Token {
  key: string;
  run: WordRun;
}

/** 変更履歴を付ける単位。参照と通し番号の欄は、文字にしてある。 */
export type Part =
  | {
      kind: "text";
      template: Extract<WordBlock, { kind: "paragraph" }> | Extract<WordBlock, { kind: "heading" }>;
      tokens: Token[];
    }
  | { kind: "table"; block: Extract<WordBlock, { kind: "table" }> }
  /** 図・写真。key が同じなら、同じ図。 */
  | { kind: "object"; block: WordBlock; key: string };

/** Word の部分を、比べられる形に。しおりは、承諾の後に二重にならないように外す。 */
export function partsOf(blocks: readonly WordBlock[]): Part[] {
  return blocks.flatMap((block): Part[] => {
    switch (block.kind) {
      case "heading": {
        const { mark: _mark, label, ...rest } = block;
        if (!label)
          return [{ kind: "text", template: { ...rest, number: false }, tokens: tokensOf(block.text) }];
        const named = [{ text: `${label.name}${label.number}　` }, ...runsOf(block.text)];
        return [
          {
            kind: "text",
            template: { kind: "paragraph", style: "measure", text: "" },
            tokens: tokensOf(named),
          },
        ];
      }
      case "paragraph": {
        const { mark: _mark, ...rest } = block;
        return [{ kind: "text", template: rest, tokens: tokensOf(block.text) }];
      }
      case "caption": {
        const named = [{ text: `${block.name}${block.number}　` }, ...runsOf(block.text)];
        return [
          {
            kind: "text",
            template: { kind: "paragraph", style: "caption", text: "" },
            tokens: tokensOf(named),
          },
        ];
      }
      case "list":
        return block.items.map((item) => ({
          kind: "text",
          template: { kind: "paragraph", style: "bullet", text: "" },
          tokens: tokensOf(item),
        }));
      case "table":
        return [{ kind: "table", block: plainTable(block) }];
      case "chart":
      case "shapes":
        return [{ kind: "object", block, key: JSON.stringify(block) }];
      case "image":
        return [
          {
            kind: "object",
            block,
            key: `${createHash("sha256").update(block.png).digest("hex")} ${block.alt}`,
          },
        ];
      default:
        return [];
    }
  });
}

function runsOf(text: WordText): readonly WordRun[] {
  return typeof text === "string" ? [{ text }] : text;
}

/** 一字ずつ。太字は比べない（後の版のものになる）。 */
export function tokensOf(text: WordText): Token[] {
  return runsOf(text).flatMap((run): Token[] => {
    const { reference: _reference, footnote, text: words, ...look } = run;
    const chars = [...words].map((char) => ({ key: char, run: { ...look, text: char } }));
    return footnote === undefined ? chars : [...chars, { key: `注${footnote}`, run: { text: "", footnote } }];
  });
}

function plainTable(block: Extract<WordBlock, { kind: "table" }>): Extract<WordBlock, { kind: "table" }> {
  const plain = <T>(cell: T): T => {
    if (typeof cell !== "object" || cell === null || !("text" in cell)) return cell;
    const text = runsOf(cell.text as WordText).map(({ reference: _reference, ...run }) => run);
    return { ...cell, text };
  };
  return {
    ...block,
    ...(block.header ? { header: block.header.map(plain) } : {}),
    rows: block.rows.map((row) => row.map(plain)),
  };
}
