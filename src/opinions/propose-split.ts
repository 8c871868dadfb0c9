import { snapRange, type TextRange } from "./split-letter.ts";

/** 文の終わり。かぎかっことかっこの中の「。」では切らない。 */
const ENDS = "。！？!?";
const OPEN = "「『（(【";
const CLOSE = "」』）)】";

/** 文ごとの範囲。空行と箇条書きの頭でも切る。機械読み取りの行替え（文の途中の改行）では切らない。 */
export function sentenceRanges(text: string): TextRange[] {
  const ranges: TextRange[] = [];
  let start = 0;
  let depth = 0;
  const cut = (end: number) => {
    const range = snapRange(text, [start, end]);
    if (range !== undefined) ranges.push(range);
    start = end;
    depth = 0;
  };
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at] ?? "";
    if (OPEN.includes(char)) depth += 1;
    else if (CLOSE.includes(char)) depth = Math.max(0, depth - 1);
    else if (ENDS.includes(char) && depth === 0) {
      let end = at + 1;
      while (end < text.length && (ENDS + CLOSE).includes(text[end] ?? "")) end += 1;
      cut(end);
      at = end - 1;
    } else if (char === "\n" && (/^\n\s*\n/.test(text.slice(at, at + 3)) || bullet(text, at + 1))) cut(at);
  }
  cut(text.length);
  return ranges;
}

function bullet(text: string, at: number): boolean {
  return /^[ \t　]*(?:[・●■○◆*-]|[0-9０-９]{1,2}[.．、)）]|[(（][0-9０-９]{1,2}[)）]|[①-⑳])/.test(
    text.slice(at, at + 12),
  );
}

/** 求め・考えを言う文。 */
const WANT =
  /(?:ください|下さい|ほしい|欲しい|べき|必要|お願い(?:し|いた)|希望|望み|望む|求め|反対|賛成|困る|困り|不安|心配|不便|疑問|わかりにくい|分かりにくい|してはどう|いかがでしょう|ではないでしょうか|と思い|と考え|と感じ|いらない|不要|よいと|良いと|はずです|ものだ)/;
/** あいさつ・前置き。 */
const GREETING =
  /^(?:いつも|拝啓|前略|お世話|突然|はじめまして|初めまして|札幌市(?:役所)?(?:御中|様)|このたび|この度|どうぞ(?:よろしく|宜しく)|よろしく|宜しく|以上|敬具|草々|失礼|素案を(?:拝見|読み)|パブリックコメント)/;
/** 前の文に続く文。 */
const FOLLOW = /^(?:その|それ|これ|ですから|だから|したがって|そのため|なぜなら|理由は|特に|例えば|たとえば)/;
const TURN = /^(?:また|次に|もう一つ|もうひとつ|さらに|加えて|一方|ほかに|他に|最後に|なお|二つ目|２つ目)/;

/**
 * 分け方の案。求めのある文を芯に、前の説明の文を添える。決めるのは人で、あいさつと前置きは入れない。
 */
export function proposeSplit(text: string): TextRange[] {
  const found: [number, number][] = [];
  let lead: number | undefined;
  let topic = true;
  for (const [start, end] of sentenceRanges(text)) {
    const sentence = text.slice(start, end).replace(/^[\s　・●■○◆*\-0-9０-９.．、()（）①-⑳]+/, "");
    if (GREETING.test(sentence) && !/ください|ほしい|べき/.test(sentence)) {
      lead = undefined;
      continue;
    }
    if (TURN.test(sentence) || bullet(text, start)) topic = true;
    if (WANT.test(sentence)) {
      const last = found.at(-1);
      if (last !== undefined && lead === undefined && !topic && FOLLOW.test(sentence)) last[1] = end;
      else found.push([lead ?? start, end]);
      [lead, topic] = [undefined, false];
      continue;
    }
    const last = found.at(-1);
    if (last !== undefined && FOLLOW.test(sentence) && lead === undefined) last[1] = end;
    else lead ??= start;
  }
  return found;
}
