import { z } from "zod";
import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import type { SubjectKey } from "../platform/key.ts";
import type { Office } from "../platform/office.ts";
import { refuseSurveyRole } from "../survey/survey-right.ts";
import { openContract } from "../terms/open-contract.ts";
import { bindFinding, type Finding } from "./finding.ts";
import { freeTexts } from "./free-text.ts";
import { refuseLong, wordFigure } from "./keep-figure.ts";
import { listKeptFigures } from "./list-survey-figures.ts";
import { makeReport, type ReportSource } from "./make-report.ts";
import { openAnalysis } from "./open-analysis.ts";
import { type ReportBook, wordsIn } from "./report-book.ts";
import {
  findReportRow,
  insertReport,
  type OpenReportRow,
  openReportRow,
  updateReport,
} from "./report-store.ts";

const bodySchema = z.object({
  /** 人が直した所見（設問の id、または「auto:設問の id」ごと）。 */
  words: z.record(
    z.string(),
    z.object({ text: z.string(), figures: z.array(z.custom<Finding["figures"][number]>()) }),
  ),
});
type ReportBody = z.infer<typeof bodySchema>;

/**
 * 調査報告書の中身を、いまの回答から作る。人が直した所見は、いまの表と合うかを確かめて返す（合わなくても止めない）。
 * @throws AppError NOT_FOUND、REFUSED（回答かコードブックがまだ）、FORBIDDEN
 */
export async function openReport(office: Office, actor: Actor, survey: string): Promise<ReportBook> {
  const analysis = await openAnalysis(office, actor, survey);
  const [figures, kept, { blueprint }] = await Promise.all([
    listKeptFigures(office, actor, survey),
    openBody(office, actor, survey),
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
    ...{ words: kept?.body.words ?? {}, free },
    ...{ author: blueprint.sender.name, created: office.clock.officeNow(actor.contract) },
  });
}

async function openBody(
  office: Office,
  actor: Actor,
  survey: string,
): Promise<{ body: ReportBody; row: OpenReportRow; key: SubjectKey } | undefined> {
  const sealed = await findReportRow(office.read, actor.contract, survey);
  const key = sealed && (await office.keys.get(actor.contract, [sealed.id])).get(sealed.id);
  if (!sealed || !key) return undefined;
  const row = openReportRow(key, sealed);
  return { body: bodySchema.parse(JSON.parse(row.body)), row, key };
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
  const kept = await openBody(office, actor, survey);
  const words = { ...(kept?.body.words ?? {}) };
  if (said === "" || (!place.edited && said === place.finding.text)) delete words[given.key];
  else words[given.key] = bindFinding(said, place.view, place.finding);
  const body = JSON.stringify({ words });
  const key = kept?.key ?? (await office.keys.fresh(actor.contract));
  await office.act(actor, async (tx) => {
    const change = { body, changed_by: tx.actor.id, changed_at: tx.now };
    if (!kept)
      await insertReport(tx, key, {
        id: key.id,
        contract_id: tx.contract,
        survey_id: survey,
        ...change,
        edition: 1,
      });
    else if (!(await updateReport(tx, key, kept.row, change)))
      throw new AppError("CONFLICT", "ほかの人が先に所見を直しました。画面を開き直してください。");
    await tx.record({
      kind: "analysis.finding",
      about: survey,
      payload: { key: given.key, edited: given.key in words },
    });
  });
}

/** 合わなくなった所見の数。 */
export function brokenWords(book: ReportBook): ReturnType<typeof wordsIn> {
  return wordsIn(book).filter(({ edited, check }) => edited && (!check.holds || check.loose.length > 0));
}
