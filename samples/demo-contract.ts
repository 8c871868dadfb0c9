import type { Actor } from "../src/base/actor.ts";
import { dayOf } from "../src/base/time.ts";
import { attestDuty, evidenceDuty } from "../src/contract/evidence-duty.ts";
import { isStanding } from "../src/contract/owed.ts";
import { readOwed } from "../src/contract/read-owed.ts";
import { answerFiling } from "../src/filings/answer-filing.ts";
import { draftFiling } from "../src/filings/draft-filing.ts";
import { findForm } from "../src/filings/filing-form.ts";
import { submitFiling } from "../src/filings/submit-filing.ts";
import { addBusinessDays } from "../src/japan/business-day.ts";
import type { Office } from "../src/platform/office.ts";
import type { Obligation } from "../src/terms/obligation.ts";
import { openContract } from "../src/terms/open-contract.ts";
import type { DemoClock } from "./demo-clock.ts";

interface ContractStaff {
  manager: Actor;
  privacy: Actor;
  supervisor: Actor;
  client: Actor;
}

/** まだ表明していない続く義務（黄で残る）。 */
const unattested = [
  "seat-flexibility",
  "environment-care",
  "faq-update",
  "tokki-kojin-joho.measure-review",
  "right-ownership",
];
/** まだ果たしていないもの。8月分の様式１は、わざと遅れている。 */
const undone = ["monthly-privacy-report@2025-08", "privacy-status-report@2025-08"];

/** 契約のはじめの義務を果たす: 責任者の報告、名簿、研修、区域の届出と、続く義務の表明。 */
export async function coverStart(office: Office, clock: DemoClock, staff: ContractStaff): Promise<void> {
  clock.set("2025-06-18T09:30:00");
  await settle(office, clock, staff, "2025-07-08");
  clock.set("2025-07-08T16:00:00");
  await attestAll(office, staff);
}

/** 第一期のあと、いままでに期限の来た義務を果たす。 */
export async function coverFirstTerm(office: Office, clock: DemoClock, staff: ContractStaff): Promise<void> {
  await settle(office, clock, staff, "2025-09-16");
}

/** 期限の来る義務を、期限の前の営業日に、期限の順に果たす。 */
async function settle(office: Office, clock: DemoClock, staff: ContractStaff, until: string): Promise<void> {
  const { blueprint } = await openContract(office, staff.manager.contract);
  const { lines } = await readOwed(office, staff.manager.contract);
  const obligations = new Map(blueprint.obligations.map((one) => [one.id, one]));
  const open = lines
    .filter(
      ({ state, nature }) => nature === "act" && (state === "late" || state === "due" || state === "ahead"),
    )
    .flatMap((line) =>
      line.due === null
        ? []
        : [{ key: line.key, due: dayOf(line.due), since: dayOf(line.since), of: line.obligation }],
    )
    .filter(({ key, due }) => due <= until && !undone.includes(key))
    .sort((a, b) => (a.due < b.due ? -1 : a.due > b.due ? 1 : 0));
  for (const { key, due, since, of } of open) {
    const obligation = obligations.get(of);
    if (obligation === undefined) continue;
    const before = addBusinessDays(blueprint.calendar, due, -1);
    const day = before < since && since <= due ? since : before;
    await fulfil(office, clock, staff, obligation, key, day < "2025-06-17" ? "2025-06-17" : day);
  }
}

async function fulfil(
  office: Office,
  clock: DemoClock,
  staff: ContractStaff,
  obligation: Obligation,
  key: string,
  day: string,
): Promise<void> {
  const done = (
    await readOwed(office, staff.manager.contract, { obligation: obligation.id, states: ["done", "waiting"] })
  ).lines;
  if (done.some((line) => line.key === key)) return;
  clock.set(`${day}T15:30:00`);
  const form = findForm(obligation.form);
  const filed = form !== undefined && obligation.done.some((one) => one.event === "filing.submitted");
  if (!filed)
    return evidenceDuty(office, staff.supervisor, key, {
      note: `${obligation.object}を行い、書類つづり「${obligation.id}」にとじた。`,
    });
  const { id } = await draftFiling(office, staff.supervisor, {
    ...{ kind: form.kind, form: form.code, title: form.title, clause: form.clause, obligation: key },
    body: `「${obligation.quote}」により、${obligation.object}について${form.title}を提出します。`,
  });
  await submitFiling(
    office,
    form.kind === "report" || form.kind === "notification" ? staff.privacy : staff.manager,
    id,
  );
  clock.set(`${day}T15:50:00`);
  const outcome =
    form.kind === "consultation"
      ? "answered"
      : form.kind === "report" || form.kind === "notification"
        ? "received"
        : "approved";
  await answerFiling(office, staff.client, id, {
    outcome,
    text: outcome === "answered" ? "そのとおりで差し支えありません。" : "",
  });
}

/** 続く義務を、点検のうえで表明する。 */
async function attestAll(office: Office, staff: ContractStaff): Promise<void> {
  const { blueprint } = await openContract(office, staff.manager.contract);
  const keys = blueprint.obligations
    .filter((one) => isStanding(one) && !unattested.includes(one.id))
    .map((one) => one.id);
  const { lines } = await readOwed(office, staff.manager.contract, { states: ["due", "late"] });
  const open = lines.filter((line) => keys.includes(line.obligation));
  for (const line of open) {
    const by = line.role === "privacy" || line.role === "chief-privacy" ? staff.privacy : staff.supervisor;
    await attestDuty(office, by, line.key, {
      note: "開設前の点検で確かめた。点検表のとおり。",
      until: "2025-12-26",
    });
  }
}
