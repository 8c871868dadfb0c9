import type { Day, Minute } from "../base/time.ts";
import type { Office } from "../platform/office.ts";

/** 訓練の席ができること。受付の動詞を、上の階が渡す。 */
export interface DrillDesk {
  seats(): Promise<{ id: string; capacity: number; free: number }[]>;
  hold(classId: string, draft: string): Promise<void>;
  /** n は作りものの申込者の番号。同じ n は、送り直し（予約は一つだけのはず）。 */
  book(n: number, classId: string, draft: string): Promise<{ id: string; number: number }>;
  change(id: string, classId: string): Promise<void>;
  cancel(id: string): Promise<void>;
  tally(n: number): Promise<void>;
}

/** 使い捨ての事務所。本物のデータには触れない。 */
export interface DrillRoom {
  readonly day: Day;
  readonly hours: { readonly open: Minute; readonly close: Minute };
  /** 事務所の時計を、開設からの秒に合わせる。 */
  setSecond(second: number): void;
  desk(at: number): DrillDesk;
  close(): Promise<void>;
}

export interface DrillHand {
  /** 使い捨ての事務所を開く。source の契約から、設計図と講習会だけを写す（人は写さない）。 */
  openDrill(source?: { office: Office; contract: string }): Promise<DrillRoom>;
}

export const drillActs = {
  seats: "空席を見る",
  hold: "席を押さえる",
  book: "予約を受ける",
  change: "変更を受ける",
  cancel: "取消を受ける",
  tally: "問い合わせを数える",
} as const;
export type DrillAct = keyof typeof drillActs;

/** 一種類の行いの結果。時間はミリ秒。 */
export interface ActResult {
  done: number;
  /** 規則で断られた数（満席など。正しい断り）。 */
  refused: number;
  /** 不具合（規則でない失敗）。 */
  broken: number;
  p50: number;
  p95: number;
  longest: number;
}

export interface DrillReport {
  seed: number;
  calls: number;
  operators: number;
  answered: number;
  /** 待ちきれずに切った。 */
  abandoned: number;
  /** 目標の秒数以内に応答した割合（入電に対して）。 */
  serviceLevel: number;
  longestWait: number;
  /** 席を押さえたまま切れた電話。 */
  dropped: number;
  acts: Record<DrillAct, ActResult>;
  booked: number;
  /** 定員を超えた予約と、同じ受付番号。0 でなければならない。 */
  doubleBooked: number;
  /** 送り直しで二つになった予約。0 でなければならない。 */
  repeated: number;
  /** 台帳と空席の数が合わない講習会。0 でなければならない。 */
  mismatched: number;
  /** 実際にかかった秒。 */
  seconds: number;
  faults: string[];
}

/** 壊れたこと。空なら、どれも壊れていない。 */
export function drillFaults(report: Omit<DrillReport, "faults">): string[] {
  const { doubleBooked, repeated, mismatched, acts } = report;
  const broken = Object.values(acts).reduce((all, one) => all + one.broken, 0);
  return [
    doubleBooked > 0 ? `二重の予約が${doubleBooked}件ありました。` : "",
    repeated > 0 ? `送り直しで、予約が${repeated}件二つになりました。` : "",
    mismatched > 0 ? `空席の数の合わない講習会が${mismatched}回ありました。` : "",
    broken > 0 ? `規則でない失敗が${broken}件ありました。` : "",
    acts.book.p95 > 1000
      ? `予約を受けるのに、20件に1件は${Math.round(acts.book.p95)}ミリ秒を超えました。`
      : "",
  ].filter((one) => one !== "");
}

export function actResult(given: { times: number[]; refused: number; broken: number }): ActResult {
  const times = [...given.times].sort((a, b) => a - b);
  const at = (share: number) =>
    round(times[Math.min(times.length - 1, Math.floor(share * times.length))] ?? 0);
  return {
    ...{ done: times.length, refused: given.refused, broken: given.broken },
    ...{ p50: at(0.5), p95: at(0.95), longest: round(times.at(-1) ?? 0) },
  };
}

function round(ms: number): number {
  return Math.round(ms * 10) / 10;
}
