import type { WaveComparison, WaveLine } from "./compare-waves.ts";

/** 刷る割合（小数第一位、四捨五入）。 */
export function percentOf(percent: number | null): string {
  return percent === null ? "…" : (Math.round(percent * 10 + 1e-9) / 10).toFixed(1);
}

/** 「+16.1」「−3.0」「±0.0」。刷った割合どうしの差にする（引き算が合うように）。 */
export function differenceOf({ percents }: Pick<WaveLine, "percents">, before: number): string {
  const [was, is] = [percents[before], percents.at(-1)];
  if (was === null || was === undefined || is === null || is === undefined) return "…";
  const gap = Math.round(Number(percentOf(is)) * 10) - Math.round(Number(percentOf(was)) * 10);
  return `${gap > 0 ? "+" : gap < 0 ? "−" : "±"}${(Math.abs(gap) / 10).toFixed(1)}`;
}

/** 差を比べる回（直前の、対応する設問のある回）の場所。 */
export function previousAt({ waves }: Pick<WaveComparison, "waves">): number {
  return waves.slice(0, -1).findLastIndex((one) => one !== null);
}

/** 調査報告書の言い方で、前回との違いを言う一文。 */
export function waveFinding(comparison: WaveComparison): string {
  const before = previousAt(comparison);
  const name = comparison.waves[before]?.label ?? "前回";
  const lead = `${name}と比べると、`;
  const { mean } = comparison;
  if (comparison.lines.length === 0 && mean) {
    const [was, is] = [mean.values[before], mean.values.at(-1)];
    const way = (mean.difference ?? 0) > 0 ? "増えて" : "減って";
    const change = mean.p !== undefined && mean.p < 0.05 ? `${way}いる` : "有意な差はない";
    return `${lead}平均は${(was ?? 0).toFixed(2)}から${(is ?? 0).toFixed(2)}となり、${change}。`;
  }
  const changed = comparison.lines
    .filter(({ mark }) => mark !== undefined)
    .toSorted((a, b) => Math.abs(b.difference ?? 0) - Math.abs(a.difference ?? 0));
  if (changed.length === 0) {
    const widest = comparison.lines
      .filter(({ difference }) => difference !== undefined)
      .toSorted((a, b) => Math.abs(b.difference ?? 0) - Math.abs(a.difference ?? 0))[0];
    if (!widest) return `${lead}対応する選択肢がない。`;
    const most = `差がいちばん大きい「${widest.label}」は${percentOf(widest.percents[before] ?? null)}％から${percentOf(widest.percents.at(-1) ?? null)}％`;
    return comparison.untested === undefined
      ? `${lead}有意に変わった選択肢はない（${most}）。`
      : `${lead}${most}となっている。`;
  }
  const told = (line: WaveLine, first: boolean) => {
    const points = differenceOf(line, before).replace(/^[+−±]/, "");
    const way = (line.difference ?? 0) > 0 ? "増加" : "減少";
    return first
      ? `「${line.label}」が${percentOf(line.percents[before] ?? null)}％から${percentOf(line.percents.at(-1) ?? null)}％へ、${points}ポイント${way}している`
      : `「${line.label}」は${points}ポイント${way}`;
  };
  const [first, ...others] = changed;
  const rest = others.slice(0, 2).map((line) => told(line, false));
  return `${lead}${told(first as WaveLine, true)}。${rest.length > 0 ? `${rest.join("、")}している。` : ""}`;
}

/** 比べ方の注（章のはじめに一度だけ刷る）。 */
export const waveRules = [
  "前回と今回で、設問文と選択肢の名が対応するものだけを比べた。対応しない選択肢は「…」とした。",
  "「差」は、刷った割合の差（ポイント）である。▲▽は、独立な二つの標本の差の検定（標準誤差は、今回は標本設計に従い、前回は集計表だけのものは単純無作為抽出とみなした）で、設問の中でホルムの補正をして5％水準で有意なもの。",
  "前回と今回では、対象・抽出・回収の方法が違うことがあるので、差の読み方に注意する。",
] as const;

/** 表の下の注: 言い回しの違い、片方だけの選択肢、検定をしないわけ。 */
export function waveNote({ lines, onlyBefore, onlyNow, untested }: WaveComparison): string {
  const reworded = lines.flatMap(({ label, reworded: was }) =>
    was === undefined ? [] : [`「${label}」（前回「${was}」）`],
  );
  return [
    ...(reworded.length > 0 ? [`言い回しの違うものを同じとみた: ${reworded.join("、")}。`] : []),
    ...(onlyNow.length > 0 ? [`今回だけの選択肢: ${onlyNow.map((one) => `「${one}」`).join("")}。`] : []),
    ...(onlyBefore.length > 0
      ? [`前回だけの選択肢: ${onlyBefore.map((one) => `「${one}」`).join("")}。`]
      : []),
    ...(untested === undefined ? [] : [`${untested}ので、検定はしていない。`]),
  ].join("");
}
