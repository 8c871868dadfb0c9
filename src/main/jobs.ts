import { contractJobs } from "../contract/contract-job.ts";
import { noticeJobs } from "../notices/notice-job.ts";
import type { JobKind } from "../platform/job.ts";

/** 長い仕事の種類の全部。各室の一覧を集める。 */
export const jobKinds: JobKind[] = [...contractJobs, ...noticeJobs];
