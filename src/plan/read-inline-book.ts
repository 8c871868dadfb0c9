import { numbersOf } from "../manuscript/manuscript.ts";
import type { Office } from "../platform/office.ts";
import { notesIn } from "./editor-memory.ts";
import { readPlanFiles } from "./export-plan.ts";
import type { InlineBook } from "./inline.ts";
import { treeOf } from "./plan-block.ts";
import { isSmallTable, tablesOf } from "./read-editor.ts";
import type { OpenPlan } from "./read-plan.ts";

/** 文の中の参照・数・脚注を、読む形に替えるためのもの（番号、データの表、脚注の並び）。 */
export async function readInlineBook(office: Office, contract: string, plan: OpenPlan): Promise<InlineBook> {
  const files = await readPlanFiles(office, contract, plan, isSmallTable);
  return {
    numbers: numbersOf(treeOf(plan.blocks), plan.meta.numbering, plan.meta.annexNumbering),
    tables: tablesOf(files),
    plan: plan.row.id,
    notes: [...new Set(plan.blocks.flatMap(({ content }) => notesIn(content)))],
  };
}
