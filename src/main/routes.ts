import { analysisRoutes } from "../analysis/analysis-routes.ts";
import { answerRoutes } from "../answers/answer-routes.tsx";
import { callRoutes } from "../calls/call-routes.tsx";
import { commentRoutes } from "../comments/comment-routes.tsx";
import { contractRoutes } from "../contract/contract-routes.tsx";
import { councilApiRoutes } from "../council/council-api-routes.ts";
import { councilRoutes } from "../council/council-routes.tsx";
import { meetingRoutes } from "../council/meeting-routes.tsx";
import { minutesRoutes } from "../council/minutes-routes.tsx";
import { paperRoutes } from "../council/paper-routes.tsx";
import { pollRoutes } from "../council/poll-routes.tsx";
import { deliverableRoutes } from "../delivery/deliverable-routes.tsx";
import { deskRoutes } from "../desk/desk-routes.tsx";
import { accountApiRoutes } from "../entrance/account-api-routes.ts";
import { accountRoutes } from "../entrance/account-routes.tsx";
import { meRoutes } from "../entrance/me-routes.tsx";
import { erasureApiRoutes } from "../erasure/erasure-api-routes.ts";
import { erasureRoutes } from "../erasure/erasure-routes.tsx";
import { incidentRoutes } from "../erasure/incident-routes.tsx";
import { monthRoutes } from "../erasure/month-routes.tsx";
import { figureRoutes } from "../figures/figure-routes.tsx";
import { filingRoutes } from "../filings/filing-routes.tsx";
import { homeRoutes } from "../home/home-routes.tsx";
import { noticeRoutes } from "../notices/notice-routes.tsx";
import { packageRoutes } from "../packages/package-routes.tsx";
import { planRoutes } from "../plan/plan-routes.tsx";
import type { Route } from "../platform/route.ts";
import { privacyRoutes } from "../privacy/privacy-routes.tsx";
import { receptionRoutes } from "../reception/reception-routes.tsx";
import { registerRoutes } from "../registers/register-routes.ts";
import { researchRoutes } from "../research/research-routes.tsx";
import { modelEndpoint } from "../specification/model-endpoint.ts";
import { specificationRoutes } from "../specification/specification-routes.tsx";
import { guardDesk } from "../staffing/guard-desk.ts";
import { staffingRoutes } from "../staffing/staffing-routes.tsx";
import { surveyRoutes } from "../survey/survey-routes.tsx";
import { taskRoutes } from "../tasks/task-routes.tsx";
import { watchRoutes } from "../watch/watch-routes.tsx";
import { workplanRoutes } from "../workplan/workplan-routes.tsx";
import { erasureHand } from "./erasure-hand.ts";
import { openApiRoute } from "./openapi.ts";
import { researchHand } from "./research-hand.ts";
import { mayOpen } from "./role-matrix.ts";
import { deliveryHand, listHand, roomHand, staffingHand, surveyHand } from "./room-hand.ts";
import { eventKinds, labelOfEvent } from "./rooms.ts";

/** 着席した人の道の全部。各室の一覧を集める（室ごとに一行）。 */
const roomRoutes: Route[] = [
  ...homeRoutes({ mayOpen }),
  ...guardDesk(deskRoutes),
  ...receptionRoutes(listHand),
  ...noticeRoutes,
  ...answerRoutes,
  ...taskRoutes(roomHand),
  ...filingRoutes(roomHand),
  ...packageRoutes(roomHand),
  ...contractRoutes({ ...roomHand, labelOf: labelOfEvent }),
  ...deliverableRoutes(deliveryHand),
  ...registerRoutes(roomHand),
  ...specificationRoutes({ events: eventKinds, model: modelEndpoint(process.env)?.model }),
  ...callRoutes,
  ...figureRoutes,
  ...privacyRoutes,
  ...workplanRoutes,
  ...commentRoutes,
  ...councilRoutes,
  ...meetingRoutes,
  ...pollRoutes,
  ...paperRoutes,
  ...minutesRoutes,
  ...councilApiRoutes,
  ...planRoutes(roomHand),
  ...staffingRoutes(staffingHand),
  ...erasureRoutes(erasureHand),
  ...incidentRoutes(erasureHand),
  ...monthRoutes(erasureHand),
  ...erasureApiRoutes(erasureHand),
  ...watchRoutes({ labelOf: labelOfEvent }),
  ...analysisRoutes,
  ...surveyRoutes(surveyHand),
  ...researchRoutes(researchHand),
  ...accountRoutes,
  ...accountApiRoutes,
  ...meRoutes({ labelOf: labelOfEvent }),
];

export const routes: Route[] = [...roomRoutes, openApiRoute(roomRoutes)];
