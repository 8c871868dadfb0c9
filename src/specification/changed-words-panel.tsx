/** 変わったところの前後に残す文字の数。 */
const AROUND = 60;

/** 二つの文の片方。違うところに印を付け、そのまわりだけを見せる。 */
export function ChangedSide({
  before,
  after,
  side,
}: {
  before: string;
  after: string;
  side: "before" | "after";
}) {
  const text = side === "before" ? before : after;
  const { head, tail } = sameEnds(before, after);
  const end = text.length - tail;
  const from = Math.max(0, head - AROUND);
  const to = Math.min(text.length, end + AROUND);
  const middle = text.slice(head, end);
  return (
    <>
      {from > 0 && "…"}
      {text.slice(from, head)}
      {middle !== "" &&
        (side === "before" ? <del className="d">{middle}</del> : <ins className="d">{middle}</ins>)}
      {text.slice(end, to)}
      {to < text.length && "…"}
    </>
  );
}

/** 前の文からいまの文へ、消えた語と加わった語を一続きに。 */
export function ChangedWords({ before, quote }: { before: string; quote: string }) {
  const { head, tail } = sameEnds(before, quote);
  const from = Math.max(0, head - AROUND);
  const end = quote.length - tail;
  const to = Math.min(quote.length, end + AROUND);
  const gone = before.slice(head, before.length - tail);
  const come = quote.slice(head, end);
  return (
    <span>
      {from > 0 && "…"}
      {quote.slice(from, head)}
      {gone !== "" && <del className="d">{gone}</del>}
      {come !== "" && <ins className="d">{come}</ins>}
      {quote.slice(end, to)}
      {to < quote.length && "…"}
    </span>
  );
}

/** 二つの文の、初めと終わりの同じ長さ。 */
export function sameEnds(before: string, after: string): { head: number; tail: number } {
  const most = Math.min(before.length, after.length);
  let head = 0;
  while (head < most && before.charCodeAt(head) === after.charCodeAt(head)) head += 1;
  // 二つの符号で一字になる文字の途中で切らない。
  if (head > 0 && /[\ud800-\udbff]/.test(before.charAt(head - 1))) head -= 1;
  let tail = 0;
  while (
    tail < most - head &&
    before.charCodeAt(before.length - 1 - tail) === after.charCodeAt(after.length - 1 - tail)
  )
    tail += 1;
  if (tail > 0 && /[\udc00-\udfff]/.test(before.charAt(before.length - tail))) tail -= 1;
  return { head, tail };
}
