import { hasBox, isLabel, isOption, monthHead, type TemplateNames } from "./template-name.ts";

/** ます目に印を書く手。書けないます目（結合の続き、図）なら undefined。 */
export type SpotAt = (row: number, column: number) => ((text: string) => void) | undefined;

/**
 * 月が横に並ぶ表（見出しの行に月が三つ以上）と、「適」「否」の列を選ぶ表に、印を入れる。行の見出しは、その左の言葉。
 * 見出しの行と列の数の違う行は、どの列か決まらないので入れない。入れた数を返す。
 */
export function markGrid(
  texts: readonly (readonly string[])[],
  names: TemplateNames,
  spotAt: SpotAt,
): number {
  let found = 0;
  let months = new Map<number, number>();
  let options = new Map<number, string>();
  let width = 0;
  for (const [row, own] of texts.entries()) {
    const heads = {
      months: pairs(own, monthHead),
      options: pairs(own, (text) => (isOption(text) ? text.normalize("NFKC").trim() : undefined)),
    };
    if (heads.months.size >= 3 || heads.options.size >= 2) {
      [months, options, width] = [
        heads.months.size >= 3 ? heads.months : new Map(),
        heads.options,
        own.length,
      ];
      continue;
    }
    if (own.length !== width) continue;
    for (const [column, month] of months)
      found += putIn(own, row, column, spotAt, (label) => `{${names.addMonth(label, month)}}`);
    if (months.size > 0) continue;
    for (const [column, option] of options)
      found += putIn(own, row, column, spotAt, (label) =>
        hasBox(own[column] ?? "")
          ? `{${names.addBox(label, option)}}`
          : `{${names.addCircle(label, option)}}`,
      );
  }
  return found;
}

function pairs<Value>(own: readonly string[], read: (text: string) => Value | undefined): Map<number, Value> {
  return new Map(
    own.flatMap((text, column) => {
      const value = read(text);
      return value === undefined ? [] : [[column, value] as const];
    }),
  );
}

/** 空か □ だけのます目に、左の見出しの印を入れる。 */
function putIn(
  own: readonly string[],
  row: number,
  column: number,
  spotAt: SpotAt,
  mark: (label: string) => string,
): number {
  const text = (own[column] ?? "").trim();
  const label = own.slice(0, column).find((one) => isLabel(one) && !isOption(one));
  if (label === undefined || !(text === "" || /^[□☐◻▢]$/.test(text))) return 0;
  const put = spotAt(row, column);
  if (put === undefined) return 0;
  put(mark(label));
  return 1;
}
