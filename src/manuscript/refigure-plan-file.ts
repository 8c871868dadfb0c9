import { refillCharts } from "../office/chart-refill.ts";
import { TextBinder } from "./bound-text.ts";
import { chartOf } from "./figure-data.ts";
import { allBlocks, isDrawnForm, type ManuscriptWarning } from "./manuscript.ts";
import { readManuscript } from "./manuscript-reader.ts";
import { chartForm } from "./plan-part-document.ts";

/**
 * デザインされた Word の図に、原稿のいまの数を入れ直す。図は id で見分け、色・書体・大きさは文書のまま。
 * @returns filled は入れ直した図の id、missing は文書に見つからない図の id
 * @throws AppError BAD_INPUT（Word でない、原稿が読めない）
 */
export function refigurePlanFile(
  docx: Uint8Array,
  files: ReadonlyMap<string, Uint8Array>,
): { bytes: Uint8Array; filled: string[]; missing: string[]; warnings: ManuscriptWarning[] } {
  const manuscript = readManuscript(files);
  const binder = new TextBinder(manuscript);
  const charts = new Map(
    allBlocks(manuscript.blocks).flatMap((block) => {
      if (block.kind !== "figure" || isDrawnForm(block.form)) return [];
      const data = chartOf(block, binder);
      const form = chartForm(block);
      return data ? [[`図 ${block.id}`, { title: "", unit: block.unit, form, ...data }] as const] : [];
    }),
  );
  const { bytes, filled, missing } = refillCharts(docx, charts);
  const plain = (names: readonly string[]) => [...new Set(names.map((name) => name.replace(/^図 /, "")))];
  return { bytes, filled: plain(filled), missing: plain(missing), warnings: binder.warnings };
}
