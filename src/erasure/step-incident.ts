import { nameHandlers } from "../access/name-handlers.ts";
import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import type { Json } from "../base/event.ts";
import { dayOf, minuteOf } from "../base/time.ts";
import { prepareFiling } from "../filings/prepare-filing.ts";
import { formatWareki } from "../japan/wareki.ts";
import type { Office } from "../platform/office.ts";
import { finishTask } from "../tasks/close-task.ts";
import { type AccessCount, type AccessWindow, countAccess } from "./count-access.ts";
import { type ErasureRight, refuseRight } from "./erasure-right.ts";
import { type IncidentStep, incidentLimits, noteSteps } from "./incident.ts";
import {
  findIncident,
  type IncidentChange,
  insertIncidentStep,
  openIncidentRow,
  type StoredIncident,
  updateIncident,
} from "./incident-store.ts";
import { noIncident, openIncident } from "./list-incidents.ts";

interface Decided {
  step: IncidentStep;
  note?: string;
  change?: IncidentChange;
  kind?: string;
  payload?: { [key: string]: Json };
  finish?: boolean;
}

/** 一件を進める型。終わったものは変えない。 */
async function step(
  office: Office,
  actor: Actor,
  id: string,
  right: ErasureRight,
  decide: (incident: StoredIncident) => Decided,
): Promise<void> {
  refuseRight(right, actor);
  const key = (await office.keys.get(actor.contract, [id])).get(id);
  if (!key) throw noIncident();
  await office.act(actor, async (tx) => {
    const row = await findIncident(tx, tx.contract, id);
    if (!row) throw noIncident();
    if (row.state === "closed") throw new AppError("REFUSED", "この件の対応は終わっています。");
    const incident = openIncidentRow(key, row);
    const decided = decide(incident);
    if (!(await updateIncident(tx, key, incident, decided.change ?? {})))
      throw new AppError("CONFLICT", "ほかの人が先に進めました。画面を開き直してください。");
    await insertIncidentStep(tx, key, decided.step, decided.note ?? "");
    if (decided.finish) await finishTask(tx, row.task_id, "done");
    await tx.record({
      kind: decided.kind ?? "privacy-incident.step",
      about: `erasure/incident/${id}`,
      payload: { number: row.number, step: decided.step, ...decided.payload },
    });
  });
}

/** 経過を残す（電話で知らせた、広がりを止めた、委託者の指示、指示のとおりにした、取り次いだ）。 */
export async function noteIncident(
  office: Office,
  actor: Actor,
  id: string,
  kind: (typeof noteSteps)[number],
  note: string,
): Promise<void> {
  if (!noteSteps.includes(kind)) throw new AppError("BAD_INPUT", "残すことの種類を選んでください。");
  refuseNote(note);
  await step(office, actor, id, "handle", (incident) => {
    const relayed = kind === "relayed";
    if (relayed && incident.kind !== "disclosure")
      throw new AppError("REFUSED", "取次ぎを残せるのは、開示請求の件だけです。");
    return { step: kind, note, ...(relayed ? { change: { state: "reported" }, finish: true } : {}) };
  });
}

/** 兆候を、委託者への報告に上げる。 */
export async function raiseIncident(office: Office, actor: Actor, id: string): Promise<void> {
  await step(office, actor, id, "handle", (incident) => {
    if (incident.lane === "client") throw new AppError("REFUSED", "もう委託者への報告に上がっています。");
    return { step: "raised", change: { lane: "client" } };
  });
}

/** 証拠を保全する・解く。保全の間、この契約の消去は行えない。 */
export async function freezeIncident(office: Office, actor: Actor, id: string, on: boolean): Promise<void> {
  await step(office, actor, id, "handle", () => ({
    step: on ? "frozen" : "thawed",
    change: { freeze: on ? 1 : 0 },
    payload: { freeze: on },
  }));
}

/** 関わる件数を、表示・書き出しの記録から数えて残す。 */
export async function countIncident(
  office: Office,
  actor: Actor,
  id: string,
  window: AccessWindow,
): Promise<AccessCount> {
  refuseRight("handle", actor);
  const counted = await countAccess(office, actor.contract, window);
  await step(office, actor, id, "handle", () => ({
    step: "counted",
    note: `${counted.people}人（表示・書き出し ${counted.acts}件）`,
    change: { people: counted.people, counted: JSON.stringify({ ...window, acts: counted.acts }) },
    kind: "privacy-incident.counted",
    payload: { people: counted.people, acts: counted.acts, from: window.from, to: window.to },
  }));
  return counted;
}

/**
 * 記録では数えられない件数（誤送付、紙や媒体の紛失、盗難）を、現物や控えで確かめて書く。basis は、何で確かめたか。
 * あとから記録で数え直せば、その数に替わる。どちらも経過に残る。
 * @throws AppError BAD_INPUT（basis が空）、REFUSED（終わった件）
 */
export async function stateIncidentPeople(
  office: Office,
  actor: Actor,
  id: string,
  { people, basis }: { people: number; basis: string },
): Promise<void> {
  if (basis.trim() === "")
    throw new AppError("BAD_INPUT", "何で確かめた件数かを書いてください。", {
      faults: [
        {
          field: "basis",
          message: "回収した現物、発送の控え、媒体の中身など、確かめたものを書いてください。",
        },
      ],
    });
  refuseNote(basis);
  await step(office, actor, id, "handle", () => ({
    step: "stated",
    note: `${people.toLocaleString("ja-JP")}人　${basis.trim()}`,
    change: { people, counted: null },
    kind: "privacy-incident.stated",
    payload: { people },
  }));
}

/** 原因と再発防止（別紙1 6）。 */
export async function preventIncident(
  office: Office,
  actor: Actor,
  id: string,
  given: { measures: string; cause: string; prevention: string },
): Promise<void> {
  const faults = (["cause", "prevention"] as const)
    .filter((field) => given[field].trim() === "")
    .map((field) => ({
      field,
      message: field === "cause" ? "原因を書いてください。" : "再発防止を書いてください。",
    }));
  if (faults.length > 0) throw new AppError("BAD_INPUT", "書いていないところがあります。", { faults });
  for (const text of Object.values(given)) refuseNote(text);
  await step(office, actor, id, "handle", () => ({
    step: "prevented",
    change: {
      measures: given.measures.trim() || null,
      ...{ cause: given.cause.trim(), prevention: given.prevention.trim() },
    },
  }));
}

/** 事故報告書（第16条: 内容・件数・場所・状況）の下書きを作る。提出は協議・届出の画面から。 */
export async function reportIncident(
  office: Office,
  actor: Actor,
  id: string,
): Promise<{ filing: string; number: number }> {
  refuseRight("handle", actor);
  const { incident, steps } = await openIncident(office, actor, id);
  const at = incident.noticed_at;
  const made = await prepareFiling(office, actor, {
    form: "incident-report",
    title: `個人情報に関する事故の報告（事故第${incident.number}号）`,
    about: { room: "erasure", kind: "incident", id },
    fields: {
      at: `${formatWareki(dayOf(at), { weekday: true })}${minuteOf(at)}に把握`,
      ...{ place: incident.place, items: incident.items, situation: incident.situation },
      count:
        incident.people === null
          ? "調査中"
          : `${incident.people}人（${incident.counted === null ? "現物などで確かめたもの" : "記録から数えたもの"}）`,
      measures: [
        incident.measures ?? "",
        ...steps.filter((one) => one.kind === "contained").map((one) => one.note ?? ""),
        incident.cause === null ? "" : `原因: ${incident.cause}`,
        incident.prevention === null ? "" : `再発防止: ${incident.prevention}`,
      ]
        .filter((text) => text !== "")
        .join("\n"),
    },
  });
  await step(office, actor, id, "handle", () => ({
    step: "reported",
    change: { filing_id: made.id, state: "reported" },
    kind: "privacy-incident.reported",
    payload: { filing: made.id },
  }));
  return { filing: made.id, number: made.number };
}

/** 対応を終える。 */
export async function closeIncident(office: Office, actor: Actor, id: string): Promise<void> {
  refuseRight("handle", actor);
  const { whyNotClose } = await openIncident(office, actor, id);
  if (whyNotClose !== undefined) throw new AppError("REFUSED", whyNotClose);
  const closed_at = office.clock.officeNow(actor.contract);
  await step(office, actor, id, "handle", () => ({
    step: "closed",
    change: { state: "closed", closed_at },
    kind: "privacy-incident.closed",
    finish: true,
  }));
}

/** 操作した人の番号（件数を数えるときの絞り込み）から従業者の id。なければ BAD_INPUT。 */
export async function handlerByNumber(
  office: Office,
  contract: string,
  number: string,
): Promise<string | undefined> {
  if (number.trim() === "") return undefined;
  const names = await nameHandlers(office, contract);
  const found = [...names.values()].find((one) => one.number === number.trim());
  if (!found)
    throw new AppError("BAD_INPUT", "その番号の従業者はいません。", {
      faults: [{ field: "handler", message: "従業者番号を確かめてください。" }],
    });
  return found.id;
}

function refuseNote(note: string): void {
  if ([...note].length > incidentLimits.note)
    throw new AppError("BAD_INPUT", `${incidentLimits.note}字までで書いてください。`);
}
