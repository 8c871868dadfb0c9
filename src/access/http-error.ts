import { randomInt } from "node:crypto";
import { AppError, type ErrorCode, errorCodes } from "../base/error.ts";
import type { ErrorNotice } from "./page-frame.ts";

const titles: Record<ErrorCode, string> = {
  REFUSED: "できませんでした",
  CLASS_FULL: "この講習会は満席です",
  CONFLICT: "ほかの人の変更と重なりました",
  NOT_FOUND: "見つかりません",
  BAD_INPUT: "入力を確かめてください",
  TOO_LARGE: "大きすぎます",
  TOO_MANY: "少し待ってください",
  NOT_SIGNED_IN: "着席していません",
  FORBIDDEN: "この行いはできません",
  STEP_UP: "本人であることを確かめます",
  SEALED: "事務所は封印されています",
  UNAVAILABLE: "いま書き込めません",
};

/** 不具合。人に見せるのは受付番号だけ。 */
export interface Incident {
  /** 「K7Q-204」。 */
  readonly number: string;
  readonly method: string;
  /** どの道か（route の id）。道の中の値や問い合わせの文字は残さない。 */
  readonly route: string;
  readonly cause: unknown;
}

/** 答え方の決まった失敗。 */
export interface Failure {
  readonly status: number;
  readonly code: ErrorCode | "BUG";
  readonly message: string;
  readonly faults: AppError["faults"];
  readonly detail: AppError["detail"];
  readonly incident?: string;
}

/** 例外を失敗にする。AppError 以外は不具合として report し、受付番号だけを見せる。 */
export function failureOf(
  cause: unknown,
  at: { method: string; route: string },
  report: (incident: Incident) => void,
): Failure {
  if (cause instanceof AppError) {
    const { code, message, faults, detail } = cause;
    return { status: errorCodes[code].http, code, message, faults, detail };
  }
  const number = incidentNumber();
  report({ number, ...at, cause });
  const message =
    "思いがけない不具合で、行えませんでした。もう一度試し、続くときは番号をSVに伝えてください。";
  return { status: 500, code: "BUG", message, faults: [], detail: {}, incident: number };
}

/** api の答え。 */
export function failureBody(failure: Failure): { error: object } {
  const { code, message, faults, detail, incident } = failure;
  return { error: { code, message, faults, detail: incident ? { ...detail, incident } : detail } };
}

/** 画面の答え。again は確かめたあとで戻る所、before は前の画面（分からなければ "/"）。 */
export function failureNotice(failure: Failure, at: { again: string; before: string }): ErrorNotice {
  const { status, code, message, faults, incident } = failure;
  return {
    status,
    title: code === "BUG" ? "不具合が起きました" : titles[code],
    message,
    faults,
    incident,
    next: nextOf(code, at),
  };
}

function nextOf(
  code: Failure["code"],
  { again, before }: { again: string; before: string },
): ErrorNotice["next"] {
  if (code === "NOT_SIGNED_IN")
    return [{ href: `/sign-in?next=${encodeURIComponent(again)}`, label: "着席する" }];
  if (code === "STEP_UP")
    return [{ href: `/step-up?next=${encodeURIComponent(again)}`, label: "本人であることを確かめる" }];
  const home = { href: "/", label: "業務ホームへ" };
  return before === "/" ? [home] : [{ href: before, label: "前の画面に戻る" }, home];
}

/** 読み違えにくい字だけの受付番号。 */
function incidentNumber(): string {
  const letters = "ACDEFGHJKLMNPQRTUVWXY";
  const pick = (from: string) => from[randomInt(from.length)] ?? "";
  return `${pick(letters)}${pick("23456789")}${pick(letters)}-${String(randomInt(1000)).padStart(3, "0")}`;
}

/** 標準エラーへの一行。例外の文には入力が混じりうるので、種類と場所（stack の行）だけを残す。 */
export function incidentLine(incident: Incident, at: string): string {
  const { number, method, route, cause } = incident;
  const error = cause instanceof Error ? cause : undefined;
  const where = (error?.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line));
  const code =
    error && "code" in error && typeof error.code === "string" ? error.code.slice(0, 40) : undefined;
  return JSON.stringify({
    at,
    incident: number,
    method,
    route,
    error: error?.name ?? typeof cause,
    code,
    where: where.slice(0, 12).map((line) => line.trim().slice(0, 200)),
  });
}
