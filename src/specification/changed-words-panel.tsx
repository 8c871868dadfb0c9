import type { ReactNode } from "react";

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
  const ends = sameEnds(before, after);
  const middle = text.slice(ends.head, text.length - ends.tail);
  return (
    <Around text={text} {...ends}>
      {middle !== "" &&
        (side === "before" ? <del className="d">{middle}</del> : <ins className="d">{middle}</ins>)}
    </Around>
  );
}

/** 前の文からいまの文へ、消えた語と加わった語を一続きに。 */
export function ChangedWords({ before, quote }: { before: string; quote: string }) {
  const ends = sameEnds(before, quote);
  const gone = before.slice(ends.head, before.length - ends.tail);
  const come = quote.slice(ends.head, quote.length - ends.tail);
  return (
    <span>
      <Around text={quote} {...ends}>
        {gone !== "" && <del className="d">{gone}</del>}
        {come !== "" && <ins className="d">{come}</ins>}
      </Around>
    </span>
  );
}

/** 違うところ（children）と、その前後の同じ文。遠くは「…」にする。 */
function Around(props: { text: string; head: number; tail: number; children: ReactNode }) {
  const { text, head, tail, children } = props;
  const end = text.length - tail;
  const from = Math.max(0, head - AROUND);
  const to = Math.min(text.length, end + AROUND);
  return (
    <>
      {from > 0 && "…"}
      {text.slice(from, head)}
      {children}
      {text.slice(end, to)}
      {to < text.length && "…"}
    </>
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
