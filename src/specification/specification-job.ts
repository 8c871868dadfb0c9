import type { JobKind } from "../platform/job.ts";
import type { ModelEndpoint } from "./model-endpoint.ts";
import { runReading } from "./run-reading.ts";
import { READING } from "./start-reading.ts";

/** 業務仕様書の仕事。endpoint は、手元のモデルを使うときだけ。 */
export function specificationJobs(endpoint: ModelEndpoint | undefined): JobKind[] {
  return [{ kind: READING, run: (job) => runReading(job, endpoint) }];
}
