import { readSurveyFigure } from "../analysis/list-survey-figures.ts";
import type { Actor } from "../base/actor.ts";
import type { Office } from "../platform/office.ts";
import { insertPlanBlock } from "./arrange-block.ts";
import { writeFile } from "./import-plan.ts";
import { refusePlanRole } from "./plan-right.ts";
import { openPlan } from "./read-plan.ts";
import type { Changed } from "./write-change.ts";

type Figure = Awaited<ReturnType<typeof readSurveyFigure>>;

/**
 * 調査の図を、原稿に入れる。数の表（data/survey-….csv）も原稿のデータになり、本文の数を結べる。
 * もとの図の印（origin）を持つ。
 * @throws AppError NOT_FOUND、FORBIDDEN
 */
export async function insertSurveyFigure(
  office: Office,
  actor: Actor,
  planId: string,
  given: { figure: string; after: string | null; tracked?: boolean },
): Promise<Changed & { data: string }> {
  refusePlanRole("write", actor);
  const figure = await readSurveyFigure(office, actor, given.figure);
  const data = dataName(figure.id);
  await keepData(office, actor, planId, figure);
  const changed = await insertPlanBlock(office, actor, planId, {
    ...{ after: given.after, reason: "調査の図を入れる", tracked: given.tracked ?? false },
    content: {
      ...{ kind: "figure", caption: figure.title, data, unit: figure.unit },
      ...{ source: `市民アンケート調査（n=${figure.n}）`, alt: altOf(figure) },
      form: figure.kind === "band" ? "percent" : "bar",
    },
  });
  return { ...changed, data };
}

function dataName(figure: string): string {
  return `data/survey-${figure.replaceAll("-", "").slice(-10)}.csv`;
}

async function keepData(office: Office, actor: Actor, planId: string, figure: Figure): Promise<void> {
  const plan = await openPlan(office, actor, planId);
  const fileKey = await office.keys.fresh(actor.contract);
  const bytes = new TextEncoder().encode(surveyCsv(figure));
  await office.act(actor, async (tx) => {
    const origin = `analysis/figure/${figure.id}`;
    await writeFile(tx, { plan: planId, key: plan.key }, fileKey, dataName(figure.id), bytes, { origin });
    await tx.record({ kind: "plan.figure-taken", about: planId, payload: { figure: figure.id } });
  });
}

/** 図の数の表（1行目が系列、1列目が項目）。 */
export function surveyCsv({ categories, series }: Pick<Figure, "categories" | "series">): string {
  const cell = (text: string) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const rows = [
    ["項目", ...series.map(({ name }) => name)],
    ...categories.map((name, at) => [name, ...series.map(({ values }) => String(values[at] ?? ""))]),
  ];
  return `${rows.map((row) => row.map(cell).join(",")).join("\n")}\n`;
}

function altOf({ title, categories, series, unit }: Figure): string {
  const [first] = series;
  const values = categories.slice(0, 3).map((name, at) => `${name}${first?.values[at] ?? ""}${unit}`);
  return `${title}。${values.join("、")}${categories.length > 3 ? "など" : ""}。`;
}
