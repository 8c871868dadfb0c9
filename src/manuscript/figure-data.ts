import { refOf } from "../office/table.ts";
import type { TextBinder } from "./bound-text.ts";
import type { ManuscriptBlock } from "./manuscript.ts";

export interface FigureData {
  categories: string[];
  /** null は、値のないます目（棒も点も描かない）。 */
  series: { name: string; values: (number | null)[] }[];
}

/** 図のデータ: 1列目が項目、1行目が系列の名。空や、数でないます目は、知らせて空けておく（0 とは言わない）。 */
export function chartOf(
  block: Extract<ManuscriptBlock, { kind: "figure" }>,
  binder: TextBinder,
): FigureData | undefined {
  const table = binder.table(block.data, block.place);
  if (!table) return undefined;
  const filled = table.rows.flatMap((row, line) =>
    row.some((cell) => cell.text.trim() !== "") ? [{ row, line }] : [],
  );
  const [{ row: head } = { row: [] }, ...rows] = filled;
  if (rows.length === 0 || head.length < 2) {
    binder.warnings.push({
      kind: "missing-data",
      place: block.place,
      message: `データ「${block.data}」に、項目と数の行がありません。1行目に系列の名、1列目に項目を書いてください。`,
    });
    return undefined;
  }
  for (const { row, line } of rows) {
    const extra = row.slice(head.length).filter((cell) => cell.text.trim() !== "");
    if (extra.length > 0)
      binder.warnings.push({
        kind: "missing-data",
        place: block.place,
        message: `データ「${block.data}」の${line + 1}行目に、系列の名のないます目「${extra.map((cell) => cell.text).join("、")}」があります。桁の「,」で分かれたのなら、数を "10,870" のように囲んでください。`,
      });
  }
  return {
    categories: rows.map(({ row }) => row[0]?.text ?? ""),
    series: head.slice(1).map((name, at) => ({
      name: name.text,
      values: rows.map(({ row, line }) => {
        const cell = row[at + 1];
        const text = (cell?.text ?? "")
          .normalize("NFKC")
          .replace(/[,%\s]/g, "")
          .replace(/^[△▲−]/, "-");
        const value = cell?.number ?? (text === "" ? Number.NaN : Number(text));
        if (Number.isFinite(value)) return value;
        binder.warnings.push({
          kind: "missing-data",
          place: block.place,
          message: `データ「${block.data}」の ${refOf(line, at + 1)} ${text === "" ? "が空です" : `「${cell?.text ?? ""}」は数ではありません`}。図では、その所を空けます。`,
        });
        return null;
      }),
    })),
  };
}
