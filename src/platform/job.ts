import type { Json } from "../base/event.ts";
import type { Office } from "./office.ts";

/** 走っている仕事に渡すもの。 */
export interface JobRun {
  readonly office: Office;
  readonly contract: string;
  readonly owner: string;
  readonly input: Json;
  /** 進み具合を知らせる。止めるように言われていれば、ここで AppError を投げて抜ける。 */
  progress(done: number, total: number, message: string): Promise<void>;
}

/** 仕事の種類。各室が一覧を出し、main が集める。run は何度やり直しても同じ結果になるように書く。 */
export interface JobKind {
  readonly kind: string;
  run(job: JobRun): Promise<Json>;
}
