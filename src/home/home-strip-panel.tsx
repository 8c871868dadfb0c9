import { type OpenCell, type StripCell, type StripDay, stripOf } from "./business-strip.ts";

/** これからの十営業日。休みの日は細く、名を付けて置く。 */
export function StripPanel({ days, today }: { days: readonly StripDay[]; today: string }) {
  return (
    <ol className="strip">
      {stripOf(days, today).map((cell) => (
        <Cell key={cell.day} cell={cell} />
      ))}
    </ol>
  );
}

function Cell({ cell }: { cell: StripCell }) {
  if (cell.kind === "off") {
    return (
      <li className={cell.label.length > 4 ? "off long" : "off"}>
        <span aria-hidden="true">{cell.label}</span>
        <span className="vh">休み: {cell.name}</span>
      </li>
    );
  }
  const className = cell.today ? "today" : undefined;
  return (
    <li>
      {cell.href === undefined ? (
        <div className={className ? `${className} plain` : "plain"}>
          <Day cell={cell} />
        </div>
      ) : (
        <a href={cell.href} className={className} aria-current={cell.today ? "date" : undefined}>
          <Day cell={cell} />
        </a>
      )}
    </li>
  );
}

function Day({ cell }: { cell: OpenCell }) {
  return (
    <>
      <span className="d">
        {cell.label}
        <small>{cell.today ? `${cell.weekday}・本日` : cell.weekday}</small>
      </span>
      {cell.items.map((item) => (
        <span key={item.text} className={item.key ? "key" : "it"}>
          {item.text}
        </span>
      ))}
      {cell.items.length === 0 && (
        <span className="it">
          <span aria-hidden="true">—</span>
          <span className="vh">予定なし</span>
        </span>
      )}
    </>
  );
}
