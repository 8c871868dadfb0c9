import type { KeyObject } from "node:crypto";
import { createReadStream } from "node:fs";
import { AppError } from "../base/error.ts";
import { type ByteLine, LineCutter } from "./byte-line.ts";
import {
  type Checkpoint,
  collationNumber,
  isCheckpoint,
  keyFingerprint,
  readPublicKey,
  sameCollationNumber,
  verifyCheckpoint,
} from "./checkpoint.ts";
import { entryLine, isLogEntry, type LogEntry, leafBytes } from "./log-entry.ts";
import { isLogHeader, type LogHeader, MAX_LINE_BYTES, verifyHeader } from "./log-file.ts";
import { appendLeaf, emptyFrontier, frontierRoot, leafHash } from "./merkle.ts";

/** 確かめた結果。 */
export interface LogVerdict {
  /** 読めた記録の件数。 */
  readonly entries: number;
  /** 読めた記録から計算し直した木の根（base64）。 */
  readonly root: string;
  readonly ok: boolean;
  /** 最初のおかしい所。line は 1 から、seq は記録の番号（0 から）。 */
  readonly firstBad?: { line: number; seq?: number; reason: string };
  /** 署名が合った検査点の数。 */
  readonly checkpoints: number;
  readonly office?: string;
  /** 公開鍵の指紋。手元の控えと見比べる。 */
  readonly fingerprint?: string;
  /** 最後の検査点の照合番号。紙に刷ったものと見比べる。 */
  readonly collation?: string;
}

/** ファイルの外の控え。渡せば、それとも突き合わせる。 */
export interface LogExpectation {
  /** 公開鍵の指紋（4×4 文字）。 */
  readonly fingerprint?: string;
  /** 紙の照合番号（4×4 文字）。ファイルの中のどれかの検査点と一致すること。 */
  readonly collation?: string;
  /** ときどき呼ばれる（読めた件数）。 */
  readonly onProgress?: (entries: number) => void;
}

/**
 * 持ち出した記録のファイルを、そのファイルだけで確かめる。一度だけ頭から読み、記憶は件数によらない。
 * 変更・削除・差し込み・並べ替え・尾の切り取り・検査点の偽造・鍵の違い・壊れた行は、例外ではなく結果（ok=false）になる。
 * ファイルが開けないときだけ {@link AppError} BAD_INPUT。
 */
export async function verifyLogFile(
  source: string | AsyncIterable<Uint8Array>,
  expect: LogExpectation = {},
): Promise<LogVerdict> {
  const check = new LogCheck(expect);
  const lines = new LineCutter(MAX_LINE_BYTES, (line) => check.take(line));
  try {
    for await (const chunk of typeof source === "string"
      ? createReadStream(source, { highWaterMark: 1024 * 1024 })
      : source) {
      lines.feed(chunk as Uint8Array);
      expect.onProgress?.(check.entries);
    }
  } catch (cause) {
    if (typeof source !== "string" || !(cause instanceof Error && "syscall" in cause)) throw cause;
    throw new AppError(
      "BAD_INPUT",
      "記録のファイルを開けません。ファイルの場所と、読み取りの許可を確かめてください。",
    );
  }
  lines.end();
  return check.verdict();
}

interface Fault {
  seq?: number;
  reason: string;
}

const LINE_FAULTS = {
  "too-long": "行が長すぎます（1 MiB を超えています）。",
  "not-utf8": "文字コードが UTF-8 ではない行です。",
} as const;

/** 行を順に受け取り、木を作り直しながら確かめる。 */
class LogCheck {
  readonly #expect: LogExpectation;
  readonly #frontier = emptyFrontier();
  #line = 0;
  #header: LogHeader | undefined;
  #key: KeyObject | undefined;
  #bad: ({ line: number } & Fault) | undefined;
  #nextSeq = 0;
  #checkpoints = 0;
  #covered = 0;
  #lastPoint: Checkpoint | undefined;
  #collationSeen = false;

  constructor(expect: LogExpectation) {
    this.#expect = expect;
  }

  get entries(): number {
    return this.#frontier.size;
  }

  take(line: ByteLine): void {
    this.#line += 1;
    this.#note(this.#faultOf(line));
  }

  #note(fault: Fault | undefined): void {
    if (fault) this.#bad ??= { line: this.#line, ...fault };
  }

  #faultOf(line: ByteLine): Fault | undefined {
    if ("fault" in line) return bad(LINE_FAULTS[line.fault], this.#header && this.#nextSeq);
    const text = this.#line === 1 && line.text.startsWith("\ufeff") ? line.text.slice(1) : line.text;
    if (this.#line === 1) return this.#takeHeader(text);
    if (text === "") return undefined;
    const value = parseObject(text);
    if (value === undefined) return bad("JSON として読めない行です。", this.#nextSeq);
    if (isLogEntry(value)) return this.#takeEntry(text, value as unknown as LogEntry & { leaf: string });
    if (isCheckpoint(value)) return this.#takeCheckpoint(value as unknown as Checkpoint);
    return bad("記録でも検査点でもない行です。", this.#nextSeq);
  }

  verdict(): LogVerdict {
    this.#note(this.#finish());
    const header = this.#header;
    return {
      entries: this.entries,
      root: this.#rootText(),
      ok: this.#bad === undefined,
      ...(this.#bad && { firstBad: this.#bad }),
      checkpoints: this.#checkpoints,
      ...(header && { office: header.office, fingerprint: keyFingerprint(header.publicKey) }),
      ...(header && this.#lastPoint && { collation: collationNumber(header.office, this.#lastPoint) }),
    };
  }

  #takeHeader(text: string): Fault | undefined {
    const value = parseObject(text);
    if (value === undefined || !isLogHeader(value))
      return bad("1行目が、記録のファイル（madoguchi-log/1）の見出しではありません。");
    const header = value as unknown as LogHeader;
    this.#header = header;
    this.#key = readPublicKey(header.publicKey);
    if (this.#key === undefined) return bad("見出しの公開鍵が Ed25519 の鍵として読めません。");
    if (!verifyHeader(this.#key, header))
      return bad("見出しの署名が合いません。見出しが変えられたか、鍵が違います。");
    const { fingerprint } = this.#expect;
    if (fingerprint !== undefined && !sameCollationNumber(fingerprint, keyFingerprint(header.publicKey))) {
      return bad("署名した鍵が、控えの指紋の鍵と違います。");
    }
    return undefined;
  }

  #takeEntry(text: string, entry: LogEntry & { leaf: string }): Fault | undefined {
    const expected = this.#nextSeq;
    const leaf = leafOf(entry);
    if (leaf === undefined) return bad("正規の形にできない値が入った行です。", expected);
    appendLeaf(this.#frontier, leaf);
    this.#nextSeq = entry.seq + 1;
    if (this.#bad) return undefined;
    if (entry.seq !== expected) {
      return bad(
        `番号 ${expected} の記録があるはずの所に、番号 ${entry.seq} の記録があります（抜け、差し込み、並べ替え）。`,
        Math.min(expected, entry.seq),
      );
    }
    if (Buffer.from(leaf).toString("base64") !== entry.leaf) {
      return bad("記録の中身が、書かれたときのハッシュと合いません。中身が変えられています。", entry.seq);
    }
    if (entryLine(entry, leaf) !== text) {
      return bad("行の書き方が正規の形と違います（余分な項目、重なった項目、並びの変更）。", entry.seq);
    }
    return undefined;
  }

  #takeCheckpoint(point: Checkpoint): Fault | undefined {
    if (this.#bad || this.#key === undefined || this.#header === undefined) return undefined;
    const { office } = this.#header;
    const now = this.entries;
    if (!verifyCheckpoint(this.#key, office, point)) {
      return bad("検査点の署名が合いません（偽造か、別の鍵の検査点）。", this.#suspect());
    }
    if (point.size > now) {
      return bad(
        `検査点は ${point.size} 件と言っていますが、ここまでに ${now} 件しかありません。記録が抜けています。`,
        now,
      );
    }
    if (point.size < now) {
      return bad(
        `検査点は ${point.size} 件と言っていますが、ここまでに ${now} 件あります。記録が差し込まれています。`,
        this.#suspect(),
      );
    }
    if (point.root !== this.#rootText()) {
      return bad(
        `番号 ${this.#covered} から ${now - 1} までのどこかの記録が変えられています（木の根が検査点と合いません）。`,
        this.#suspect(),
      );
    }
    this.#checkpoints += 1;
    this.#covered = point.size;
    this.#lastPoint = point;
    const { collation = "" } = this.#expect;
    this.#collationSeen ||= sameCollationNumber(collation, collationNumber(office, point));
    return undefined;
  }

  #finish(): Fault | undefined {
    this.#line += 1;
    if (this.#line === 1) return bad("ファイルが空です。");
    if (this.#bad || this.#header === undefined) return undefined;
    const { size } = this.#header;
    if (this.entries < size) {
      return bad(
        `見出しは ${size} 件と言っていますが、${this.entries} 件で終わっています。末尾が切り取られています。`,
        this.entries,
      );
    }
    if (this.#lastPoint === undefined || this.#covered < this.entries || this.entries > size) {
      return bad(
        "全件を覆う検査点で終わっていません。末尾が切り取られたか、記録が足されています。",
        this.#suspect(),
      );
    }
    if (this.#expect.collation !== undefined && !this.#collationSeen) {
      return bad("控えの照合番号と一致する検査点が、このファイルにありません。");
    }
    return undefined;
  }

  /** まだ検査点に覆われていない最初の番号。覆われていない記録がなければ言わない。 */
  #suspect(): number | undefined {
    return this.#covered < this.entries ? this.#covered : undefined;
  }

  #rootText(): string {
    return Buffer.from(frontierRoot(this.#frontier)).toString("base64");
  }
}

function bad(reason: string, seq?: number): Fault {
  return seq === undefined ? { reason } : { seq, reason };
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

function leafOf(entry: LogEntry): Uint8Array | undefined {
  try {
    return leafHash(leafBytes(entry));
  } catch {
    return undefined;
  }
}
