import { createHash } from "node:crypto";
import { type About, aboutText } from "../base/about.ts";
import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import { newId } from "../base/identifier.ts";
import type { Instant } from "../base/time.ts";
import type { Office, Tx } from "../platform/office.ts";
import { type DueRule, dueOf, type TaskKind, type TaskRole, type TaskTerms, taskFaults } from "./task.ts";
import { insertTask } from "./task-store.ts";

export interface NewTask {
  kind: TaskKind;
  /** することの一文。個人情報を書かない。 */
  title: string;
  /** 「6(9)」。なければ空。 */
  clause: string;
  role: TaskRole;
  /** 引き受ける人が決まっていれば、その従業者の id。 */
  holder?: string;
  due: DueRule;
  about?: About;
  /** きっかけ（「call/…/callback」など）。同じきっかけからは、何度頼まれても一つだけ。 */
  cause?: string;
}

export interface OpenedTask {
  id: string;
  due: Instant | null;
  /** いま加わったか（偽なら、同じきっかけの仕事がもうある）。 */
  opened: boolean;
}

/**
 * 仕事を一つ加える。期限は契約の暦と仕事の時間（terms）で数える。
 * @throws AppError BAD_INPUT（題がない、個人情報らしいものがある）
 */
export async function openTask(
  office: Office,
  actor: Actor,
  terms: TaskTerms,
  given: NewTask,
): Promise<OpenedTask> {
  return office.act(actor, async (tx) => {
    const task = await putTask(tx, terms, given);
    if (!task.opened) tx.nothingHappened();
    return task;
  });
}

/** 上の室の行為の中で、同じ取引で仕事を加える（折り返し、委託者への確認など）。 */
export async function putTask(tx: Tx, terms: TaskTerms, given: NewTask): Promise<OpenedTask> {
  const faults = taskFaults(given);
  if (faults.length > 0) throw new AppError("BAD_INPUT", "仕事の内容に直すところがあります。", { faults });
  const id = given.cause === undefined ? newId() : taskIdOf(tx.contract, given.cause);
  const due = dueOf(given.due, tx.now, terms);
  const about = aboutText(given.about);
  const opened = await insertTask(tx, {
    id,
    contract_id: tx.contract,
    kind: given.kind,
    title: given.title.trim(),
    clause: given.clause.trim(),
    role: given.role,
    holder: given.holder ?? null,
    due,
    state: "open",
    about,
    attempts: 0,
    made_by: tx.actor.id,
    made_at: tx.now,
    closed_at: null,
    closed_by: null,
  });
  if (opened)
    await tx.record({
      kind: "task.opened",
      about: id,
      payload: { kind: given.kind, role: given.role, clause: given.clause.trim(), due, thing: about },
    });
  return { id, due, opened };
}

/** きっかけから決まる id（UUID の形、版 8）。 */
export function taskIdOf(contract: string, cause: string): string {
  const hex = createHash("sha256").update(`task|${contract}|${cause}`).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
