import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import { type Instant, instantFromMs } from "../base/time.ts";
import { takeNumber } from "../platform/counter-store.ts";
import type { Office } from "../platform/office.ts";
import { putTask } from "../tasks/open-task.ts";
import type { Blueprint } from "../terms/blueprint.ts";
import { openContract } from "../terms/open-contract.ts";
import { refuseRight } from "./erasure-right.ts";
import {
  type IncidentKind,
  type IncidentWords,
  incidentFaults,
  incidentKinds,
  reportDue,
} from "./incident.ts";
import { insertIncident, insertIncidentStep } from "./incident-store.ts";

export interface NewIncident extends IncidentWords {
  kind: IncidentKind;
  /** 気づいた日時。 */
  noticedAt: Instant;
  /** 不正の目的によるおそれ（市の確報の期限が 60 日になる）。 */
  improper?: boolean | undefined;
}

/** 契約の「直ちに」の長さ（時間）。営業時間外でも事故の時計は止めない。 */
export function immediateHours({ words }: Pick<Blueprint, "words">): number {
  const { immediately } = words;
  if ("businessHours" in immediately) return Number(immediately.businessHours);
  return "hours" in immediately ? Number(immediately.hours) : 24;
}

/**
 * 事故、またはその兆候を記録する。だれでも記録でき、帰責は問わない（第16条）。
 * 証拠の保全（この契約の消去を止める）は、はじめから掛かる。開示請求の取次ぎには掛けない。
 * @throws AppError BAD_INPUT（欄の名つき）、FORBIDDEN
 */
export async function recordIncident(
  office: Office,
  actor: Actor,
  given: NewIncident,
): Promise<{ id: string; number: number; due: Instant }> {
  refuseRight("notice", actor);
  const now = office.clock.officeNow(actor.contract);
  const faults = incidentFaults(given);
  if (!Object.hasOwn(incidentKinds, given.kind))
    faults.push({ field: "kind", message: "種類を選んでください。" });
  if (!Number.isFinite(Date.parse(given.noticedAt)) || given.noticedAt > now)
    faults.push({ field: "noticedDay", message: "気づいた日時（いままで）を入れてください。" });
  if (faults.length > 0) throw new AppError("BAD_INPUT", "内容に直すところがあります。", { faults });
  const { blueprint } = await openContract(office, actor.contract);
  const due = reportDue(given.noticedAt, immediateHours(blueprint));
  const key = await office.keys.fresh(actor.contract);
  const { kind, improper = false } = given;
  const { lane } = incidentKinds[kind];
  const freeze = kind !== "disclosure";
  return office.act(actor, async (tx) => {
    const number = await takeNumber(tx, tx.contract, "incident");
    const task = await putTask(tx, blueprint, {
      kind: "report",
      title: kind === "disclosure" ? `開示請求の取次ぎ（第${number}号）` : `事故第${number}号の報告`,
      clause: "特記16",
      role: "manager",
      due: { kind: "at", at: due },
      about: { room: "erasure", kind: "incident", id: key.id },
      cause: `incident/${key.id}/report`,
    });
    await insertIncident(tx, key, {
      ...{ id: key.id, contract_id: tx.contract, number, kind, lane, state: "open" },
      ...{ noticed_at: instantFromMs(Date.parse(given.noticedAt)), freeze: freeze ? 1 : 0 },
      ...{ improper: improper ? 1 : 0, people: null, counted: null },
      ...{ place: given.place.trim(), items: given.items.trim(), situation: given.situation.trim() },
      ...{ measures: null, cause: null, prevention: null, filing_id: null, task_id: task.id },
      ...{ made_by: actor.id, made_at: tx.now, closed_at: null, edition: 1 },
    });
    await insertIncidentStep(tx, key, "recorded", "");
    if (freeze) await insertIncidentStep(tx, key, "frozen", "");
    await tx.record({
      kind: "privacy-incident.recorded",
      about: `erasure/incident/${key.id}`,
      payload: { number, incident: kind, lane, noticedAt: given.noticedAt, freeze },
    });
    return { id: key.id, number, due };
  });
}
