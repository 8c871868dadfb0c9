import { Inflate, type ZipOptions, type Zippable, zipSync } from "fflate";
import { AppError } from "../base/error.ts";
import { crc32 } from "./checksum.ts";
import { readZipDirectory, type ZipEntry } from "./zip-directory.ts";

/** 開いてよい大きさの上限。すべてバイト（entries は個数、ratio は倍）。 */
export interface ZipLimits {
  /** 圧縮されたままのファイル全体。 */
  fileBytes: number;
  entries: number;
  /** 一つの部品を展開した大きさ。 */
  entryBytes: number;
  /** 展開した部品の合計。 */
  totalBytes: number;
  /** 1 MiB を超える部品の、展開後÷圧縮後。 */
  ratio: number;
}

const MIB = 1024 * 1024;
const defaultLimits: ZipLimits = {
  fileBytes: 64 * MIB,
  entries: 4096,
  entryBytes: 96 * MIB,
  totalBytes: 192 * MIB,
  ratio: 400,
};
/** 1回に渡す圧縮データ。DEFLATE は最大 1032 倍なので、上限に気づくまでに増えるのは 8 MiB まで。 */
const CHUNK = 8 * 1024;
const DEFLATE_MAX_RATIO = 1032;

/**
 * ZIP（.docx .xlsx .pptx を含む）を開いて、名前 → 中身 を返す。フォルダの項目は含まない。
 * 目次の申告で先に断り、展開中も申告を超えた時点で止めるので、圧縮爆弾で記憶を使い切らない。
 * wanted を渡すと、その名前だけを展開する（表を読むだけなら写真は要らない）。
 * @throws AppError BAD_INPUT（ZIP でない、壊れている、パスワード、危ない名前）、TOO_LARGE（上限超え）
 */
export function openZip(
  bytes: Uint8Array,
  limits: Partial<ZipLimits> = {},
  wanted: (name: string) => boolean = () => true,
): Map<string, Uint8Array> {
  const cap = { ...defaultLimits, ...limits };
  if (bytes.length > cap.fileBytes) throw tooLarge("ファイル", cap.fileBytes);
  const all = readZipDirectory(bytes, cap.entries);
  const entries = all.filter((entry) => wanted(entry.name));
  refuseByDeclaration(entries, cap);
  const parts = new Map<string, Uint8Array>();
  for (const entry of entries) parts.set(entry.name, inflateEntry(bytes, entry));
  return parts;
}

/**
 * 名前 → 中身 から ZIP を作る。順は Map の順、時刻は固定なので、同じ中身からは同じバイト列ができる。
 */
export function writeZip(parts: Map<string, Uint8Array>): Uint8Array {
  const tree: Zippable = {};
  for (const [name, data] of parts) tree[name] = [data, optionsFor(name)];
  return zipSync(tree, { mtime: new Date(1980, 0, 1) });
}

function optionsFor(name: string): ZipOptions {
  const packed = name === "mimetype" || /\.(png|jpe?g|gif|zip|docx|xlsx|pptx)$/i.test(name);
  return { level: packed ? 0 : 6 };
}

function refuseByDeclaration(entries: ZipEntry[], cap: ZipLimits): void {
  let total = 0;
  for (const entry of entries) {
    total += entry.size;
    if (entry.size > cap.entryBytes) throw tooLarge("展開した部品の一つ", cap.entryBytes);
    if (total > cap.totalBytes) throw tooLarge("展開した中身", cap.totalBytes);
    const ratio = entry.size / Math.max(1, entry.packed);
    if (entry.size > MIB && ratio > Math.min(cap.ratio, DEFLATE_MAX_RATIO)) {
      throw new AppError(
        "TOO_LARGE",
        "ファイルの圧縮率が異常に高いため、安全のため開きませんでした。元のソフトで開き、使っていない行や列を削除して保存し直してください。",
      );
    }
  }
}

function tooLarge(what: string, limit: number): AppError {
  return new AppError(
    "TOO_LARGE",
    `${what}が大きすぎるため開けません（上限 ${Math.floor(limit / MIB)} MB）。写真や使っていないシートを除くか、分けて保存してからお試しください。`,
  );
}

function inflateEntry(bytes: Uint8Array, entry: ZipEntry): Uint8Array {
  const packed = bytes.subarray(entry.start, entry.start + entry.packed);
  const data = entry.method === 0 ? packed.slice() : inflateTo(packed, entry.size);
  if (data.length !== entry.size || crc32(data) !== entry.crc) throw broken();
  return data;
}

function inflateTo(packed: Uint8Array, size: number): Uint8Array {
  const out = new Uint8Array(size);
  let filled = 0;
  const stream = new Inflate((chunk) => {
    if (filled + chunk.length > size) throw broken();
    out.set(chunk, filled);
    filled += chunk.length;
  });
  try {
    for (let at = 0; at < packed.length; at += CHUNK) {
      stream.push(packed.subarray(at, at + CHUNK), at + CHUNK >= packed.length);
    }
  } catch {
    // fflate の英語の例外も、申告超えも、使う人にとっては「壊れている」の一つ。
    throw broken();
  }
  return out.subarray(0, filled);
}

function broken(): AppError {
  return new AppError(
    "BAD_INPUT",
    "ファイルの一部が壊れています。元のソフトで開いて保存し直すか、もう一度受け取り直してください。",
  );
}
