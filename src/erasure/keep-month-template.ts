import { basename } from "node:path";
import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import { newId } from "../base/identifier.ts";
import type { Instant } from "../base/time.ts";
import { type ClientTemplate, insertTemplate, listTemplates } from "../platform/client-template-store.ts";
import { type KeptFile, keepFile, openFile } from "../platform/keep-file.ts";
import type { Office } from "../platform/office.ts";
import { refuseRight } from "./erasure-right.ts";
import { type MarkedMonthFile, markMonthFile } from "./mark-month-file.ts";
import { matchTemplate, type TemplateMap } from "./month-template.ts";

const KIND = "monthly-privacy-report";
/** 様式のファイルの上限（バイト）。 */
export const MAX_MONTH_TEMPLATE = 20 * 1024 * 1024;

/** 残してある委託者の様式の、いまの版。 */
export interface MonthTemplate {
  id: string;
  /** 1 から。様式を替えるか、当て方を替えるたびに一つ進む。 */
  version: number;
  fileName: string;
  at: Instant;
  marked: MarkedMonthFile;
  map: TemplateMap;
  /** 前の版（新しい順）。 */
  past: { version: number; fileName: string; at: Instant }[];
}

/** いまの様式。まだ一度も置いていなければ undefined。 */
export async function openMonthTemplate(
  office: Office,
  contract: string,
): Promise<MonthTemplate | undefined> {
  const rows = await listTemplates(office.read, contract, KIND);
  const [row, ...past] = rows;
  if (!row) return undefined;
  const { bytes } = await openFile(office, contract, row.blob_id);
  return {
    ...{ id: row.id, version: rows.length, fileName: row.file_name, at: row.created_at },
    marked: markMonthFile(bytes),
    map: mapOf(row),
    past: past.map((one, at) => ({
      version: rows.length - 1 - at,
      fileName: one.file_name,
      at: one.created_at,
    })),
  };
}

function mapOf({ fields }: ClientTemplate): TemplateMap {
  return JSON.parse(fields) as TemplateMap;
}

/**
 * 委託者の様式（.docx か .xlsx）を置く。名の似た値に当てておき、前の様式で人が当てた名は引き継ぐ。
 * @param labels 差し込める値の見出し
 * @throws AppError BAD_INPUT（開けない、差し込む所がない）、TOO_LARGE、FORBIDDEN
 */
export async function keepMonthTemplate(
  office: Office,
  actor: Actor,
  file: { fileName: string; bytes: Uint8Array },
  labels: readonly string[],
): Promise<{ names: string[]; mapped: number }> {
  refuseRight("month", actor);
  if (file.bytes.length > MAX_MONTH_TEMPLATE)
    throw new AppError("TOO_LARGE", "様式のファイルが大きすぎます（20 MB まで）。");
  const { names, extension } = markMonthFile(file.bytes);
  const before = (await listTemplates(office.read, actor.contract, KIND, 1))[0];
  const old = before === undefined ? {} : mapOf(before);
  const own = Object.entries(old).filter(([name, label]) => names.includes(name) && labels.includes(label));
  const map = { ...matchTemplate(names, labels), ...Object.fromEntries(own) };
  const fileName = basename(file.fileName).slice(0, 120) || `様式１.${extension}`;
  const key = await office.keys.fresh(actor.contract);
  await office.act(actor, async (tx) => {
    const { sha256 } = await keepFile(tx, key, {
      ...{ kind: "month-template", fileName, media: "application/octet-stream", bytes: file.bytes },
    });
    await putTemplate(tx, { blob: key.id, fileName, map, by: actor.id });
    await tx.record({
      kind: "privacy-month.template-kept",
      payload: { sha256, names: names.length, mapped: Object.keys(map).length },
    });
  });
  return { names, mapped: Object.keys(map).length };
}

/**
 * 様式の名に当てる値を替える（新しい版になる）。空の見出しは「差し込まない」。
 * @throws AppError REFUSED（様式がまだない）、CONFLICT（ほかの人が先に替えた）、BAD_INPUT、FORBIDDEN
 */
export async function mapMonthTemplate(
  office: Office,
  actor: Actor,
  given: { version: number; map: TemplateMap },
  labels: readonly string[],
): Promise<void> {
  refuseRight("month", actor);
  const kept = await openMonthTemplate(office, actor.contract);
  const [row] = await listTemplates(office.read, actor.contract, KIND, 1);
  if (!kept || !row)
    throw new AppError("REFUSED", "委託者の様式がまだありません。先に様式を置いてください。");
  if (kept.version !== given.version)
    throw new AppError(
      "CONFLICT",
      "ほかの人が先に様式を替えました。画面を開き直して、もう一度選んでください。",
    );
  const chosen = Object.entries(given.map).filter(([, label]) => label !== "");
  if (chosen.some(([name, label]) => !kept.marked.names.includes(name) || !labels.includes(label)))
    throw new AppError("BAD_INPUT", "一覧にない名か値があります。画面を開き直して選び直してください。");
  const map = Object.fromEntries(chosen);
  await office.act(actor, async (tx) => {
    await putTemplate(tx, { blob: row.blob_id, fileName: row.file_name, map, by: actor.id });
    await tx.record({
      kind: "privacy-month.template-mapped",
      payload: { version: kept.version + 1, mapped: chosen.length },
    });
  });
}

async function putTemplate(
  tx: Parameters<typeof insertTemplate>[0] & { contract: string; now: Instant },
  { blob, fileName, map, by }: { blob: string; fileName: string; map: TemplateMap; by: string },
): Promise<void> {
  await insertTemplate(tx, {
    ...{ id: newId(), contract_id: tx.contract, kind: KIND, blob_id: blob, file_name: fileName },
    ...{ fields: JSON.stringify(map), created_at: tx.now, created_by: by },
  });
}

/** 置いたままの様式を取り出す。 @throws AppError NOT_FOUND */
export async function takeMonthTemplate(office: Office, actor: Actor): Promise<KeptFile> {
  refuseRight("see", actor);
  const [row] = await listTemplates(office.read, actor.contract, KIND, 1);
  if (!row) throw new AppError("NOT_FOUND", "様式がまだありません。");
  return openFile(office, actor.contract, row.blob_id);
}
