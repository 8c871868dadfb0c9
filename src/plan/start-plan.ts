import type { Actor } from "../base/actor.ts";
import { writeManuscript } from "../manuscript/write-manuscript.ts";
import type { Office } from "../platform/office.ts";
import { openContract } from "../terms/open-contract.ts";
import { type ImportedPlan, importPlan } from "./import-plan.ts";
import { type NumberScheme, numberSchemes, readPlanOutline } from "./plan-outline.ts";
import { refusePlanRole } from "./plan-right.ts";

export interface PlanStart {
  title: string;
  subtitle: string;
  scheme: NumberScheme;
  /** 章立て（一行に一つ、字下げが段）。 */
  outline: string;
}

/**
 * 章立てだけの、新しい計画の原稿を始める（3(1)(ｱ) 骨子）。著者は委託者とする。
 * @throws AppError BAD_INPUT（章がない、長い）、FORBIDDEN
 */
export async function startPlan(office: Office, actor: Actor, start: PlanStart): Promise<ImportedPlan> {
  refusePlanRole("write", actor);
  const { client } = await openContract(office, actor.contract);
  const files = writeManuscript({
    meta: {
      ...{ title: start.title, subtitle: start.subtitle, author: client, date: "" },
      ...{ numbering: [...numberSchemes[start.scheme].numbering], glossary: {}, upper: {} },
    },
    ...{ blocks: readPlanOutline(start.outline), footnotes: new Map(), files: new Map(), warnings: [] },
  });
  return importPlan(office, actor, files, "新しく始めた");
}
