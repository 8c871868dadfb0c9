import { writeTableWorkbook } from "../office/table-workbook.ts";
import { compareSources } from "./compare-source.ts";
import { type Source, sourceCode, sourceKinds } from "./source.ts";

/** 比べる表の Excel（種類ごとに一枚）。終わりの列は、もとの資料の番号。 */
export function comparisonWorkbook(sources: readonly Source[]): Uint8Array {
  const sheets = sourceKinds.flatMap(({ kind, label }) => {
    const own = sources.filter((one) => one.kind === kind);
    const { items, rows } = compareSources(own);
    if (rows.length === 0) return [];
    const status = own.some((one) => one.status !== "");
    const head = [
      kind === "measure" ? "取組" : "名",
      ...items,
      ...(status ? [kind === "technology" ? "成熟の度合い" : "状況"] : []),
      "資料",
    ];
    return [
      {
        ...{ name: label, headRows: 1, headColumns: 1, landscape: true },
        widths: [24, ...head.slice(1).map(() => 18)],
        rows: [
          head.map((value) => ({ value, look: "head" as const })),
          ...rows.map((row) =>
            [
              row.name,
              ...row.cells,
              ...(status ? [row.status] : []),
              row.sources.map((one) => sourceCode(one)).join("、"),
            ].map((value) => ({ value, look: "text" as const })),
          ),
        ],
      },
    ];
  });
  return writeTableWorkbook(
    sheets.length > 0 ? sheets : [{ name: "比べる表", rows: [["比べる項目のある資料は、まだありません。"]] }],
  );
}
