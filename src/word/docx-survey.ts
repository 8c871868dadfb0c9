import { attributeOf, childrenOf, descendantsOf, textOf, type XmlElement } from "../office/xml-tree.ts";
import type { Op } from "./merge-program.ts";

/** 本文の節の設定（sectPr）を文書の順に。変更履歴の中の古い設定は除く。 */
export function sectionsOf(body: XmlElement): XmlElement[] {
  return descendantsOf(body, (one) => one.name === "w:sectPr" || one.name === "w:sectPrChange").filter(
    (one, _at, all) =>
      one.name === "w:sectPr" &&
      !all.some((other) => other.name === "w:sectPrChange" && other.children.includes(one)),
  );
}

/** 本文の最後の段落か表。 */
export function lastBlock(body: XmlElement): XmlElement | undefined {
  return childrenOf(body).findLast(
    (child) => child.name !== "w:sectPr" && !/^w:bookmark/.test(child.name) && child.name !== "w:proofErr",
  );
}

/** フィールドの命令の文字を全部つないだもの。フィールドの境は改行。 */
export function instructionText(element: XmlElement): string {
  const parts = descendantsOf(
    element,
    (one) => one.name === "w:instrText" || one.name === "w:fldSimple" || one.name === "w:fldChar",
  );
  return parts
    .map((one) =>
      one.name === "w:instrText"
        ? textOf(one)
        : one.name === "w:fldSimple"
          ? `\n${attributeOf(one, "w:instr") ?? ""}\n`
          : "\n",
    )
    .join("");
}

/** 一組の中で次の人へ進む回数。別表現の枝は一つだけ数える。 */
export function countNext(ops: Op[]): number {
  let count = 0;
  for (const op of ops) {
    if (typeof op === "string") continue;
    if (op.op === "next") count += 1;
    else if (op.op === "choose") count += Math.max(countNext(op.yes), countNext(op.no));
    else if (op.op === "either") count += countNext(op.branches[0] ?? []);
    else if (op.op === "once") count += countNext(op.ops);
  }
  return count;
}
