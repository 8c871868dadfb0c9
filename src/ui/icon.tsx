import type { ReactNode } from "react";

/** 20 px の目、1.6 px の線。塗りつぶしは状態だけに使う。 */
const symbols = {
  mark: (
    <>
      <rect
        x="2.5"
        y="2.5"
        width="19"
        height="19"
        rx="3"
        fill="none"
        stroke="currentColor"
        strokeWidth="2.4"
      />
      <path d="M2.5 13.5h19" stroke="currentColor" strokeWidth="2.4" />
      <path d="M12 2.5v11" stroke="currentColor" strokeWidth="2.4" />
    </>
  ),
  late: (
    <>
      <path d="M6.2 1.5h7.6l4.7 4.7v7.6l-4.7 4.7H6.2l-4.7-4.7V6.2z" fill="currentColor" stroke="none" />
      <path d="M10 5.6v5.2M10 14.2v.1" className="cut" strokeWidth="2.2" />
    </>
  ),
  due: (
    <>
      <circle cx="10" cy="10" r="8.5" fill="currentColor" stroke="none" />
      <path d="M10 5.4V10l3 2.2" className="cut" strokeWidth="1.9" />
    </>
  ),
  soon: (
    <>
      <circle cx="10" cy="10" r="7.6" />
      <path d="M10 5.8V10l2.8 2" />
    </>
  ),
  done: (
    <>
      <circle cx="10" cy="10" r="8.5" fill="currentColor" stroke="none" />
      <path d="m6 10.3 2.8 2.8 5.3-5.8" className="cut" strokeWidth="2" />
    </>
  ),
  wait: (
    <>
      <circle cx="10" cy="10" r="7.6" />
      <path d="M10 2.4a7.6 7.6 0 0 1 0 15.2z" fill="currentColor" />
    </>
  ),
  none: <circle cx="10" cy="10" r="7.6" strokeDasharray="3 2.6" />,
  warn: (
    <>
      <path d="M10 2.2 18.4 17H1.6z" fill="currentColor" stroke="none" />
      <path d="M10 7.6v4.2M10 14.4v.1" className="cut" strokeWidth="2" />
    </>
  ),
  info: (
    <>
      <circle cx="10" cy="10" r="8.5" fill="currentColor" stroke="none" />
      <path d="M10 9v5M10 6v.1" className="cut" strokeWidth="2" />
    </>
  ),
  alarm: (
    <>
      <path d="M5 14.5V9a5 5 0 0 1 10 0v5.5l1.5 1.5h-13z" />
      <path d="M8.5 18h3" />
    </>
  ),
  back: <path d="M4 8h8.5a4 4 0 0 1 0 8H8M4 8l4-4M4 8l4 4" />,
  book: (
    <path d="M10 4.5C8.3 3.3 6 3 3 3v12.5c3 0 5.3.3 7 1.5 1.7-1.2 4-1.5 7-1.5V3c-3 0-5.3.3-7 1.5zM10 4.5V17" />
  ),
  box: (
    <>
      <path d="M3 6.5 10 3l7 3.5v7L10 17l-7-3.5z" />
      <path d="M3 6.5 10 10l7-3.5M10 10v7" />
    </>
  ),
  calendar: (
    <>
      <rect x="3" y="4" width="14" height="13.5" rx="1" />
      <path d="M3 8h14M6.8 2.2v3.4M13.2 2.2v3.4" />
    </>
  ),
  card: (
    <>
      <rect x="4.5" y="2" width="11" height="16" rx="1" />
      <path d="M10.5 5h2.5M7.5 9.5h5M7.5 12.5h5" />
    </>
  ),
  chart: (
    <>
      <path d="M3 3v14h14" />
      <path d="M6.5 14V10M10 14V6M13.5 14V8.5" />
    </>
  ),
  check: <path d="m4 10.5 4 4 8-9" />,
  desk: (
    <>
      <path d="M3.5 12.5V10a6.5 6.5 0 0 1 13 0v2.5" />
      <rect x="2.5" y="11" width="3.4" height="5" rx="1" />
      <rect x="14.1" y="11" width="3.4" height="5" rx="1" />
      <path d="M16.5 16c0 1.6-2 2-4.5 2" />
    </>
  ),
  doc: (
    <>
      <path d="M5 2h7l4 4v12H5z" />
      <path d="M12 2v4h4M8 10h5M8 13.5h5" />
    </>
  ),
  down: <path d="m5 8 5 5 5-5" />,
  eye: (
    <>
      <path d="M1.8 10S4.8 4.5 10 4.5 18.2 10 18.2 10 15.2 15.5 10 15.5 1.8 10 1.8 10z" />
      <circle cx="10" cy="10" r="2.5" />
    </>
  ),
  gear: (
    <>
      <circle cx="10" cy="10" r="2.6" />
      <path d="M10 2.2v3M10 14.8v3M2.2 10h3M14.8 10h3M4.5 4.5l2.1 2.1M13.4 13.4l2.1 2.1M15.5 4.5l-2.1 2.1M6.6 13.4l-2.1 2.1" />
    </>
  ),
  globe: (
    <>
      <circle cx="10" cy="10" r="7.5" />
      <path d="M2.5 10h15M10 2.5c3 3.2 3 11.8 0 15M10 2.5c-3 3.2-3 11.8 0 15" />
    </>
  ),
  hands: (
    <>
      <path d="M4 3h12v14H4z" />
      <path d="M7 7h6M7 10h6M7 13.5h3" />
    </>
  ),
  home: <path d="M3 9.2 10 3l7 6.2V17h-5v-4.6H8V17H3z" />,
  key: (
    <>
      <circle cx="6.5" cy="13.5" r="3.5" />
      <path d="m9 11 7.5-7.5M13.5 6.5l2.5 2.5" />
    </>
  ),
  list: <path d="M7 5h10M7 10h10M7 15h10M3 5h.1M3 10h.1M3 15h.1" />,
  lock: (
    <>
      <rect x="4" y="9" width="12" height="8.5" rx="1" />
      <path d="M6.5 9V6.5a3.5 3.5 0 0 1 7 0V9" />
    </>
  ),
  lockf: (
    <>
      <rect x="4" y="9" width="12" height="8.5" rx="1" fill="currentColor" />
      <path d="M6.5 9V6.5a3.5 3.5 0 0 1 7 0V9" />
    </>
  ),
  pause: <path d="M7 4v12M13 4v12" strokeWidth="2.4" />,
  pen: <path d="m4 16 .8-3.6L13.6 3.6l2.8 2.8-8.8 8.8z" />,
  people: (
    <>
      <circle cx="7.5" cy="7" r="3" />
      <path d="M2 17c0-3.4 2.2-5.2 5.5-5.2S13 13.6 13 17" />
      <path d="M13 4.4a3 3 0 0 1 0 5.4M15 12.2c2 .7 3 2.3 3 4.8" />
    </>
  ),
  phone: (
    <path d="M5.5 2.5 8 3l1 3.5-1.8 1.7a10 10 0 0 0 4.6 4.6L13.5 11l3.5 1 .5 2.5c-1 2.2-2.6 3-4.6 2.5C8 15.7 4.3 12 3 7.1 2.5 5.1 3.3 3.5 5.5 2.5z" />
  ),
  plus: <path d="M10 4v12M4 10h12" />,
  print: (
    <>
      <path d="M5.5 7.5V2.5h9v5M5.5 14H3V7.5h14V14h-2.5" />
      <path d="M5.5 12h9v5.5h-9z" />
    </>
  ),
  save: <path d="M10 3v9.5M6 9l4 4 4-4M3.5 16.5h13" />,
  search: (
    <>
      <circle cx="8.5" cy="8.5" r="5.5" />
      <path d="m13 13 4.5 4.5" />
    </>
  ),
  shield: (
    <>
      <path d="M10 2 3.5 4.5v5c0 4.2 2.6 7 6.5 8.5 3.9-1.5 6.5-4.3 6.5-8.5v-5z" />
      <path d="m7 10 2.2 2.2L13.2 8" />
    </>
  ),
  swap: <path d="M4 7h12l-3-3M16 13H4l3 3" />,
  talk: <path d="M3 4h14v9.5H9L5 17v-3.5H3z" />,
  undo: <path d="M4 8h8.5a4 4 0 0 1 0 8H8M4 8l4-4M4 8l4 4" />,
  x: <path d="m5 5 10 10M15 5 5 15" />,
} as const satisfies Record<string, ReactNode>;

export type IconName = keyof typeof symbols;

/** 絵ひとつ。label がなければ飾りとして読み上げない。絵そのものは紙面の頭の Sprite にある。 */
export function Icon({
  name,
  label,
  className,
}: {
  name: IconName;
  label?: string | undefined;
  className?: string | undefined;
}) {
  const classes = className ? `ic ${className}` : "ic";
  if (label === undefined) {
    return (
      <svg className={classes} aria-hidden="true">
        <use href={`#i-${name}`} />
      </svg>
    );
  }
  return (
    <svg className={classes} role="img" aria-label={label}>
      <use href={`#i-${name}`} />
    </svg>
  );
}

/** 使う絵だけを集めた一枚。 */
export function Sprite({ names }: { names: readonly IconName[] }) {
  return (
    <svg className="sprite" aria-hidden="true">
      {names.map((name) => (
        <symbol key={name} id={`i-${name}`} viewBox={name === "mark" ? "0 0 24 24" : "0 0 20 20"}>
          {symbols[name]}
        </symbol>
      ))}
    </svg>
  );
}

/** 描き終えた HTML が参照している絵の名。 */
export function iconsIn(markup: string): IconName[] {
  const found = new Set<IconName>();
  for (const match of markup.matchAll(/"#i-([a-z]+)"/g)) {
    const name = match[1];
    if (name !== undefined && name in symbols) found.add(name as IconName);
  }
  return [...found];
}
