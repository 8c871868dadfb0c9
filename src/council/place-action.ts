import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import { meetingName } from "../meetings/meeting.ts";
import { changePlanBlock } from "../plan/change-block.ts";
import { mayPlan } from "../plan/plan-right.ts";
import { blockLabel, listPlanBlocks, listPlans } from "../plan/read-plan.ts";
import type { Office } from "../platform/office.ts";
import { stale } from "./change-council.ts";
import { refuseCouncil } from "./council-right.ts";
import { updateAction } from "./council-store.ts";
import { answerAction, openAction } from "./raise-action.ts";
import { type Action, actionBody, opened, readCouncil } from "./read-council.ts";

export interface PlacedBlock {
  plan: string;
  id: string;
  label: string;
  /** 章（選ぶときのまとまり）。 */
  group: string;
  text: string;
  version: number;
}

/** いまの計画（いちばん新しいもの）の、見出しと文の部分。計画がないか、読めない役割なら空。 */
export async function listActionBlocks(
  office: Office,
  actor: Pick<Actor, "contract" | "roles">,
): Promise<PlacedBlock[]> {
  if (!mayPlan("read", actor.roles)) return [];
  const plan = (await listPlans(office, actor)).at(-1)?.id;
  if (plan === undefined) return [];
  return (await listPlanBlocks(office, actor, plan)).map((one) => ({
    ...{ plan, id: one.id, label: blockLabel(one), group: one.chapter || "はじめ" },
    ...{ text: one.text, version: one.version },
  }));
}

/** 指摘を、計画の部分につなぐ（null で外す）。 */
export async function placeAction(
  office: Office,
  actor: Actor,
  id: string,
  block: Action["block"],
): Promise<void> {
  refuseCouncil("write", actor);
  const { row, key } = await openAction(office, actor.contract, id);
  await office.act(actor, async (tx) => {
    const body = { ...actionBody.parse(opened(row.body)), block };
    if (!(await updateAction(tx, key, row, { ...row, body: JSON.stringify(body) }))) throw stale();
    await tx.record({
      kind: "action.placed",
      about: `council/action/${id}`,
      payload: { number: row.number, block: block === null ? null : `${block.plan}/${block.id}` },
    });
  });
}

/**
 * 計画の文を直して、指摘に答える。変更は、この指摘に結びついて計画の経過と新旧対照に残る。
 * @throws AppError REFUSED（部分につながっていない）、CONFLICT・BAD_INPUT（計画の室から）
 */
export async function reviseForAction(
  office: Office,
  actor: Actor,
  id: string,
  given: { answer: string; text: string; version: number },
): Promise<{ changed: boolean }> {
  refuseCouncil("write", actor);
  const { row } = await openAction(office, actor.contract, id);
  const { block } = actionBody.parse(opened(row.body));
  if (block === null) throw new AppError("REFUSED", "先に、計画のどこへの指摘かを選んでください。");
  if (given.answer.trim() === "")
    throw new AppError("BAD_INPUT", "答えを書いてください。", {
      faults: [{ field: "answer", message: "どう直したかを書いてください。" }],
    });
  const before = (await listPlanBlocks(office, actor, block.plan)).find((one) => one.id === block.id);
  const changed = before !== undefined && before.text.trim() !== given.text.replace(/\r\n?/g, "\n").trim();
  if (changed)
    await changePlanBlock(office, actor, block.plan, block.id, {
      ...{ text: given.text.replace(/\r\n?/g, "\n"), expectedVersion: given.version, reason: given.answer },
      link: { room: "council", kind: "action", id, label: `有識者会議の指摘${row.number}` },
    });
  await answerAction(office, actor, id, { answer: given.answer });
  return { changed };
}

/** 計画の部分に結ばれた指摘。答えていないものから。 */
export async function listRaised(
  office: Office,
  actor: Pick<Actor, "contract">,
  plan: string,
  block: string,
): Promise<{ label: string; text: string; href: string; open: boolean; answer: string }[]> {
  const { actions, meetings, council } = await readCouncil(office, actor.contract);
  return actions
    .filter((one) => one.block?.plan === plan && one.block.id === block)
    .sort((a, b) => Number(b.state === "open") - Number(a.state === "open") || a.number - b.number)
    .map(({ number, remark, state, answer, meeting }) => {
      const held = meetings.find(({ id }) => id === meeting);
      return {
        label: `${held === undefined ? "" : meetingName(council, held)}の指摘${number}`,
        ...{ text: remark, href: `/council/actions#a${number}`, open: state === "open", answer },
      };
    });
}
