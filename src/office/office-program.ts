import { spawn } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { AppError } from "../base/error.ts";

/** 決まった場所に入ることの多い実行ファイル（PATH にないとき）。 */
const usualPlaces: Record<string, string[]> = {
  soffice: [
    "/usr/lib/libreoffice/program/soffice",
    "/opt/libreoffice/program/soffice",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "C:\\Program Files\\LibreOffice\\program\\soffice.exe",
  ],
};

/** 外のプログラムの場所。names の順に探し、なければ undefined。 */
export function findProgram(names: string[], path = process.env.PATH ?? ""): string | undefined {
  for (const name of names) {
    const places = [
      ...path
        .split(delimiter)
        .filter(Boolean)
        .map((folder) => join(folder, name)),
      ...(usualPlaces[name] ?? []),
    ];
    const found = places.find(isExecutable);
    if (found) return found;
  }
  return undefined;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

export interface RunLimits {
  /** これを過ぎたら止める（ミリ秒）。 */
  timeLimitMs: number;
  signal?: AbortSignal | undefined;
}

/**
 * 外のプログラムを動かし、標準出力を返す。時間切れと中止では、そのプログラムが起こした子も止める。
 * @throws AppError UNAVAILABLE 時間切れ、失敗
 */
export function runProgram(program: string, args: string[], limits: RunLimits): Promise<string> {
  limits.signal?.throwIfAborted();
  return new Promise((resolve, reject) => {
    // 子だけの組を作り、止めるときは組ごと止める（soffice は子の中で動く）。
    const child = spawn(program, args, {
      stdio: ["ignore", "pipe", "ignore"],
      detached: process.platform !== "win32",
    });
    let output = "";
    let failure: unknown;
    const stop = (why: unknown) => {
      failure = why;
      if (child.pid === undefined) return;
      try {
        if (process.platform === "win32") child.kill();
        else process.kill(-child.pid, "SIGKILL");
      } catch {
        // すでに終わっている。
      }
    };
    const timer = setTimeout(() => stop(tooSlow()), limits.timeLimitMs);
    const abort = () => stop(limits.signal?.reason);
    limits.signal?.addEventListener("abort", abort, { once: true });
    child.stdout?.setEncoding("utf8").on("data", (text: string) => {
      if (output.length < 8 * 1024 * 1024) output += text;
    });
    const settle = (error: unknown) => {
      clearTimeout(timer);
      limits.signal?.removeEventListener("abort", abort);
      if (error) reject(error);
      else resolve(output);
    };
    child.on("error", () => settle(failure ?? couldNotRun()));
    child.on("close", (code) => settle(failure ?? (code === 0 ? undefined : couldNotRun())));
  });
}

function tooSlow(): AppError {
  return new AppError(
    "UNAVAILABLE",
    "PDF への変換に時間がかかりすぎたため止めました。人数を分けて、もう一度お試しください。",
  );
}

function couldNotRun(): AppError {
  return new AppError(
    "UNAVAILABLE",
    "PDF への変換に失敗しました。ひな形を Word で開いて保存し直し、もう一度お試しください。続くときは LibreOffice を入れ直してください。",
  );
}
