import { sentencesOf } from "../manuscript/readability.ts";
import type { BlockContent } from "./plan-block.ts";

/** 文が引いている資料の番号（[^src:S-01] の S-01）。出てきた順、重ねて引けば重ねて。 */
export function citedIn(text: string): string[] {
  return [...text.matchAll(/\[\^src:([^\]\s]+)\]/g)].map(([, code = ""]) => code);
}

/** 出典の要る言い方（ほかの所のこと、調べたこと）と、手で打った数。 */
const claims: readonly { find: RegExp; why: string }[] = [
  {
    find: /(?:他|ほか)の(?:自治体|市町村|都市|市)|他都市|全国(?:平均|の|で|的に)|先進(?:自治体|都市|事例)/u,
    why: "ほかの自治体や全国のこと",
  },
  {
    find: /によると|(?:統計|調査|推計|報告書?|白書)(?:では|によれば)|国(?:は|では)[^。]*(?:示し|定め|進め|求め)/u,
    why: "国や調査のこと",
  },
  {
    find: /[\d０-９][\d０-９,，.．]*\s*(?:％|%|パーセント|割[合引]?に|ポイント|倍)|(?:約|およそ|延べ)[\d０-９][\d０-９,，]*(?:人|件|社|世帯|万|億)/u,
    why: "手で打った数",
  },
];

/** 出典のない文。 */
export interface UnsourcedLine {
  block: string;
  sentence: string;
  why: string;
}

/**
 * 本文と箇条書きのうち、よそのこと・調べたこと・手で打った数を言いながら、同じ部分に注（[^…]）も、
 * 図表の参照（[[@…]]）も、データに結んだ数（{{data/…}}）もないもの。指標の表と法律の条番号は見ない。
 */
export function unsourcedIn(blocks: readonly { id: string; content: BlockContent }[]): UnsourcedLine[] {
  return blocks.flatMap(({ id, content }) => {
    const texts =
      content.kind === "paragraph" ? [content.text] : content.kind === "list" ? content.items : [];
    return texts.flatMap((text): UnsourcedLine[] => {
      if (/\[\^|\[\[@|\{\{data\//.test(text)) return [];
      const plain = text
        .replace(/\{\{年度[:：](\d+)\}\}/g, "$1年度")
        .replace(/\{\{[^}]*\}\}/g, "…")
        .replaceAll("**", "");
      for (const sentence of sentencesOf(plain)) {
        const claim = claims.find(({ find }) => find.test(sentence));
        if (claim) return [{ block: id, sentence, why: claim.why }];
      }
      return [];
    });
  });
}
