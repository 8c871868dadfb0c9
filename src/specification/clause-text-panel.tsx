import type { DraftDuty } from "./draft-duty.ts";

/** 文の一部。marks は、その文を引いた義務の字。 */
export interface TextPart {
  text: string;
  marks: string[];
}

/** 義務の字: A から順に、27 番目からは AA。 */
export function dutyMark(at: number): string {
  const letter = String.fromCharCode(65 + (at % 26));
  return at < 26 ? letter : `${dutyMark(Math.floor(at / 26) - 1)}${letter}`;
}

/**
 * 条項の文を、引かれた所とそうでない所に分ける。空白と折り返しの違いは無視して探す。
 * 引かれた所が重なれば、字を並べる。つなぐと元の文になる。
 */
export function partText(text: string, duties: readonly Pick<DraftDuty, "quote">[]): TextPart[] {
  const places: number[] = [];
  let flat = "";
  for (let at = 0; at < text.length; at++) {
    const char = text[at] ?? "";
    if (/\s/.test(char)) continue;
    flat += char;
    places.push(at);
  }
  const spans = duties.flatMap(({ quote }, index) => {
    const wanted = quote.replace(/\s/g, "");
    const from = wanted === "" ? -1 : flat.indexOf(wanted);
    const first = places[from];
    const last = places[from + wanted.length - 1];
    return from < 0 || first === undefined || last === undefined
      ? []
      : [{ from: first, to: last + 1, mark: dutyMark(index) }];
  });
  const cuts = [...new Set([0, text.length, ...spans.flatMap((one) => [one.from, one.to])])].sort(
    (a, b) => a - b,
  );
  return cuts.slice(0, -1).map((from, at) => ({
    text: text.slice(from, cuts[at + 1]),
    marks: spans.filter((one) => one.from <= from && from < one.to).map((one) => one.mark),
  }));
}

/** 左の欄: 条項の文と、義務の引いた所。 */
export function ClauseText({ text, duties }: { text: string; duties: readonly DraftDuty[] }) {
  let shown = new Set<string>();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: 長い条項の文は、鍵でも巻けるようにする。
    <section className="letter spectext" tabIndex={0} aria-label="条項の文">
      {partText(text, duties).map((part, at) => {
        const fresh = part.marks.filter((mark) => !shown.has(mark));
        shown = new Set([...shown, ...part.marks]);
        const key = `${at}-${part.text.length}`;
        return part.marks.length === 0 ? (
          <span key={key} className="rest">
            {part.text}
          </span>
        ) : (
          <span key={key} className="op on">
            {fresh.map((mark) => (
              <span key={mark} className="tag">
                {mark}
              </span>
            ))}
            {part.text}
          </span>
        );
      })}
    </section>
  );
}
