import { z } from "zod";
import { AppError } from "../base/error.ts";
import { type Day, dayOf, type Instant } from "../base/time.ts";
import type { Office } from "../platform/office.ts";
import type { Blueprint } from "../terms/blueprint.ts";
import { openContract } from "../terms/open-contract.ts";
import { computePlan, type Plan, type PlanFrame } from "./compute-plan.ts";
import { linkKinds, type PlanTask } from "./plan-task.ts";
import { listWorkplanRows, type OpenWorkplan, openWorkplanRow } from "./workplan-store.ts";

const dayField = z.string().max(10).nullable().default(null);
const short = z.string().max(120).default("");

/** 作業の JSON の形。 */
export const taskBody = z.object({
  code: z.string().max(20),
  name: z.string().max(200),
  group: short,
  owner: short,
  clause: short,
  duty: z.string().max(200).nullable().default(null),
  milestone: z.boolean().default(false),
  days: z.number(),
  calendar: z.boolean().default(false),
  from: dayField,
  by: dayField,
  firm: z.boolean().default(false),
  links: z
    .array(z.object({ of: z.string().max(20), kind: z.enum(linkKinds), lag: z.number() }))
    .max(50)
    .default([]),
  started: dayField,
  finished: dayField,
  progress: z.number().default(0),
});
const bodySchema = z.object({
  tasks: z.array(taskBody),
  baseline: z.record(z.string(), z.object({ start: z.string(), end: z.string() })),
});

/** 定めたときの日（記号ごと）。 */
export type Baseline = Readonly<Record<string, { start: Day; end: Day }>>;

export interface WorkplanVersion {
  id: string;
  number: number;
  reason: string;
  filing: string | null;
  madeAt: Instant;
}

export interface Workplan {
  /** いまの版。まだ定めていなければ undefined。 */
  version: (WorkplanVersion & { edition: number; row: OpenWorkplan }) | undefined;
  tasks: PlanTask[];
  /** 今日までの実績から見た、これから。作業がなければ undefined。 */
  plan: Plan | undefined;
  /** 比べる基準（省けば、いまの版を定めたときの日）。 */
  baseline: Baseline;
  against: number | undefined;
  versions: WorkplanVersion[];
  frame: PlanFrame & { today: Day };
  blueprint: Blueprint;
}

/** 工程表を読む。against は、比べる版の番号。 */
export async function readWorkplan(office: Office, contract: string, against?: number): Promise<Workplan> {
  const [{ blueprint }, rows] = await Promise.all([
    openContract(office, contract),
    listWorkplanRows(office.read, contract),
  ]);
  const keys = await office.keys.get(
    contract,
    rows.map((row) => row.id),
  );
  const opened = rows.map((row) => openWorkplanRow(keys.get(row.id), row));
  const current = opened.find((row) => row.state === "current");
  const base = opened.find((row) => row.number === against) ?? current;
  const body = current && readBody(current.body);
  const frame = frameOf(blueprint, dayOf(office.clock.officeNow(contract)));
  const tasks = body?.tasks ?? [];
  return {
    version: current && { ...headOf(current), edition: current.edition, row: current },
    tasks,
    plan: tasks.length === 0 ? undefined : computePlan(tasks, frame),
    baseline: base === undefined ? {} : readBody(base.body).baseline,
    against: base?.number,
    versions: opened.map(headOf),
    frame,
    blueprint,
  };
}

/** 計画の枠: 契約の暦と履行期間の始まり、今日。 */
export function frameOf(
  { calendar, performance }: Pick<Blueprint, "calendar" | "performance">,
  today: Day,
): PlanFrame & { today: Day } {
  return { calendar, from: performance.from, today };
}

function headOf({ id, number, reason, filing, made_at }: OpenWorkplan): WorkplanVersion {
  return { id, number, reason, filing, madeAt: made_at };
}

function readBody(text: string): z.infer<typeof bodySchema> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new AppError("NOT_FOUND", "この工程表は消去されています。新しく定めてください。");
  }
  return bodySchema.parse(json);
}

export function writeBody(tasks: readonly PlanTask[], baseline: Baseline): string {
  return JSON.stringify({ tasks, baseline });
}

/** 工程表がなければ NOT_FOUND。 */
export function noWorkplan(): AppError {
  return new AppError("NOT_FOUND", "工程表がまだありません。取り込むか、期限から作ってください。");
}
