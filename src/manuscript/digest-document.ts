import type { WordBlock, WordDocument, WordRun } from "../office/word-model.ts";
import type { TextBinder } from "./bound-text.ts";
import type { Digest } from "./digest.ts";
import { withoutFurigana } from "./furigana.ts";
import { allBlocks, type Manuscript } from "./manuscript.ts";
import { planBlocks } from "./plan-document.ts";
import { themeOf } from "./plan-theme.ts";

/**
 * 概要版・子ども版の Word。言い換えた文は字を大きく、表と図は元の部分のまま。
 * a3-fold は A3 の横・二段（二つに折ると A4 の四面）。
 */
export function digestDocument(
  manuscript: Manuscript,
  binder: TextBinder,
  digest: Digest,
  created: string,
): WordDocument {
  const { theme } = themeOf(manuscript);
  const byId = new Map(allBlocks(manuscript.blocks).map((block) => [block.id, block]));
  const size = digest.kind === "children" ? 14 : 11.5;
  const read = (line: string, place = { file: "views", line: 0 }): WordRun[] =>
    binder.runs(line, place).map(({ text, bold, reading }) => ({
      ...{ text, size },
      ...(bold ? { bold } : {}),
      ...(reading ? { reading } : {}),
    }));
  const blocks = digest.items.flatMap((item): WordBlock[] => {
    const block = item.block === undefined ? undefined : byId.get(item.block);
    const heading: WordBlock[] = item.heading
      ? [{ kind: "heading", level: 2, text: withoutFurigana(item.heading), number: false }]
      : [];
    const text: WordBlock[] = item.text
      ? item.text
          .trim()
          .split(/\n+/)
          .map((line) => ({
            ...{ kind: "paragraph" as const, style: "body" as const },
            text: read(line, block?.place),
          }))
      : [];
    // 言い換えのない部分（図と表）は、元のまま出す。
    const own = !item.text && block ? planBlocks(manuscript, binder, [block]) : [];
    return [...heading, ...text, ...own];
  });
  const { author } = manuscript.meta;
  return {
    ...{ title: digest.title, author, created, footer: digest.title, look: theme },
    ...(digest.format === "a3-fold"
      ? {
          section: {
            landscape: true,
            paper: "a3" as const,
            columns: 2,
            page: { format: "decimal" as const },
          },
        }
      : { section: { page: { format: "decimal" as const } } }),
    blocks: [
      { kind: "title", text: digest.title },
      ...blocks,
      ...(digest.closing
        ? [{ kind: "paragraph" as const, style: "column" as const, text: read(digest.closing) }]
        : []),
    ],
  };
}
