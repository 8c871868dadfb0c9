import type { FieldFinder } from "../sheet/xlsx-list.ts";
import { fieldKey, foldName, isSerial, scopeOf } from "./list-field.ts";
import type { ListIndex } from "./list-row.ts";

/** 様式の見出しや札を、名簿の欄に結びつける。同じ名の列がまず勝ち、なければ言いかえで探す。 */
export function finderFor(index: ListIndex): FieldFinder {
  const exact = new Set(index.headers.map((header) => header.folded));
  const resolve = (name: string): string | undefined =>
    exact.has(foldName(name)) ? foldName(name) : fieldKey(name);
  return {
    column(header, parent) {
      if (header.trim() === "" || header.length > 60) return undefined;
      const joined = foldName(parent + header);
      // 「連絡先／自宅」のように、上の段と合わせて初めて名簿の列名になるもの。
      if (parent !== "" && exact.has(joined) && !exact.has(foldName(header))) return joined;
      return resolve(header);
    },
    title(label) {
      if (label.trim() === "" || label.length > 30) return undefined;
      const field = resolve(label);
      const scope = scopeOf(fieldKey(label) ?? "");
      return field !== undefined && (scope === "class" || (scope === undefined && exact.has(field)))
        ? field
        : undefined;
    },
    person: (field) => scopeOf(fieldKey(field) ?? "") === "person" || fieldKey(field) === "受付番号",
    serial: isSerial,
  };
}
