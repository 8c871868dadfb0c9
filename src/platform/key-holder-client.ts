import { connect, type Socket } from "node:net";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { AppError, type ErrorCode, errorCodes } from "../base/error.ts";
import type { KeyHolder } from "./key.ts";
import type { SealState } from "./key-holder.ts";

/** 鍵の保持者への要求。一行に一つの JSON。 */
export type HolderRequest =
  | { op: "state" }
  | { op: "confirm"; holder: string; words: string }
  | { op: "derive"; purpose: string }
  | { op: "wrap" | "unwrap"; aad: string; bytes: string }
  | { op: "seal" }
  | { op: "stop" };

export type HolderReply = { ok: true; value: unknown } | { ok: false; code: string; message: string };

/** 保持者のソケットの場所。フォルダーの持ち主だけが触れる。 */
export function holderSocket(data: string): string {
  return join(data, "run", "keys.sock");
}

export interface HolderClient extends KeyHolder {
  state(): Promise<SealState>;
  confirm(holder: string, words: string): Promise<SealState>;
  seal(): Promise<void>;
  stop(): Promise<void>;
  /** 保持者が止まった（封印された）ときに呼ぶ。自分で閉じたときは呼ばない。 */
  whenGone(call: () => void): void;
  close(): void;
}

/** 保持者につなぐ。いなければ undefined。 */
export async function connectHolder(data: string): Promise<HolderClient | undefined> {
  const socket = await open(holderSocket(data));
  if (!socket) return undefined;
  const waiting: { resolve: (reply: HolderReply) => void; reject: (cause: Error) => void }[] = [];
  createInterface({ input: socket }).on("line", (line) =>
    waiting.shift()?.resolve(JSON.parse(line) as HolderReply),
  );
  let closed = false;
  const mourners: (() => void)[] = [];
  socket.on("close", () => {
    for (const one of waiting.splice(0)) one.reject(gone());
    if (!closed) for (const call of mourners) call();
  });
  socket.on("error", () => {});
  socket.unref();
  const ask = async (request: HolderRequest): Promise<unknown> => {
    if (socket.destroyed) throw gone();
    socket.ref();
    try {
      const reply = await new Promise<HolderReply>((resolve, reject) => {
        waiting.push({ resolve, reject });
        socket.write(`${JSON.stringify(request)}\n`);
      });
      if (!reply.ok)
        throw isCode(reply.code)
          ? new AppError(reply.code, reply.message)
          : new Error("the key holder failed");
      return reply.value;
    } finally {
      if (waiting.length === 0) socket.unref();
    }
  };
  const bytes = async (request: HolderRequest) =>
    new Uint8Array(Buffer.from(String(await ask(request)), "base64"));
  return {
    state: () => ask({ op: "state" }) as Promise<SealState>,
    confirm: (holder, words) => ask({ op: "confirm", holder, words }) as Promise<SealState>,
    derive: (purpose) => bytes({ op: "derive", purpose }),
    wrap: (aad, key) => bytes({ op: "wrap", aad, bytes: Buffer.from(key).toString("base64") }),
    unwrap: (aad, wrapped) => bytes({ op: "unwrap", aad, bytes: Buffer.from(wrapped).toString("base64") }),
    seal: async () => void (await ask({ op: "seal" })),
    stop: async () => void (await ask({ op: "stop" }).catch(() => undefined)),
    whenGone: (call) => void mourners.push(call),
    close: () => {
      closed = true;
      socket.destroy();
    },
  };
}

function open(path: string): Promise<Socket | undefined> {
  return new Promise((resolve) => {
    const socket = connect(path);
    socket.once("connect", () => resolve(socket));
    socket.once("error", () => resolve(undefined));
  });
}

function isCode(code: string): code is ErrorCode {
  return code in errorCodes;
}

function gone(): AppError {
  return new AppError("SEALED", "鍵の保持者が止まりました。もう一度開封してください。");
}
