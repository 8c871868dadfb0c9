/** 棒ひとつ。actual は実績、forecast は予測。どちらもなければ棒なし。 */
export interface Bar {
  label: string;
  actual?: number | undefined;
  forecast?: number | undefined;
  state: "past" | "now" | "coming";
}

const width = 328;
const labelRoom = 24;
const top = 24;

/** 実績の棒と予測の線。label は棒の中身を言葉で言う（summary が作る）。 */
export function BarChart({
  bars,
  unit,
  mono,
  wide,
}: {
  bars: readonly Bar[];
  unit: string;
  mono?: boolean | undefined;
  wide?: boolean | undefined;
}) {
  const most = Math.max(1, ...bars.flatMap((bar) => [bar.actual ?? 0, bar.forecast ?? 0]));
  const across = wide ? width * 2 : width;
  const slot = across / Math.max(1, bars.length);
  const thick = Math.min(wide ? 46 : 30, slot * 0.66);
  const height = wide ? 116 : 156;
  const base = height - labelRoom;
  const heightOf = (value: number) => ((base - top) * value) / most;
  return (
    <svg
      className={mono ? "chart mono" : "chart"}
      viewBox={`0 0 ${across} ${height}`}
      role="img"
      aria-label={summary(bars, unit)}
    >
      <path className="base" d={`M0 ${base}.5h${across}`} />
      {bars.map((bar, at) => (
        <OneBar
          key={bar.label}
          bar={bar}
          centre={slot * (at + 0.5)}
          thick={thick}
          base={base}
          heightOf={heightOf}
          sparse={slot < 30 && at % 2 === 1}
        />
      ))}
    </svg>
  );
}

interface OneBarProps {
  bar: Bar;
  centre: number;
  thick: number;
  /** 棒の足もと。 */
  base: number;
  heightOf: (value: number) => number;
  /** 目盛りの言葉を省く（棒が多いとき一つおき）。 */
  sparse: boolean;
}

function OneBar({ bar, centre, thick, base, heightOf, sparse }: OneBarProps) {
  const coming = bar.state === "coming" || bar.actual === undefined;
  const value = coming ? bar.forecast : bar.actual;
  const tall = round(heightOf(value ?? 0));
  const guess = coming || bar.forecast === undefined ? undefined : round(base - heightOf(bar.forecast));
  const left = round(centre - thick / 2);
  const collides = guess !== undefined && guess < base - tall && guess > base - tall - 18;
  const textAt = round((collides ? guess : base - tall) - 5);
  return (
    <g>
      {value !== undefined && value > 0 && (
        <path
          className={`bar-${coming ? "coming" : bar.state}`}
          d={`M${left} ${round(base - tall)}h${round(thick)}v${tall}h-${round(thick)}z`}
        />
      )}
      {guess !== undefined && (
        <path className="guess" d={`M${round(left - 4)} ${guess}h${round(thick + 8)}`} />
      )}
      {value !== undefined && (
        <text className={coming ? undefined : "val"} x={round(centre)} y={textAt}>
          {value}
        </text>
      )}
      {!sparse && (
        <text x={round(centre)} y={base + 17}>
          {bar.label}
        </text>
      )}
    </g>
  );
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function summary(bars: readonly Bar[], unit: string): string {
  const done = bars.filter((bar) => bar.state !== "coming" && bar.actual !== undefined);
  const coming = bars.filter((bar) => bar.state === "coming" && bar.forecast !== undefined);
  const actual = done
    .map((bar) => `${bar.label}${bar.actual}${unit}${bar.state === "now" ? "（途中）" : ""}`)
    .join("、");
  const forecast = coming.map((bar) => `${bar.label}${bar.forecast}${unit}`).join("、");
  return (
    [actual && `実績は${actual}。`, forecast && `予測は${forecast}。`].filter((part) => part).join("") ||
    "まだ数がありません。"
  );
}
