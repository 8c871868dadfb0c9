import type { Instant } from "../base/time.ts";
import type { ManuscriptBlock } from "../manuscript/manuscript.ts";

type Flat<B> = B extends unknown ? Omit<B, "id" | "named" | "place" | "body"> : never;

/** 部分の中身（id・場所・中の部分を除く）。脚注も、一つの部分として持つ。 */
export type BlockContent = Flat<ManuscriptBlock> | { kind: "footnote"; text: string };
export type BlockKind = BlockContent["kind"];

/** 見終えたかどうか。draft 作成中、checking 確認中、agreed 確認済み。 */
export const reviewStates = ["draft", "checking", "agreed"] as const;
export type ReviewState = (typeof reviewStates)[number];

/** 原稿の一つの部分。id は、原稿の中で変わらない名（脚注は「^」で始まる）。 */
export interface PlanBlock {
  id: string;
  /** 囲み（施策・コラム）の中なら、その囲みの id。 */
  parent: string | null;
  /** 同じ親の中での並び（小さい順。間は空いている）。 */
  position: number;
  content: BlockContent;
  version: number;
  /** 変更を記録し始める前の版。記録していなければ null。 */
  trackedFrom: number | null;
  review: ReviewState;
  changedBy: string;
  changedAt: Instant;
}

/** 上の室のものへのつながり（室・種類・番号と、画面での短い名）。個人情報を書かない。 */
export interface ChangeLink {
  room: string;
  kind: string;
  id: string;
  label: string;
}

export const changeActs = ["insert", "change", "move", "remove", "restore"] as const;
export type ChangeAct = (typeof changeActs)[number];

/** 並びの間。 */
export const POSITION_STEP = 1024;

/** 親ごとに並べた部分を、読む順（囲みの中は、囲みのすぐ後）に。 */
export function inReadingOrder<B extends Pick<PlanBlock, "id" | "parent" | "position">>(
  blocks: readonly B[],
): B[] {
  const under = Map.groupBy(blocks, (block) => block.parent);
  const take = (parent: string | null): B[] =>
    (under.get(parent) ?? [])
      .sort((a, b) => a.position - b.position || (a.id < b.id ? -1 : 1))
      .flatMap((block) => [block, ...take(block.id)]);
  return take(null);
}

/** 部分の並びから、原稿の木に。脚注は除く。 */
export function treeOf(
  blocks: readonly Pick<PlanBlock, "id" | "parent" | "position" | "content">[],
): ManuscriptBlock[] {
  const under = Map.groupBy(blocks, (block) => block.parent);
  const take = (parent: string | null): ManuscriptBlock[] =>
    (under.get(parent) ?? [])
      .filter(({ content }) => content.kind !== "footnote")
      .sort((a, b) => a.position - b.position || (a.id < b.id ? -1 : 1))
      .map(({ id, content }) => {
        const common = { ...content, id, named: true, place: { file: id, line: 1 } };
        return (
          content.kind === "measure" || content.kind === "column" ? { ...common, body: take(id) } : common
        ) as ManuscriptBlock;
      });
  return take(null);
}

/** 脚注の番号（「^」を除いた id）→ 本文。 */
export function footnotesOf(blocks: readonly PlanBlock[]): Map<string, string> {
  return new Map(
    blocks.flatMap(({ id, content }) => (content.kind === "footnote" ? [[id.slice(1), content.text]] : [])),
  );
}
