import {
  CONTAINED,
  type GroupLevel,
  groupOpinions,
  NEAR,
  TEMPLATE_GRAMS,
} from "../opinions/group-opinions.ts";
import type { Office } from "../platform/office.ts";
import { gramsOf, opinionKey, sharedGrams } from "../tabulation/opinion-text.ts";
import { countedGrams, type DeskMemory, type LikenessBase, memoryOf } from "./desk-memory.ts";
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

/** 一つの意見と比べる、まとまりの中の意見の数。 */
const MATES = 400;
/** 前の結果から変わった意見が、これより多ければ、みな比べ直す。 */
const CHANGED = 300;

/**
 * 意見の似かたを調べる。前の結果から変わった意見だけを、その場でほかの全部と比べる（机の一手で待たせない）。
 * whole なら、一つでも変わっていれば、みな比べ直す（まとまりの一覧のため）。
 */
export async function findLikeness(
  office: Office,
  book: Pick<CommentBook, "opinions" | "letterOf" | "period">,
  whole = true,
): Promise<Likeness> {
  const opinions = book.opinions.filter(({ letter }) => book.letterOf.get(letter)?.standing === "counted");
  const apart = await listApart(office.read, book.period.id);
  const memory = memoryOf(office, book.period.id);
  const before = memory.likeness;
  const changed = before ? changedFrom(before, opinions) : [];
  const fresh =
    before === undefined ||
    changed.length > (whole ? 0 : CHANGED) ||
    (whole && before.texts.size !== opinions.length);
  const base = fresh ? baseOf(opinions) : before;
  memory.likeness = base;
  return likenessOf(memory, base, opinions, fresh ? [] : changed, apart);
}

/** 前の結果にない意見、文の変わった意見。 */
function changedFrom(base: LikenessBase, opinions: readonly Opinion[]): Opinion[] {
  return opinions.filter(({ id, text }) => base.texts.get(id) !== text);
}

function baseOf(opinions: readonly Opinion[]): LikenessBase {
  const { groups } = groupOpinions(opinions);
  const places = new Map<string, { group: number; rank: number }[]>();
  for (const [group, { members }] of groups.entries())
    for (const [rank, id] of members.entries()) {
      const own = places.get(id);
      if (own) own.push({ group, rank });
      else places.set(id, [{ group, rank }]);
    }
  return { texts: new Map(opinions.map(({ id, text }) => [id, text])), groups, places };
}

function likenessOf(
  memory: DeskMemory,
  base: LikenessBase,
  opinions: readonly Opinion[],
  changed: readonly Opinion[],
  apart: ReadonlySet<string>,
): Likeness {
  const now = new Map(opinions.map(({ id, text }) => [id, text]));
  const stale = new Set(changed.map(({ id }) => id));
  const isApart = (a: string, b: string) => apart.has(a < b ? `${a} ${b}` : `${b} ${a}`);
  const of = (id: string) => {
    const levels = new Map<string, GroupLevel>();
    const put = (other: string, level: GroupLevel) => {
      if (other === id || !now.has(other) || isApart(id, other)) return;
      const known = levels.get(other);
      if (known === undefined || strength.indexOf(level) < strength.indexOf(known)) levels.set(other, level);
    };
    if (!stale.has(id))
      for (const { group, rank } of base.places.get(id) ?? []) {
        const { level, members } = base.groups[group] ?? { level: "near" as const, members: [] };
        for (const other of rank < MATES ? members : members.slice(0, MATES))
          if (!stale.has(other)) put(other, level);
      }
    for (const other of stale.has(id) ? opinions : changed) {
      const level = levelOf(memory, now.get(id) ?? "", other.text);
      if (level !== undefined) put(other.id, level);
    }
    return [...levels]
      .map(([other, level]) => ({ id: other, level }))
      .sort((a, b) => strength.indexOf(a.level) - strength.indexOf(b.level));
  };
  return { groups: base.groups, of };
}

/** 二つの文の似かた。まとめて比べるとき（group-opinions.ts）と同じ決まり。 */
function levelOf(memory: DeskMemory, a: string, b: string): GroupLevel | undefined {
  const [x, y] = [fiveOf(memory, a), fiveOf(memory, b)];
  if (x.length === 0 || y.length === 0) return undefined;
  if (a === b) return "identical";
  const [few, many] = x.length < y.length ? [x, y] : [y, x];
  const shared = sharedGrams(few, many);
  if (shared === few.length && shared === many.length && opinionKey(a) === opinionKey(b)) return "normalised";
  if (shared / (few.length + many.length - shared) >= NEAR) return "near";
  return few.length >= TEMPLATE_GRAMS && shared / few.length >= CONTAINED ? "template" : undefined;
}

function fiveOf(memory: DeskMemory, text: string): Uint32Array {
  return countedGrams(memory, "five", text, () => gramsOf(opinionKey(text)));
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
