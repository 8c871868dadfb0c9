/** 分布の表の一ます。 */
export interface MapCell {
  opinions: number;
  letters: number;
}

export interface MapRow {
  key: string;
  cells: ReadonlyMap<string, MapCell>;
  total: MapCell;
}

/** 行と列に分けて数える。和は、いつも全体と合う（一つの意見は、行も列も一つ）。 */
export function opinionMap<T>(
  items: readonly T[],
  by: { row(item: T): string; column(item: T): string; letter(item: T): string },
): { rows: MapRow[]; columns: string[]; total: MapCell } {
  const rows = [...Map.groupBy(items, by.row)].map(([key, own]): MapRow => {
    const cells = new Map(
      [...Map.groupBy(own, by.column)].map(([column, some]) => [column, cellOf(some, by.letter)]),
    );
    return { key, cells, total: cellOf(own, by.letter) };
  });
  return { rows, columns: [...new Set(items.map(by.column))], total: cellOf(items, by.letter) };
}

function cellOf<T>(items: readonly T[], letter: (item: T) => string): MapCell {
  return { opinions: items.length, letters: new Set(items.map(letter)).size };
}
