import { createHash } from "node:crypto";
import { type GroupLevel, groupOpinions } from "../opinions/group-opinions.ts";
import type { Office } from "../platform/office.ts";
import { listApart } from "./group-store.ts";
import type { CommentBook, Opinion } from "./read-book.ts";

export const levelLabels: Readonly<Record<GroupLevel, string>> = {
  identical: "一字も違わない",
  normalised: "表記だけ違う",
  near: "ほぼ同じ",
  template: "同じひな形",
};
const strength: readonly GroupLevel[] = ["identical", "normalised", "near", "template"];

/** 似ているまとまり（意見の id）。数える通の意見だけ。 */
export interface Likeness {
  /** 意見の id → 似た意見と、その似かた（強い順）。 */
  of(id: string): { id: string; level: GroupLevel }[];
  groups: readonly { level: GroupLevel; members: readonly string[] }[];
}

/** 計算し直さずに使う、前の結果。持つのは id だけ。 */
const known = new WeakMap<Office, Map<string, { stamp: string; likeness: Likeness }>>();

/** 意見の似かたを調べる。意見が変わらなければ、前の結果を使う。 */
export async function findLikeness(office: Office, book: CommentBook): Promise<Likeness> {
  const opinions = book.opinions.filter(({ letter }) => book.letterOf.get(letter)?.standing === "counted");
  const apart = await listApart(office.read, book.period.id);
  const stamp = stampOf(opinions, apart);
  const kept = known.get(office) ?? new Map();
  known.set(office, kept);
  const before = kept.get(book.period.id);
  if (before?.stamp === stamp) return before.likeness;
  const likeness = likenessOf(opinions, apart);
  kept.set(book.period.id, { stamp, likeness });
  return likeness;
}

function stampOf(opinions: readonly Opinion[], apart: ReadonlySet<string>): string {
  const hash = createHash("sha256");
  for (const { id, row } of opinions) hash.update(`${id}${row.ranges}${row.edition};`);
  for (const pair of [...apart].sort()) hash.update(pair);
  return hash.digest("hex");
}

function likenessOf(opinions: readonly Opinion[], apart: ReadonlySet<string>): Likeness {
  const { groups } = groupOpinions(opinions);
  const levels = new Map<string, Map<string, GroupLevel>>();
  const put = (a: string, b: string, level: GroupLevel) => {
    const own = levels.get(a) ?? new Map<string, GroupLevel>();
    levels.set(a, own);
    const now = own.get(b);
    if (now === undefined || strength.indexOf(level) < strength.indexOf(now)) own.set(b, level);
  };
  const isApart = (a: string, b: string) => apart.has(a < b ? `${a} ${b}` : `${b} ${a}`);
  for (const { level, members } of groups)
    for (const a of members)
      for (const b of members.length > 400 ? members.slice(0, 400) : members)
        if (a !== b && !isApart(a, b)) {
          put(a, b, level);
          put(b, a, level);
        }
  return {
    groups,
    of: (id) =>
      [...(levels.get(id) ?? [])]
        .map(([other, level]) => ({ id: other, level }))
        .sort((a, b) => strength.indexOf(a.level) - strength.indexOf(b.level)),
  };
}

/** 似た意見のまとまり（中心が先頭）。open は、まだ一つの答えにまとまっていないもの。「別」と決めたものは入らない。 */
export interface Bundle {
  level: GroupLevel;
  members: Opinion[];
  open: boolean;
}

/** まとまりを、意見として並べる。ほかのまとまりに丸ごと入るもの（ほぼ同じ ⊃ 表記だけ違う ⊃ 一字も違わない）は出さない。 */
export function bundlesOf(book: Pick<CommentBook, "opinions">, likeness: Likeness): Bundle[] {
  const all = allBundles(book, likeness);
  const homes = new Map<string, Set<string>[]>();
  const kept: Bundle[] = [];
  for (const bundle of all.toSorted((a, b) => b.members.length - a.members.length)) {
    const ids = bundle.members.map(({ id }) => id);
    if (bundle.level !== "template") {
      if ((homes.get(ids[0] ?? "") ?? []).some((home) => ids.every((id) => home.has(id)))) continue;
      const own = new Set(ids);
      for (const id of ids) homes.set(id, [...(homes.get(id) ?? []), own]);
    }
    kept.push(bundle);
  }
  return kept;
}

function allBundles(book: Pick<CommentBook, "opinions">, likeness: Likeness): Bundle[] {
  const byId = new Map(book.opinions.map((one) => [one.id, one]));
  return likeness.groups.flatMap(({ level, members: [first = "", ...rest] }) => {
    const near = new Set(likeness.of(first).map(({ id }) => id));
    const members = [first, ...rest.filter((id) => near.has(id))].flatMap((id) => byId.get(id) ?? []);
    if (members.length < 2) return [];
    return [{ level, members, open: new Set(members.map(({ group, id }) => group ?? id)).size > 1 }];
  });
}
