import { AppError } from "../base/error.ts";
import { getApi, getFile, getPage } from "../platform/make-route.ts";
import type { Ask, Route } from "../platform/route.ts";
import { readAsk } from "../tabulation/cross-ask.ts";
import { ExplorePanel } from "./explore-panel.tsx";
import { type ExploreState, exploreState } from "./explore-state.ts";
import { exportView, isViewFormat } from "./export-view.ts";
import { openPeople, readCross } from "./open-people.ts";
import { PeoplePage } from "./people-page.tsx";

/** メニューでいまいる所。 */
export const SURVEY_MENU = "survey.list";

async function stateOf(ask: Ask): Promise<ExploreState> {
  const { analysis, view } = await readCross(ask.office, ask.actor, ask.param("id"), readAsk(ask.query));
  const { survey, codebook } = analysis.set;
  return exploreState(
    { id: survey.id, title: survey.title, sample: survey.about.sample },
    codebook,
    view,
    analysis.hasWeight,
  );
}

async function explorePage(ask: Ask): Promise<Response> {
  const state = await stateOf(ask);
  return ask.page({
    title: "クロス集計",
    current: SURVEY_MENU,
    islands: ["explore"],
    icons: ["swap", "x", "info", "done", "none"],
    body: (
      <div id="explore" data-survey={state.survey.id} data-query={state.query} data-csrf={ask.seated.csrf}>
        <ExplorePanel state={state} csrf={ask.seated.csrf} />
      </div>
    ),
  });
}

async function peoplePage(ask: Ask): Promise<Response> {
  const cell = { block: ask.query("block") ?? "", row: ask.query("r") ?? "", column: ask.query("c") ?? "" };
  const page = Number(ask.query("page") ?? "1") || 1;
  const people = await openPeople(ask.office, ask.actor, ask.param("id"), {
    ...{ ask: readAsk(ask.query), ...cell, page },
  });
  const query = new URLSearchParams();
  for (const name of ["row", "row2", "row3", "nest", "column", "f", "w", "na", "m", "l", "block", "r", "c"]) {
    const value = ask.query(name);
    if (value !== undefined) query.set(name, value);
  }
  const back = new URLSearchParams(query);
  for (const name of ["block", "r", "c"]) back.delete(name);
  return ask.page({
    title: "集計の数のもとの回答",
    current: SURVEY_MENU,
    body: (
      <PeoplePage people={people} survey={ask.param("id")} query={query.toString()} back={back.toString()} />
    ),
  });
}

/** クロス集計の道。 */
export const exploreRoutes: Route[] = [
  getPage(
    "analysis.explore",
    "/surveys/:id/explore",
    "クロス集計（row、row2、nest、column、f、add、w、na、m、l）",
    explorePage,
  ),
  getApi(
    "analysis.cross.api",
    "/api/surveys/:id/cross",
    "クロス集計と検定と所見（問い合わせは画面と同じ）",
    async (ask) => ask.reply(await stateOf(ask)),
  ),
  getPage(
    "analysis.people",
    "/surveys/:id/explore/people",
    "一つの数のもとになった回答の番号（block、r、c、page。開いたことを記録する）",
    peoplePage,
  ),
  getFile(
    "analysis.explore.file",
    "/surveys/:id/explore/file/:format",
    "いま見ている集計を書き出す（xlsx、pptx）",
    async (ask) => {
      const format = ask.param("format");
      if (!isViewFormat(format)) throw new AppError("NOT_FOUND", "その形では書き出せません。");
      const file = await exportView(ask.office, ask.actor, ask.param("id"), readAsk(ask.query), format);
      return ask.download(file);
    },
  ),
];
