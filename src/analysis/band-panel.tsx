import type { CrossView, ViewRow } from "../tabulation/cross-view.ts";

/** 表の詰め方。列が多ければ詰め、もっと多ければ、図を表の下に分ける（どの列も隠さない）。 */
export function fitOf({ columns }: Pick<CrossView, "columns">): "wide" | "many" | "apart" {
  return columns.length > 8 ? "apart" : columns.length > 5 ? "many" : "wide";
}

/** 図の幅（様式の .many、.apart と同じ）。 */
function widthOf(view: Pick<CrossView, "columns">): number {
  return { wide: 220, many: 120, apart: 600 }[fitOf(view)];
}

const HEIGHT = 28;
const GAP = 2;

/** 斜線の模様。無回答などの帯に使う（画面に一度だけ置く）。 */
export function BandPatterns() {
  return (
    <svg className="band-defs" aria-hidden="true">
      <defs>
        <pattern
          id="band-hatch"
          width="6"
          height="6"
          patternUnits="userSpaceOnUse"
          patternTransform="rotate(45)"
        >
          <rect width="6" height="6" fill="#fff" />
          <rect width="3" height="6" fill="#d9d9d9" />
        </pattern>
      </defs>
    </svg>
  );
}

/** 列の色の番号（選択肢の順）。無回答などは斜線。 */
export function toneOf(view: Pick<CrossView, "columns">, at: number): string {
  const column = view.columns[at];
  if (column?.kind === "missing") return "b-none";
  const options = view.columns.filter(({ kind }) => kind === "option").length;
  // 二つなら濃い・薄い、五つまでは手本の並び、多ければ八つの並び。
  const tones = options <= 2 ? [1, 3] : options === 3 ? [1, 2, 3] : [1, 2, 3, 4, 5, 6, 7, 8];
  return `b-${tones[at % tones.length]}`;
}

/** 一行の図。一つだけ選ぶ設問は帯、いくつでも選ぶ設問は縦の棒の並び、数は平均と幅。 */
export function RowPicture({ view, row, rows }: { view: CrossView; row: ViewRow; rows: readonly ViewRow[] }) {
  if (view.question.type === "number") return <MeanMark row={row} rows={rows} width={widthOf(view)} />;
  if (row.hidden || row.base <= 0) return null;
  return view.question.type === "sa" ? <Band view={view} row={row} /> : <Columns view={view} row={row} />;
}

function shares(view: CrossView, row: ViewRow): { at: number; label: string; percent: number }[] {
  return view.columns.flatMap(({ label, kind }, at) => {
    const percent = row.cells[at]?.percent ?? 0;
    return kind === "net" ? [] : [{ at, label, percent: percent ?? 0 }];
  });
}

function said(row: ViewRow, parts: readonly { label: string; percent: number }[]): string {
  return `${row.label} ${parts.map(({ label, percent }) => `${label}${Math.round(percent)}`).join("、")}`;
}

function Band({ view, row }: { view: CrossView; row: ViewRow }) {
  const width = widthOf(view);
  const parts = shares(view, row);
  const sum = parts.reduce((all, { percent }) => all + percent, 0) || 1;
  let left = 0;
  return (
    <svg className="band-svg" viewBox={`0 0 ${width} ${HEIGHT}`} role="img" aria-label={said(row, parts)}>
      {parts.map(({ at, percent }) => {
        const wide = (percent / sum) * width;
        const from = left;
        left += wide;
        const shown = Math.max(0, wide - GAP);
        const tone = toneOf(view, at);
        const rounded = String(Math.round(percent));
        return (
          <g key={at}>
            <rect
              className={tone}
              x={round(from)}
              width={round(shown)}
              height={HEIGHT}
              fill={tone === "b-none" ? "url(#band-hatch)" : undefined}
            />
            {shown > rounded.length * 9 + 4 && (
              <text className={`${tone}-t`} x={round(from + shown / 2)} y={HEIGHT / 2 + 5}>
                {rounded}
              </text>
            )}
          </g>
        );
      })}
    </svg>
  );
}

function Columns({ view, row }: { view: CrossView; row: ViewRow }) {
  const width = widthOf(view);
  const parts = shares(view, row);
  const slot = width / Math.max(1, parts.length);
  return (
    <svg className="band-svg" viewBox={`0 0 ${width} ${HEIGHT}`} role="img" aria-label={said(row, parts)}>
      <path className="band-base" d={`M0 ${HEIGHT - 0.5}h${width}`} />
      {parts.map(({ at, percent }, i) => {
        const tall = Math.max(0.5, ((HEIGHT - 1) * percent) / 100);
        const none = view.columns[at]?.kind === "missing";
        return (
          <rect
            key={at}
            className={none ? "b-none" : "b-2"}
            fill={none ? "url(#band-hatch)" : undefined}
            x={round(slot * i + slot * 0.15)}
            width={round(slot * 0.7)}
            y={round(HEIGHT - 1 - tall)}
            height={round(tall)}
          />
        );
      })}
    </svg>
  );
}

/** 平均の点と、95% の幅。 */
function MeanMark(props: { row: ViewRow; rows: readonly ViewRow[]; width: number }) {
  const { row, rows, width } = props;
  if (!row.mean) return null;
  const ends = rows.flatMap(({ mean }) =>
    mean ? [mean.value - 1.96 * (mean.se ?? 0), mean.value + 1.96 * (mean.se ?? 0)] : [],
  );
  const [low, high] = [Math.min(...ends), Math.max(...ends)];
  const x = (value: number) => 8 + ((value - low) / (high - low || 1)) * (width - 16);
  const { value, se = 0 } = row.mean;
  const words = `${row.label} 平均${value.toFixed(2)}${se > 0 ? `、95%の幅${(value - 1.96 * se).toFixed(2)}から${(value + 1.96 * se).toFixed(2)}` : ""}`;
  return (
    <svg className="band-svg" viewBox={`0 0 ${width} ${HEIGHT}`} role="img" aria-label={words}>
      <path className="band-base" d={`M0 ${HEIGHT / 2}h${width}`} />
      <path
        className="band-range"
        d={`M${round(x(value - 1.96 * se))} ${HEIGHT / 2}H${round(x(value + 1.96 * se))}`}
      />
      <circle className="b-1" cx={round(x(value))} cy={HEIGHT / 2} r="5" />
    </svg>
  );
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

/** 色の見出し。 */
export function BandLegend({ view, marks, letters }: { view: CrossView; marks: boolean; letters: boolean }) {
  const single = view.question.type === "sa";
  return (
    <p className="legend band-legend">
      {single &&
        view.columns.map(({ key, label, kind }, at) => {
          if (kind === "net") return null;
          const tone = toneOf(view, at);
          return (
            <span key={key}>
              <svg className="band-key" viewBox="0 0 14 14" aria-hidden="true">
                <rect
                  className={tone}
                  width="14"
                  height="14"
                  fill={tone === "b-none" ? "url(#band-hatch)" : undefined}
                />
              </svg>
              {label}
            </span>
          );
        })}
      {marks && view.blocks.length > 0 && view.question.type !== "number" && (
        <span>
          <b className="mk-up">▲</b>全体より高い <b className="mk-down">▽</b>低い（調整済み残差、5%水準）
        </span>
      )}
      {letters && <span>英字は、その区分より有意に高いこと（補正した z 検定）</span>}
    </p>
  );
}
