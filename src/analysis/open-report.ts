import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import type { Office } from "../platform/office.ts";
import { refuseSurveyRole } from "../survey/survey-right.ts";
import { openContract } from "../terms/open-contract.ts";
import { bindFinding } from "./finding.ts";
import { freeTexts } from "./free-text.ts";
import { refuseLong, wordFigure } from "./keep-figure.ts";
import { listKeptFigures } from "./list-survey-figures.ts";
import { makeReport, type ReportSource } from "./make-report.ts";
import { openAnalysis } from "./open-analysis.ts";
import { openReportBody, saveReportBody } from "./report-body.ts";
import { type ReportBook, wordsIn } from "./report-book.ts";

/**
 * 調査報告書の中身を、いまの回答から作る。人が直した所見は、いまの表と合うかを確かめて返す（合わなくても止めない）。
 * @throws AppError NOT_FOUND、REFUSED（回答かコードブックがまだ）、FORBIDDEN
 */
export async function openReport(office: Office, actor: Actor, survey: string): Promise<ReportBook> {
  const analysis = await openAnalysis(office, actor, survey);
  const [figures, kept, { blueprint }] = await Promise.all([
    listKeptFigures(office, actor, survey),
    openReportBody(office, actor, survey),
    openContract(office, actor.contract),
  ]);
  const { set, base, hasWeight } = analysis;
  const free = await freeTexts(office, actor, survey, set.codebook.questions);
  const source: ReportSource = {
    ...{ title: set.survey.title, about: set.survey.about, dataHash: set.dataHash },
    ...{ base, hasWeight, weighting: set.weighting },
  };
  return makeReport(source, {
    figures: figures.map(({ figure, body }) => ({ ...body, id: figure.id })),
    ...{ words: kept?.body.words ?? {}, free, waves: kept?.body.waves ?? [] },
    ...{ author: blueprint.sender.name, created: office.clock.officeNow(actor.contract) },
  });
}

/** 報告書の所見を直す。空の文は、案に戻す。図の所見は、図の文を直す。 */
export async function wordReport(
  office: Office,
  actor: Actor,
  survey: string,
  given: { key: string; finding: string },
): Promise<void> {
  refuseSurveyRole("work", actor);
  const said = given.finding.trim();
  refuseLong(said);
  const book = await openReport(office, actor, survey);
  const section = book.sections.find((one) => [one, ...one.crosses].some(({ key }) => key === given.key));
  const place = section && [section, ...section.crosses].find(({ key }) => key === given.key);
  if (!place)
    throw new AppError("NOT_FOUND", "その所見は、いまの報告書にありません。画面を開き直してください。");
  if ("chosen" in place && place.chosen) {
    await wordFigure(office, actor, given.key, { finding: said });
    return;
  }
  const kept = await openReportBody(office, actor, survey);
  const words = { ...(kept?.body.words ?? {}) };
  if (said === "" || (!place.edited && said === place.finding.text)) delete words[given.key];
  else words[given.key] = bindFinding(said, place.view, place.finding);
  await saveReportBody(office, actor, survey, {
    kept,
    change: { words },
    event: { kind: "analysis.finding", payload: { key: given.key, edited: given.key in words } },
  });
}

/** 合わなくなった所見の数。 */
export function brokenWords(book: ReportBook): ReturnType<typeof wordsIn> {
  return wordsIn(book).filter(({ edited, check }) => edited && (!check.holds || check.loose.length > 0));
}
