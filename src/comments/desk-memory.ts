import type { GroupLevel } from "../opinions/group-opinions.ts";
import { onErased } from "../platform/forget-erased.ts";
import type { Office } from "../platform/office.ts";
import { PlainCache } from "../platform/plain-cache.ts";
import type { CodeSuggester } from "../tabulation/suggest-codes.ts";

/** 前に比べた結果。groups の文から変わった意見は、その場で比べる。 */
export interface LikenessBase {
  texts: ReadonlyMap<string, string>;
  groups: readonly { level: GroupLevel; members: readonly string[] }[];
  /** 意見の id → groups の番号と、その中の位置。 */
  places: ReadonlyMap<string, readonly { group: number; rank: number }[]>;
}

/** 意見公募の一回について、事務所が開いている間だけ覚えておくもの（個人情報を伏せた文から作ったもの）。 */
export interface DeskMemory {
  plain: PlainCache;
  likeness?: LikenessBase;
  /** 学んだもの: 意見の id → 「符号|文」。 */
  suggester?: { frame: string; suggester: CodeSuggester; learned: Map<string, string> };
  /** 文 → 五文字の組、三文字の組。 */
  grams: Map<string, { five?: Uint32Array; three?: Uint32Array }>;
}

const GRAMS = 100_000;
const memories = new WeakMap<Office, Map<string, DeskMemory>>();

/** 一回ぶんの記憶。組の記憶は、増えすぎたら数え直す。 */
export function memoryOf(office: Office, period: string): DeskMemory {
  const own = memoriesOf(office);
  const known = own.get(period) ?? { plain: new PlainCache(), grams: new Map() };
  own.set(period, known);
  if (known.grams.size > GRAMS) known.grams.clear();
  return known;
}

/** 覚えている回の数（この事務所の、このプロセスで）。 */
export function keptDesks(office: Office): number {
  return memories.get(office)?.size ?? 0;
}

/**
 * 事務所の記憶の全部。だれかの鍵が（どのプロセスで）壊されたら、みな捨てて、残った鍵で開き直す。
 * 組も、似かたも、学んだ言葉も、文そのものを持ち、どの方の文から来たかを選び分けられない。
 */
function memoriesOf(office: Office): Map<string, DeskMemory> {
  const known = memories.get(office);
  if (known) return known;
  const own = new Map<string, DeskMemory>();
  memories.set(office, own);
  onErased(office, () => own.clear());
  return own;
}

/** 前に数えた組。なければ数えて、覚えておく。 */
export function countedGrams(
  { grams }: DeskMemory,
  size: "five" | "three",
  text: string,
  count: () => Uint32Array,
): Uint32Array {
  const known = grams.get(text) ?? {};
  grams.set(text, known);
  known[size] ??= count();
  return known[size];
}
