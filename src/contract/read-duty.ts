import { type HandlerName, nameHandlers } from "../access/name-handlers.ts";
import type { Actor } from "../base/actor.ts";
import type { RecordedEvent } from "../base/event.ts";
import type { Instant } from "../base/time.ts";
import { readFilingNow } from "../filings/read-filing-now.ts";
import { listEvents } from "../platform/event-store.ts";
import { linksFrom } from "../platform/link-store.ts";
import type { Office } from "../platform/office.ts";
import type { Clause, Obligation } from "../terms/obligation.ts";
import { openContract } from "../terms/open-contract.ts";
import { catchUpOwed } from "./catch-up-owed.ts";
import { contractEvents } from "./contract-event.ts";
import { type Duty, type DutyState, obligationOf, type Proof, stateOf } from "./duty.ts";
import { findObligation } from "./find-duty.ts";
import { dutyRef } from "./mark-duty.ts";
import { listNotes } from "./note-store.ts";
import { lineOf, type OwedLine } from "./owed-line.ts";
import { listDuties } from "./owed-store.ts";
import { retractable } from "./waive-duty.ts";

/** 一回分に起きたこと。 */
export interface DutyHistory {
  entry: string;
  at: Instant;
  what: string;
  who: string;
  note: string;
  ref: string | null;
  file: string | null;
  /** まだ取り消せる。 */
  retractable: boolean;
}

export interface DutyDetail {
  obligation: Obligation;
  clause: Clause | undefined;
  /** 見ている一回分。まだ生じていなければ undefined。 */
  duty: (Duty & { state: DutyState }) | undefined;
  line: OwedLine | undefined;
  proofs: (Proof & { label: string })[];
  history: DutyHistory[];
  /** 証跡としてつながっているもの（「filings/filing/…」）。 */
  links: string[];
  /** 同じ義務の回の全部（遅れ → いま → …でなく、時の順）。 */
  lines: OwedLine[];
}

/**
 * 義務の一回分を開く。key が義務の id だけなら、いちばん差し迫った回。
 * 委託者には、中の言葉（添えた説明）を見せない。
 * @param labelOf 記録の種類の名（main が全室から集める）
 */
export async function readDuty(
  office: Office,
  actor: Actor,
  key: string,
  labelOf: (kind: string) => string | undefined,
): Promise<DutyDetail> {
  const contractId = actor.contract;
  const obligation = await findObligation(office, contractId, obligationOf(key));
  await catchUpOwed(office, contractId);
  const [{ blueprint }, duties, names] = await Promise.all([
    openContract(office, contractId),
    listDuties(office.read, contractId, obligation.id),
    nameHandlers(office, contractId),
  ]);
  const now = office.clock.officeNow(contractId);
  const numbers = new Map(blueprint.clauses.map((one) => [one.id, one.number]));
  const lines = duties
    .toSorted((a, b) => (a.since < b.since ? -1 : 1))
    .map((duty) => lineOf(duty, obligation, { blueprint, numbers, names, now }));
  const duty = duties.find((one) => one.key === key) ?? urgent(duties, now);
  const events =
    duty === undefined
      ? []
      : await listEvents(office.read, { contract: contractId, about: duty.key, limit: 200 });
  const links = duty === undefined ? [] : await linksFrom(office.read, contractId, dutyRef(duty.key));
  const outside = actor.roles.every((role) => role === "client");
  const notes = duty === undefined || outside ? new Map() : await listNotes(office, contractId, duty.key);
  return {
    obligation,
    clause: blueprint.clauses.find((one) => one.id === obligation.clause),
    duty: duty && { ...duty, state: stateOf(duty, now) },
    line: lines.find((one) => one.key === duty?.key),
    proofs: await Promise.all(
      (duty?.proofs ?? []).map((proof) => nameProof(office, contractId, proof, labelOf)),
    ),
    links: links.map((link) => link.to_ref),
    history: events.map((event) => historyOf(event, events, notes, names)),
    lines,
  };
}

/** 証跡の名。届出なら「届出を出した（第3号 クレーム日次報告書）」。 */
async function nameProof(
  office: Pick<Office, "read">,
  contract: string,
  proof: Proof,
  labelOf: (kind: string) => string | undefined,
): Promise<Proof & { label: string }> {
  const label = labelOf(proof.kind) ?? proof.kind;
  const filed = proof.kind.startsWith("filing.") && proof.about !== null;
  const filing = filed ? await readFilingNow(office.read, contract, proof.about ?? "") : undefined;
  return { ...proof, label: filing === undefined ? label : `${label}（${filing.name}）` };
}

function urgent(duties: readonly Duty[], now: Instant): Duty | undefined {
  const order = ["late", "due", "waiting", "ahead", "done", "never"];
  return duties.toSorted(
    (a, b) => order.indexOf(stateOf(a, now)) - order.indexOf(stateOf(b, now)) || (a.since < b.since ? -1 : 1),
  )[0];
}

function historyOf(
  event: RecordedEvent,
  all: readonly RecordedEvent[],
  notes: ReadonlyMap<string, { note: string }>,
  names: ReadonlyMap<string, HandlerName>,
): DutyHistory {
  const { note, ref, file } = event.payload;
  const gone = all.some((one) => one.kind === "obligation.retracted" && one.payload.entry === event.id);
  const label = contractEvents.find((one) => one.kind === event.kind)?.label ?? event.kind;
  return {
    entry: event.id,
    at: event.at,
    what: gone ? `${label}（取消し済み）` : label,
    who: names.get(event.actor)?.short ?? (event.actor === "system" ? "まどぐち" : ""),
    note: typeof note === "string" ? (notes.get(note)?.note ?? "") : "",
    ref: typeof ref === "string" ? ref : null,
    file: typeof file === "string" ? file : null,
    retractable: !gone && retractable.includes(event.kind),
  };
}
