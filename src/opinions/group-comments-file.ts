import { groupOpinions, type OpinionGroup } from "./group-opinions.ts";
import { type OpinionRow, readOpinions } from "./opinion-reader.ts";

/** 四つの数え方と、まとまり。数え方は互いに代わりにならない（人 ≤ 通 ≤ 意見、違う文 ≤ 意見）。 */
export interface GroupedFile {
  people: number;
  letters: number;
  opinions: number;
  /** 一字も違わない文を一つと数えた数。 */
  distinct: number;
  groups: OpinionGroup[];
}

/** 意見の表を数え、同じ文・似た文をまとめる。事務所を開かない。 */
export function groupCommentsFile(
  bytes: Uint8Array,
  fileName: string,
  progress?: (done: number, total: number) => void,
): GroupedFile {
  const rows = readOpinions(bytes, fileName);
  const { distinct, groups } = groupOpinions(rows, progress);
  return { ...countLetters(rows), opinions: rows.length, distinct, groups };
}

/** 通と人。通の書かれていない意見は一つで一通、人の書かれていない通は一通で一人。 */
export function countLetters(rows: readonly Pick<OpinionRow, "id" | "letter" | "person">[]): {
  people: number;
  letters: number;
} {
  const letters = new Map<string, Set<string>>();
  for (const { id, letter, person } of rows) {
    const key = letter === "" ? `意見 ${id}` : `通 ${letter}`;
    const people = letters.get(key) ?? new Set();
    if (person !== "") people.add(person);
    letters.set(key, people);
  }
  const named = new Set([...letters.values()].flatMap((people) => [...people]));
  const unnamed = [...letters.values()].filter((people) => people.size === 0).length;
  return { people: named.size + unnamed, letters: letters.size };
}
