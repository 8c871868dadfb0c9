import { accountEvents } from "../access/account-event.ts";
import { analysisEvents } from "../analysis/analysis-event.ts";
import { answerEvents } from "../answers/answer-event.ts";
import { backupEvents } from "../backup/backup-event.ts";
import type { EventKind } from "../base/event.ts";
import { callEvents } from "../calls/call-event.ts";
import { commentEvents } from "../comments/comment-event.ts";
import { contractEvents } from "../contract/contract-event.ts";
import { councilEvents } from "../council/council-event.ts";
import { deliveryEvents } from "../delivery/delivery-event.ts";
import { erasureEvents } from "../erasure/erasure-event.ts";
import { figureEvents } from "../figures/figure-event.ts";
import { filingEvents } from "../filings/filing-event.ts";
import { noticeEvents } from "../notices/notice-event.ts";
import { officeEvents } from "../office/office-event.ts";
import { packageEvents } from "../packages/package-event.ts";
import { planEvents } from "../plan/plan-event.ts";
import { platformEvents } from "../platform/event-kind.ts";
import { privacyEvents } from "../privacy/privacy-event.ts";
import { receptionEvents } from "../reception/event-kind.ts";
import { registerEvents } from "../registers/register-event.ts";
import { researchEvents } from "../research/research-event.ts";
import { specificationEvents } from "../specification/specification-event.ts";
import { staffingEvents } from "../staffing/staffing-event.ts";
import { surveyEvents } from "../survey/survey-event.ts";
import { taskEvents } from "../tasks/task-event.ts";
import { termsEvents } from "../terms/start-contract.ts";
import { watchEvents } from "../watch/watch-event.ts";
import { workplanEvents } from "../workplan/workplan-event.ts";

/** 記録の種類の全部。各室の一覧を集める。 */
export const eventKinds: EventKind[] = [
  ...platformEvents,
  ...backupEvents,
  ...officeEvents,
  ...accountEvents,
  ...termsEvents,
  ...taskEvents,
  ...filingEvents,
  ...packageEvents,
  ...contractEvents,
  ...answerEvents,
  ...callEvents,
  ...figureEvents,
  ...staffingEvents,
  ...receptionEvents,
  ...noticeEvents,
  ...deliveryEvents,
  ...specificationEvents,
  ...privacyEvents,
  ...workplanEvents,
  ...planEvents,
  ...councilEvents,
  ...erasureEvents,
  ...registerEvents,
  ...watchEvents,
  ...commentEvents,
  ...surveyEvents,
  ...analysisEvents,
  ...researchEvents,
];

const labels = new Map(eventKinds.map(({ kind, label }) => [kind, label]));

/** 記録の種類の名（「受領を記録した」）。知らない種類なら undefined。 */
export function labelOfEvent(kind: string): string | undefined {
  return labels.get(kind);
}
