import type { ClauseNode } from "./clause.ts";
import { splitSentences } from "./masked-text.ts";
import { type Obligation, readFormat } from "./obligation.ts";

/** 「Ｘのフォーマットは…（.docx 形式）」の形式を、同じ条項のＸの務めに付ける。 */
export function shareFormats(node: ClauseNode, own: Obligation[]): void {
  for (const block of node.blocks) {
    for (const sentence of splitSentences(block.paragraph.text, block.from)) {
      const about =
        /^(?:なお、|また、|ただし、)?(.{1,30}?)の?(?:フォーマット|様式|形式|ファイル形式|提出形式)(?:は|について)/.exec(
          sentence.text,
        );
      const format = about ? readFormat(sentence.text) : undefined;
      if (!about || !format) continue;
      for (const one of own) {
        const names = one.object.includes(about[1] ?? "") || (about[1] ?? "").includes(one.object.slice(-4));
        if (!one.format && one.object !== "" && names) one.format = format;
      }
    }
  }
}
