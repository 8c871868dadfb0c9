import type { z } from "zod";
import { AppError, type ErrorCode, type Fault } from "../base/error.ts";
import type { Route } from "./route.ts";

type Handle = Route["handle"];
type More = Partial<Pick<Route, "stepUp" | "bodyLimit" | "output">>;

export function getPage(id: string, path: string, summary: string, handle: Handle): Route {
  return { id, method: "GET", path, kind: "page", summary, handle };
}

export function getFile(id: string, path: string, summary: string, handle: Handle): Route {
  return { id, method: "GET", path, kind: "file", summary, handle };
}

export function postPage(id: string, path: string, summary: string, handle: Handle, more: More = {}): Route {
  return { id, method: "POST", path, kind: "page", summary, handle, ...more };
}

export function getApi(id: string, path: string, summary: string, handle: Handle): Route {
  return { id, method: "GET", path, kind: "api", summary, handle };
}

export function postApi(
  id: string,
  path: string,
  summary: string,
  input: z.ZodType | undefined,
  handle: Handle,
  more: More = {},
): Route {
  return { id, method: "POST", path, kind: "api", summary, ...(input ? { input } : {}), handle, ...more };
}

/**
 * 欄の誤りは、打ったままを返して直してもらう。codes は、その画面で答える断りの種類（ほかは投げ直す）。
 */
export async function withFaults(
  fn: () => Promise<Response>,
  again: (faults: readonly Fault[], message: string) => Promise<Response>,
  codes: readonly ErrorCode[] = ["BAD_INPUT"],
): Promise<Response> {
  try {
    return await fn();
  } catch (cause) {
    if (!(cause instanceof AppError) || !codes.includes(cause.code)) throw cause;
    return again(cause.faults, cause.message);
  }
}
