import { createHash, type KeyObject } from "node:crypto";
import { createReadStream } from "node:fs";
import { type FileHandle, open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { deflateRawSync, inflateRawSync } from "node:zlib";
import { AppError } from "../base/error.ts";
import { openBytes, SealBroken, sealBytes, sealingKey } from "../sealing/seal.ts";

/*
 * 控えのファイル。
 *
 *   MDGB1\n | 頭の長さ(4) | 頭（JSON、平文） | 枠…
 *   枠 = 長さ(4) | 封緘（AES-256-GCM、詰めたもの）
 *
 * 枠の認証の対象は「控え | 頭の SHA-256 | 枠の番号 | 最後か」。枠を抜く、並べ替える、別の控えと混ぜる、
 * 途中で切ると、どれも開かない。頭には個人情報も鍵も置かない。
 */
const MAGIC = "MDGB1\n";
const FRAME_BYTES = 256 * 1024;
/** 枠の上限。壊れた長さを信じて、記憶を使い切らないため。 */
const FRAME_LIMIT = 64 * 1024 * 1024;
const HEAD_LIMIT = 4 * 1024 * 1024;

/** 行（JSON）を順に封じて書く。書き終えて fsync するまで、名は付かない。 */
export class SealedFileWriter {
  readonly #file: FileHandle;
  readonly #path: string;
  readonly #key: KeyObject;
  readonly #mark: string;
  readonly #sum = createHash("sha256");
  #lines: string[] = [];
  #size = 0;
  #index = 0;
  #bytes = 0;

  private constructor(file: FileHandle, path: string, key: KeyObject, mark: string) {
    this.#file = file;
    this.#path = path;
    this.#key = key;
    this.#mark = mark;
  }

  static async create(path: string, key: Uint8Array, head: object): Promise<SealedFileWriter> {
    const text = Buffer.from(JSON.stringify(head));
    const file = await open(`${path}.part`, "wx", 0o600).catch((cause) => refuseExisting(cause));
    const writer = new SealedFileWriter(file, path, sealingKey(key), markOf(text));
    await writer.#put(Buffer.concat([Buffer.from(MAGIC), lengthOf(text), text]));
    return writer;
  }

  async line(value: unknown): Promise<void> {
    const text = JSON.stringify(value);
    this.#lines.push(text);
    this.#size += text.length;
    if (this.#size >= FRAME_BYTES) await this.#frame(false);
  }

  /** 最後の枠を書き、名を付ける。大きさと SHA-256 を返す。 */
  async finish(): Promise<{ bytes: number; sha256: string }> {
    await this.#frame(true);
    await this.#file.sync();
    await this.#file.close();
    await rename(`${this.#path}.part`, this.#path);
    await settle(dirname(this.#path));
    return { bytes: this.#bytes, sha256: this.#sum.digest("hex") };
  }

  /** 途中でやめる。半端なファイルを残さない。 */
  async abandon(): Promise<void> {
    await this.#file.close().catch(() => {});
    await rm(`${this.#path}.part`, { force: true });
  }

  async #frame(last: boolean): Promise<void> {
    const packed = deflateRawSync(Buffer.from(this.#lines.join("\n")), { level: 1 });
    const sealed = Buffer.from(sealBytes(this.#key, aadOf(this.#mark, this.#index, last), packed));
    this.#lines = [];
    this.#size = 0;
    this.#index += 1;
    await this.#put(Buffer.concat([lengthOf(sealed), sealed]));
  }

  async #put(bytes: Buffer): Promise<void> {
    this.#sum.update(bytes);
    this.#bytes += bytes.length;
    await this.#file.write(bytes);
  }
}

async function settle(folder: string): Promise<void> {
  if (process.platform === "win32") return;
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function refuseExisting(cause: unknown): never {
  const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
  if (code === "EEXIST")
    throw new AppError(
      "CONFLICT",
      "同じ名の控えを、いま別の処理が書いています。終わってからお試しください。",
    );
  if (code === "ENOENT" || code === "ENOTDIR")
    throw new AppError("BAD_INPUT", "控えを書くフォルダーがありません。作ってから、もう一度お試しください。");
  if (code === "EACCES" || code === "EROFS" || code === "EPERM")
    throw new AppError("UNAVAILABLE", "控えを書くフォルダーに書き込めません。権限をご確認ください。");
  throw cause;
}

/** 控えの頭だけを読む（鍵は要らない）。 */
export async function readSealedHead(path: string): Promise<unknown> {
  const reader = await ByteReader.open(path);
  try {
    return JSON.parse((await readHead(reader)).toString("utf8")) as unknown;
  } catch (cause) {
    if (cause instanceof SyntaxError) throw broken();
    throw cause;
  } finally {
    await reader.close();
  }
}

/**
 * 控えの行を順に返す。最後の枠まで確かめて終わる。
 * @throws AppError BAD_INPUT（控えでない、途中で切れている、書き換えられている、鍵が違う）
 */
export async function* readSealedLines(path: string, key: Uint8Array): AsyncGenerator<unknown> {
  const secret = sealingKey(key);
  const reader = await ByteReader.open(path);
  try {
    const mark = markOf(await readHead(reader));
    for (let index = 0; ; index += 1) {
      const head = await reader.take(4);
      if (!head) throw broken();
      const length = head.readUInt32BE();
      const sealed = length > FRAME_LIMIT ? undefined : await reader.take(length);
      if (!sealed) throw broken();
      const last = await reader.atEnd();
      const text = unpack(secret, aadOf(mark, index, last), sealed);
      for (const line of text === "" ? [] : text.split("\n")) yield JSON.parse(line) as unknown;
      if (last) return;
    }
  } finally {
    await reader.close();
  }
}

function unpack(key: KeyObject, aad: string, sealed: Buffer): string {
  try {
    return inflateRawSync(openBytes(key, aad, sealed), { maxOutputLength: FRAME_LIMIT }).toString("utf8");
  } catch (cause) {
    if (cause instanceof SealBroken) throw broken();
    throw cause;
  }
}

async function readHead(reader: ByteReader): Promise<Buffer> {
  const magic = await reader.take(MAGIC.length);
  if (magic?.toString("latin1") !== MAGIC)
    throw new AppError(
      "BAD_INPUT",
      "まどぐちの控えのファイルではありません。madoguchi backup が書いたファイルを選んでください。",
    );
  const length = (await reader.take(4))?.readUInt32BE() ?? HEAD_LIMIT + 1;
  const head = length > HEAD_LIMIT ? undefined : await reader.take(length);
  if (!head) throw broken();
  return head;
}

function broken(): AppError {
  return new AppError(
    "BAD_INPUT",
    "控えのファイルを開けません。途中で切れているか、書き換えられているか、別の事務所の控えです。ほかの控えでお試しください。",
  );
}

function markOf(head: Buffer): string {
  return createHash("sha256").update(head).digest("hex");
}

function aadOf(mark: string, index: number, last: boolean): string {
  return `backup|${mark}|${index}|${last ? "last" : "more"}`;
}

function lengthOf(bytes: Uint8Array): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return length;
}

/** ファイルを前から、要るだけ読む。 */
class ByteReader {
  readonly #chunks: AsyncIterator<Buffer>;
  #rest: Buffer = Buffer.alloc(0);

  private constructor(chunks: AsyncIterator<Buffer>) {
    this.#chunks = chunks;
  }

  static async open(path: string): Promise<ByteReader> {
    const handle = await open(path, "r").catch(() => undefined);
    if (!handle) throw new AppError("BAD_INPUT", "控えのファイルが見つかりません。場所をご確認ください。");
    await handle.close();
    return new ByteReader(createReadStream(path, { highWaterMark: 1 << 20 })[Symbol.asyncIterator]());
  }

  /** ちょうど length バイト。足りなければ undefined。 */
  async take(length: number): Promise<Buffer | undefined> {
    const parts: Buffer[] = [this.#rest];
    let have = this.#rest.length;
    while (have < length) {
      const next = await this.#chunks.next();
      if (next.done) return undefined;
      parts.push(next.value);
      have += next.value.length;
    }
    const all = parts.length === 1 ? this.#rest : Buffer.concat(parts);
    this.#rest = all.subarray(length);
    return all.subarray(0, length);
  }

  async atEnd(): Promise<boolean> {
    while (this.#rest.length === 0) {
      const next = await this.#chunks.next();
      if (next.done) return true;
      this.#rest = next.value;
    }
    return false;
  }

  async close(): Promise<void> {
    await this.#chunks.return?.();
  }
}
