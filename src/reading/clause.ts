import type { Paragraph } from "./line-join.ts";
import { plainStops } from "./masked-text.ts";

/** 仕様書の一つの条項。 */
export interface Clause {
  /** number と同じ。同じ番号が二度あるときだけ「#2」が付く。前書きは「前書き」。 */
  id: string;
  /** 文書の番号を根からつないだもの（3(1)(ｱ)①、別記/第13条2）。前書きは空。 */
  number: string;
  /** 番号の付いた行が題のときの題。条の前の括弧書きも題。文で始まる条項では空。 */
  title: string;
  /** 番号と題を含む、この条項だけの文（下の条項は含まない）。 */
  text: string;
  parent: string | null;
  page: number;
}

/** 義務を読むための、条項の段落つきの形。 */
export interface ClauseNode {
  clause: Clause;
  /** 番号の種類。前書きと別紙は空。 */
  scheme: string;
  blocks: ClauseBlock[];
  noise: string[];
  children: ClauseNode[];
}

export interface ClauseBlock {
  paragraph: Paragraph;
  /** 番号を除いた本文が始まる位置。 */
  from: number;
  role: "title" | "caption" | "body";
}

/** 前書きの条項の id。 */
export const PREAMBLE = "前書き";

/** 条項の文。段落は改行でつなぎ、ページ番号は終わりに置く（失わないが、文の途中に入れない）。 */
export function clauseText(node: ClauseNode): string {
  return [...node.blocks.map((block) => block.paragraph.text), ...node.noise].join("\n");
}

/** 題らしいか: 短く、句点で終わらず、文の形でない。 */
export function isTitleText(text: string): boolean {
  const plain = plainStops(text.trim());
  if (plain === "" || plain.length > 80 || /[。、：:]$/.test(plain)) return false;
  if (/(?:期限|期日|納期|時期)[\s\u3000]*[：:]/.test(plain)) return false;
  if (/[^（(「『]。/.test(plain.replace(/[（(「『].*?[）)」』]/g, ""))) return false;
  // 「乙は、…するときは、計画書」は、折り返された文の途中。「看護師を常駐させる」は、句点のない文。
  if (/(?:は|とき|場合|ため|際)、/.test(plain) || /[を、].*[うくぐすつぶむる]$/.test(plain)) return false;
  // 「準備期間中に行うこと」「事務局が行うこと」「守っていただくこと」は題。
  if (
    /(?:が行う|が実施する|中に行う|までに行う|べき|ていただく|でいただく)(?:こと|もの|事項)$/.test(plain) &&
    !/[をは]/.test(plain)
  )
    return true;
  // 「周知及び広報に関すること」。
  if (/(?:に関する|に係る|についての)(?:こと|事項)$/.test(plain) && !/[をは]/.test(plain)) return true;
  return !/(?:こと|する|ます|ない|なる|ある|いる|のとおり|まで)$/.test(plain) || plain.length <= 4;
}

/**
 * 「委託期間　　令和７年４月１日から…」のように、題と中身が一行にあるとき、題とその終わりの位置。
 * 空白が一つなら、題の言葉で終わるときだけ（文の中の空白と区別する）。
 */
export function inlineLabel(text: string): { title: string; length: number } | undefined {
  // 「第２条（委託期間）　委託期間は、…」。
  const bracketed = /^[\s\u3000]*[（(]([^（()）。、]{2,24})[）)][\s\u3000]+(?=\S)/.exec(text);
  if (bracketed) return { title: (bracketed[1] ?? "").trim(), length: bracketed[0].length };
  const found =
    /^[\s\u3000]*([^\s\u3000、。（）()「」：:]{2,16})([\s\u3000]*(?<![0-9０-９])[：:][\s\u3000]*|[\s\u3000]+)(?=\S)/.exec(
      text,
    );
  if (!found) return undefined;
  const title = found[1] ?? "";
  const wide = /[：:]|[\s\u3000]{2,}/.test(found[2] ?? "");
  const named =
    /(?:名称|業務名|件名|期間|期限|工期|場所|時間|日時|数量|対象|金額|方法|目的|連絡先|担当課|担当|提出先|納品先|支払)$/.test(
      title,
    );
  if (/(?:期限|期日|納期|時期)$/.test(title) && !/(?:履行|委託|契約|業務|事業)/.test(title)) return undefined;
  // 「単純集計表　　納期：…」は題でなく、期限つきの物。
  if (/(?:期限|期日|納期|時期)[\s\u3000]*[：:]/.test(text.slice(found[0].length, found[0].length + 12)))
    return undefined;
  return wide || named ? { title, length: found[0].length } : undefined;
}

/** 木を、文書の順に並べる。 */
export function flatten(roots: readonly ClauseNode[]): ClauseNode[] {
  const out: ClauseNode[] = [];
  const visit = (one: ClauseNode) => {
    out.push(one);
    one.children.forEach(visit);
  };
  roots.forEach(visit);
  return out;
}

export function flattenClauses(roots: readonly ClauseNode[]): Clause[] {
  return flatten(roots).map((one) => one.clause);
}
