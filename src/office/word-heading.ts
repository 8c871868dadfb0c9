import type { WordDocument } from "./word-model.ts";

/** 文書の at 番目（0 から）の見出しに付ける、しおりの名。目次はここへ飛ぶ。 */
export function headingMark(at: number): string {
  return `_Toc${String(at + 1).padStart(6, "0")}`;
}

/**
 * 一度刷った PDF の目印（名前 → ページ、1 から）から、見出しごとのページを、並び順に。
 * 一つでも分からなければ undefined（目次にページを刷らない）。
 */
export function headingPages(
  { blocks }: Pick<WordDocument, "blocks">,
  marks: ReadonlyMap<string, number> | undefined,
): number[] | undefined {
  const headings = blocks.filter(({ kind }) => kind === "heading");
  const pages = headings.flatMap((_, at) => {
    const name = headingMark(at);
    // LibreOffice は、しおりの名の「_」を「5F」と書き出す。
    return marks?.get(name) ?? marks?.get(name.replace("_", "5F")) ?? [];
  });
  return pages.length > 0 && pages.length === headings.length ? pages : undefined;
}
