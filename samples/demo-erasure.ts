import type { Actor } from "../src/base/actor.ts";
import { instantOf } from "../src/base/time.ts";
import { planErasure } from "../src/erasure/plan-erasure.ts";
import { recordIncident } from "../src/erasure/record-incident.ts";
import { requestErasure } from "../src/erasure/request-erasure.ts";
import {
  closeIncident,
  countIncident,
  freezeIncident,
  noteIncident,
  preventIncident,
  stateIncidentPeople,
} from "../src/erasure/step-incident.ts";
import { answerFiling } from "../src/filings/answer-filing.ts";
import { submitFiling } from "../src/filings/submit-filing.ts";
import type { Office } from "../src/platform/office.ts";
import type { DemoClock } from "./demo-clock.ts";

interface Staff {
  operators: readonly Actor[];
  manager: Actor;
  privacy: Actor;
  client: Actor;
}

/** 八月の兆候（終わったもの）と、第一期の方の消去（承諾があり、保護管理者が行うのを待つ）。 */
export async function fillErasure(office: Office, clock: DemoClock, staff: Staff): Promise<void> {
  await noticeSign(office, clock, staff);
  await askErasure(office, clock, staff);
}

async function noticeSign(office: Office, clock: DemoClock, staff: Staff): Promise<void> {
  const [operator = staff.manager] = staff.operators;
  clock.set("2025-07-31T11:20:00");
  const { id } = await recordIncident(office, operator, {
    kind: "sign",
    noticedAt: instantOf("2025-07-31", "11:05"),
    place: "受付センター（印刷の台）",
    items: "カナ氏名、住所（受講通知書一枚）",
    situation: "印刷の台に、封をする前の受講通知書が一枚、裏返しで残っていた。前の組の数は合っていた。",
  });
  clock.set("2025-07-31T11:40:00");
  await noteIncident(
    office,
    staff.privacy,
    id,
    "contained",
    "その場で回収し、刷り直しの一枚であることを確かめた。",
  );
  await countIncident(office, staff.privacy, id, {
    from: instantOf("2025-07-31", "09:00"),
    to: instantOf("2025-07-31", "11:05"),
    actor: operator.id,
  });
  await stateIncidentPeople(office, staff.privacy, id, {
    people: 1,
    basis: "回収した受講通知書一枚。前の組の枚数と照らし合わせた。",
  });
  clock.set("2025-08-01T10:00:00");
  await preventIncident(office, staff.privacy, id, {
    measures: "外に出ていないことを確かめた。",
    cause: "刷り直しの後の数え直しを省いた。",
    prevention: "刷り直したときは、二人で数えてから台を離れる。",
  });
  await freezeIncident(office, staff.privacy, id, false);
  await closeIncident(office, staff.privacy, id);
}

async function askErasure(office: Office, clock: DemoClock, staff: Staff): Promise<void> {
  clock.set("2025-09-08T15:00:00");
  const { id } = await planErasure(office, staff.manager, {
    selection: { scope: "period", from: "2025-07-01", to: "2025-08-31", label: "第一期の方と応対" },
    plannedDay: "2025-09-17",
  });
  const { filing } = await requestErasure(office, staff.manager, id);
  clock.set("2025-09-09T10:00:00");
  await submitFiling(office, staff.manager, filing);
  clock.set("2025-09-12T14:00:00");
  await answerFiling(office, staff.client, filing, { outcome: "approved", text: "" });
}
