import type { WordBlock, WordCell, WordDocument, WordRun } from "../office/word-model.ts";
import { type ChangeKind, diffText, type PlanChange } from "./compare-manuscript.ts";
import { pairSides } from "./omit-same.ts";

const remarks: Record<ChangeKind, string> = {
  added: "追加",
  removed: "削除",
  changed: "変更",
  moved: "移動",
};

export interface ComparisonOptions {
  title: string;
  author: string;
  created: string;
  /** 新しい版を左に置く（既定）か、右に置くか。 */
  newFirst?: boolean;
  /** 備考の列を付けるか（既定は付ける。amended では付けない）。 */
  remarks?: boolean;
  /** new-old は「新｜旧｜備考」、amended は「改正後｜改正前」。 */
  layout?: "new-old" | "amended";
  /** 変わらない行を「２～５　略」「（略）」と略すか（既定は略す）。 */
  omit?: boolean;
  /** 部分の id → 直した理由（意見の番号など）。一つでもあれば、理由の列を付ける。 */
  reasons?: ReadonlyMap<string, string>;
}

/** 新旧対照表（Word、横）。変わった字に下線を引く。下に、変更履歴つきの本文も付ける。 */
export function comparisonDocument(changes: readonly PlanChange[], options: ComparisonOptions): WordDocument {
  const { title, author, created, newFirst = true, layout = "new-old", omit = true } = options;
  const noted = options.remarks ?? layout === "new-old";
  const reasoned = (options.reasons?.size ?? 0) > 0;
  const names = layout === "amended" ? ["改正後", "改正前"] : ["新", "旧"];
  const header = [
    "該当箇所",
    ...(newFirst ? names : names.toReversed()),
    ...(noted ? ["備考"] : []),
    ...(reasoned ? ["理由"] : []),
  ];
  const blocks: WordBlock[] = [
    { kind: "title", text: title },
    {
      ...{ kind: "table", caption: title, header, size: 9.5 },
      columns: [
        { share: 4 },
        { share: 10 },
        { share: 10 },
        ...(noted ? [{ share: 2 }] : []),
        ...(reasoned ? [{ share: 4 }] : []),
      ],
      rows: changes.map((change): WordCell[] => {
        const { before, after } = sides(change, omit);
        const pair = newFirst ? [after, before] : [before, after];
        return [
          { text: change.under },
          ...pair.map((text) => ({ text })),
          ...(noted ? [{ text: remarks[change.kind] }] : []),
          ...(reasoned ? [{ text: options.reasons?.get(change.block) ?? "" }] : []),
        ];
      }),
    },
    ...(changes.length === 0 ? [{ kind: "paragraph" as const, text: "二つの版に違いはない。" }] : []),
    { kind: "heading", level: 1, text: "変更履歴つきの本文", number: false, newPage: true },
    ...changes.flatMap(tracked),
  ];
  return { title, author, created, footer: title, landscape: true, blocks };
}

function sides(change: PlanChange, omit: boolean): { before: WordRun[]; after: WordRun[] } {
  if (change.kind === "added")
    return { before: [{ text: "（新設）" }], after: [{ text: change.after, underline: true }] };
  if (change.kind === "removed")
    return { before: [{ text: change.before, underline: true }], after: [{ text: "（削る）" }] };
  if (change.kind === "moved") return { before: [{ text: change.before }], after: [{ text: change.after }] };
  const lines = change.after.includes("｜") || change.before.includes("｜") ? "table" : "list";
  const pair = pairSides(change.before, change.after, omit ? lines : "none");
  const runs = (side: typeof pair.before) =>
    side.map(({ text, changed }): WordRun => ({ text, ...(changed ? { underline: true } : {}) }));
  return { before: runs(pair.before), after: runs(pair.after) };
}

function tracked(change: PlanChange): WordBlock[] {
  const runs: WordRun[] = diffText(change.before, change.after).map(({ kind, text }) => ({
    text,
    ...(kind === "added"
      ? { tracked: "inserted" as const }
      : kind === "removed"
        ? { tracked: "deleted" as const }
        : {}),
  }));
  return [
    {
      kind: "paragraph",
      text: [{ text: `${change.under}（${remarks[change.kind]}）`, bold: true }],
      before: 8,
      keepNext: true,
    },
    { kind: "paragraph", text: runs },
  ];
}
