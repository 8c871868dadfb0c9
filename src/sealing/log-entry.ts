import { canonicalJson } from "../base/canonical.ts";
import type { RecordedEvent } from "../base/event.ts";

/*
 * 記録の一件を、持ち出したファイルの一行と、木の葉のバイト列にする。
 * 葉は番号（seq）を含まない: 行為と同じ取引で葉を作り、番号は後からつくため。
 */

/** 番号のついた記録。payload の中の個人の部分は、封緘したまま base64 で入っている。 */
export interface LogEntry extends RecordedEvent {
  readonly seq: number;
}

/** 葉のバイト列: about, actor, at, contract, id, kind, payload, recordedAt, subject の正規の JSON（UTF-8）。 */
export function leafBytes(event: Omit<RecordedEvent, "seq">): Uint8Array {
  const [head, middle, tail] = pieces(event);
  return Buffer.from(head + middle + tail, "utf8");
}

/**
 * ファイルの一行（改行なし）。正規の JSON で、葉の中身に leaf（葉のハッシュ、base64）と seq を加えたもの。
 * leaf は、どの行が変わったかを言い当てるために置く（変わったこと自体は署名つきの検査点が示す）。
 */
export function entryLine(entry: LogEntry, leaf: Uint8Array): string {
  const [head, middle, tail] = pieces(entry);
  return `${head},"leaf":"${Buffer.from(leaf).toString("base64")}"${middle},"seq":${entry.seq}${tail}`;
}

/** 読んだ値が記録の形をしているか（余分なキーは、行を書き直して比べるときに見つかる）。 */
export function isLogEntry(value: Record<string, unknown>): boolean {
  const { seq, id, contract, kind, actor, leaf, about, subject, at, recordedAt, payload } = value;
  return (
    Number.isSafeInteger(seq) &&
    [id, contract, kind, actor, leaf].every((text) => typeof text === "string") &&
    [about, subject].every((text) => text === null || typeof text === "string") &&
    isInstant(at) &&
    isInstant(recordedAt) &&
    typeof payload === "object" &&
    payload !== null &&
    !Array.isArray(payload)
  );
}

/** 「2025-09-17T04:40:00.000Z」の形で、暦にある瞬間か。 */
export function isInstant(value: unknown): value is string {
  if (typeof value !== "string" || value.length !== 24 || !value.endsWith("Z")) return false;
  const ms = Date.parse(value);
  return !Number.isNaN(ms) && new Date(ms).toISOString() === value;
}

/** キーは名の順。leaf は kind の後、seq は recordedAt の後に入るので、そこで切っておく。 */
function pieces(event: Omit<RecordedEvent, "seq">): [string, string, string] {
  const q = canonicalJson;
  return [
    `{"about":${q(event.about)},"actor":${q(event.actor)},"at":${q(event.at)},"contract":${q(event.contract)},"id":${q(event.id)},"kind":${q(event.kind)}`,
    `,"payload":${q(event.payload)},"recordedAt":${q(event.recordedAt)}`,
    `,"subject":${q(event.subject)}}`,
  ];
}
