import type { WordRun } from "../office/word-model.ts";
import type { BoundRun, TextBinder } from "./bound-text.ts";
import type { Manuscript, ManuscriptBlock } from "./manuscript.ts";
import type { PlanTheme } from "./plan-theme.ts";

/** Word にするときに要るもの。 */
export interface PlanScene {
  manuscript: Manuscript;
  binder: TextBinder;
  theme: PlanTheme;
  /** 部分の id → しおりの名。 */
  marks: ReadonlyMap<string, string>;
  /** 部分の id → 種類。 */
  kinds: ReadonlyMap<string, ManuscriptBlock["kind"]>;
  /** 見出しの番号を、Word の自動の番号にするか（決めが Word で表せるとき）。 */
  automatic: boolean;
}

/** 字のまとまり → Word の字。参照は欄、注は脚注になる。 */
export function wordRuns(scene: PlanScene, text: string, block: Pick<ManuscriptBlock, "place">): WordRun[] {
  const { binder, marks, kinds } = scene;
  return binder.runs(text, block.place).map((run: BoundRun): WordRun => {
    const bold = run.bold ? { bold: true } : {};
    if (run.note !== undefined) {
      const note = binder.notes[run.note]?.text ?? "";
      return { text: "", footnote: binder.bind(note, block.place), ...bold };
    }
    const mark = run.target === undefined ? undefined : marks.get(run.target);
    const heading = run.target !== undefined && kinds.get(run.target) === "heading";
    // 「の」でつないだ番号と、Word の番号でない見出しは、欄にできない。
    if (!mark || (heading && (!scene.automatic || run.text.includes("の"))))
      return { text: run.text, ...(run.reading ? { reading: run.reading } : {}), ...bold };
    return { text: run.text, reference: { mark, kind: heading ? "heading" : "text" }, ...bold };
  });
}
