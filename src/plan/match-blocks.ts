import { textOfBlock } from "../manuscript/check-manuscript.ts";
import type { ManuscriptBlock } from "../manuscript/manuscript.ts";
import { type BlockContent, type PlanBlock, POSITION_STEP, treeOf } from "./plan-block.ts";

/** 取り込む部分。id は、書かれていた名（なければ空）。 */
export interface IncomingBlock {
  id: string;
  content: BlockContent;
  /** 親の、この並びでの番号（なければ -1）。 */
  parentAt: number;
  position: number;
}

/** 原稿の木を、読む順の並びに。 */
export function flattenBlocks(blocks: readonly ManuscriptBlock[], parentAt = -1, out: IncomingBlock[] = []) {
  for (const [at, block] of blocks.entries()) {
    const { id, named, place: _place, ...rest } = block;
    const { body, ...content } = "body" in rest ? rest : { ...rest, body: undefined };
    const here = out.push({
      ...{ id: named ? id : "", content: content as BlockContent, parentAt },
      position: (at + 1) * POSITION_STEP,
    });
    if (body) flattenBlocks(body, here - 1, out);
  }
  return out;
}

/**
 * 取り込む部分を、いまの部分に結ぶ（番号 → いまの id）。名のあるものは名で、ないものは同じ文、次に近い文で。
 * 名のある部分を、名のないものが取ることはない。
 */
export function matchBlocks(
  now: readonly PlanBlock[],
  incoming: readonly IncomingBlock[],
): Map<number, string> {
  const matched = new Map<number, string>();
  const used = new Set<string>();
  const written = new Set(incoming.map(({ id }) => id).filter(Boolean));
  const known = new Set(now.map(({ id }) => id));
  for (const [at, { id }] of incoming.entries())
    if (id !== "" && known.has(id) && !used.has(id)) take(at, id);
  function take(at: number, id: string): void {
    matched.set(at, id);
    used.add(id);
  }
  const texts = new Map(now.map((block) => [block.id, `${block.content.kind}|${plainText(block)}`]));
  const free = () => now.filter(({ id }) => !used.has(id) && !written.has(id));
  const open = () => [...incoming.entries()].filter(([at, one]) => !matched.has(at) && one.id === "");
  for (const [at, one] of open()) {
    const text = `${one.content.kind}|${contentPlain(one.content)}`;
    const same = free().find(({ id }) => texts.get(id) === text);
    if (same) take(at, same.id);
  }
  for (const [at, one] of open()) {
    const text = contentPlain(one.content);
    const best = free()
      .filter(({ content }) => content.kind === one.content.kind)
      .map((block) => ({ id: block.id, near: nearness(plainText(block), text) }))
      .sort((a, b) => b.near - a.near)[0];
    if (best && best.near >= 0.5) take(at, best.id);
  }
  return matched;
}

function plainText(block: PlanBlock): string {
  return contentPlain(block.content);
}

/** 比べるための文字。 */
function contentPlain(content: BlockContent): string {
  if (content.kind === "footnote") return content.text;
  const [block] = treeOf([{ id: "x", parent: null, position: 0, content }]);
  return block ? textOfBlock(block) : "";
}

/** 二文字の組の重なり（0–1）。 */
function nearness(a: string, b: string): number {
  const grams = (text: string) =>
    new Set(Array.from({ length: Math.max(1, text.length - 1) }, (_, at) => text.slice(at, at + 2)));
  const [left, right] = [grams(a), grams(b)];
  let shared = 0;
  for (const one of left) if (right.has(one)) shared += 1;
  return shared / Math.max(1, left.size + right.size - shared);
}
