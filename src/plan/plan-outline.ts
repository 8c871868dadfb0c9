import { AppError } from "../base/error.ts";
import type { ManuscriptBlock } from "../manuscript/manuscript.ts";
import { readWrittenNumber } from "../manuscript/written-number.ts";

/** 見出しの番号の付け方の、選べるもの。あとから plan.yaml でも変えられる。 */
export const numberSchemes = {
  chapter: { label: "第１章 → １ → (1) → ア", numbering: ["第{N}章", "{N}", "({n})", "{ア}"] },
  section: { label: "第１章 → 第１節 → １ → (1)", numbering: ["第{N}章", "第{N}節", "{N}", "({n})"] },
  official: { label: "第１ → １ → (1) → ア（公用文）", numbering: ["第{N}", "{N}", "({n})", "{ア}"] },
  plain: { label: "１ → (1) → ア", numbering: ["{N}", "({n})", "{ア}", ""] },
} as const;
export type NumberScheme = keyof typeof numberSchemes;
export const numberSchemeNames = Object.keys(numberSchemes) as [NumberScheme, ...NumberScheme[]];

/** 計画の章立ての、よくある形（策定に当たって、現状と課題、理念と目標、施策、推進、資料）。 */
export const COMMON_OUTLINE = `はじめに
計画の策定に当たって
　策定の背景と目的
　計画の位置付け
　計画の期間
現状と課題
　統計から見た現状
　市民アンケート調査の結果
　国及び他自治体の動き
　これまでの取組の検証
　課題の整理
基本理念と基本目標
　基本理念
　基本目標
　施策の体系
施策の展開
計画の推進
　推進体制
　進行管理
資料１　策定の経過
資料２　用語集`;

const LINES = 300;

/**
 * 一行に一つの見出しを、章・節にする。行頭の全角の空白（か半角二つ、タブ、「・」）の数だけ下の段になる。
 * 手で書いた番号は外し、「資料１」は資料編に、「はじめに」「おわりに」は番号なしにする。
 * @throws AppError BAD_INPUT（一行もない、300 行を超える、一行が長い）
 */
export function readPlanOutline(text: string): ManuscriptBlock[] {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== "");
  if (lines.length === 0) throw fault("章の名を、一行に一つ書いてください。");
  if (lines.length > LINES) throw fault(`章立ては ${LINES} 行までです。`);
  let above = 0;
  return lines.map((line, at): ManuscriptBlock => {
    const lead = /^(?: {2}|[\t　・])*/.exec(line)?.[0] ?? "";
    const depth = lead.replaceAll("  ", "　").length + 1;
    // 段を飛ばした行は、すぐ下の段にそろえる。
    const level = Math.min(depth, above + 1, 4);
    above = level;
    const { text: title, scheme, annex } = readWrittenNumber(line.slice(lead.length));
    if (title.length > 120) throw fault(`${at + 1} 行目が長すぎます。見出しは 120 字までです。`);
    const bare = annex && scheme === undefined;
    const unnumbered = bare || (level === 1 && /^(?:はじめに|おわりに|まえがき|あとがき|目次)$/.test(title));
    return {
      ...{ id: `h${at + 1}`, named: false, place: { file: "章立て", line: at + 1 } },
      ...{ kind: "heading", level, text: title },
      ...(annex && level === 1 ? { annex: true } : {}),
      ...(unnumbered ? { unnumbered: true } : {}),
    };
  });
}

function fault(message: string): AppError {
  return new AppError("BAD_INPUT", message, { faults: [{ field: "outline", message }] });
}
