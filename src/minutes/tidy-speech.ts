/** 言いよどみ。文の頭か読点のあとにあり、読点・長音・空白で切れるものだけ（「あの会議」の「あの」は残す）。 */
const FILLER =
  /(?<=^|[。、！？，\n]\s*)(?:(?:え[ーえぇ～〜]+(?:っ?と)?|えっと[ーぉ]*|あ[ーぁ～〜]+の?[ーぉ]*|あの[ーぉ～〜]+|う[ーん～〜]+|ん[ーん～〜]+|その[ーぉ～〜]+|ま[ーぁあ～〜]+|あの|その|なんか|こう)(?:[、，…\s]+|(?<=[ーぁぉぇ～〜])))/gu;

export interface TidyEdit {
  /** もとの文の何文字目から。 */
  at: number;
  removed: string;
}

/**
 * 言いよどみだけを除く（日銀「議事録作成要領」の、つなぎことばを除く規則）。ほかのことばは一字も変えない。
 * 除いたところは、もとの文の位置とともに返す。全部が言いよどみなら、そのまま残す（発言を失わない）。
 */
export function tidySpeech(text: string): { text: string; edits: TidyEdit[] } {
  let tidy = "";
  let from = 0;
  const edits: TidyEdit[] = [];
  for (const found of text.matchAll(FILLER)) {
    const at = found.index;
    const removed = found[0];
    tidy += text.slice(from, at);
    edits.push({ at, removed });
    from = at + removed.length;
  }
  tidy += text.slice(from);
  if (tidy.replace(/[。、\s]/g, "") === "") return { text, edits: [] };
  return { text: tidy, edits };
}
