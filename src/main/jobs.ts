import { analysisJobs } from "../analysis/report-file-job.ts";
import { contractJobs } from "../contract/contract-job.ts";
import { noticeJobs } from "../notices/notice-job.ts";
import { packageJobs } from "../packages/package-job.ts";
import { planJobs } from "../plan/plan-output-job.ts";
import type { JobKind } from "../platform/job.ts";
import { modelEndpoint } from "../specification/model-endpoint.ts";
import { specificationJobs } from "../specification/specification-job.ts";
import { staffingJobs } from "../staffing/staffing-job.ts";
import { roomHand, staffingHand } from "./room-hand.ts";

/** 長い仕事の種類の全部。各室の一覧を集める。 */
export const jobKinds: JobKind[] = [
  ...analysisJobs,
  ...contractJobs,
  ...noticeJobs,
  ...packageJobs(roomHand),
  ...planJobs,
  ...staffingJobs(staffingHand),
  ...specificationJobs(modelEndpoint(process.env)),
];
