import { chmodSync, mkdirSync, rmSync, statSync } from "node:fs";
import { connect, createServer, type Socket } from "node:net";
import { dirname } from "node:path";
import { createInterface } from "node:readline";
import { AppError } from "../base/error.ts";
import { SealedRoot } from "./key-holder.ts";
import { type HolderReply, type HolderRequest, holderSocket } from "./key-holder-client.ts";
import type { OfficeFolder } from "./office-folder.ts";

/** 始める間だけの錠が、落ちたプロセスの残したものとみなされる古さ（ミリ秒）。 */
const STALE_LOCK_MS = 10_000;

/**
 * 鍵の保持者として動き、止められるまで終わらない。root はこのプロセスの記憶の中だけにある。
 * @throws AppError CONFLICT（同じ事務所の保持者が、もう動いているか、いま始まるところ）
 */
export async function holdKeys(data: string, folder: OfficeFolder): Promise<void> {
  const path = holderSocket(data);
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  chmodSync(dirname(path), 0o700);
  const unlock = lockStart(`${path}.lock`);
  try {
    if (await isHeld(path)) throw alreadyHeld();
    rmSync(path, { force: true });
  } catch (cause) {
    unlock();
    throw cause;
  }
  const root = new SealedRoot(folder, () => Date.now());
  const open = new Set<Socket>();
  await new Promise<void>((resolve, reject) => {
    const stop = () => {
      server.close(() => resolve());
      // つながったままの相手を待たない。相手には「止まった」と伝わる。
      for (const socket of open) socket.destroySoon();
    };
    const server = createServer((socket) => {
      open.add(socket);
      socket.once("close", () => open.delete(socket));
      serve(socket, root, stop);
    });
    server.once("error", (cause) => {
      unlock();
      reject(cause);
    });
    server.listen(path, () => {
      chmodSync(path, 0o600);
      unlock();
    });
    process.once("SIGTERM", stop);
  });
  rmSync(path, { force: true });
}

/** 二つの保持者が同時に始まって、互いの口を消し合わないための錠。 */
function lockStart(lock: string): () => void {
  const take = () => mkdirSync(lock, { mode: 0o700 });
  try {
    take();
  } catch {
    const age = Date.now() - (statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? 0);
    if (age < STALE_LOCK_MS) throw alreadyHeld();
    rmSync(lock, { recursive: true, force: true });
    try {
      take();
    } catch {
      throw alreadyHeld();
    }
  }
  return () => rmSync(lock, { recursive: true, force: true });
}

/** 口に答える相手がいるか。落ちたプロセスの残した口なら偽。 */
function isHeld(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}

function alreadyHeld(): AppError {
  return new AppError(
    "CONFLICT",
    "この事務所の鍵の保持者は、もう動いています。先に止める（seal）か、そのままお使いください。",
  );
}

function serve(socket: Socket, root: SealedRoot, stop: () => void): void {
  socket.on("error", () => {});
  let last = Promise.resolve();
  createInterface({ input: socket }).on("line", (line) => {
    // 答えは頼まれた順に返す。
    last = last.then(async () => {
      const request = parse(line);
      const reply = request
        ? await answer(root, request)
        : { ok: false as const, code: "BAD_INPUT", message: "要求が読めません。" };
      socket.write(`${JSON.stringify(reply)}\n`);
      if (request?.op === "stop") stop();
    });
  });
}

async function answer(root: SealedRoot, request: HolderRequest): Promise<HolderReply> {
  try {
    return { ok: true, value: await perform(root, request) };
  } catch (cause) {
    return cause instanceof AppError
      ? { ok: false, code: cause.code, message: cause.message }
      : { ok: false, code: "", message: "" };
  }
}

async function perform(root: SealedRoot, request: HolderRequest): Promise<unknown> {
  const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64");
  switch (request.op) {
    case "state":
      return root.state();
    case "confirm":
      return root.confirm(request.holder, request.words);
    case "derive":
      return base64(await root.keys().derive(request.purpose));
    case "wrap":
      return base64(await root.keys().wrap(request.aad, Buffer.from(request.bytes, "base64")));
    case "unwrap":
      return base64(await root.keys().unwrap(request.aad, Buffer.from(request.bytes, "base64")));
    case "seal":
    case "stop":
      root.seal();
      return true;
  }
}

function parse(line: string): HolderRequest | undefined {
  try {
    const value = JSON.parse(line) as HolderRequest;
    return typeof value === "object" && value !== null && typeof value.op === "string" ? value : undefined;
  } catch {
    return undefined;
  }
}
