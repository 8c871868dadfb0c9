/** 結合を解いた、表の一つのます目。 */
export interface MergedCell {
  text: string;
  /** 横に続ける列の数。 */
  span: number;
  /** 縦に続ける行の数。 */
  down: number;
  /** ほかのます目に含まれる（出さない）。縦の続きなら "above"。 */
  covered?: "left" | "above";
  /** 左端の列の番号。 */
  at: number;
}

/**
 * 表の行を、結合を読んで並べる。「^^」は上のます目の続き、「<<」は左のます目の続き。
 * 続く先のない印は、ただの空のます目とする。見出しの行と本文の行は、別々に渡す（縦の続きは、またがない）。
 */
export function mergeCells(rows: readonly (readonly string[])[]): MergedCell[][] {
  const grid: MergedCell[][] = rows.map((row) =>
    row.map((text, at) => ({ text: isMark(text) ? "" : text, span: 1, down: 1, at })),
  );
  for (const [r, row] of rows.entries())
    for (const [c, text] of row.entries()) {
      const cell = grid[r]?.[c];
      if (!cell) continue;
      if (text.trim() === "<<") {
        const owner = grid[r]?.slice(0, c).findLast(({ covered }) => covered !== "left");
        if (!owner || owner.covered || owner.at + owner.span !== c) continue;
        owner.span += 1;
        cell.covered = "left";
      } else if (text.trim() === "^^") {
        const above = ownerAbove(grid, r, c);
        if (above?.span !== 1) continue;
        above.down += 1;
        cell.covered = "above";
      }
    }
  return grid;
}

function isMark(text: string): boolean {
  return text.trim() === "<<" || text.trim() === "^^";
}

function ownerAbove(
  grid: readonly (readonly MergedCell[])[],
  row: number,
  at: number,
): MergedCell | undefined {
  for (let r = row - 1; r >= 0; r -= 1) {
    const cell = grid[r]?.[at];
    if (!cell || cell.covered === "left") return undefined;
    if (cell.covered !== "above") return cell.down === row - r ? cell : undefined;
  }
  return undefined;
}
