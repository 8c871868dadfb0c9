/** 「{漢字|かんじ}」（字と読みの二つを取る）。読みはかなだけ。データの印（{{…}}）や行の終わりの印（{#…}）とは重ならない。 */
export const FURIGANA = /(?<!\{)\{([^{}|#\s][^{}|\n]*)\|([ぁ-ゖァ-ヺー・]+)\}(?!\})/gu;

/** 字のまとまり。reading は、その字のふりがな。 */
export interface ReadPiece {
  text: string;
  reading?: string;
}

/** ふりがなの印で分ける。つなげた text は、印のない文と同じ。 */
export function splitFurigana(text: string): ReadPiece[] {
  const pieces: ReadPiece[] = [];
  let from = 0;
  for (const found of text.matchAll(FURIGANA)) {
    if (found.index > from) pieces.push({ text: text.slice(from, found.index) });
    pieces.push({ text: found[1] ?? "", reading: found[2] ?? "" });
    from = found.index + found[0].length;
  }
  if (from < text.length) pieces.push({ text: text.slice(from) });
  return pieces;
}

/** ふりがなの印を除いた文。 */
export function withoutFurigana(text: string): string {
  return text.replace(FURIGANA, "$1");
}

/** ふりがなの印として書けるか（元の字に印の字がなく、読みがかなだけ）。書けるなら、その印。 */
export function furiganaMark(text: string, reading: string): string | undefined {
  const mark = `{${text}|${reading}}`;
  return withoutFurigana(mark) === text ? mark : undefined;
}
