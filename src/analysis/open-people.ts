import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import type { Office } from "../platform/office.ts";
import { refuseSurveyRole } from "../survey/survey-right.ts";
import { cellRows } from "../tabulation/cell-rows.ts";
import { type CrossAsk, settleAsk } from "../tabulation/cross-ask.ts";
import { crossView } from "../tabulation/cross-view.ts";
import { askAnalysis, openAnalysis } from "./open-analysis.ts";

/** 一つのますの人。番号と行だけで、答えは出さない。 */
export interface CellPeople {
  title: string;
  row: string;
  column: string;
  total: number;
  page: number;
  pages: number;
  people: { id: string; row: number }[];
}

const PAGE = 200;

/**
 * 集計の数のもとになった回答を開く。開いたことを記録する（だれの回答かを見分けうるので）。
 * @throws AppError NOT_FOUND（そのますがない）、REFUSED（伏せた区分）、FORBIDDEN
 */
export async function openPeople(
  office: Office,
  actor: Actor,
  survey: string,
  given: { ask: Partial<CrossAsk>; block: string; row: string; column: string; page: number },
): Promise<CellPeople> {
  refuseSurveyRole("look", actor);
  const analysis = await openAnalysis(office, actor, survey);
  const ask = settleAsk(given.ask, analysis.base.codebook, analysis.hasWeight);
  const view = crossView(analysis.base, ask);
  const row =
    given.block === ""
      ? view.total
      : view.blocks.find(({ id }) => id === given.block)?.rows.find(({ code }) => code === given.row);
  const column = view.columns.find(({ key }) => key === given.column);
  if (!row || (given.column !== "" && !column))
    throw new AppError("NOT_FOUND", "そのますは、いまの集計にありません。集計の画面から選び直してください。");
  if (row.hidden)
    throw new AppError("REFUSED", "人が見分けられるおそれがあるので、この区分の回答は開けません。");
  const rows = cellRows(analysis.base, ask, given);
  const pages = Math.max(1, Math.ceil(rows.length / PAGE));
  const page = Math.min(Math.max(1, given.page), pages);
  await office.act(actor, (tx) =>
    tx.record({
      kind: "analysis.people",
      about: survey,
      payload: {
        question: ask.column,
        block: given.block,
        row: given.row,
        column: given.column,
        count: rows.length,
      },
    }),
  );
  return {
    ...{
      title: view.title,
      row: row.label,
      column: column?.label ?? "分母",
      total: rows.length,
      page,
      pages,
    },
    people: [...rows.subarray((page - 1) * PAGE, page * PAGE)].map((at) => ({
      ...{ id: analysis.set.ids[at] ?? String(at + 1), row: at + 1 },
    })),
  };
}

/** 集計だけを読む（JSON の道、コマンド）。 */
export async function readCross(
  office: Office,
  actor: Actor,
  survey: string,
  ask: Partial<CrossAsk>,
): Promise<{ analysis: Awaited<ReturnType<typeof openAnalysis>>; view: ReturnType<typeof askAnalysis> }> {
  const analysis = await openAnalysis(office, actor, survey);
  return { analysis, view: askAnalysis(analysis, ask) };
}
