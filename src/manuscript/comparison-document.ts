import type { WordBlock, WordCell, WordDocument, WordRun } from "../office/word-model.ts";
import { type ChangeKind, diffText, type PlanChange } from "./compare-manuscript.ts";

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
  /** 備考の列を付けるか（既定は付ける）。 */
  remarks?: boolean;
}

/** 新旧対照表（Word、横）。変わった字に下線を引く。下に、変更履歴つきの本文も付ける。 */
export function comparisonDocument(changes: readonly PlanChange[], options: ComparisonOptions): WordDocument {
  const { title, author, created, newFirst = true } = options;
  const noted = options.remarks !== false;
  const header = ["該当箇所", ...(newFirst ? ["新", "旧"] : ["旧", "新"]), ...(noted ? ["備考"] : [])];
  const blocks: WordBlock[] = [
    { kind: "title", text: title },
    {
      ...{ kind: "table", caption: title, header, size: 9.5 },
      columns: [{ share: 4 }, { share: 10 }, { share: 10 }, ...(noted ? [{ share: 2 }] : [])],
      rows: changes.map((change): WordCell[] => {
        const { before, after } = sides(change);
        const pair = newFirst ? [after, before] : [before, after];
        return [
          { text: change.under },
          ...pair.map((text) => ({ text })),
          ...(noted ? [{ text: remarks[change.kind] }] : []),
        ];
      }),
    },
    ...(changes.length === 0 ? [{ kind: "paragraph" as const, text: "二つの版に違いはない。" }] : []),
    { kind: "heading", level: 1, text: "変更履歴つきの本文", number: false, newPage: true },
    ...changes.flatMap(tracked),
  ];
  return { title, author, created, footer: title, landscape: true, blocks };
}

function sides(change: PlanChange): { before: WordRun[]; after: WordRun[] } {
  if (change.kind === "added")
    return { before: [{ text: "（新設）" }], after: [{ text: change.after, underline: true }] };
  if (change.kind === "removed")
    return { before: [{ text: change.before, underline: true }], after: [{ text: "（削る）" }] };
  if (change.kind === "moved") return { before: [{ text: change.before }], after: [{ text: change.after }] };
  const pieces = diffText(change.before, change.after);
  const side = (skip: "added" | "removed") =>
    pieces.flatMap(({ kind, text }): WordRun[] =>
      kind === skip ? [] : [{ text, ...(kind === "same" ? {} : { underline: true }) }],
    );
  return { before: side("added"), after: side("removed") };
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
