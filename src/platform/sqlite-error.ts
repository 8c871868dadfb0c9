import { AppError } from "../base/error.ts";

export function isSqliteError(cause: unknown): cause is Error & { code: string } {
  return (
    cause instanceof Error &&
    "code" in cause &&
    typeof cause.code === "string" &&
    cause.code.startsWith("SQLITE")
  );
}

export function unavailable(): AppError {
  return new AppError(
    "UNAVAILABLE",
    "いま記録を書き込めません。入力した内容はこの画面に残っています。ディスクの空きを確かめて、もう一度お試しください。",
  );
}

/** 空きがない、ほかの処理が使っているなどは、丁寧な一文に。ほかはそのまま。 */
export function translate(cause: unknown): unknown {
  if (!isSqliteError(cause)) return cause;
  if (
    cause.code === "SQLITE_FULL" ||
    cause.code.startsWith("SQLITE_IOERR") ||
    cause.code === "SQLITE_READONLY"
  )
    return unavailable();
  if (cause.code.startsWith("SQLITE_BUSY"))
    return new AppError(
      "UNAVAILABLE",
      "ほかの処理が記録を使っています。数秒おいて、もう一度お試しください。",
    );
  return cause;
}
