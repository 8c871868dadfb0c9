import type { JobKind } from "../platform/job.ts";
import { drawNotices } from "./draw-notice.ts";
import { printBatch } from "./print-batch.ts";

/** 受講通知書の仕事。 */
export const noticeJobs: JobKind[] = [
  { kind: "notice.print", run: printBatch },
  { kind: "notice.draw", run: drawNotices },
];
