import { surveyCommands } from "../analysis/survey-command.ts";
import { answerCommands } from "../answers/answer-command.ts";
import { callCommands } from "../calls/call-command.ts";
import { commentCommands } from "../comments/comment-command.ts";
import { contractCommands } from "../contract/contract-command.ts";
import { councilCommands } from "../council/council-command.ts";
import { minutesCommands } from "../council/minutes-command.ts";
import { deliveryCommands } from "../delivery/delivery-command.ts";
import { erasureCommands } from "../erasure/erasure-command.ts";
import { figureCommands } from "../figures/figure-command.ts";
import { filingCommands } from "../filings/filing-command.ts";
import { calendarCommands } from "../japan/calendar-command.ts";
import { manuscriptCommands } from "../manuscript/manuscript-command.ts";
import { agreedCommand } from "../notices/agreed-command.ts";
import { batchCommand } from "../notices/batch-command.ts";
import { fillNoticeCommand } from "../notices/fill-notice-command.ts";
import { packageCommands } from "../packages/package-command.ts";
import { planDesignCommands } from "../plan/design-command.ts";
import { planCommands } from "../plan/plan-command.ts";
import { planOfficeCommands } from "../plan/plan-office-command.ts";
import type { Command } from "../platform/command.ts";
import { privacyCommands } from "../privacy/privacy-command.ts";
import { specCommands } from "../reading/spec-command.ts";
import { changeCommands } from "../reception/change-command.ts";
import { receptionCommands } from "../reception/reception-command.ts";
import { registerCommands } from "../registers/register-command.ts";
import { researchCommands } from "../research/research-command.ts";
import { classCommands } from "../schedule/class-command.ts";
import { specificationCommands } from "../specification/specification-command.ts";
import { staffingCommands } from "../staffing/staffing-command.ts";
import { surveyOfficeCommands } from "../survey/survey-command.ts";
import { taskCommands } from "../tasks/task-command.ts";
import { callFileCommands } from "../telephony/call-command.ts";
import { watchCommands } from "../watch/watch-command.ts";
import { workplanCommands } from "../workplan/workplan-command.ts";
import { backupCommands } from "./backup-command.ts";
import { doctorCommand } from "./doctor-command.ts";
import { erasureHand } from "./erasure-hand.ts";
import { initCommands } from "./init-command.ts";
import { logCommands } from "./log-command.ts";
import { researchHand } from "./research-hand.ts";
import { deliveryHand, listHand, roomHand, staffingHand, surveyHand } from "./room-hand.ts";
import { labelOfEvent } from "./rooms.ts";
import { sealCommands } from "./seal-command.ts";
import { startCommand } from "./start-command.ts";

/** コマンドの全部。各室の一覧を集める。 */
export const commands: Command[] = [
  startCommand,
  ...initCommands,
  ...sealCommands,
  ...logCommands,
  ...backupCommands,
  ...privacyCommands,
  doctorCommand,
  ...classCommands,
  ...receptionCommands(listHand),
  ...changeCommands,
  ...calendarCommands,
  fillNoticeCommand,
  agreedCommand,
  batchCommand,
  ...answerCommands,
  ...figureCommands,
  ...taskCommands(roomHand),
  ...filingCommands(roomHand),
  ...packageCommands(roomHand),
  ...contractCommands({ ...roomHand, labelOf: labelOfEvent }),
  ...deliveryCommands(deliveryHand),
  ...registerCommands(roomHand),
  ...specCommands,
  ...specificationCommands,
  ...staffingCommands(staffingHand),
  ...commentCommands(roomHand),
  ...planCommands,
  ...planOfficeCommands(roomHand),
  ...planDesignCommands(roomHand),
  ...manuscriptCommands,
  ...researchCommands(researchHand),
  ...surveyCommands,
  ...surveyOfficeCommands(surveyHand),
  ...minutesCommands,
  ...councilCommands(roomHand),
  ...erasureCommands(erasureHand),
  ...watchCommands(roomHand),
  ...callFileCommands,
  ...callCommands(roomHand),
  ...workplanCommands(roomHand),
];
