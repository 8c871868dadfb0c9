import type { BlockContent, BlockKind } from "./plan-block.ts";

/** 部分の種類の、画面での名。 */
export const kindLabels: Readonly<Record<BlockKind, string>> = {
  heading: "見出し",
  paragraph: "本文",
  list: "箇条書き",
  table: "表",
  kpi: "指標の表",
  figure: "図",
  photo: "写真",
  measure: "施策",
  column: "コラム",
  footnote: "脚注",
};

/** 新しい部分の、はじめの中身。 */
export function blankContent(kind: BlockKind, level = 2): BlockContent {
  switch (kind) {
    case "heading":
      return { kind, level, text: "新しい見出し" };
    case "paragraph":
    case "footnote":
      return { kind, text: "" };
    case "list":
      return { kind, ordered: false, items: [""] };
    case "table":
      return { kind, caption: "新しい表", header: ["項目", "内容"], rows: [["", ""]] };
    case "kpi":
      return {
        ...{ kind, caption: "指標", rows: [["", "", "", "", "", "", ""]] },
        header: ["指標", "単位", "現状値（年度）", "目標値（年度）", "出典", "算定式", "担当"],
      };
    case "figure":
      return { kind, caption: "新しい図", data: "", source: "", alt: "", unit: "" };
    case "photo":
      return { kind, caption: "新しい写真", src: "", alt: "", rights: "" };
    case "measure":
      return { kind, title: "新しい施策", owner: "", upper: [] };
    case "column":
      return { kind, title: "新しいコラム" };
  }
}
