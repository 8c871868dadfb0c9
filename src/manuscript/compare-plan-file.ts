import { readFile, stat } from "node:fs/promises";
import { basename } from "node:path";
import { AppError } from "../base/error.ts";
import { writeWordDocument } from "../office/word-document.ts";
import { compareManuscripts, type PlanChange } from "./compare-manuscript.ts";
import { type ComparisonOptions, comparisonDocument } from "./comparison-document.ts";
import type { Manuscript, ManuscriptWarning } from "./manuscript.ts";
import { readManuscript } from "./manuscript-reader.ts";
import { passageChange, passagesOf } from "./passage.ts";
import { themeOf } from "./plan-theme.ts";
import { readPlanFolder } from "./read-plan-folder.ts";
import { trackedDocument } from "./tracked-document.ts";
import { readWordManuscript } from "./word-manuscript-reader.ts";

export interface ComparedPlans {
  changes: PlanChange[];
  /** 新旧対照表と、変更履歴つきの本文（Word）。 */
  docx: Uint8Array;
  /** 変更履歴つきの本文だけ（Word）。全部承諾で後の版、全部元に戻すで前の版。 */
  tracked: Uint8Array;
  warnings: ManuscriptWarning[];
}

type Options = Omit<ComparisonOptions, "title" | "author" | "reasons"> & {
  /** 理由の表（readReasons）。 */
  reasons?: ReadonlyMap<string, string>;
};

/** 二つの版の違いと、新旧対照表、変更履歴つきの本文。 */
export function comparePlans(old: Manuscript, now: Manuscript, options: Options): ComparedPlans {
  const changes = compareManuscripts(old, now);
  const tracked = trackedDocument(old, now, options.created);
  const { title, author } = now.meta;
  const { rows, reasons } = reasonedRows(changes, options.reasons ?? new Map());
  const look = { title: `${title}　新旧対照表`, author, look: themeOf(now).theme, ...options, reasons };
  return {
    changes,
    docx: writeWordDocument(comparisonDocument(rows, look, tracked.blocks)),
    tracked: writeWordDocument(tracked),
    warnings: [...old.warnings, ...now.warnings],
  };
}

/** 対照表の行と理由。変わったところごとの理由がある部分は、変わったところごとの行に分ける。 */
function reasonedRows(
  changes: readonly PlanChange[],
  reasons: ReadonlyMap<string, string>,
): { rows: PlanChange[]; reasons: Map<PlanChange, string> } {
  const found = new Map<PlanChange, string>();
  const rows = changes.flatMap((change) => {
    const whole = reasons.get(change.block);
    const parts = [...reasons].filter(([key]) => key.startsWith(`${change.block}\u0000`));
    const passages = parts.length > 0 ? passagesOf(change.before, change.after) : [];
    if (passages.length < 2) {
      const text = [whole, ...parts.map(([, why]) => why)].filter(Boolean).join("\n");
      if (text !== "") found.set(change, text);
      return [change];
    }
    return passages.map((passage) => {
      const row = passageChange(change, passage);
      const own = parts.filter(([key]) => {
        const words = key.slice(change.block.length + 1);
        return passage.after.includes(words) || passage.before.includes(words);
      });
      const text = [whole, ...own.map(([, why]) => why)].filter(Boolean).join("\n");
      if (text !== "") found.set(row, text);
      return row;
    });
  });
  return { rows, reasons: found };
}

/**
 * 比べるものを読む。原稿のフォルダーか、Word（.docx）のファイル。
 * @throws AppError BAD_INPUT（どちらでもない、読めない）
 */
export async function readComparable(path: string): Promise<Manuscript> {
  const found = await stat(path).catch(() => undefined);
  if (!found)
    throw new AppError(
      "BAD_INPUT",
      `「${basename(path)}」が見つかりません。原稿のフォルダーか、Word（.docx）のファイルをご指定ください。`,
    );
  if (found.isDirectory()) return readManuscript(await readPlanFolder(path));
  return readWordManuscript(new Uint8Array(await readFile(path)), basename(path));
}
