import type { Actor } from "../base/actor.ts";
import type { Day, Instant } from "../base/time.ts";
import type { Office } from "../platform/office.ts";
import { tallyBookings } from "../reception/tally-bookings.ts";
import { type BatchState, type BatchTally, roleMay } from "./batch.ts";
import { listBatchRows } from "./batch-store.ts";
import { countNotices } from "./notice-store.ts";

export interface BatchSummary {
  id: string;
  number: number;
  state: BatchState;
  madeAt: Instant;
  /** 束に入れた講習会の日（終わったものも）。 */
  days: Day[];
  tally: BatchTally;
  sentOn: Day | null;
  sentCount: number | null;
  samePerson: boolean;
}

/** 束の一覧。新しい順。個人情報は開かない。 */
export async function listBatches(office: Office, actor: Pick<Actor, "contract">): Promise<BatchSummary[]> {
  const [rows, counts, { classes }] = await Promise.all([
    listBatchRows(office.read, actor.contract),
    countNotices(office.read, actor.contract),
    tallyBookings(office, actor.contract),
  ]);
  const dayOfClass = new Map(classes.map((cls) => [cls.id, cls.day]));
  const byBatch = Map.groupBy(counts, (one) => one.batch_id);
  return rows.map((row) => {
    const classIds = JSON.parse(row.class_ids) as string[];
    return {
      id: row.id,
      number: row.number,
      state: row.state,
      madeAt: row.made_at,
      days: [...new Set(classIds.flatMap((id) => dayOfClass.get(id) ?? []))].sort(),
      tally: tallyCounts(byBatch.get(row.id) ?? []),
      sentOn: row.sent_on,
      sentCount: row.sent_count,
      samePerson: row.same_person === 1,
    };
  });
}

type Count = Awaited<ReturnType<typeof countNotices>>[number];

function tallyCounts(counts: readonly Count[]): BatchTally {
  const sum = (keep: (one: Count) => boolean) =>
    counts.reduce((total, one) => total + (keep(one) ? one.n : 0), 0);
  return {
    made: sum(() => true),
    waiting: sum((one) => one.state === "waiting"),
    approved: sum((one) => one.state === "approved"),
    excluded: sum((one) => one.state === "excluded"),
    withdrawn: sum((one) => one.state === "withdrawn"),
    printed: sum((one) => one.printed === 1),
    toSend: sum((one) => one.printed === 1 && one.state === "approved"),
  };
}

/** この役割を待っている通の数（左のメニュー）。SV は承認待ち、OP は作りかけ・差戻しと、これから投函するもの。 */
export async function countWaiting(office: Office, actor: Actor): Promise<number> {
  const [rows, counts] = await Promise.all([
    listBatchRows(office.read, actor.contract),
    countNotices(office.read, actor.contract),
  ]);
  const stateOf = new Map(rows.map((row) => [row.id, row.state]));
  const approver = roleMay("approve", actor.roles, false);
  const operator = roleMay("prepare", actor.roles, false);
  return counts.reduce((total, one) => {
    const state = stateOf.get(one.batch_id);
    const toApprove = one.state === "waiting" && (state === "submitted" || state === "approved");
    const toFinish = one.state === "waiting" && (state === "draft" || state === "returned");
    const toSend = one.state === "approved" && one.printed === 1 && state === "printed";
    return total + ((approver && toApprove) || (operator && (toFinish || toSend)) ? one.n : 0);
  }, 0);
}
