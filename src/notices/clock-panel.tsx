import type { PostingStrip } from "./posting-strip.ts";

/** 投函の時計: 次の集荷までの残りと、受講日までの十日。 */
export function ClockPanel({ title, sub, cells }: PostingStrip) {
  return (
    <div className="clock">
      <div className="left">
        <b>{title}</b>
        {sub}
      </div>
      {cells.map((cell) => (
        <div key={cell.day} className={cell.kind === "plain" ? undefined : cell.kind}>
          <b>
            {cell.label} <small>{cell.weekday}</small>
          </b>
          {cell.words || "\u00a0"}
        </div>
      ))}
    </div>
  );
}
