import { type RefilledCharts, refillCharts } from "../office/chart-refill.ts";
import { TextBinder } from "./bound-text.ts";
import { chartOf } from "./figure-data.ts";
import { allBlocks, isDrawnForm, type Manuscript, type ManuscriptWarning } from "./manuscript.ts";
import { readManuscript } from "./manuscript-reader.ts";
import { chartForm } from "./plan-part-document.ts";

/** 入れ直した結果。名は図の id。 */
export interface RefiguredPlan extends RefilledCharts {
  warnings: ManuscriptWarning[];
}

/**
 * デザインされた Word の図に、原稿のいまの数を入れ直す。図は id で見分け、色・書体・大きさは文書のまま。
 * @returns filled は入れ直した図の id、missing は文書に見つからない図の id
 * @throws AppError BAD_INPUT（Word でない、原稿が読めない）
 */
export function refigurePlanFile(docx: Uint8Array, files: ReadonlyMap<string, Uint8Array>): RefiguredPlan {
  return refigurePlan(docx, readManuscript(files));
}

/** 読んだ原稿の数を、デザインされた Word の図に入れ直す。 */
export function refigurePlan(docx: Uint8Array, manuscript: Manuscript): RefiguredPlan {
  const binder = new TextBinder(manuscript);
  const charts = new Map(
    allBlocks(manuscript.blocks).flatMap((block) => {
      if (block.kind !== "figure" || isDrawnForm(block.form)) return [];
      const data = chartOf(block, binder);
      const form = chartForm(block);
      return data ? [[`図 ${block.id}`, { title: "", unit: block.unit, form, ...data }] as const] : [];
    }),
  );
  const { bytes, unknown, copies, ...names } = refillCharts(docx, charts);
  const plain = (list: readonly string[]) => [...new Set(list.map((name) => name.replace(/^図 /, "")))];
  return {
    ...{
      bytes,
      unknown,
      copies: copies.map(({ name, count }) => ({ name: name.replace(/^図 /, ""), count })),
    },
    ...{ filled: plain(names.filled), missing: plain(names.missing), guessed: plain(names.guessed) },
    ...{ unfilled: plain(names.unfilled), warnings: binder.warnings },
  };
}

/** 結果を、一行ずつの文に（何を入れ、何が分からず、何がなかったか）。title は、図の id の読める名。 */
export function refiguredLines(made: RefiguredPlan, title: (id: string) => string = (id) => id): string[] {
  const { filled, guessed, copies, unfilled, missing, unknown, warnings } = made;
  return [
    `図 ${filled.length} 枚の値を入れ替えました。色・書体・大きさは、そのままです。`,
    ...guessed.map(
      (id) => `確かめる　図「${title(id)}」は、しるしがなくなっていたので、系列と項目の名で見分けました。`,
    ),
    ...copies.map(
      ({ name, count }) => `確かめる　図「${title(name)}」が${count}か所にあり、どれも入れ替えました。`,
    ),
    ...unfilled.map(
      (id) => `注意　図「${title(id)}」は、値を入れられない形（散布図など）なので、そのままです。`,
    ),
    ...missing.map(
      (id) =>
        `注意　図「${title(id)}」は、文書に見つかりません。消したか、しるしも項目の名も変わっています。`,
    ),
    ...(unknown > 0
      ? [
          `注意　どの図か分からないグラフが${unknown}つあり、そのままです。代わりの文の終わりに「［図の番号 図のid］」と書くと、見分けられます。`,
        ]
      : []),
    ...warnings.map(({ message }) => `注意　${message}`),
  ];
}
