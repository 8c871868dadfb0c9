/** 設問の呼び名: Q12 → 問12、Q7_1 → 問7(1)。ほかはコードブックの id のまま（F2 など）。 */
export function questionName(id: string): string {
  const found = /^[Qq](\d+)(?:[_-](\d+))?$/.exec(id);
  if (!found) return id;
  return `問${found[1]}${found[2] === undefined ? "" : `(${found[2]})`}`;
}
