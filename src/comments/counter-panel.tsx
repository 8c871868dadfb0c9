import type { Counts } from "../opinions/count-book.ts";

/** 四つの数。取り違えないように、いつも一緒に出す。 */
export function CounterPanel({ counts }: { counts: Counts }) {
  const n = (value: number) => value.toLocaleString("ja-JP");
  return (
    <div className="four" role="group" aria-label="四つの数え方">
      <a href="/comments/letters?view=people">
        <span>提出者</span>
        <b>{n(counts.people)}</b>
        <small>人</small>
      </a>
      <a href="/comments/letters">
        <span>通数</span>
        <b>{n(counts.letters)}</b>
        <small>通</small>
      </a>
      <a href="/comments/map">
        <span>意見数</span>
        <b>{n(counts.opinions)}</b>
        <small>件</small>
      </a>
      <a href="/comments/answers">
        <span>異なる意見</span>
        <b>{n(counts.distinct)}</b>
        <small>件</small>
      </a>
    </div>
  );
}
