import { AppError } from "../base/error.ts";

/** ZIP の目次の一項目。start は圧縮データの先頭（ファイル内の位置）。 */
export interface ZipEntry {
  name: string;
  method: 0 | 8;
  crc: number;
  packed: number;
  size: number;
  start: number;
}

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
const END64 = 0x06064b50;
const END64_LOCATOR = 0x07064b50;
const OLE = 0xe011cfd0;
const FULL32 = 0xffffffff;

/**
 * ZIP の目次（central directory）を読む。何も展開しない。
 * @throws AppError BAD_INPUT: ZIP でない、途中で切れている、暗号化、危ない名前、同じ名前が二つ。
 */
export function readZipDirectory(bytes: Uint8Array, maxEntries: number): ZipEntry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = findEnd(bytes, view);
  if (end.count > maxEntries) {
    throw new AppError(
      "TOO_LARGE",
      `ファイルの中の部品が多すぎるため開けません（上限 ${maxEntries} 個）。分けて保存してからお試しください。`,
    );
  }
  try {
    return readEntries(bytes, view, end);
  } catch (error) {
    // DataView の範囲外は、目次が途中で切れているということ。
    if (error instanceof RangeError) throw truncated();
    throw error;
  }
}

interface DirectoryEnd {
  count: number;
  offset: number;
  /** ZIP の前に別のデータが付いているときのずれ。 */
  shift: number;
}

function findEnd(bytes: Uint8Array, view: DataView): DirectoryEnd {
  const head = bytes.length >= 4 ? view.getUint32(0, true) : 0;
  if (head === OLE) throw oldOffice(bytes);
  const lowest = Math.max(0, bytes.length - 22 - 0xffff);
  for (let at = bytes.length - 22; at >= lowest; at--) {
    if (view.getUint32(at, true) !== END) continue;
    const end = endAt(view, at);
    if (end) return end;
  }
  if (head === LOCAL) throw truncated();
  throw new AppError(
    "BAD_INPUT",
    bytes.length === 0
      ? "ファイルが空です。正しいファイルを選び直してください。"
      : "Word・Excel・PowerPoint（.docx .xlsx .pptx）の形のファイルではありません。元のソフトで開き、この形で保存し直してください。",
  );
}

function endAt(view: DataView, at: number): DirectoryEnd | undefined {
  let count = view.getUint16(at + 10, true);
  let length = view.getUint32(at + 12, true);
  let offset = view.getUint32(at + 16, true);
  let top = at;
  if (count === 0xffff || length === FULL32 || offset === FULL32) {
    if (at < 20 || view.getUint32(at - 20, true) !== END64_LOCATOR) return undefined;
    top = big(view, at - 12);
    if (top + 56 > at || view.getUint32(top, true) !== END64) return undefined;
    count = big(view, top + 32);
    length = big(view, top + 40);
    offset = big(view, top + 48);
  }
  const shift = top - length - offset;
  return shift < 0 || count * 46 > length ? undefined : { count, offset, shift };
}

function readEntries(bytes: Uint8Array, view: DataView, end: DirectoryEnd): ZipEntry[] {
  const entries: ZipEntry[] = [];
  const seen = new Set<string>();
  let at = end.offset + end.shift;
  for (let n = 0; n < end.count; n++) {
    if (view.getUint32(at, true) !== CENTRAL) throw truncated();
    const nameLength = view.getUint16(at + 28, true);
    const extraLength = view.getUint16(at + 30, true);
    const flags = view.getUint16(at + 8, true);
    const name = safeName(decodeName(bytes.subarray(at + 46, at + 46 + nameLength), flags));
    if (!name.endsWith("/")) {
      const key = name.toLowerCase();
      if (seen.has(key))
        throw new AppError("BAD_INPUT", `${DAMAGED}（同じ名前の部品が二つあります）。${RESAVE}`);
      seen.add(key);
      entries.push(
        readEntry(view, at, { name, flags, extra: at + 46 + nameLength, extraLength, shift: end.shift }),
      );
    }
    at += 46 + nameLength + extraLength + view.getUint16(at + 32, true);
  }
  refuseOverlap(entries);
  return entries;
}

interface EntryHead {
  name: string;
  flags: number;
  extra: number;
  extraLength: number;
  shift: number;
}

function readEntry(view: DataView, at: number, head: EntryHead): ZipEntry {
  if (head.flags & 0x41) {
    throw new AppError(
      "BAD_INPUT",
      "ファイルにパスワードが付いています。パスワードを外して保存し直してから、もう一度お試しください。",
    );
  }
  const method = view.getUint16(at + 10, true);
  if (method !== 0 && method !== 8) {
    throw new AppError("BAD_INPUT", `この圧縮の方式（${method}）には対応していません。${RESAVE}`);
  }
  const sizes = {
    size: view.getUint32(at + 24, true),
    packed: view.getUint32(at + 20, true),
    local: view.getUint32(at + 42, true),
  };
  readZip64(view, head, sizes);
  const local = sizes.local + head.shift;
  if (view.getUint32(local, true) !== LOCAL) throw truncated();
  const start = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
  if (start + sizes.packed > view.byteLength) throw truncated();
  return {
    name: head.name,
    method,
    crc: view.getUint32(at + 16, true),
    packed: sizes.packed,
    size: sizes.size,
    start,
  };
}

function readZip64(
  view: DataView,
  head: EntryHead,
  sizes: { size: number; packed: number; local: number },
): void {
  let at = head.extra;
  const stop = head.extra + head.extraLength;
  while (at + 4 <= stop) {
    const id = view.getUint16(at, true);
    const length = view.getUint16(at + 2, true);
    if (id === 1) {
      let field = at + 4;
      for (const key of ["size", "packed", "local"] as const) {
        if (sizes[key] !== FULL32) continue;
        sizes[key] = big(view, field);
        field += 8;
      }
    }
    at += 4 + length;
  }
}

/** 同じ圧縮データを何度も指す爆弾を断る。 */
function refuseOverlap(entries: ZipEntry[]): void {
  const byStart = [...entries].sort((a, b) => a.start - b.start || a.packed - b.packed);
  let reached = 0;
  for (const entry of byStart) {
    if (entry.start < reached)
      throw new AppError("BAD_INPUT", `${DAMAGED}（部品が重なっています）。${RESAVE}`);
    reached = entry.start + entry.packed;
  }
}

function decodeName(raw: Uint8Array, flags: number): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(raw);
  } catch {
    return new TextDecoder(flags & 0x800 ? "utf-8" : "shift_jis").decode(raw);
  }
}

function safeName(raw: string): string {
  const name = raw.replaceAll("\\", "/");
  const unsafe =
    name === "" ||
    name.startsWith("/") ||
    /^[A-Za-z]:/.test(name) ||
    name.includes("\0") ||
    name.split("/").includes("..");
  if (unsafe) {
    throw new AppError("BAD_INPUT", `安全でない名前の部品を含むため、このファイルは開けません。${RESAVE}`);
  }
  return name;
}

function big(view: DataView, at: number): number {
  const value = view.getUint32(at, true) + view.getUint32(at + 4, true) * 2 ** 32;
  return Number.isSafeInteger(value) ? value : Number.MAX_SAFE_INTEGER;
}

const DAMAGED = "ファイルの作りが壊れています";
const RESAVE = "元のソフトで開いて保存し直してください。";

function truncated(): AppError {
  return new AppError(
    "BAD_INPUT",
    "ファイルが途中で切れています。もう一度受け取り直すか、元のソフトで保存し直してください。",
  );
}

/** D0CF11E0 で始まるファイル: パスワード付きの新しい形式か、古い形式（.xls .doc .ppt）。 */
function oldOffice(bytes: Uint8Array): AppError {
  return new AppError(
    "BAD_INPUT",
    hasUtf16(bytes, "EncryptedPackage")
      ? "ファイルにパスワードが付いています。パスワードを外して保存し直してから、もう一度お試しください。"
      : "古い形式（.xls .doc .ppt）のファイルです。Excel や Word で開き、新しい形式（.xlsx .docx .pptx）で保存し直してからお試しください。",
  );
}

function hasUtf16(bytes: Uint8Array, word: string): boolean {
  const needle = new Uint8Array(word.length * 2);
  for (let i = 0; i < word.length; i++) needle[i * 2] = word.charCodeAt(i);
  const last = Math.min(bytes.length, 4 * 1024 * 1024) - needle.length;
  for (let at = 0; at <= last; at += 2) {
    let i = 0;
    while (i < needle.length && bytes[at + i] === needle[i]) i++;
    if (i === needle.length) return true;
  }
  return false;
}
