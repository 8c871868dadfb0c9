import { type FileHandle, open, rename, rm } from "node:fs/promises";
import { canonicalJson } from "../base/canonical.ts";
import { AppError } from "../base/error.ts";
import type { Instant } from "../base/time.ts";
import { type Checkpoint, publicKeyOf, signCheckpoint } from "./checkpoint.ts";
import { entryLine, type LogEntry, leafBytes } from "./log-entry.ts";
import { MAX_LINE_BYTES, signHeader } from "./log-file.ts";
import { appendLeaf, emptyFrontier, emptyRoot, frontierRoot, leafHash } from "./merkle.ts";

/** 持ち出すもの。entries は番号 0 から順に、検査点の最大の size 件までが書かれる。 */
export interface LogExport {
  readonly office: string;
  /** 署名鍵（PKCS8 DER）。 */
  readonly privateKey: Uint8Array;
  /** システムの時計の瞬間。 */
  readonly exportedAt: Instant;
  /** いちばん大きいものまでの記録を書き出す。一つもなければ（まだ何もしていない事務所）0 件の検査点に署名する。 */
  readonly checkpoints: readonly Checkpoint[];
  readonly entries: AsyncIterable<LogEntry> | Iterable<LogEntry>;
}

/** 書き終えた結果。ok が偽なら、書いた記録と検査点の根が合わない（記録の表が書き換えられた疑い）。 */
export interface WrittenLog {
  readonly entries: number;
  readonly root: string;
  readonly ok: boolean;
}

/**
 * 記録を一行ずつ作る（改行つき）。記憶に持つのは木の右端だけなので、何件でもよい。
 * 番号の抜けや重なりは不具合として例外にする。
 */
export async function* logLines(source: LogExport): AsyncGenerator<string, WrittenLog> {
  const { office, privateKey, exportedAt } = source;
  const points = [...source.checkpoints].sort((a, b) => a.size - b.size || (a.at < b.at ? -1 : 1));
  const last = points.at(-1) ?? signCheckpoint(privateKey, office, 0, emptyRoot(), exportedAt);
  if (points.length === 0) points.push(last);
  yield line(
    canonicalJson(
      signHeader(privateKey, { office, publicKey: publicKeyOf(privateKey), exportedAt, size: last.size }),
    ),
  );
  const frontier = emptyFrontier();
  let ok = true;
  let next = 0;
  function* due() {
    for (
      let point = points[next];
      point !== undefined && point.size === frontier.size;
      point = points[++next]
    ) {
      ok &&= point.root === rootText();
      yield line(canonicalJson(point));
    }
  }
  const rootText = () => Buffer.from(frontierRoot(frontier)).toString("base64");
  yield* due();
  if (last.size > 0) {
    for await (const entry of source.entries) {
      if (entry.seq !== frontier.size) throw new Error("log entries must come in the order of their numbers");
      const leaf = leafHash(leafBytes(entry));
      appendLeaf(frontier, leaf);
      yield line(entryLine(entry, leaf));
      yield* due();
      if (frontier.size === last.size) break;
    }
  }
  if (frontier.size !== last.size) throw new Error("the log has fewer entries than its checkpoint");
  return { entries: frontier.size, root: rootText(), ok };
}

/** 記録を一つのファイルに書く。書き終えて fsync してから名をつけるので、途中で止まっても半端なファイルは残らない。 */
export async function writeLogFile(path: string, source: LogExport): Promise<WrittenLog> {
  const part = `${path}.part`;
  const file = await openForWriting(part);
  try {
    const result = await writeAll(file, logLines(source));
    await file.sync();
    await file.close();
    await rename(part, path);
    return result;
  } catch (cause) {
    await file.close().catch(() => {});
    await rm(part, { force: true });
    throw isDiskFull(cause)
      ? new AppError(
          "UNAVAILABLE",
          "ディスクの空きが足りず、記録を書き出せませんでした。空きを作ってから、もう一度お試しください。",
        )
      : cause;
  }
}

async function writeAll(file: FileHandle, lines: AsyncGenerator<string, WrittenLog>): Promise<WrittenLog> {
  let waiting: string[] = [];
  let length = 0;
  for (;;) {
    const step = await lines.next();
    if (!step.done) {
      waiting.push(step.value);
      length += step.value.length;
    }
    if (length > 256 * 1024 || step.done) {
      await file.writeFile(waiting.join(""));
      waiting = [];
      length = 0;
    }
    if (step.done) return step.value;
  }
}

async function openForWriting(path: string): Promise<FileHandle> {
  try {
    return await open(path, "w", 0o600);
  } catch {
    throw new AppError(
      "BAD_INPUT",
      "書き出し先に書き込めません。フォルダーがあるか、書き込みが許されているかを確かめてください。",
    );
  }
}

function line(text: string): string {
  if (Buffer.byteLength(text) > MAX_LINE_BYTES) throw new Error("a log line is too long to be verified");
  return `${text}\n`;
}

function isDiskFull(cause: unknown): boolean {
  return cause instanceof Error && "code" in cause && (cause.code === "ENOSPC" || cause.code === "EDQUOT");
}
