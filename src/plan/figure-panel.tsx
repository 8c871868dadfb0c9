import type { BlockContent } from "./plan-block.ts";

type Figure = Extract<BlockContent, { kind: "figure" }>;

const WIDTH = 590;
const HEIGHT = 156;
const LEFT = 40;
const RIGHT = 130;
const TOP = 16;
const BOTTOM = 28;

interface Series {
  name: string;
  values: number[];
}

/** データの表を、項目と系列に。数でないます目は 0。 */
function seriesOf(rows: readonly (readonly string[])[]): { categories: string[]; series: Series[] } {
  const [head = [], ...body] = rows.filter((row) => row.some((cell) => cell.trim() !== ""));
  return {
    categories: body.map((row) => row[0] ?? ""),
    series: head.slice(1).map((name, at) => ({
      name,
      values: body.map((row) => Number((row[at + 1] ?? "").replace(/[,%％]/g, "")) || 0),
    })),
  };
}

/** 図の下絵（画面だけ。書き出しでは、Word の中で直せる図になる）。 */
export function FigurePanel({
  figure,
  rows,
}: {
  figure: Figure;
  rows: readonly (readonly string[])[] | undefined;
}) {
  if (figure.form === "tree" || figure.form === "map" || figure.form === "roadmap")
    return <p className="sub noindent">原稿の施策から描く図です。書き出しのときに描きます。</p>;
  if (!rows) return <p className="sub noindent">データを選ぶと、ここに図が出ます。</p>;
  const { categories, series } = seriesOf(rows);
  if (categories.length === 0 || series.length === 0)
    return <p className="sub noindent">データに、項目と数の行がありません。</p>;
  const alt = figure.alt || `${figure.caption}。${categories.length}項目。`;
  return figure.form === "line" ? (
    <LineChart {...{ alt, categories, series, unit: figure.unit }} />
  ) : (
    <BarChart {...{ alt, categories, series, unit: figure.unit }} />
  );
}

interface ChartProps {
  alt: string;
  categories: string[];
  series: Series[];
  unit: string;
}

/** 目盛りの上の端。 */
function ceilingOf(values: readonly number[]): number {
  const most = Math.max(...values, 1e-9);
  const step = 10 ** Math.floor(Math.log10(most));
  return Math.ceil(most / step) * step;
}

function LineChart({ alt, categories, series, unit }: ChartProps) {
  const top = ceilingOf(series.flatMap(({ values }) => values));
  const step = (WIDTH - LEFT - RIGHT) / Math.max(1, categories.length - 1);
  const x = (at: number) => LEFT + at * step;
  const y = (value: number) => TOP + (1 - value / top) * (HEIGHT - TOP - BOTTOM);
  return (
    <svg className="fig" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={alt}>
      {[0, top / 2, top].map((tick) => (
        <g key={tick} className="fig-axis">
          <path d={`M${LEFT} ${y(tick)}H${WIDTH - RIGHT}`} className={tick === 0 ? "fig-base" : "fig-grid"} />
          <text x={LEFT - 6} y={y(tick) + 5} textAnchor="end">
            {tick.toLocaleString("ja-JP")}
          </text>
        </g>
      ))}
      {categories.map((name, at) => (
        <text key={name} className="fig-axis" x={x(at)} y={HEIGHT - 6} textAnchor="middle">
          {name}
        </text>
      ))}
      {series.slice(0, 4).map(({ name, values }, at) => (
        <g key={name} className={`fig-s${at + 1}`}>
          <path
            className="fig-line"
            d={values.map((value, i) => `${i === 0 ? "M" : "L"}${x(i)} ${y(value)}`).join("")}
          />
          {values.map((value, i) => (
            <circle key={categories[i]} cx={x(i)} cy={y(value)} r="4" />
          ))}
          <text className="fig-label" x={x(categories.length - 1) + 12} y={y(values.at(-1) ?? 0) + 5}>
            {`${series.length > 1 ? `${name} ` : ""}${(values.at(-1) ?? 0).toLocaleString("ja-JP")}${unit}`}
          </text>
        </g>
      ))}
    </svg>
  );
}

function BarChart({ alt, categories, series, unit }: ChartProps) {
  const shown = categories.slice(0, 12);
  const groups = series.slice(0, 4);
  const top = ceilingOf(groups.flatMap(({ values }) => values));
  const bar = groups.length > 1 ? 11 : 16;
  const row = groups.length * bar + 8;
  const height = shown.length * row + (groups.length > 1 ? 22 : 4);
  const from = 190;
  return (
    <svg className="fig" viewBox={`0 0 ${WIDTH} ${height}`} role="img" aria-label={alt}>
      {groups.length > 1 &&
        groups.map(({ name }, at) => (
          <g key={name} className={`fig-s${at + 1}`}>
            <rect x={from + at * 100} y="2" width="12" height="12" />
            <text className="fig-axis" x={from + at * 100 + 17} y="13">
              {name}
            </text>
          </g>
        ))}
      {shown.map((name, at) => {
        const y = at * row + (groups.length > 1 ? 22 : 2);
        return (
          <g key={name}>
            <text className="fig-axis" x={from - 8} y={y + row / 2 + 1} textAnchor="end">
              {name.length > 13 ? `${name.slice(0, 12)}…` : name}
            </text>
            {groups.map(({ name: of, values }, s) => {
              const width = ((values[at] ?? 0) / top) * (WIDTH - from - 70);
              return (
                <g key={of} className={`fig-s${s + 1}`}>
                  <rect x={from} y={y + s * bar} width={Math.max(1, width)} height={bar - 2} />
                  <text className="fig-label" x={from + width + 6} y={y + s * bar + bar - 4}>
                    {`${(values[at] ?? 0).toLocaleString("ja-JP")}${unit}`}
                  </text>
                </g>
              );
            })}
          </g>
        );
      })}
    </svg>
  );
}
