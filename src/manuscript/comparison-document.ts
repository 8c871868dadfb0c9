import type { WordLook } from "../office/word-look.ts";
import type { WordBlock, WordCell, WordDocument, WordRun } from "../office/word-model.ts";
import { changeLabels, type PlanChange } from "./compare-manuscript.ts";
import { pairSides } from "./omit-same.ts";

/** 左右の欄の名（新しい版、前の版）。 */
const names = {
  "new-old": ["新", "旧"],
  amended: ["改正後", "改正前"],
  current: ["改正案", "現行"],
} as const;
export type ComparisonLayout = keyof typeof names;
export const comparisonLayouts = Object.keys(names) as ComparisonLayout[];

export interface ComparisonOptions {
  title: string;
  author: string;
  created: string;
  /** 新しい版を左に置く（既定）か、右に置くか。 */
  newFirst?: boolean;
  /** 備考の列を付けるか（既定は付ける。amended では付けない）。 */
  remarks?: boolean;
  /** new-old は「新｜旧｜備考」、amended は「改正後｜改正前」、current は「現行｜改正案」（前の版が左）。 */
  layout?: ComparisonLayout;
  /** 変わらない行を「２～５　略」「（略）」と略すか（既定は略す）。 */
  omit?: boolean;
  /** 見た目（本文の様式のため）。省けば、事務の文書の見た目。 */
  look?: WordLook;
  /** 部分の id か行そのもの → 直した理由（意見の番号など）。一つでもあれば、理由の列を付ける。 */
  reasons?: ReadonlyMap<string | PlanChange, string>;
}

/** 新旧対照表（Word、横）。変わった字に下線を引く。text は、下に付ける変更履歴つきの本文。 */
export function comparisonDocument(
  changes: readonly PlanChange[],
  options: ComparisonOptions,
  text: readonly WordBlock[] = [],
): WordDocument {
  const { title, author, created, layout = "new-old", omit = true } = options;
  const { newFirst = layout !== "current" } = options;
  const noted = options.remarks ?? layout === "new-old";
  const reasoned = (options.reasons?.size ?? 0) > 0;
  const heads = [...names[layout]];
  const header = [
    "該当箇所",
    ...(newFirst ? heads : heads.toReversed()),
    ...(noted ? ["備考"] : []),
    ...(reasoned ? ["理由"] : []),
  ];
  const blocks: WordBlock[] = [
    { kind: "title", text: title },
    {
      ...{ kind: "table", caption: title, header, size: 9.5, cellTop: true },
      columns: [
        { share: 4 },
        { share: 10 },
        { share: 10 },
        ...(noted ? [{ share: 3 }] : []),
        ...(reasoned ? [{ share: 4 }] : []),
      ],
      rows: changes.map((change): WordCell[] => {
        const { before, after } = sides(change, omit);
        const pair = newFirst ? [after, before] : [before, after];
        return [
          { text: placeOf(change) },
          ...pair.map((text) => ({ text })),
          ...(noted ? [{ text: remarkOf(change) }] : []),
          ...(reasoned
            ? [{ text: options.reasons?.get(change) ?? options.reasons?.get(change.block) ?? "" }]
            : []),
        ];
      }),
    },
    ...(changes.length === 0 ? [{ kind: "paragraph" as const, text: "二つの版に違いはない。" }] : []),
    ...(text.length > 0
      ? [
          { kind: "section" as const, section: {} },
          { kind: "title" as const, text: "変更履歴つきの本文" },
          ...text,
        ]
      : []),
  ];
  const { look } = options;
  return { title, author, created, footer: title, landscape: true, blocks, ...(look ? { look } : {}) };
}

/** 該当箇所: 「第６章　１　推進の体制」。 */
function placeOf({ place, under }: PlanChange): string {
  return place && !under.startsWith(place) ? `${place}　${under}` : under;
}

function sides(change: PlanChange, omit: boolean): { before: WordRun[]; after: WordRun[] } {
  if (change.kind === "added")
    return { before: [{ text: "（新設）" }], after: [{ text: change.after, underline: true }] };
  if (change.kind === "removed")
    return { before: [{ text: change.before, underline: true }], after: [{ text: "（削る）" }] };
  // 動いただけの部分は、文が同じなので、はじめだけを書く。
  if (change.kind === "moved") {
    const text =
      omit && [...change.after].length > 60
        ? `${[...change.after].slice(0, 40).join("")}…（略）`
        : change.after;
    return { before: [{ text }], after: [{ text }] };
  }
  // 番号の行だけを「２～５　略」と略せる。
  const numbered = [change.before, change.after].every((text) =>
    text.split("\n").every((line) => /^[０-９\d]+　/.test(line)),
  );
  const lines = numbered ? "list" : "table";
  const pair = pairSides(change.before, change.after, omit ? lines : "none");
  const runs = (side: typeof pair.before) =>
    side.map(({ text, changed }): WordRun => ({ text, ...(changed ? { underline: true } : {}) }));
  return { before: runs(pair.before), after: runs(pair.after) };
}

/** 備考。直して、場所も動いたものは「変更・移動」。 */
function remarkOf({ kind, moved }: PlanChange): string {
  return moved ? `${changeLabels[kind]}・${changeLabels.moved}` : changeLabels[kind];
}
