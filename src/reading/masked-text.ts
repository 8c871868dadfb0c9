const OPEN = "（(「『【〔［〈《“";
const CLOSE = "）)」』】〕］〉》”";
const FILLER = "〓";
/** 一文とみなす長さ（文字）。 */
const MAX_SENTENCE = 2_000;

/**
 * 括弧とかぎの中を同じ長さの埋め字にした写し。文の切れ目や動詞を探すとき、引用や定義の中を見ないため。
 * 閉じていない括弧は、開いていないものとして扱う。
 */
export function maskBrackets(given: string): string {
  const text = plainStops(given);
  const opens: number[] = [];
  const covered: [number, number][] = [];
  for (let at = 0; at < text.length; at++) {
    const char = text.charAt(at);
    if (OPEN.includes(char)) opens.push(at);
    else if (CLOSE.includes(char)) {
      const from = opens.pop();
      if (from !== undefined && opens.length === 0) covered.push([from, at]);
    }
  }
  if (covered.length === 0) return text;
  let out = "";
  let done = 0;
  for (const [from, to] of covered) {
    out += text.slice(done, from) + FILLER.repeat(to - from + 1);
    done = to + 1;
  }
  return out + text.slice(done);
}

/** 「，」「．」「｡」「､」で書く役所もある。句読点を「、」「。」にそろえた、同じ長さの写し。 */
export function plainStops(text: string): string {
  if (!/[，．｡､,.]/.test(text)) return text;
  return text
    .replace(/，(?![0-9０-９]{3})|､|(?<=[ぁ-んァ-ヶ一-龠々ー）)」])[,](?=[^0-9]|$)/g, "、")
    .replace(/｡|(?<=[ぁ-んァ-ヶ一-龠々）)」])[．.](?=[\s\u3000]*(?:$|[^0-9０-９a-zA-Zａ-ｚ]))/g, "。");
}

export interface Sentence {
  text: string;
  masked: string;
  /** 段落の中の位置。 */
  from: number;
  to: number;
}

/** 一つの段落を文に分ける。「」（）の中の句点では切らない。from より前（番号や記号）は含まない。 */
export function splitSentences(text: string, from: number): Sentence[] {
  const masked = maskBrackets(text);
  const out: Sentence[] = [];
  let start = from;
  const push = (end: number) => {
    const lead =
      /^[\s\u3000"“・･•◦▪●○〇◎■□◆◇▲△▼▽▶➢✓✔※＊*‐―－-]*/.exec(text.slice(start, end))?.[0].length ?? 0;
    if (start + lead < end)
      out.push({
        text: text.slice(start + lead, end),
        masked: masked.slice(start + lead, end),
        from: start + lead,
        to: end,
      });
    start = end;
  };
  for (let at = from; at < text.length; at++) {
    const char = masked.charAt(at);
    // 「印刷（Ａ４判）　※原本は市で作成」: 注は、別の文。
    if (char === "※" && at > start && /[\s\u3000]$/.test(masked.slice(start, at))) {
      push(at);
      continue;
    }
    // 句点のない長い文字の並び（壊れたファイル）で時間を使い切らないよう、読点で切る。
    if (char === "。" || (at - start > MAX_SENTENCE && (char === "、" || at - start > MAX_SENTENCE * 2)))
      push(at + 1);
  }
  push(text.length);
  return out.filter((one) => /[^〓\s。]/.test(one.masked));
}
