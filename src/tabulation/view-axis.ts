import type { CodedSurvey } from "./coded-answer.ts";
import type { CrossAsk, CrossFilter } from "./cross-ask.ts";

/** 表側の一つの軸。code は回答ごとの区分の番号（どれでもなければ −1）。いくつでも選ぶ設問は marks。 */
export interface AxisCodes {
  id: string;
  title: string;
  rows: { code: string; label: string }[];
  code?: Int32Array;
  marks?: readonly Uint8Array[];
}

/** 尋ねられた軸。nested なら一つに重ねる（重ねられるのは、一つだけ選ぶ設問）。 */
export function axesOf(survey: CodedSurvey, ask: Pick<CrossAsk, "rows" | "nested">): AxisCodes[] {
  const each = ask.rows.flatMap((id) => axisOf(survey, id) ?? []);
  const single = each.filter(({ code }) => code !== undefined);
  if (!ask.nested || single.length < 2) return each;
  return [single.reduce(nest), ...each.filter(({ code }) => code === undefined)];
}

function axisOf(survey: CodedSurvey, id: string): AxisCodes | undefined {
  const coded = survey.questions.get(id);
  if (!coded) return undefined;
  const { question, single, marks } = coded;
  const rows = question.options.map(({ code, label, short }) => ({ code, label: short ?? label }));
  const head = { id, title: question.short ?? (question.text || id), rows };
  if (single) return { ...head, code: Int32Array.from(single, (one) => (one >= 0 ? one : -1)) };
  return marks ? { ...head, marks } : undefined;
}

function nest(above: AxisCodes, below: AxisCodes): AxisCodes {
  const width = below.rows.length;
  const [a, b] = [above.code ?? new Int32Array(0), below.code ?? new Int32Array(0)];
  const code = new Int32Array(a.length);
  for (let row = 0; row < code.length; row += 1) {
    const [x, y] = [a[row] as number, b[row] as number];
    code[row] = x < 0 || y < 0 ? -1 : x * width + y;
  }
  return {
    id: `${above.id}×${below.id}`,
    title: `${above.title}×${below.title}`,
    rows: above.rows.flatMap((x) =>
      below.rows.map((y) => ({ code: `${x.code}×${y.code}`, label: `${x.label}／${y.label}` })),
    ),
    code,
  };
}

/** 絞り込みに合う回答（1 か 0）。 */
export function filterMask(survey: CodedSurvey, filters: readonly CrossFilter[]): Uint8Array {
  const mask = new Uint8Array(survey.rows).fill(1);
  for (const { question: id, codes } of filters) {
    const coded = survey.questions.get(id);
    if (!coded) continue;
    const places = coded.question.options.flatMap(({ code }, at) => (codes.includes(code) ? [at] : []));
    const wanted = new Set(places);
    for (let row = 0; row < mask.length; row += 1) {
      if (mask[row] === 0) continue;
      const fits = coded.single
        ? wanted.has(coded.single[row] as number)
        : places.some((at) => coded.marks?.[at]?.[row] === 1);
      if (!fits) mask[row] = 0;
    }
  }
  return mask;
}
