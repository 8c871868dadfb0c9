import { z } from "zod";
import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import type { Day } from "../base/time.ts";
import { type AnswerStatus, standardStatuses } from "../opinions/period-rule.ts";
import type { Office } from "../platform/office.ts";
import { listPeriodRows, type OpenPeriodRow, openPeriodRow, type PeriodState } from "./period-store.ts";

/** 分類（計画の章・施策）。chapter は、まとめて数える章。 */
export const frameEntry = z.object({
  code: z.string().trim().min(1).max(20),
  title: z.string().trim().min(1).max(120),
  description: z.string().max(4_000).default(""),
  chapter: z.string().max(120).default(""),
  page: z.string().max(20).default(""),
});
export type FrameEntry = z.infer<typeof frameEntry>;

export const statusBody = z.object({
  code: z.string().trim().min(1).max(4),
  label: z.string().trim().min(1).max(60),
  short: z.string().trim().min(1).max(8),
  needsChange: z.boolean().default(false),
});

const words = z.string().max(4_000).default("");
export const checklistBody = z.object({
  ...{ draft: words, purpose: words, summary: words, issues: words, places: words, form: words },
});

/** 結果を公表した一回。files は、公表したそのもの（封じて残してある）。 */
const publicationBody = z.object({
  day: z.string(),
  places: z.string(),
  files: z.array(
    z.object({ id: z.string(), fileName: z.string(), media: z.string(), sha256: z.string(), bytes: z.int() }),
  ),
  counts: z.object({ people: z.int(), letters: z.int(), opinions: z.int(), distinct: z.int() }),
  at: z.string(),
  by: z.string(),
  /** 訂正のために取り下げた理由。 */
  withdrawn: z.object({ reason: z.string(), at: z.string(), by: z.string() }).optional(),
});
export type Publication = z.infer<typeof publicationBody>;

const bodySchema = z.object({
  checklist: checklistBody,
  frame: z.array(frameEntry).default([]),
  statuses: z.array(statusBody).default([]),
  /** フォームの公開を認めた記録。あれば公開している。 */
  permission: z.object({ words: z.string(), at: z.string(), by: z.string() }).nullable().default(null),
  /** 期間を30日より短くする理由。 */
  shortReason: z.string().default(""),
  /** 下書きを書かせる、手元のモデルの口。permission は、外の口を使ってよいという市の許し。 */
  model: z
    .object({ url: z.string(), model: z.string(), permission: z.string().default("") })
    .nullable()
    .default(null),
  /** 結果の公表。古い順。 */
  publications: z.array(publicationBody).default([]),
});
export type PeriodBody = z.infer<typeof bodySchema>;

export interface Period {
  id: string;
  number: number;
  title: string;
  state: PeriodState;
  from: Day | null;
  to: Day | null;
  checklist: PeriodBody["checklist"];
  frame: readonly FrameEntry[];
  statuses: readonly AnswerStatus[];
  permission: PeriodBody["permission"];
  shortReason: string;
  model: PeriodBody["model"];
  publications: readonly Publication[];
  edition: number;
  row: OpenPeriodRow;
}

/** いまの意見公募（いちばん新しい回）。まだなければ undefined。 */
export async function readPeriod(office: Office, contract: Actor["contract"]): Promise<Period | undefined> {
  const [row] = await listPeriodRows(office.read, contract);
  if (row === undefined) return undefined;
  const key = (await office.keys.get(contract, [row.id])).get(row.id);
  return periodOf(openPeriodRow(key, row));
}

export function periodOf(row: OpenPeriodRow): Period {
  const body = readBody(row.body);
  return {
    ...{ id: row.id, number: row.number, title: row.title, state: row.state, edition: row.edition, row },
    ...{ from: row.from_day, to: row.to_day, checklist: body.checklist, frame: body.frame },
    ...{ statuses: body.statuses.length > 0 ? body.statuses : standardStatuses },
    ...{ permission: body.permission, shortReason: body.shortReason },
    ...{ model: body.model, publications: body.publications },
  };
}

function readBody(text: string): PeriodBody {
  try {
    return bodySchema.parse(JSON.parse(text));
  } catch {
    throw new AppError("NOT_FOUND", "この意見公募は消去されています。");
  }
}

/** 結果を公表したあとは、数と答えを変えない（訂正は、理由を書いて取り下げてから）。 */
export function refusePublished({ state }: Pick<Period, "state">): void {
  if (state !== "published") return;
  throw new AppError(
    "REFUSED",
    "結果は公表済みです。直すには、「結果の資料」で訂正の理由を書いて取り下げてください。",
  );
}

/** 期間がなければ NOT_FOUND。 */
export async function requirePeriod(office: Office, contract: string): Promise<Period> {
  const period = await readPeriod(office, contract);
  if (period) return period;
  throw new AppError("NOT_FOUND", "意見公募がまだありません。「期間と公表物」で準備してください。");
}
