/** 様式の中の名 → 差し込む値の見出し。差し込まない名は、ここにない。 */
export type TemplateMap = Readonly<Record<string, string>>;

const flat = (text: string) => text.normalize("NFKC").replace(/[\s_・（）()]/g, "");

/**
 * 様式の名に、値の見出しを当てる。同じ名、片方がもう片方を含む名（長く重なる方）の順。当たらなければ入れない。
 * @param names 様式の中の名
 * @param labels 差し込める値の見出し
 */
export function matchTemplate(names: readonly string[], labels: readonly string[]): Record<string, string> {
  const map: Record<string, string> = {};
  for (const name of names) {
    const label = labelFor(name, labels);
    if (label !== undefined) map[name] = label;
  }
  return map;
}

function labelFor(name: string, labels: readonly string[]): string | undefined {
  const wanted = flat(name);
  const same = labels.find((label) => flat(label) === wanted);
  if (same !== undefined || wanted.length < 2) return same;
  return labels
    .filter(
      (label) => flat(label).length >= 2 && (flat(label).includes(wanted) || wanted.includes(flat(label))),
    )
    .sort((a, b) => Math.min(flat(b).length, wanted.length) - Math.min(flat(a).length, wanted.length))[0];
}

/** 様式の名ごとの値。当てていない名は空にする（印を残さない）。 */
export function templateValues(
  names: readonly string[],
  map: TemplateMap,
  values: ReadonlyMap<string, string>,
): Map<string, string> {
  return new Map(names.map((name) => [name, values.get(map[name] ?? "") ?? ""]));
}
