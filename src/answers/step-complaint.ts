import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import type { Json } from "../base/event.ts";
import type { Instant } from "../base/time.ts";
import type { Office } from "../platform/office.ts";
import { finishTask } from "../tasks/close-task.ts";
import { type AnswerRight, refuseRight } from "./answer-right.ts";
import type { StepKind } from "./answer-step.ts";
import { insertStep } from "./answer-step-store.ts";
import {
  type ComplaintAct,
  complaintLimits,
  refuseComplaintAct,
  reportStateOf,
  textFaults,
} from "./complaint.ts";
import {
  type ComplaintChange,
  findComplaint,
  openComplaintRow,
  type StoredComplaint,
  updateComplaint,
} from "./complaint-store.ts";
import { noComplaint, reportStates } from "./list-complaints.ts";

interface Decided {
  step: StepKind;
  change: ComplaintChange;
  note?: string | undefined;
  at?: Instant | undefined;
  kind?: string | undefined;
  payload?: { [key: string]: Json } | undefined;
  /** 日次報告の仕事を済みにする。 */
  finish?: boolean | undefined;
}

/** 一つのクレームを進める行為の型。役割と事実を見てから、decide が変えることを決める。 */
export async function changeComplaint(
  office: Office,
  actor: Actor,
  id: string,
  act: ComplaintAct,
  right: AnswerRight,
  decide: (complaint: StoredComplaint, now: Instant) => Decided,
): Promise<void> {
  refuseRight(right, actor);
  const key = (await office.keys.get(actor.contract, [id])).get(id);
  if (!key) throw noComplaint();
  const reports = await reportStates(office, actor.contract);
  await office.act(actor, async (tx) => {
    const row = await findComplaint(tx, tx.contract, id);
    if (!row) throw noComplaint();
    const complaint = openComplaintRow(key, row);
    const decided = decide(complaint, tx.now);
    // 報告の提出は、協議・届出の側がもう状態を見て受け付けている。
    if (act !== "report")
      refuseComplaintAct(act, {
        state: row.state,
        severity: row.severity,
        called: row.called_at !== null,
        report: reportStateOf(row.filing_id === null ? undefined : reports.get(row.filing_id)),
      });
    if (!(await updateComplaint(tx, key, complaint, decided.change)))
      throw new AppError(
        "CONFLICT",
        "ほかの人が先に進めました。画面を開き直して、今の状態をご確認ください。",
      );
    await insertStep(tx, key, decided.step, { note: decided.note, at: decided.at });
    if (decided.finish) await finishTask(tx, row.task_id, "done");
    await tx.record({
      kind: decided.kind ?? "complaint.step",
      about: `answers/complaint/${id}`,
      payload: { number: row.number, step: decided.step, ...decided.payload },
    });
  });
}

function refuseFaults(
  given: Readonly<Record<string, string>>,
  rules: Readonly<Record<string, { limit: number; must?: string }>>,
): void {
  const faults = textFaults(given, rules);
  if (faults.length > 0) throw new AppError("BAD_INPUT", "内容に直すところがあります。", { faults });
}

/** SV が、どう対応したかを記録する（直すこともできる）。 */
export async function handleComplaint(
  office: Office,
  actor: Actor,
  id: string,
  { response }: { response: string },
): Promise<void> {
  refuseFaults(
    { response },
    { response: { limit: complaintLimits.response, must: "どう対応したかを書いてください。" } },
  );
  await changeComplaint(office, actor, id, "handle", "handle", () => ({
    step: "handled",
    change: { state: "handled", response: response.trim() },
  }));
}

/** 責任者が、対応と再発防止を確かめる。 */
export async function confirmComplaint(
  office: Office,
  actor: Actor,
  id: string,
  { prevention }: { prevention: string },
): Promise<void> {
  refuseFaults(
    { prevention },
    {
      prevention: {
        limit: complaintLimits.prevention,
        must: "再発を防ぐためにすることを書いてください（なければ「なし」と理由）。",
      },
    },
  );
  await changeComplaint(office, actor, id, "confirm", "confirm", () => ({
    step: "confirmed",
    change: { state: "confirmed", prevention: prevention.trim() },
  }));
}

/** 緊急のとき、委託者へ電話で連絡したことを残す（６(9)ただし書）。 */
export async function callClient(
  office: Office,
  actor: Actor,
  id: string,
  given: { at: Instant; to: string; note: string },
): Promise<void> {
  refuseFaults(
    { to: given.to, note: given.note },
    {
      to: { limit: 80, must: "委託者のどなたに連絡したか（部署と職名）を書いてください。" },
      note: { limit: complaintLimits.note, must: "伝えたことと、受けた指示を書いてください。" },
    },
  );
  await changeComplaint(office, actor, id, "call", "handle", (complaint, now) => {
    if (given.at > now || given.at < complaint.received_at)
      throw new AppError("BAD_INPUT", "電話した日時を確かめてください。", {
        faults: [{ field: "calledDay", message: "お申し出を受けてから今までの間の日時を入れてください。" }],
      });
    return {
      step: "called",
      at: given.at,
      note: `${given.to.trim()}　${given.note.trim()}`,
      change: { called_at: given.at },
      payload: { at: given.at },
    };
  });
}

/** 終える。日次報告が受理されていなければ断る。 */
export async function closeComplaint(office: Office, actor: Actor, id: string): Promise<void> {
  await changeComplaint(office, actor, id, "close", "handle", (_, now) => ({
    step: "closed",
    change: { state: "closed", closed_at: now },
    kind: "complaint.closed",
    finish: true,
  }));
}
