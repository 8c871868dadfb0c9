import type { Actor } from "../base/actor.ts";
import { AppError, type Fault } from "../base/error.ts";
import type { Instant } from "../base/time.ts";
import { endOfBusinessDay } from "../japan/business-hours.ts";
import { answerOnce } from "../platform/answer-once.ts";
import { takeNumber } from "../platform/counter-store.ts";
import type { Office } from "../platform/office.ts";
import { putTask } from "../tasks/open-task.ts";
import { openContract } from "../terms/open-contract.ts";
import { refuseRight } from "./answer-right.ts";
import { insertStep } from "./answer-step-store.ts";
import {
  type ComplaintChannel,
  type ComplaintTopic,
  complaintLimits,
  type Severity,
  textFaults,
} from "./complaint.ts";
import { insertComplaint } from "./complaint-store.ts";

export interface NewComplaint {
  severity: Severity;
  topic: ComplaintTopic;
  channel: ComplaintChannel;
  /** 受けた日時。 */
  receivedAt: Instant;
  content: string;
  /** その場で伝えたこと（あれば）。 */
  note?: string | undefined;
  /** 出てくる本人の仮名（person の id）。 */
  persons?: readonly string[] | undefined;
  onceKey?: string | undefined;
}

/** 「answers/complaint/<id>」。記録と協議・届出の about に使う。 */
export function complaintAbout(id: string): { room: string; kind: string; id: string } {
  return { room: "answers", kind: "complaint", id };
}

/**
 * クレームを記録し、責任者に日次報告の仕事（受けた日の翌営業日中）を立てる。
 * @throws AppError BAD_INPUT（欄の名つき）、FORBIDDEN
 */
export async function recordComplaint(
  office: Office,
  actor: Actor,
  given: NewComplaint,
): Promise<{ id: string; number: number; due: Instant }> {
  refuseRight("record", actor);
  const now = office.clock.officeNow(actor.contract);
  const faults: Fault[] = textFaults(
    { content: given.content, note: given.note ?? "" },
    {
      content: { limit: complaintLimits.content, must: "お申し出の内容を書いてください。" },
      note: { limit: complaintLimits.note },
    },
  );
  if (given.receivedAt > now)
    faults.push({ field: "receivedDay", message: "まだ来ていない日時です。受けた日時を入れてください。" });
  if ((given.persons ?? []).some((id) => !/^[\w-]{1,64}$/.test(id)))
    faults.push({ field: "persons", message: "本人の印の形が違います。元の画面からお試しください。" });
  if (faults.length > 0) throw new AppError("BAD_INPUT", "内容に直すところがあります。", { faults });
  const { blueprint: terms } = await openContract(office, actor.contract);
  const due = endOfBusinessDay(terms.calendar, terms.hours, given.receivedAt, 1);
  const key = await office.keys.fresh(actor.contract);
  const lookupKey = await office.keys.lookupKey(actor.contract);
  const { onceKey, severity, topic, channel, receivedAt, content, note = "", persons = [] } = given;
  const input = { severity, topic, channel, receivedAt, content, note, persons: [...persons] };
  const once =
    onceKey === undefined ? undefined : { key: onceKey, verb: "complaint.record", input, lookupKey };
  return office.act(actor, (tx) =>
    answerOnce(tx, once, async () => {
      const number = await takeNumber(tx, tx.contract, "complaint");
      const about = complaintAbout(key.id);
      const task = await putTask(tx, terms, {
        kind: "report",
        title: `クレーム第${number}号の日次報告`,
        clause: "6(9)",
        role: "manager",
        due: { kind: "at", at: due },
        about,
        cause: `complaint/${key.id}/report`,
      });
      await insertComplaint(tx, key, {
        ...{ id: key.id, contract_id: tx.contract, number, severity, topic, channel, state: "recorded" },
        ...{ received_at: receivedAt, content: content.trim(), response: null, prevention: null },
        ...{ persons: persons.join(","), due, task_id: task.id, filing_id: null, called_at: null },
        ...{ made_by: actor.id, made_at: tx.now, closed_at: null, edition: 1 },
      });
      await insertStep(tx, key, "recorded", { note });
      await tx.record({
        kind: "complaint.recorded",
        about: `answers/complaint/${key.id}`,
        payload: { number, severity, topic, channel, receivedAt, due },
      });
      return { id: key.id, number, due };
    }),
  );
}
