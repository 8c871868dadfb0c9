import { type Source, sourceCode } from "./source.ts";

/** 比べる表の一行: 一つの自治体（取組・技術）。いくつかの資料から埋まることがある。 */
export interface ComparedRow {
  name: string;
  sources: Source[];
  /** 項目の順。資料によって値がちがえば、「34万人（S-05）、35万人（S-09）」。 */
  cells: string[];
  status: string;
}

/**
 * 比べる表: 行は名（subject）、列は項目（出てきた順）。同じ自治体の資料は、いくつあっても一行に合わせる。
 * ほかの種類では、同じ項目に違う値のある資料は合わせない（同じ取組の、年のちがう実績など）。
 */
export function compareSources(sources: readonly Source[]): { items: string[]; rows: ComparedRow[] } {
  const items = [...new Set(sources.flatMap(({ facts }) => facts.map(([name]) => name)))];
  const groups: Source[][] = [];
  for (const source of sources.filter(({ facts }) => facts.length > 0)) {
    const own = groups.find(
      ([first]) =>
        first !== undefined &&
        first.kind === source.kind &&
        plainName(source.subject) !== "" &&
        plainName(first.subject) === plainName(source.subject),
    );
    if (own && (source.kind === "municipality" || own.every((one) => agrees(one, source)))) own.push(source);
    else groups.push([source]);
  }
  return {
    items,
    rows: groups.map((own) => ({
      name: own[0]?.subject || own[0]?.title || "",
      sources: own,
      cells: items.map((item) => cellOf(own, (one) => new Map(one.facts).get(item) ?? "")),
      status: cellOf(own, ({ status }) => status),
    })),
  };
}

function plainName(text: string): string {
  return text.normalize("NFKC").replace(/\s/g, "");
}

/** 両方にある項目の値が、みな同じ。 */
function agrees(a: Source, b: Source): boolean {
  const known = new Map(a.facts);
  return b.facts.every(([name, value]) => !known.has(name) || known.get(name) === value);
}

function cellOf(sources: readonly Source[], read: (source: Source) => string): string {
  const values = sources.flatMap((source) => (read(source) === "" ? [] : [{ value: read(source), source }]));
  const different = [...Map.groupBy(values, ({ value }) => plainName(value)).values()];
  if (different.length <= 1) return values[0]?.value ?? "";
  return different
    .map((own) => `${own[0]?.value ?? ""}（${own.map(({ source }) => sourceCode(source)).join("、")}）`)
    .join("、");
}
