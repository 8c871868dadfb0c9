import { z } from "zod";
import { parseInput } from "../access/zod-message.ts";
import { getApi, getPage, postApi, postPage } from "../platform/make-route.ts";
import type { Ask, Route } from "../platform/route.ts";
import { openSurvey } from "../survey/open-survey.ts";
import { maySurvey } from "../survey/survey-right.ts";
import { readAsk } from "../tabulation/cross-ask.ts";
import { SURVEY_MENU } from "./explore-routes.tsx";
import { FigurePage } from "./figure-page.tsx";
import { dropFigure, keepFigure, renewFigure, wordFigure } from "./keep-figure.ts";
import { listKeptFigures, listSurveyFigures, readSurveyFigure } from "./list-survey-figures.ts";

const keepForm = z.object({
  /** 集計の問い合わせ（画面の URL と同じ形）。 */
  ask: z.string().max(4000),
  finding: z.string().max(2000).default(""),
  title: z.string().max(200).default(""),
});
const wordForm = z.object({
  title: z.string().max(200).default(""),
  finding: z.string().max(2000).default(""),
});

function askIn(text: string) {
  const query = new URLSearchParams(text);
  return readAsk((name) => query.get(name) ?? undefined);
}

async function keep(ask: Ask): Promise<Response> {
  const form = parseInput(keepForm, Object.fromEntries(await ask.form()));
  const survey = ask.param("id");
  const { number } = await keepFigure(ask.office, ask.actor, survey, { ...form, ask: askIn(form.ask) });
  return ask.go(`/surveys/${survey}/figures`, `図${number}を報告書に入れました。`);
}

async function figurePage(ask: Ask): Promise<Response> {
  const survey = ask.param("id");
  const { head } = await openSurvey(ask.office, ask.actor, survey);
  const figures = await listKeptFigures(ask.office, ask.actor, survey);
  const may = maySurvey("work", ask.actor.roles);
  return ask.page({
    title: "調査の図",
    current: SURVEY_MENU,
    body: (
      <FigurePage survey={{ id: head.id, title: head.title }} {...{ figures, may, csrf: ask.seated.csrf }} />
    ),
  });
}

async function change(ask: Ask): Promise<Response> {
  const form = await ask.form();
  const [id, survey] = [ask.param("figure"), ask.param("id")];
  const act = form.get("act");
  if (act === "renew") await renewFigure(ask.office, ask.actor, id);
  else if (act === "drop") await dropFigure(ask.office, ask.actor, id);
  else await wordFigure(ask.office, ask.actor, id, parseInput(wordForm, Object.fromEntries(form)));
  const said = { renew: "いまの回答で集計し直しました。", drop: "図を外しました。" }[String(act)];
  return ask.go(`/surveys/${survey}/figures`, said ?? "図の文を直しました。");
}

/** 図の道。 */
export const figureRoutes: Route[] = [
  getPage("analysis.figures", "/surveys/:id/figures", "調査の図の一覧", figurePage),
  postPage("analysis.figure.keep", "/surveys/:id/figures", "集計を図として報告書に入れる", keep),
  postPage(
    "analysis.figure.change",
    "/surveys/:id/figures/:figure",
    "図の文を直す・集計し直す・外す（act）",
    change,
  ),
  getApi(
    "analysis.figures.api",
    "/api/survey-figures",
    "調査の図の全部（値、注、出どころ、古いか）",
    async (ask) => ask.reply({ figures: await listSurveyFigures(ask.office, ask.actor) }),
  ),
  getApi("analysis.figure.api", "/api/survey-figures/:figure", "調査の図一枚", async (ask) =>
    ask.reply(await readSurveyFigure(ask.office, ask.actor, ask.param("figure"))),
  ),
  postApi(
    "analysis.figure.keep.api",
    "/api/surveys/:id/figures",
    "集計を図として報告書に入れる",
    keepForm,
    async (ask) => {
      const body = await ask.json(keepForm);
      const made = await keepFigure(ask.office, ask.actor, ask.param("id"), {
        ...body,
        ask: askIn(body.ask),
      });
      return ask.reply(made, 201);
    },
  ),
];
