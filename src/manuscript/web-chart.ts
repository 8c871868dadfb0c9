import { inkOn } from "../office/colour.ts";
import { xmlText } from "../office/word-text.ts";
import type { FigureData } from "./figure-data.ts";

export type ChartForm = "column" | "bar" | "stacked" | "percent" | "line" | "pie";

interface Frame {
  data: FigureData;
  palette: readonly string[];
  unit: string;
}

const WIDE = 720;
const text = (x: number, y: number, body: string, more = "") =>
  `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" font-size="13"${more}>${xmlText(body)}</text>`;
const middle = ' text-anchor="middle"';
const end = ' text-anchor="end"';

/** 図（SVG）。字は本文と同じ書体、系列の名は凡例に。値は、呼ぶ側が表でも示す。 */
export function chartSvg(
  form: ChartForm,
  data: FigureData,
  look: { palette: readonly string[]; unit: string; alt: string },
): string {
  const frame: Frame = { data, palette: look.palette, unit: look.unit };
  const drawn = {
    column: () => columns(frame, false),
    stacked: () => columns(frame, true),
    bar: () => bars(frame, false),
    percent: () => bars(frame, true),
    line: () => lines(frame),
    pie: () => pie(frame),
  }[form]();
  const legend =
    form === "pie" || data.series.length < 2 ? { body: "", height: 0 } : legendSvg(frame, drawn.height);
  const height = drawn.height + legend.height;
  return `<svg role="img" aria-label="${xmlText(look.alt)}" viewBox="0 0 ${WIDE} ${height.toFixed(0)}">${drawn.body}${legend.body}</svg>`;
}

function colour(frame: Frame, at: number): string {
  return `#${frame.palette[at % frame.palette.length] ?? "333333"}`;
}

function shown(frame: Frame, value: number): string {
  const decimal = frame.data.series.some(({ values }) =>
    values.some((one) => one !== null && !Number.isInteger(one)),
  );
  return value.toLocaleString("ja-JP", {
    minimumFractionDigits: decimal ? 1 : 0,
    maximumFractionDigits: decimal ? 1 : 0,
  });
}

/** 凡例。右の端に届いたら、次の段に送る。 */
function legendSvg(frame: Frame, top: number): { body: string; height: number } {
  const left = 110;
  let [x, y] = [left, top + 8];
  const parts = frame.data.series.map(({ name }, at) => {
    const wide = 34 + [...name].length * 13;
    if (x > left && x + wide > WIDE) [x, y] = [left, y + 22];
    const part = `<rect x="${x}" y="${y}" width="13" height="13" fill="${colour(frame, at)}"/>${text(x + 18, y + 11, name)}`;
    x += wide;
    return part;
  });
  return { body: parts.join(""), height: y - top + 22 };
}

/** 図にある数の全部。 */
function numbersOf({ series }: FigureData): number[] {
  return series.flatMap(({ values }) => values.filter((value) => value !== null));
}

/** 系列を積んだときの、項目ごとの合計。 */
function sums({ categories, series }: FigureData): number[] {
  return categories.map((_, i) => series.reduce((sum, { values }) => sum + Math.max(0, values[i] ?? 0), 0));
}

function columns(frame: Frame, stacked: boolean): { body: string; height: number } {
  const { categories, series } = frame.data;
  const tall = 230;
  const top = 24;
  const totals = stacked ? sums(frame.data) : numbersOf(frame.data);
  const most = Math.max(...totals, 1e-9) * 1.08;
  const step = (WIDE - 40) / categories.length;
  const body = categories.map((category, i) => {
    const left = 20 + i * step + step * 0.16;
    const width = step * 0.68;
    const each = stacked ? width : width / series.length;
    let floor = top + tall;
    const parts = series.map(({ values }, s) => {
      const given = values[i] ?? null;
      if (given === null) return "";
      const value = Math.max(0, given);
      const high = (value / most) * tall;
      const x = stacked ? left : left + s * each;
      const y = (stacked ? floor : top + tall) - high;
      if (stacked) floor = y;
      const label = stacked
        ? high > 15
          ? text(
              x + each / 2,
              y + high / 2 + 5,
              shown(frame, value),
              `${middle} fill="#${inkOn(frame.palette[s % frame.palette.length] ?? "333333")}"`,
            )
          : ""
        : text(x + each / 2, y - 6, shown(frame, given), middle);
      return `<rect x="${x.toFixed(1)}" y="${y.toFixed(1)}" width="${(each - 2).toFixed(1)}" height="${high.toFixed(1)}" fill="${colour(frame, s)}"/>${label}`;
    });
    return parts.join("") + text(left + width / 2, top + tall + 20, category, middle);
  });
  const base = `<line x1="20" x2="${WIDE - 20}" y1="${top + tall}" y2="${top + tall}" stroke="#767676"/>`;
  return { body: base + body.join(""), height: top + tall + 32 };
}

function bars(frame: Frame, percent: boolean): { body: string; height: number } {
  const { categories, series } = frame.data;
  const label = Math.min(300, 16 + Math.max(...categories.map((one) => [...one].length)) * 13);
  const room = WIDE - label - 66;
  const most = Math.max(...numbersOf(frame.data), 1e-9);
  const bar = percent ? 26 : 20;
  const row = (percent ? bar : series.length * bar) + 12;
  const totals = sums(frame.data);
  const body = categories.map((category, i) => {
    const top = i * row + 6;
    let x = label + 10;
    const parts = series.map(({ values }, s) => {
      const given = values[i] ?? null;
      if (given === null) return "";
      const value = Math.max(0, given);
      if (!percent) {
        const width = (value / most) * room;
        const y = top + s * bar;
        return `<rect x="${label + 10}" y="${y}" width="${width.toFixed(1)}" height="${bar - 4}" fill="${colour(frame, s)}"/>${text(label + 16 + width, y + 13, shown(frame, given))}`;
      }
      const width = (value / (totals[i] || 1)) * (room + 50);
      const at = x;
      x += width;
      const inside =
        width > 34
          ? text(
              at + width / 2,
              top + 18,
              shown(frame, value),
              `${middle} fill="#${inkOn(frame.palette[s % frame.palette.length] ?? "333333")}"`,
            )
          : "";
      return `<rect x="${at.toFixed(1)}" y="${top}" width="${width.toFixed(1)}" height="${bar}" fill="${colour(frame, s)}" stroke="#fff"/>${inside}`;
    });
    return text(label, top + (row - 12) / 2 + 4, category, end) + parts.join("");
  });
  return { body: body.join(""), height: categories.length * row + 6 };
}

function lines(frame: Frame): { body: string; height: number } {
  const { categories, series } = frame.data;
  const tall = 220;
  const values = numbersOf(frame.data);
  const [low, high] = values.length > 0 ? [Math.min(...values), Math.max(...values)] : [0, 1];
  const span = high - low || Math.abs(high) || 1;
  const floor = low - span * 0.4;
  const ceiling = high + span * 0.25;
  const step = (WIDE - 80) / Math.max(1, categories.length);
  const place = (i: number, value: number): [number, number] => [
    40 + step * (i + 0.5),
    14 + (1 - (value - floor) / (ceiling - floor)) * tall,
  ];
  const drawn = series.map((one, s) => {
    // 値のない所で、線を切る。
    const runs: string[][] = [[]];
    const dots = one.values.map((value, i) => {
      if (value === null) {
        runs.push([]);
        return "";
      }
      const [x, y] = place(i, value);
      runs.at(-1)?.push(`${x.toFixed(1)},${y.toFixed(1)}`);
      return `<circle cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="4.5" fill="${colour(frame, s)}"/>${text(x, y - 11, shown(frame, value), middle)}`;
    });
    const paths = runs
      .filter((run) => run.length > 1)
      .map(
        (run) =>
          `<polyline points="${run.join(" ")}" fill="none" stroke="${colour(frame, s)}" stroke-width="3"/>`,
      );
    return paths.join("") + dots.join("");
  });
  const names = categories.map((name, i) => text(40 + step * (i + 0.5), tall + 36, name, middle)).join("");
  const base = `<line x1="30" x2="${WIDE - 30}" y1="${tall + 16}" y2="${tall + 16}" stroke="#767676"/>`;
  return { body: base + drawn.join("") + names, height: tall + 48 };
}

function pie(frame: Frame): { body: string; height: number } {
  const { categories, series } = frame.data;
  const values = (series[0]?.values ?? []).map((value) => Math.max(0, value ?? 0));
  const whole = values.reduce((sum, value) => sum + value, 0) || 1;
  const [x, y, r] = [180, 140, 122];
  let turn = -Math.PI / 2;
  const slices = values.map((value, i) => {
    const from = turn;
    turn += (value / whole) * Math.PI * 2;
    const point = (at: number) => `${(x + r * Math.cos(at)).toFixed(1)} ${(y + r * Math.sin(at)).toFixed(1)}`;
    const big = turn - from > Math.PI ? 1 : 0;
    return value >= whole
      ? `<circle cx="${x}" cy="${y}" r="${r}" fill="${colour(frame, i)}"/>`
      : `<path d="M${x} ${y} L${point(from)} A${r} ${r} 0 ${big} 1 ${point(turn)} Z" fill="${colour(frame, i)}" stroke="#fff" stroke-width="2"/>`;
  });
  const legend = categories.map((name, i) => {
    const top = 46 + i * 34;
    return `<rect x="360" y="${top}" width="16" height="16" fill="${colour(frame, i)}"/>${text(384, top + 14, `${name}　${shown(frame, values[i] ?? 0)}${frame.unit}`)}`;
  });
  return { body: slices.join("") + legend.join(""), height: Math.max(284, 60 + categories.length * 34) };
}
