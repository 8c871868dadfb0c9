import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import type { Json } from "../base/event.ts";
import { latestTemplate } from "../platform/client-template-store.ts";
import { findJob } from "../platform/job-store.ts";
import type { Office } from "../platform/office.ts";
import { approveChanges, refuseState, sameApprover, undoChanges } from "./batch.ts";
import { changeBatch, countChanges } from "./change-batch.ts";
import { type OpenBatch, openBatch } from "./open-batch.ts";

export interface Approval {
  approved: number;
  withdrawn: number;
  /** まだ確かめていない数。 */
  waiting: number;
  samePerson: boolean;
}

/**
 * 発送の承認（表１ SV）。ids を言わなければ、確かめるもののない全部。言えば、その通を今の内容で。
 * 自分の束は、兼務が認められていなければ REFUSED、認められていれば記録に same_person と残る。
 */
export async function approveBatch(
  office: Office,
  actor: Actor,
  id: string,
  ids?: readonly string[],
): Promise<Approval> {
  const template = await latestTemplate(office.read, actor.contract, "notice");
  let answer: Approval = { approved: 0, withdrawn: 0, waiting: 0, samePerson: false };
  await changeBatch(office, actor, id, "approve", (open, now) => {
    const { batch } = open;
    refuseState("approve", batch.state);
    const samePerson = sameApprover(batch, actor.id, open.blueprint.roles.supervisorMayOperate);
    const changes = approveChanges(
      open.cards.map((card) => card.now),
      ids && new Set(ids),
    );
    const approved = changes.filter((one) => one.to === "approved").length;
    const withdrawn = changes.length - approved;
    answer = { approved, withdrawn, waiting: open.tally.waiting - changes.length, samePerson };
    if (changes.length === 0) return alreadyDone(open, ids);
    const any = open.tally.approved + approved > 0;
    return {
      change: {
        state: any ? "approved" : batch.state,
        approved_by: actor.id,
        approved_at: now,
        template_id: template?.id ?? null,
        same_person: samePerson || batch.same_person === 1 ? 1 : 0,
      },
      notices: changes,
      event: {
        kind: "batch.approved",
        payload: {
          ...countChanges(changes),
          ...(samePerson ? { same_person: true } : {}),
          ...(ids ? { accepted: acceptedCodes(open, ids) } : {}),
        },
      },
    };
  });
  return answer;
}

/** 二度押したときは、もう承認されている。何も選べていないときは断る。 */
function alreadyDone(open: OpenBatch, ids: readonly string[] | undefined): undefined {
  const wanted = ids && new Set(ids);
  const done = open.cards.some(
    (card) => card.now.state === "approved" && (wanted?.has(card.notice.id) ?? true),
  );
  if (done) return undefined;
  throw new AppError(
    "REFUSED",
    "承認できる受講通知書がありません。確かめるもののある通は、一通ずつご確認ください。",
  );
}

/** 何を承知のうえで承認したか。 */
function acceptedCodes(open: OpenBatch, ids: readonly string[]): Json {
  const wanted = new Set(ids);
  const codes = open.cards.flatMap((card) =>
    wanted.has(card.notice.id) ? card.exceptions.map((one) => one.code) : [],
  );
  return [...new Set(codes)];
}

/** 承認を取り消す。印刷を始めるまで（印刷に失敗したときは、その後も）。 */
export async function undoApproval(office: Office, actor: Actor, id: string): Promise<void> {
  const { batch } = await openBatch(office, actor, id);
  if (batch.state === "printing") {
    const job = batch.job_id ? await findJob(office.read, actor.contract, batch.job_id) : undefined;
    if (job?.state !== "failed" && job?.state !== "stopped")
      throw new AppError(
        "REFUSED",
        "印刷が始まっているので、承認を取り消せません。終わるまでお待ちください。",
      );
  }
  await changeBatch(office, actor, id, "undo", (open) => {
    if (open.batch.state === "submitted") return undefined;
    return {
      change: { state: "submitted", approved_by: null, approved_at: null, same_person: 0, job_id: null },
      notices: undoChanges(open.cards.map((card) => card.now)),
      event: { kind: "batch.unapproved", payload: { count: open.tally.approved } },
    };
  });
}
