import type { Fault } from "../base/error.ts";
import { getFile, getPage, postPage, withFaults } from "../platform/make-route.ts";
import type { Ask, Route } from "../platform/route.ts";
import { type CheckRule, checkRules } from "./check-answers.ts";
import { CheckPage } from "./check-page.tsx";
import { exportFixes } from "./export-fixes.ts";
import { type FixInput, fixAnswers, listFixes, undoFix } from "./fix-answers.ts";
import { FixPage } from "./fix-page.tsx";
import { openSurvey } from "./open-survey.ts";
import { openChecked } from "./open-survey-data.ts";
import { chosenFixes, FORM_BYTES } from "./survey-ask.ts";
import { maySurvey } from "./survey-right.ts";

const CURRENT = "survey.list";

function ruleOf(text: string | undefined): CheckRule | undefined {
  return text !== undefined && Object.hasOwn(checkRules, text) ? (text as CheckRule) : undefined;
}

async function checkPage(
  ask: Ask,
  again: { values: Readonly<Record<string, string>>; faults: readonly Fault[] } = { values: {}, faults: [] },
): Promise<Response> {
  const id = ask.param("id");
  const { head } = await openSurvey(ask.office, ask.actor, id, "look");
  const { answers, checked } = await openChecked(ask.office, ask.actor, id);
  return ask.page({
    title: "確かめて直す",
    current: CURRENT,
    status: again.faults.length > 0 ? 422 : 200,
    body: (
      <CheckPage
        csrf={ask.seated.csrf}
        survey={head}
        checked={checked}
        rule={ruleOf(again.values.rule ?? ask.query("rule"))}
        fixes={answers.fixes.length}
        missed={answers.missed.length}
        {...again}
        mayWork={maySurvey("work", ask.actor.roles)}
      />
    ),
  });
}

async function fix(ask: Ask): Promise<Response> {
  const id = ask.param("id");
  const values = Object.fromEntries(await ask.form());
  const choices = await ask.formAll("fix");
  return withFaults(
    async () => {
      const fixes = await fixesOf(ask, values, choices);
      const { numbers } = await fixAnswers(ask.office, ask.actor, id, fixes);
      const rule = ruleOf(values.rule);
      const place = rule === undefined || values.all !== undefined ? "" : `?rule=${rule}`;
      return ask.go(
        `/surveys/${id}/check${place}`,
        `${numbers[1] - numbers[0] + 1}件を直しました。直した記録から取り消せます。`,
      );
    },
    (faults, message) => checkPage(ask, { values, faults: faults.length > 0 ? faults : [{ message }] }),
  );
}

async function fixesOf(
  ask: Ask,
  values: Readonly<Record<string, string>>,
  choices: readonly string[],
): Promise<FixInput[]> {
  const reason = values.reason ?? "";
  const all = ruleOf(values.all);
  if (all !== undefined) {
    const { checked } = await openChecked(ask.office, ask.actor, ask.param("id"));
    const found = (checked?.findings ?? []).filter(({ rule }) => rule === all);
    return found.flatMap(({ respondent, fixes: [first], rule }) =>
      first ? [{ respondent, column: first.column, after: first.after, reason, rule }] : [],
    );
  }
  if (values.by === "list") return chosenFixes(choices, reason);
  const { respondent = "", column = "", after = "" } = values;
  return [{ respondent: respondent.trim(), column: column.trim(), after, reason }];
}

async function fixPage(ask: Ask): Promise<Response> {
  const id = ask.param("id");
  const { head } = await openSurvey(ask.office, ask.actor, id, "look");
  const fixes = await listFixes(ask.office, ask.actor, id);
  const mayWork = maySurvey("work", ask.actor.roles);
  const body = <FixPage csrf={ask.seated.csrf} survey={head} fixes={fixes} mayWork={mayWork} />;
  return ask.page({ title: "直した記録", current: CURRENT, body });
}

/** 確かめと直しの道。 */
export const checkRoutes: Route[] = [
  getPage("survey.check", "/surveys/:id/check", "回答を確かめる画面", (ask) => checkPage(ask)),
  postPage("survey.fix", "/surveys/:id/fixes", "回答を直す", fix, { bodyLimit: FORM_BYTES }),
  getPage("survey.fixes", "/surveys/:id/fixes", "直した記録", fixPage),
  getFile("survey.fixes.csv", "/surveys/:id/fixes.csv", "直した記録の CSV", async (ask) =>
    ask.download(await exportFixes(ask.office, ask.actor, ask.param("id"))),
  ),
  postPage("survey.unfix", "/surveys/:id/fixes/:fix/undo", "直したことを取り消す", async (ask) => {
    await undoFix(ask.office, ask.actor, ask.param("id"), ask.param("fix"));
    return ask.go(`/surveys/${ask.param("id")}/fixes`, "取り消しました。元の値に戻りました。");
  }),
];
