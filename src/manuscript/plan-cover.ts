import type { ManuscriptBlock } from "./manuscript.ts";

/** 表紙に作成者がないとき。 */
export const NO_AUTHOR = "受託者";

export interface PlanCover {
  title: string;
  subtitle: string;
  author: string;
  date: string;
  /** 表紙の行を除いた残り。どれにも当てはまらない行は、残る。 */
  blocks: ManuscriptBlock[];
}

/**
 * はじめの見出しより前の短い行を、表紙の題・副題・年月・著者として読む（表紙は原稿から作り直すので、本文に残さない）。
 * 見出しのない文書では、何も動かさない。
 */
export function takeCover(blocks: readonly ManuscriptBlock[], known: string): PlanCover {
  const cover = { title: known, subtitle: "", author: "", date: "" };
  const first = blocks.findIndex(({ kind }) => kind === "heading");
  const kept = blocks.slice(0, Math.max(0, first)).filter((one) => {
    if (one.kind !== "paragraph" || one.text.length > 60 || /[。、]/.test(one.text)) return true;
    const { text } = one;
    if (/^目\s*次$/.test(text) || text === cover.title) return false;
    const ranged = /[0-9０-９一二三四五六七八九十元]年(?:度)?\s*[～〜~－―-]/.test(text);
    if (ranged && cover.subtitle === "" && cover.title !== "") return put("subtitle", text);
    if (cover.date === "" && !ranged && /(?:年|年度)[^年]{0,6}月?$/.test(text)) return put("date", text);
    if (cover.subtitle === "" && /[案版稿編]/.test(text) && cover.title !== "") return put("subtitle", text);
    if (cover.author === "" && /[都道府県市区町村]$/.test(text)) return put("author", text);
    return cover.title === "" ? put("title", text) : true;
  });
  return {
    ...cover,
    author: cover.author || NO_AUTHOR,
    blocks: [...kept, ...blocks.slice(Math.max(0, first))],
  };

  function put(name: "title" | "subtitle" | "author" | "date", text: string): false {
    cover[name] = text;
    return false;
  }
}
