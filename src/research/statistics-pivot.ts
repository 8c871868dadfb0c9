/** 一行に一つの値の表（e-Stat のデータベースの CSV）の、見出しと中身。 */
interface LongTable {
  /** 見出しの行の番号。 */
  at: number;
  value: number;
  time: number;
  unit: number;
  /** 分ける項目の列（コードの列、注の列、いつも同じ列は除く）。 */
  dimensions: number[];
}

const VALUE = /^(?:value|値|数値|データ値?)$/i;
const TIME = /^(?:時間軸.*|時点|調査年.*|年次|年度|time)$/i;
const UNIT = /^(?:unit|単位)$/i;
/** 値の注、コード、表章の番号は、比べる項目ではない。 */
const ASIDE = /(?:_?code|コード)$|^(?:annotation|注釈?|注記)$/i;

/**
 * e-Stat のデータベースから出した CSV（表章項目・地域・時間軸・unit・value が一行ずつ並ぶ）を、時点を横に並べた表にする。
 * この形でなければ undefined。同じ所に二つの値があれば、あとのものは別の行にして失わない。
 */
export function pivotStatistics(
  rows: readonly (readonly string[])[],
): { rows: string[][]; above: string[]; unit: string } | undefined {
  const long = findLong(rows);
  if (!long) return undefined;
  const body = rows.slice(long.at + 1).filter((row) => (row[long.value] ?? "") !== "");
  if (body.length === 0) return undefined;
  const head = rows[long.at] ?? [];
  const varied = long.dimensions.filter((at) => new Set(body.map((row) => row[at] ?? "")).size > 1);
  const dimensions = varied.length > 0 ? varied : long.dimensions.slice(0, 1);
  const fixed = long.dimensions
    .filter((at) => !dimensions.includes(at))
    .map((at) => `${head[at] ?? ""}: ${body[0]?.[at] ?? ""}`);
  const times = [...new Set(body.map((row) => row[long.time] ?? ""))].sort();
  const lines = new Map<string, string[]>();
  for (const row of body) {
    const names = dimensions.map((at) => row[at] ?? "");
    const column = dimensions.length + times.indexOf(row[long.time] ?? "");
    let key = JSON.stringify(names);
    while ((lines.get(key)?.[column] ?? "") !== "") key += "+";
    const line = lines.get(key) ?? [...names, ...times.map(() => "")];
    line[column] = row[long.value] ?? "";
    lines.set(key, line);
  }
  const units = new Set(long.unit < 0 ? [] : body.map((row) => row[long.unit] ?? ""));
  return {
    rows: [[...dimensions.map((at) => head[at] ?? ""), ...times], ...lines.values()],
    above: [...rows.slice(0, long.at).map((row) => row.filter(Boolean).join(" ")), ...fixed],
    unit: units.size === 1 ? ([...units][0] ?? "") : [...units].filter(Boolean).join("、"),
  };
}

function findLong(rows: readonly (readonly string[])[]): LongTable | undefined {
  for (const [at, row] of rows.slice(0, 40).entries()) {
    const value = row.findIndex((text) => VALUE.test(text));
    const time = row.findIndex((text) => TIME.test(text) && !ASIDE.test(text));
    if (value < 0 || time < 0 || value === time) continue;
    const unit = row.findIndex((text) => UNIT.test(text));
    const dimensions = row.flatMap((text, index) =>
      text !== "" && ![value, time, unit].includes(index) && !ASIDE.test(text) ? [index] : [],
    );
    if (dimensions.length > 0) return { at, value, time, unit, dimensions };
  }
  return undefined;
}
