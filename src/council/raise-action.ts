import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import { instantOf } from "../base/time.ts";
import { isDay } from "../japan/day.ts";
import { meetingName } from "../meetings/meeting.ts";
import { takeNumber } from "../platform/counter-store.ts";
import type { SubjectKey } from "../platform/key.ts";
import type { Office } from "../platform/office.ts";
import { finishTask, reopenTask } from "../tasks/close-task.ts";
import { putTask } from "../tasks/open-task.ts";
import { stale } from "./change-council.ts";
import { refuseCouncil } from "./council-right.ts";
import {
  type ActionRow,
  actionTable,
  insertAction,
  listActionRows,
  openCouncilRow,
  updateAction,
} from "./council-store.ts";
import { actionBody, meetingIn, opened, readCouncil } from "./read-council.ts";
import { readMinutes } from "./read-minutes.ts";

/**
 * 委員の指摘を受ける。仕事が一つでき、答えるまで次の次第に現れる。line を言えば、会議録のその発言（録音の時刻）に結びつく。
 * @throws AppError BAD_INPUT（欄の名つき）、NOT_FOUND
 */
export async function raiseAction(
  office: Office,
  actor: Actor,
  given: { meeting: string; line?: number | undefined; remark: string; member?: string; due: string },
): Promise<{ id: string; number: number }> {
  refuseCouncil("write", actor);
  const council = await readCouncil(office, actor.contract);
  const meeting = meetingIn(council, given.meeting);
  const faults = [
    ...(given.remark.trim() === "" ? [{ field: "remark", message: "指摘の内容を書いてください。" }] : []),
    ...([...given.remark].length > 2_000
      ? [{ field: "remark", message: "2,000字までで書いてください。" }]
      : []),
    ...(given.due !== "" && !isDay(given.due)
      ? [{ field: "due", message: "日付を「2025-02-05」の形で入れてください。" }]
      : []),
  ];
  if (faults.length > 0) throw new AppError("BAD_INPUT", "指摘に直すところがあります。", { faults });
  const minutes =
    given.line === undefined ? undefined : await readMinutes(office, council, actor.contract, given.meeting);
  const line = minutes?.record.lines.find((one) => one.id === given.line);
  if (given.line !== undefined && line === undefined)
    throw new AppError("NOT_FOUND", "その発言はありません。画面を開き直してください。");
  const key = await office.keys.fresh(actor.contract);
  const body = actionBody.parse({
    ...{ remark: given.remark.trim(), member: given.member ?? "", from: line?.from ?? null },
  });
  return office.act(actor, async (tx) => {
    const number = await takeNumber(tx, tx.contract, "council-action");
    const task = await putTask(tx, council.blueprint, {
      kind: "fix",
      title: `${meetingName(council.council, meeting)}の指摘${number}に答える`,
      ...{ clause: "3(2)", role: "planner", cause: `council/action/${key.id}` },
      due: given.due === "" ? { kind: "none" } : { kind: "at", at: instantOf(given.due, "17:00") },
      about: { room: "council", kind: "action", id: key.id },
    });
    await insertAction(tx, key, {
      ...{
        id: key.id,
        contract_id: tx.contract,
        number,
        meeting_id: given.meeting,
        line: given.line ?? null,
      },
      ...{ state: "open", due: given.due === "" ? null : given.due, task_id: task.id },
      ...{ body: JSON.stringify(body), made_by: actor.id, made_at: tx.now, closed_at: null, edition: 1 },
    });
    await tx.record({
      kind: "action.raised",
      about: `council/action/${key.id}`,
      payload: { number, meeting: meeting.number, line: given.line ?? null, due: given.due },
    });
    return { id: key.id, number };
  });
}

export async function openAction(
  office: Office,
  contract: string,
  id: string,
): Promise<{ row: ActionRow; key: SubjectKey }> {
  const row = (await listActionRows(office.read, contract)).find((one) => one.id === id);
  const key = row && (await office.keys.get(contract, [id])).get(id);
  if (!row || !key) throw new AppError("NOT_FOUND", "その指摘はありません。一覧から選び直してください。");
  return { row: openCouncilRow(actionTable, key, row), key };
}

/** 指摘に答える（drop は、答えないと決める）。仕事も閉じる。 */
export async function answerAction(
  office: Office,
  actor: Actor,
  id: string,
  given: { answer: string; drop?: boolean },
): Promise<void> {
  refuseCouncil("write", actor);
  if (given.answer.trim() === "")
    throw new AppError("BAD_INPUT", "答えを書いてください。", {
      faults: [{ field: "answer", message: "どう直したか、または直さない理由を書いてください。" }],
    });
  const { row, key } = await openAction(office, actor.contract, id);
  if (row.state !== "open") throw new AppError("REFUSED", "この指摘には、もう答えています。");
  await office.act(actor, async (tx) => {
    const body = { ...actionBody.parse(opened(row.body)), answer: given.answer.trim().slice(0, 4_000) };
    const state = given.drop ? ("dropped" as const) : ("answered" as const);
    if (!(await updateAction(tx, key, row, { ...row, state, closed_at: tx.now, body: JSON.stringify(body) })))
      throw stale();
    if (row.task_id !== null) await finishTask(tx, row.task_id, given.drop ? "dropped" : "done");
    await tx.record({
      kind: "action.answered",
      about: `council/action/${id}`,
      payload: { number: row.number, state },
    });
  });
}

/** 答えたことを取り消す（次の次第に、もう一度現れる）。 */
export async function reopenAction(office: Office, actor: Actor, id: string): Promise<void> {
  refuseCouncil("write", actor);
  const { row, key } = await openAction(office, actor.contract, id);
  if (row.state === "open") throw new AppError("REFUSED", "この指摘は、まだ答えていません。");
  await office.act(actor, async (tx) => {
    if (!(await updateAction(tx, key, row, { ...row, state: "open", closed_at: null }))) throw stale();
    await tx.record({
      kind: "action.reopened",
      about: `council/action/${id}`,
      payload: { number: row.number },
    });
  });
  if (row.task_id !== null) await reopenTask(office, actor, row.task_id).catch(() => undefined);
}
