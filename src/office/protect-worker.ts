import { parentPort, workerData } from "node:worker_threads";
import officeCrypto from "officecrypto-tool";
import { AppError } from "../base/error.ts";
import { openProtectedFile } from "./verify-protected-file.ts";

/**
 * Office のファイルに AES-256（agile）のパスワードを付け（lock）、付いたものを確かめて開く（open）。
 * どちらも鍵を作るのに計算し続けるので、窓口の外の糸で行う。
 */
const { work, bytes, password } = workerData as {
  work: "lock" | "open";
  bytes: Uint8Array;
  password: string;
};
parentPort?.postMessage(work === "lock" ? { made: lock() } : open());

function lock(): Uint8Array {
  return new Uint8Array(officeCrypto.encrypt(Buffer.from(bytes), { password }));
}

function open(): { made: Uint8Array } | { refused: string } {
  try {
    return { made: openProtectedFile(bytes, password) };
  } catch (cause) {
    if (cause instanceof AppError) return { refused: cause.message };
    throw cause;
  }
}
