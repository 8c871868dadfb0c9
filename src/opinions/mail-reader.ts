import { AppError } from "../base/error.ts";
import { decodeText } from "../office/csv-encoding.ts";
import { htmlText } from "./html-text.ts";
import { decodeWords, mendJis, readParameters, readTransfer } from "./mail-encoding.ts";

export interface MailFile {
  fileName: string;
  media: string;
  bytes: Uint8Array;
}

export interface ReadMail {
  subject: string;
  /** 差出人の名とアドレス。 */
  from: { name: string; address: string };
  /** Date 欄（そのまま）。読めれば day に日本の日。 */
  day: string | undefined;
  text: string;
  attachments: MailFile[];
  /** 同じメールを二度受け取らないための印（Message-ID。なければ空）。 */
  messageId: string;
  /** 転送されたメールなら、もとの差出人。 */
  origin?: { name: string; address: string };
  /** 中を読めない添付（winmail.dat など）。 */
  unread: string[];
}

interface Part {
  headers: Map<string, string>;
  body: Uint8Array;
}

const MAX_BYTES = 40 * 1024 * 1024;
const MAX_DEPTH = 12;
const MAX_PARTS = 500;

/**
 * 電子メールのファイル（.eml、RFC 5322 と MIME）を読む。ISO-2022-JP・Shift_JIS・EUC-JP・UTF-8、base64・quoted-printable、
 * RFC 2047 の件名、RFC 2231 の添付の名、format=flowed、HTML だけのメールを読む。
 * @throws AppError BAD_INPUT（メールでない、大きすぎる）
 */
export function readMail(given: Uint8Array): ReadMail {
  const bytes = given[0] === 0xef && given[1] === 0xbb && given[2] === 0xbf ? given.subarray(3) : given;
  if (bytes[0] === 0xd0 && bytes[1] === 0xcf)
    throw new AppError(
      "BAD_INPUT",
      "Outlook の形（.msg）のメールは読めません。Outlook で開き、「.eml」で保存し直すか、本文を写して受け取ってください。",
    );
  if (bytes.length > MAX_BYTES)
    throw new AppError("TOO_LARGE", "メールのファイルが大きすぎます（40MBまで）。");
  const top = splitPart(bytes);
  if (
    !["from", "date", "subject", "received", "mime-version", "content-type"].some((name) =>
      top.headers.has(name),
    )
  )
    throw new AppError(
      "BAD_INPUT",
      "電子メールのファイル（.eml）ではないようです。メールを「.eml」で保存し直してください。",
    );
  const found: Found = { plain: [], html: [], files: [], parts: 0 };
  collect(top, found, 0);
  const header = (name: string) =>
    decodeWords(top.headers.get(name) ?? "")
      .replace(/\s+/g, " ")
      .trim();
  const from = addressOf(header("from"));
  const raw = found.plain.length > 0 ? found.plain.join("\n\n") : found.html.map(htmlText).join("\n\n");
  const text = raw
    .replace(/\r\n?/g, "\n")
    .replace(/^\ufeff/, "")
    .trim();
  const origin = found.origin ?? forwardedFrom(text);
  return {
    ...{ subject: header("subject"), from, day: dayOfDate(header("date")), text },
    ...{ attachments: found.files, messageId: header("message-id"), ...(origin ? { origin } : {}) },
    unread: found.files
      .filter(({ media, fileName }) => media === "application/ms-tnef" || /winmail\.dat$/i.test(fileName))
      .map(({ fileName }) => fileName || "winmail.dat"),
  };
}

interface Found {
  plain: string[];
  html: string[];
  files: MailFile[];
  parts: number;
  origin?: { name: string; address: string };
}

/** 本文の中に写された転送（「-----Original Message-----」「転送メッセージ」と、差出人の行）。 */
function forwardedFrom(text: string): { name: string; address: string } | undefined {
  const mark =
    /^[-–—=_ ]*(?:original message|forwarded message|begin forwarded message|元のメッセージ|転送(?:された)?メッセージ|ここから転送)[-–—=_: ]*$/im.exec(
      text,
    );
  if (!mark) return undefined;
  const head = text.slice(mark.index + mark[0].length, mark.index + mark[0].length + 600);
  const line = /^[> ]*(?:from|差出人|送信者)[ 　]*[:：][ 　]*(.+)$/im.exec(head)?.[1];
  return line === undefined ? undefined : addressOf(line.trim());
}

function collect(part: Part, found: Found, depth: number): void {
  found.parts += 1;
  if (depth > MAX_DEPTH || found.parts > MAX_PARTS) return;
  const type = readParameters(part.headers.get("content-type") ?? "text/plain");
  const media = type.value.toLowerCase() || "text/plain";
  const boundary = type.parameters.get("boundary");
  if (media.startsWith("multipart/") && boundary !== undefined && boundary !== "") {
    const inner = splitMultipart(part.body, boundary).map(splitPart);
    // alternative は、平文があれば平文だけを読む（同じ文が二度にならないように）。
    const plain = inner.filter((one) => mediaOf(one) === "text/plain");
    const chosen =
      media === "multipart/alternative" && plain.length > 0
        ? [...plain, ...inner.filter((one) => !/^text\/(?!calendar)/.test(mediaOf(one)))]
        : inner;
    for (const one of chosen) collect(one, found, depth + 1);
    return;
  }
  const disposition = readParameters(part.headers.get("content-disposition") ?? "");
  const name = disposition.parameters.get("filename") ?? type.parameters.get("name") ?? "";
  const bytes = readTransfer(part.body, part.headers.get("content-transfer-encoding") ?? "");
  const attached = disposition.value.toLowerCase() === "attachment" || name !== "";
  if (media === "message/rfc822") {
    // 転送されたメール。意見はその中にあるので、文も添付も取り出す。
    const inner = splitPart(bytes);
    found.origin ??= addressOf(
      decodeWords(inner.headers.get("from") ?? "")
        .replace(/\s+/g, " ")
        .trim(),
    );
    collect(inner, found, depth + 1);
    return;
  }
  // 予定への返事（text/calendar）は、名がなくても、文ではなく添えられたファイル。
  if (attached || !media.startsWith("text/") || media === "text/calendar") {
    if (bytes.length > 0) found.files.push({ fileName: decodeWords(name), media, bytes });
    return;
  }
  const text = textOf(bytes, type.parameters.get("charset"));
  if (media === "text/html") found.html.push(text);
  else found.plain.push(type.parameters.get("format")?.toLowerCase() === "flowed" ? unflow(text) : text);
}

function mediaOf(part: Part): string {
  return readParameters(part.headers.get("content-type") ?? "text/plain").value.toLowerCase();
}

/** 書かれた文字コードで読み、読めなければ見分ける（「charset=us-ascii」と書いた JIS など）。 */
export function textOf(bytes: Uint8Array, charset: string | undefined): string {
  const label = (charset ?? "")
    .toLowerCase()
    .replace(/^(?:cp932|windows-31j|ms_kanji|x-sjis)$/, "shift_jis")
    .replace(/^(?:iso-2022-jp-(?:ms|1|2|3)|cp5022[012])$/, "iso-2022-jp");
  if (label !== "" && label !== "us-ascii" && label !== "ascii")
    try {
      return new TextDecoder(label, { fatal: true }).decode(
        label.startsWith("iso-2022") ? mendJis(bytes) : bytes,
      );
    } catch {
      // 書かれた文字コードでは読めない。下で見分ける。
    }
  try {
    return decodeText(mendJis(bytes)).text;
  } catch {
    return new TextDecoder("utf-8").decode(bytes);
  }
}

/** 頭と中身に分ける。頭の折り返しはつなぐ。 */
function splitPart(bytes: Uint8Array): Part {
  const end = headerEnd(bytes);
  const head = latin(bytes.subarray(0, end.head))
    .replace(/\r\n?/g, "\n")
    .replace(/\n[ \t]+/g, " ");
  const headers = new Map<string, string>();
  for (const line of head.split("\n")) {
    const colon = line.indexOf(":");
    if (colon <= 0) continue;
    const name = line.slice(0, colon).trim().toLowerCase();
    if (!headers.has(name)) headers.set(name, line.slice(colon + 1).trim());
  }
  return { headers, body: bytes.subarray(end.body) };
}

/** 空行の場所。LF、CRLF、CR のどれでも。なければ、みな頭。 */
function headerEnd(bytes: Uint8Array): { head: number; body: number } {
  if (bytes[0] === 10) return { head: 0, body: 1 };
  if (bytes[0] === 13 && bytes[1] === 10) return { head: 0, body: 2 };
  for (let at = 0; at < bytes.length - 1; at += 1) {
    if (bytes[at] === 10 && bytes[at + 1] === 10) return { head: at, body: at + 2 };
    if (bytes[at] === 10 && bytes[at + 1] === 13 && bytes[at + 2] === 10) return { head: at, body: at + 3 };
    if (bytes[at] === 13 && bytes[at + 1] === 13) return { head: at, body: at + 2 };
  }
  return { head: bytes.length, body: bytes.length };
}

function splitMultipart(body: Uint8Array, boundary: string): Uint8Array[] {
  const text = latin(body);
  const parts: Uint8Array[] = [];
  const mark = `--${boundary}`;
  let start = -1;
  for (let at = text.indexOf(mark); at >= 0; at = text.indexOf(mark, at + mark.length)) {
    if (at > 0 && text[at - 1] !== "\n" && text[at - 1] !== "\r") continue;
    if (start >= 0) parts.push(body.subarray(start, lineBefore(text, at)));
    const tail = text.slice(at + mark.length, at + mark.length + 2);
    const line = text.indexOf("\n", at + mark.length);
    start = line < 0 ? text.length : line + 1;
    if (tail === "--") return parts;
  }
  if (start >= 0 && start < text.length) parts.push(body.subarray(start));
  return parts;
}

function lineBefore(text: string, at: number): number {
  return text[at - 2] === "\r" && text[at - 1] === "\n" ? at - 2 : at - 1;
}

function latin(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
}

/** RFC 3676: 行末の空白は、続く行につながるしるし。 */
function unflow(text: string): string {
  return text
    .replace(/\r\n?/g, "\n")
    .replace(/^ (?=[ >]|From )/gm, "")
    .replace(/(?<!^--) \n/gm, (hit, at: number, all: string) =>
      /[\u0020-\u007e]/.test(all[at - 1] ?? "") ? " " : hit.trim(),
    );
}

function addressOf(text: string): { name: string; address: string } {
  const angle = /^(.*)<([^<>]*)>/.exec(text);
  if (angle)
    return { name: (angle[1] ?? "").trim().replace(/^"(.*)"$/, "$1"), address: (angle[2] ?? "").trim() };
  const comment = /^(\S+@\S+)\s*\((.*)\)$/.exec(text);
  if (comment) return { name: comment[2] ?? "", address: comment[1] ?? "" };
  return { name: "", address: text };
}

/** Date 欄から、日本の日。 */
function dayOfDate(text: string): string | undefined {
  const at = Date.parse(text.replace(/\(.*\)$/, "").trim());
  return Number.isNaN(at) ? undefined : new Date(at + 9 * 3_600_000).toISOString().slice(0, 10);
}
