import { createHash } from "node:crypto";
import { z } from "zod";
import { AppError } from "../base/error.ts";
import { headText } from "../office/csv-encoding.ts";
import { sameBytes } from "../sealing/seal.ts";
import { checkFormat, checkSeal } from "./check-letter.ts";
import { type ReadCorrections, unspaced } from "./check-sheet-reader.ts";
import type { MinutesRecord } from "./minutes-record.ts";

const answerShape = z.object({
  format: z.literal(checkFormat),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  seal: z.string().regex(/^[0-9a-f]{32}$/),
  note: z.string().max(1_000).default(""),
  corrections: z
    .array(z.object({ line: z.int().min(1), before: z.string().max(40_000), after: z.string().max(20_000) }))
    .max(5_000),
});

export interface ReadCheckAnswer extends ReadCorrections {
  /** だれに渡した頁の回答か（委員の id）。 */
  member: string;
  note: string;
  /** 頁を渡したあとで、こちらが直していた発言の番号。 */
  moved: number[];
  /** 回答のファイルの SHA-256（二度読まないため）。 */
  answer: string;
}

/** 確認の頁の回答（.json）らしいか。 */
export function looksLikeCheckAnswer(bytes: Uint8Array): boolean {
  return /^\s*\{/.test(headText(bytes));
}

/**
 * 確認の頁の回答を読む。確認番号が、この会議のどの委員に渡したものとも合わなければ読まない。
 * @throws AppError BAD_INPUT（形が違う）、REFUSED（ほかの会議の回答、手を入れた回答）
 */
export function readCheckAnswer(
  bytes: Uint8Array,
  record: MinutesRecord,
  issued: { lookupKey: Uint8Array; meeting: string; members: readonly string[] },
): ReadCheckAnswer {
  const read = answerShape.safeParse(jsonOf(bytes));
  if (!read.success)
    throw new AppError(
      "BAD_INPUT",
      "確認の頁の回答（.json）ではないようです。頁の「回答のファイルを作る」でできたファイルをお受け取りください。",
    );
  const { hash, seal, note, corrections } = read.data;
  const member = issued.members.find((id) =>
    sameBytes(Buffer.from(seal), Buffer.from(checkSeal(issued.lookupKey, issued.meeting, id, hash))),
  );
  if (member === undefined)
    throw new AppError(
      "REFUSED",
      "確認番号が合いません。ほかの会議の頁の回答か、途中で変わったファイルです。もう一度お送りいただいてください。",
    );
  const byId = new Map(record.lines.map((line) => [line.id, line]));
  const found: ReadCheckAnswer = {
    ...{ member, note, corrections: [], refused: [], moved: [] },
    answer: createHash("sha256").update(bytes).digest("hex"),
  };
  for (const { line: id, before, after } of corrections) {
    const line = byId.get(id);
    if (line === undefined) found.refused.push({ line: id, why: "番号の発言がありません", after });
    else if (after.trim() !== "" && unspaced(after) !== unspaced(line.text)) {
      found.corrections.push({ line: id, before: line.text, after: after.trim() });
      if (unspaced(before) !== unspaced(line.text)) found.moved.push(id);
    }
  }
  return found;
}

function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes).replace(/^\ufeff/, ""));
  } catch {
    return undefined;
  }
}
