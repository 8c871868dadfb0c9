import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import { takeNumber } from "../platform/counter-store.ts";
import type { Office } from "../platform/office.ts";
import { refuseSurveyRole } from "../survey/survey-right.ts";
import { type CrossAsk, findOptions } from "../tabulation/cross-ask.ts";
import type { CrossView } from "../tabulation/cross-view.ts";
import { questionName } from "../tabulation/question-name.ts";
import { draftFinding } from "./draft-finding.ts";
import { deleteFigure, insertFigure, updateFigure } from "./figure-store.ts";
import { bindFinding, type Finding } from "./finding.ts";
import { openFigure } from "./list-survey-figures.ts";
import { type Analysis, askAnalysis, openAnalysis } from "./open-analysis.ts";
import type { FigureBody, FigureLineage } from "./survey-figure.ts";

const TEXT = 1000;

/**
 * いま見ている集計を、図として残す。出どころ（回答の指紋、絞り込み、ウエイト）が添う。
 * @param given.finding 書き直した文。省くか、案と同じなら案のまま
 * @throws AppError FORBIDDEN、BAD_INPUT（文が長すぎる）、REFUSED（回答がまだ）
 */
export async function keepFigure(
  office: Office,
  actor: Actor,
  survey: string,
  given: { ask: Partial<CrossAsk>; finding?: string | undefined; title?: string | undefined },
): Promise<{ id: string; number: number }> {
  refuseSurveyRole("work", actor);
  const analysis = await openAnalysis(office, actor, survey);
  const view = askAnalysis(analysis, given.ask);
  const madeAt = office.clock.officeNow(actor.contract);
  const words = wordsOf(view, given.finding);
  const body: FigureBody = {
    ...{ title: given.title?.trim() || view.title, ask: view.ask, view, ...words },
    lineage: lineageOf(analysis, view, madeAt),
  };
  const key = await office.keys.fresh(actor.contract);
  return office.act(actor, async (tx) => {
    const number = await takeNumber(tx, tx.contract, "survey-figure");
    await insertFigure(tx, key, {
      ...{ id: key.id, contract_id: tx.contract, survey_id: survey, number, body: JSON.stringify(body) },
      ...{ data_hash: analysis.set.dataHash, version: analysis.set.survey.version },
      ...{ made_by: tx.actor.id, made_at: tx.now, edition: 1 },
    });
    await tx.record({ kind: "analysis.figure.kept", about: key.id, payload: { survey, number } });
    return { id: key.id, number };
  });
}

function wordsOf(view: CrossView, text: string | undefined): { finding: Finding; edited: boolean } {
  const draft = draftFinding(view);
  const said = text?.trim() ?? "";
  refuseLong(said);
  if (said === "" || said === draft.text) return { finding: draft, edited: false };
  return { finding: bindFinding(said, view, draft), edited: true };
}

/** 文の長さで断る。BAD_INPUT。 */
export function refuseLong(text: string): void {
  if (text.length <= TEXT) return;
  const message = `文は${TEXT}字までです。`;
  throw new AppError("BAD_INPUT", message, { faults: [{ field: "finding", message }] });
}

function lineageOf({ set, base }: Analysis, view: CrossView, madeAt: string): FigureLineage {
  const name = (id: string) => {
    const question = base.codebook.questions.find((one) => one.id === id);
    return `${questionName(id)} ${question?.short ?? question?.text ?? ""}`.trim();
  };
  const filter = view.ask.filters
    .map((one) => {
      const labels = findOptions(base.codebook, one).map(({ label }) => label);
      return `${name(one.question)}が「${labels.join("」か「")}」`;
    })
    .join("、");
  const { weighting } = set;
  return {
    ...{ survey: set.survey.title, version: set.survey.version, dataHash: set.dataHash },
    filter: filter === "" ? "全員" : filter,
    weights: !view.weighted
      ? "なし"
      : weighting
        ? `${weighting.method === "cell" ? "組合せ" : "周辺"}を母集団に合わせたウエイト（設計効果 ${weighting.designEffect.toFixed(2)}）`
        : "回答の表にあるウエイト",
    questions: [view.ask.column, ...view.ask.rows].map((id) => {
      const text = base.codebook.questions.find((one) => one.id === id)?.text ?? "";
      return `${questionName(id)} ${text}`.trim();
    }),
    madeAt,
  };
}

/** いまの回答で集計し直す。人が直した文は、そのまま残して結び直さない（合わなければ印が付く）。 */
export async function renewFigure(office: Office, actor: Actor, id: string): Promise<void> {
  refuseSurveyRole("work", actor);
  const kept = await openFigure(office, actor, id);
  const analysis = await openAnalysis(office, actor, kept.surveyId);
  const view = askAnalysis(analysis, kept.body.ask);
  const madeAt = office.clock.officeNow(actor.contract);
  const body: FigureBody = {
    ...{ ...kept.body, ask: view.ask, view, lineage: lineageOf(analysis, view, madeAt) },
    ...(kept.body.edited ? {} : { finding: draftFinding(view) }),
  };
  await office.act(actor, async (tx) => {
    const change = {
      ...{ body: JSON.stringify(body), data_hash: analysis.set.dataHash },
      version: analysis.set.survey.version,
    };
    if (!(await updateFigure(tx, kept.key, kept.row, change))) throw changedFigure();
    await tx.record({ kind: "analysis.figure.renewed", about: id, payload: { number: kept.number } });
  });
}

/** 図の題と文を直す。空の文は、案に戻す。 */
export async function wordFigure(
  office: Office,
  actor: Actor,
  id: string,
  given: { title?: string | undefined; finding: string },
): Promise<void> {
  refuseSurveyRole("work", actor);
  const kept = await openFigure(office, actor, id);
  const { view, finding: before } = kept.body;
  const said = given.finding.trim();
  refuseLong(said);
  const draft = draftFinding(view);
  const edited = said !== "" && said !== draft.text;
  const body: FigureBody = {
    ...kept.body,
    title: given.title?.trim() || kept.body.title,
    finding: edited ? bindFinding(said, view, before) : draft,
    edited,
  };
  await office.act(actor, async (tx) => {
    if (!(await updateFigure(tx, kept.key, kept.row, { body: JSON.stringify(body) }))) throw changedFigure();
    await tx.record({ kind: "analysis.figure.worded", about: id, payload: { number: kept.number, edited } });
  });
}

/** 図を外す。 */
export async function dropFigure(office: Office, actor: Actor, id: string): Promise<void> {
  refuseSurveyRole("work", actor);
  const kept = await openFigure(office, actor, id);
  await office.act(actor, async (tx) => {
    if (!(await deleteFigure(tx, tx.contract, id))) throw changedFigure();
    await tx.record({ kind: "analysis.figure.dropped", about: id, payload: { number: kept.number } });
  });
}

function changedFigure(): AppError {
  return new AppError(
    "CONFLICT",
    "ほかの人が先にこの図を変えました。開き直してから、もう一度行ってください。",
  );
}
