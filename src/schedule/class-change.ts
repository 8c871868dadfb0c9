import { type ClassIdentity, type ClassRow, classKey, foldText, fullClassKey } from "./class.ts";

/** 取り込みで比べる欄。枠を決める四つ（日・開始・会場・講座）は変わらないので入らない。 */
export const comparedFields = [
  "end",
  "capacity",
  "room",
  "kind",
  "venueAddress",
  "ward",
  "bring",
  "phone",
  "contact",
  "note",
  "number",
] as const;

export type ComparedField = (typeof comparedFields)[number];

/** すでにある枠。欄が空なら "" でも undefined でもよい。 */
export type ExistingClass = ClassIdentity & Partial<Pick<ClassRow, ComparedField>>;

export interface FieldChange {
  field: ComparedField;
  before: string | number | undefined;
  after: string | number;
}

export interface ClassChanges<T extends ExistingClass> {
  added: ClassRow[];
  changed: { before: T; after: ClassRow; fields: FieldChange[] }[];
  unchanged: { before: T; after: ClassRow }[];
  removed: T[];
  /** removed と added のうち、日時か会場だけが動いたらしい組。決めるのは人。 */
  moved: { before: T; after: ClassRow }[];
}

/**
 * 取り込んだ日程表と、すでにある枠を比べる。同じファイルをもう一度取り込めば、全部が unchanged になる。
 * ファイルに書かれていない欄（列がない、空欄）は、すでにある値を消さない。
 */
export function compareClasses<T extends ExistingClass>(
  existing: readonly T[],
  imported: readonly ClassRow[],
): ClassChanges<T> {
  const rest = new Map<string, T[]>();
  for (const one of existing) {
    const key = classKey(one);
    rest.set(key, [...(rest.get(key) ?? []), one]);
  }
  const changes: ClassChanges<T> = { added: [], changed: [], unchanged: [], removed: [], moved: [] };
  const pairs = pairUp(imported, rest);
  for (const after of imported) {
    const before = pairs.get(after);
    if (!before) {
      changes.added.push(after);
      continue;
    }
    const fields = changedFields(before, after);
    if (fields.length > 0) changes.changed.push({ before, after, fields });
    else changes.unchanged.push({ before, after });
  }
  const kept = new Set(pairs.values());
  changes.removed = existing.filter((one) => !kept.has(one));
  changes.moved = likelyMoves(changes.removed, changes.added);
  return changes;
}

/** 部屋や種別まで同じ枠を先に組み、残りを四つの値で組む。 */
function pairUp<T extends ExistingClass>(
  imported: readonly ClassRow[],
  rest: Map<string, T[]>,
): Map<ClassRow, T> {
  const pairs = new Map<ClassRow, T>();
  for (const exact of [true, false]) {
    for (const after of imported) {
      const waiting = rest.get(classKey(after)) ?? [];
      if (pairs.has(after) || waiting.length === 0) continue;
      const at = exact ? waiting.findIndex((one) => fullClassKey(one) === fullClassKey(after)) : 0;
      const [before] = at < 0 ? [] : waiting.splice(at, 1);
      if (before) pairs.set(after, before);
    }
  }
  return pairs;
}

function changedFields(before: ExistingClass, after: ClassRow): FieldChange[] {
  return comparedFields.flatMap((field) => {
    const next = after[field];
    if (next === undefined || next === "" || fold(before[field]) === fold(next)) return [];
    return [{ field, before: before[field], after: next }];
  });
}

function fold(value: string | number | undefined): string {
  return foldText(String(value ?? ""));
}

/** 同じ番号、または同じ会場・講座で、消えた枠と増えた枠が一つずつなら、動いたものらしい。 */
function likelyMoves<T extends ExistingClass>(
  removed: readonly T[],
  added: readonly ClassRow[],
): { before: T; after: ClassRow }[] {
  const moves: { before: T; after: ClassRow }[] = [];
  const used = new Set<unknown>();
  const signs: ((one: ExistingClass) => string | undefined)[] = [
    (one) => (one.number ? `${fold(one.number)}\u0000${fold(one.course)}` : undefined),
    (one) => `${fold(one.venue)}\u0000${fold(one.course)}`,
    (one) => `${one.date}\u0000${one.start}\u0000${fold(one.course)}`,
  ];
  for (const sign of signs) {
    const from = Map.groupBy(
      removed.filter((one) => !used.has(one)),
      sign,
    );
    const to = Map.groupBy(
      added.filter((one) => !used.has(one)),
      sign,
    );
    for (const [key, [before, ...more]] of from) {
      const [after, ...others] = to.get(key) ?? [];
      if (key === undefined || !before || !after || more.length > 0 || others.length > 0) continue;
      moves.push({ before, after });
      used.add(before).add(after);
    }
  }
  return moves;
}
