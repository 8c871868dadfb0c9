import { type AlignedRow, alignBlocks } from "./align-blocks.ts";
import { BlockText } from "./block-text.ts";
import { textOfBlock } from "./check-manuscript.ts";
import type { Manuscript } from "./manuscript.ts";

/** renumbered は番号だけの繰り上げ・繰り下げ、split は一つの段落を分けた、merged はいくつかを合わせた。 */
export type ChangeKind = "added" | "removed" | "changed" | "moved" | "renumbered" | "split" | "merged";

/** 備考の欄に書く名。 */
export const changeLabels: Readonly<Record<ChangeKind, string>> = {
  ...{ added: "追加", removed: "削除", changed: "変更", moved: "移動", renumbered: "番号の変更" },
  ...{ split: "分割", merged: "統合" },
};

export interface PlanChange {
  kind: ChangeKind;
  /** 部分の id（後の版のもの。消えた部分は前の版のもの）。 */
  block: string;
  /** 見出し（どの章・節のことか）。 */
  under: string;
  /** その見出しまでの番号（「第６章　１」）。番号がなければ、ない。 */
  place?: string;
  /** 前の文と後の文。参照と数は、出すときの文字になっている。 */
  before: string;
  after: string;
  /** 文も直し、場所も動いた。 */
  moved?: true;
}

/** 二つの版の違いを、部分ごとに、後の版の順で。消えた部分は、元の所に入る。 */
export function compareManuscripts(before: Manuscript, after: Manuscript): PlanChange[] {
  const [old, now] = [new BlockText(before), new BlockText(after)];
  return alignBlocks(before, after).flatMap((row) => changeOf(row, old, now) ?? []);
}

function changeOf(row: AlignedRow, oldText: BlockText, nowText: BlockText): PlanChange | undefined {
  const [was, one] = [row.old[0], row.now[0]];
  const [text, path] = one ? [nowText, one.path] : [oldText, was?.path ?? []];
  const place = path
    .map((block) => text.numberOf(block))
    .filter(Boolean)
    .join("　");
  const base = {
    ...(place === "" ? {} : { place }),
    block: one?.block.id ?? was?.block.id ?? "",
    under: one?.under ?? was?.under ?? "",
    before: row.old.map(({ block }) => oldText.shown(block)).join("\n"),
    after: row.now.map(({ block }) => nowText.shown(block)).join("\n"),
  };
  if (!one) return { kind: "removed", ...base };
  if (!was) return { kind: "added", ...base };
  if (row.now.length > 1) return { kind: "split", ...base };
  if (row.old.length > 1) return { kind: "merged", ...base };
  if (base.before !== base.after) {
    const raw = textOfBlock(was.block);
    const onlyNumbers = raw === textOfBlock(one.block) && raw.includes("[[@") && !raw.includes("{{");
    const kind = onlyNumbers ? "renumbered" : "changed";
    return { kind, ...base, ...(row.moved ? { moved: true as const } : {}) };
  }
  if (row.moved) return { kind: "moved", ...base };
  if (one.block.kind !== "heading") return undefined;
  const [from, to] = [oldText.numberOf(was.block), nowText.numberOf(one.block)];
  if (from === to || from === "" || to === "") return undefined;
  return { kind: "renumbered", ...base, before: `${from}　${base.before}`, after: `${to}　${base.after}` };
}
