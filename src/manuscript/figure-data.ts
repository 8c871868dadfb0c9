import type { TextBinder } from "./bound-text.ts";
import type { ManuscriptBlock } from "./manuscript.ts";

export interface FigureData {
  categories: string[];
  series: { name: string; values: number[] }[];
}

/** 図のデータ: 1列目が項目、1行目が系列の名。数でないます目は知らせて 0 とする。 */
export function chartOf(
  block: Extract<ManuscriptBlock, { kind: "figure" }>,
  binder: TextBinder,
): FigureData | undefined {
  const table = binder.table(block.data, block.place);
  if (!table) return undefined;
  const [head = [], ...rows] = table.rows.filter((row) => row.some((cell) => cell.text.trim() !== ""));
  if (rows.length === 0 || head.length < 2) {
    binder.warnings.push({
      kind: "missing-data",
      place: block.place,
      message: `データ「${block.data}」に、項目と数の行がありません。1行目に系列の名、1列目に項目を書いてください。`,
    });
    return undefined;
  }
  return {
    categories: rows.map((row) => row[0]?.text ?? ""),
    series: head.slice(1).map((name, at) => ({
      name: name.text,
      values: rows.map((row) => {
        const cell = row[at + 1];
        const value = cell?.number ?? Number((cell?.text ?? "").replace(/[,%％]/g, ""));
        if (cell && cell.text !== "" && Number.isFinite(value)) return value;
        binder.warnings.push({
          kind: "missing-data",
          place: block.place,
          message: `データ「${block.data}」の${cell?.ref ?? ""}が数ではありません。0 としました。`,
        });
        return 0;
      }),
    })),
  };
}
