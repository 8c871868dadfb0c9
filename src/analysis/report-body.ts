import { z } from "zod";
import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import type { SubjectKey } from "../platform/key.ts";
import type { Office, Tx } from "../platform/office.ts";
import { openSurvey } from "../survey/open-survey.ts";
import { waveTables } from "../waves/wave.ts";
import type { Finding } from "./finding.ts";
import {
  findReportRow,
  insertReport,
  type OpenReportRow,
  openReportRow,
  updateReport,
} from "./report-store.ts";

/** 比べるために入れた、前の回の調査。単純集計だけで、個人の答えを含まない。 */
const keptWave = waveTables.extend({
  id: z.string(),
  /** 「集計表のファイル」か、事務所の中の調査の名。 */
  source: z.string(),
  /** 人の決めた対応（いまの設問の id → 前回の id。対応しないなら空）。 */
  map: z.record(z.string(), z.string()),
});
export type KeptWave = z.infer<typeof keptWave>;

const bodySchema = z.object({
  /** 人が直した所見（設問の id、または「auto:設問の id」ごと）。 */
  words: z.record(
    z.string(),
    z.object({ text: z.string(), figures: z.array(z.custom<Finding["figures"][number]>()) }),
  ),
  /** 前の回（古い順）。 */
  waves: z.array(keptWave).default([]),
  /** いちばん新しい PDF の仕事。 */
  pdf: z.object({ job: z.string() }).optional(),
});
/** 報告書ごとに封じて残すもの。 */
export type ReportBody = z.infer<typeof bodySchema>;

export interface OpenReportBody {
  body: ReportBody;
  row: OpenReportRow;
  key: SubjectKey;
}

/** 報告書に残したもの。まだ何も残していなければ undefined。 */
export async function openReportBody(
  office: Office,
  actor: Actor,
  survey: string,
): Promise<OpenReportBody | undefined> {
  const sealed = await findReportRow(office.read, actor.contract, survey);
  const key = sealed && (await office.keys.get(actor.contract, [sealed.id])).get(sealed.id);
  if (!sealed || !key) return undefined;
  const row = openReportRow(key, sealed);
  return { body: bodySchema.parse(JSON.parse(row.body)), row, key };
}

/**
 * 報告書に残すもののうち、change のところだけを書き換え、記録する。
 * @throws AppError CONFLICT（ほかの人が先に変えた）、NOT_FOUND（調査がない）
 */
export async function saveReportBody(
  office: Office,
  actor: Actor,
  survey: string,
  given: {
    kept: OpenReportBody | undefined;
    change: Partial<ReportBody>;
    event: { kind: string; payload: Record<string, string | number | boolean> };
    /** 同じ取引の中で、ほかにすること。 */
    also?: (tx: Tx) => Promise<void>;
  },
): Promise<void> {
  const { kept, event } = given;
  if (!kept) await openSurvey(office, actor, survey, "work");
  const next: ReportBody = { words: {}, waves: [], ...kept?.body, ...given.change };
  const body = JSON.stringify(next);
  const key = kept?.key ?? (await office.keys.fresh(actor.contract));
  await office.act(actor, async (tx) => {
    const change = { body, changed_by: tx.actor.id, changed_at: tx.now };
    if (!kept)
      await insertReport(tx, key, {
        ...{ id: key.id, contract_id: tx.contract, survey_id: survey, ...change, edition: 1 },
      });
    else if (!(await updateReport(tx, key, kept.row, change)))
      throw new AppError("CONFLICT", "ほかの人が先に報告書を変えました。画面を開き直してください。");
    await given.also?.(tx);
    await tx.record({ ...event, about: survey });
  });
}
