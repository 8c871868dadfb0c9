import { AppError } from "../base/error.ts";
import type { ManuscriptBlock } from "../manuscript/manuscript.ts";
import { readManuscript } from "../manuscript/manuscript-reader.ts";
import { tidyText, writeBlock } from "../manuscript/write-manuscript.ts";
import type { BlockContent, BlockKind } from "./plan-block.ts";
import { kindLabels } from "./plan-kind.ts";

/**
 * 部分の、直すための文字。見出し・本文・脚注は文のまま、箇条書きは「- 」の行、表は「表: 題」と「|」の行、
 * 図・写真・施策・コラムは「:::figure {#id 名="値"}」の囲み。
 */
export function contentText(id: string, content: BlockContent): string {
  if (content.kind === "heading" || content.kind === "paragraph" || content.kind === "footnote")
    return content.text;
  const block = { ...content, id, named: needsName(content.kind), place: { file: id, line: 1 } };
  return writeBlock(
    (content.kind === "measure" || content.kind === "column"
      ? { ...block, body: [] }
      : block) as ManuscriptBlock,
  );
}

function needsName(kind: BlockKind): boolean {
  return kind === "figure" || kind === "photo" || kind === "measure" || kind === "column";
}

/**
 * 直した文字を、部分の中身に。
 * @throws AppError BAD_INPUT（表が読めない、別の種類になった）。文は失わないように、呼び手が持っている。
 */
export function readContent(before: BlockContent, text: string): BlockContent {
  if (before.kind === "heading" || before.kind === "paragraph" || before.kind === "footnote")
    return { ...before, text: tidyText(text) };
  const files = new Map([
    ["plan.yaml", new TextEncoder().encode("title: 部分")],
    ["b.md", new TextEncoder().encode(text)],
  ]);
  const { blocks } = readManuscript(files);
  const [block, ...rest] = blocks;
  const kinds = new Set<BlockKind>([before.kind, block?.kind ?? before.kind]);
  const swapped = kinds.has("table") && kinds.has("kpi");
  if (!block || rest.length > 0 || (block.kind !== before.kind && !swapped))
    throw new AppError(
      "BAD_INPUT",
      `この部分は${kindLabels[before.kind]}です。書き方が崩れたので、入れませんでした。元の形に合わせて、もう一度お試しください。`,
      { faults: [{ field: "text", message: `${kindLabels[before.kind]}として読めません。` }] },
    );
  const { id: _id, named: _named, place: _place, ...content } = block;
  if ("body" in content) {
    const { body: _body, ...head } = content;
    return head;
  }
  const { covers, marks } = before;
  return { ...(covers ? { covers } : {}), ...(marks && !content.marks ? { marks } : {}), ...content };
}
