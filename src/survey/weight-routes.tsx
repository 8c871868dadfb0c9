import { AppError, type Fault } from "../base/error.ts";
import { getPage, postPage } from "../platform/make-route.ts";
import type { Ask, Route } from "../platform/route.ts";
import { openSurvey } from "./open-survey.ts";
import { openAnswers } from "./open-survey-data.ts";
import { designOf, SMALL_FILE_BYTES } from "./survey-ask.ts";
import { maySurvey } from "./survey-right.ts";
import { WeightPage } from "./weight-page.tsx";
import { readWeights, type WeightInput, weightSurvey } from "./weight-survey.ts";

async function weightPage(
  ask: Ask,
  fault?: { message: string; faults: readonly Fault[] },
): Promise<Response> {
  const id = ask.param("id");
  const { head, codebook } = await openSurvey(ask.office, ask.actor, id, "look");
  if (!codebook) throw new AppError("REFUSED", "コードブックを定めてから、ウエイトを決めてください。");
  const { data } = await openAnswers(ask.office, ask.actor, id);
  let message = fault?.message;
  const report = await readWeights(ask.office, ask.actor, id).catch((cause: unknown) => {
    if (!(cause instanceof AppError) || cause.code !== "BAD_INPUT") throw cause;
    message ??= cause.message;
    return undefined;
  });
  return ask.page({
    title: "ウエイトと標本設計",
    current: "survey.list",
    status: fault ? 422 : 200,
    body: (
      <WeightPage
        csrf={ask.seated.csrf}
        survey={head}
        codebook={codebook}
        report={report}
        columns={data.names}
        message={message}
        faults={fault?.faults ?? []}
        mayWork={maySurvey("work", ask.actor.roles)}
      />
    ),
  });
}

async function decide(ask: Ask): Promise<Response> {
  const id = ask.param("id");
  const form = Object.fromEntries(await ask.form());
  try {
    const report = await weightSurvey(ask.office, ask.actor, id, {
      ...{ ...(await marginsOf(ask, form.method)), design: designOf(form), version: Number(form.version) },
      trim: form.trim === "1" ? { min: Number(form.min), max: Number(form.max) } : null,
    });
    const done = report.weighting
      ? `設計効果は ${report.weighting.designEffect.toFixed(2)} です。`
      : "ウエイトは付けません。";
    return ask.go(`/surveys/${id}/weights`, `決めました。${done}`);
  } catch (cause) {
    if (!(cause instanceof AppError) || cause.code !== "BAD_INPUT") throw cause;
    return weightPage(ask, { message: cause.message, faults: cause.faults });
  }
}

async function marginsOf(ask: Ask, method: string | undefined): Promise<Pick<WeightInput, "margins">> {
  if (method === "none") return { margins: null };
  if (method !== "margins") return {};
  const file = await ask.file("margins");
  const message = "母集団の表のファイルを選んでください。";
  if (file === undefined || file.bytes.length === 0)
    throw new AppError("BAD_INPUT", message, { faults: [{ field: "margins", message }] });
  return { margins: { bytes: file.bytes, name: file.fileName } };
}

/** ウエイトの道。 */
export const weightRoutes: Route[] = [
  getPage("survey.weights", "/surveys/:id/weights", "ウエイトと標本設計", (ask) => weightPage(ask)),
  postPage("survey.weigh", "/surveys/:id/weights", "ウエイトと標本設計を決める", decide, {
    bodyLimit: SMALL_FILE_BYTES,
  }),
];
