import { createHash } from "node:crypto";
import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import { newId } from "../base/identifier.ts";
import type { Manuscript, ManuscriptWarning } from "../manuscript/manuscript.ts";
import { readManuscript } from "../manuscript/manuscript-reader.ts";
import { keepFile } from "../platform/keep-file.ts";
import type { SubjectKey } from "../platform/key.ts";
import type { Office, Tx } from "../platform/office.ts";
import { flattenBlocks, type IncomingBlock, matchBlocks } from "./match-blocks.ts";
import { type PlanBlock, POSITION_STEP } from "./plan-block.ts";
import { listFileRows, type PlanFileRow, putFileRow, replaceFileRow } from "./plan-file-store.ts";
import { refusePlanRole } from "./plan-right.ts";
import { type BlockRow, insertPlan, listBlockRows, takeSequence } from "./plan-store.ts";
import { blockOf, openPlan } from "./read-plan.ts";
import { blankItem } from "./upper.ts";
import { putUpperRow } from "./upper-store.ts";
import { writeChange } from "./write-change.ts";

/** 一つのデータ・画像の上限（バイト）。 */
export const PLAN_FILE_BYTES = 30 * 1024 * 1024;

export interface ImportedPlan {
  id: string;
  title: string;
  /** 足した・直した・消した部分の数。 */
  added: number;
  changed: number;
  removed: number;
  warnings: ManuscriptWarning[];
}

/**
 * 原稿のフォルダー（名 → 中身）を、新しい計画として取り込む。
 * @throws AppError BAD_INPUT（plan.yaml がない、読めない）、TOO_LARGE（大きすぎる画像）、FORBIDDEN
 */
export async function importPlan(
  office: Office,
  actor: Actor,
  files: ReadonlyMap<string, Uint8Array>,
  reason = "原稿の取り込み",
): Promise<ImportedPlan> {
  refusePlanRole("write", actor);
  refuseLarge(files);
  const manuscript = readManuscript(files);
  const key = await office.keys.fresh(actor.contract);
  return store(office, actor, { key, manuscript, files, reason, known: undefined });
}

/**
 * 計画に、外で直した原稿のフォルダーを取り込む。名（id）で部分を結び、直した部分だけが新しい版になる。
 * フォルダーにない部分は消える（経過には残り、戻せる）。データと画像は、同じ名のものを替える。
 * @throws AppError importPlan と同じ、NOT_FOUND
 */
export async function reimportPlan(
  office: Office,
  actor: Actor,
  planId: string,
  files: ReadonlyMap<string, Uint8Array>,
  reason: string,
): Promise<ImportedPlan> {
  refusePlanRole("write", actor);
  refuseLarge(files);
  const manuscript = readManuscript(files);
  const { key } = await openPlan(office, actor, planId);
  return store(office, actor, { key, manuscript, files, reason, known: planId });
}

/** 大きすぎる画像は、取り込む前に断る。 */
function refuseLarge(files: ReadonlyMap<string, Uint8Array>): void {
  for (const [name, { length }] of files)
    if (length > PLAN_FILE_BYTES)
      throw new AppError(
        "TOO_LARGE",
        `「${name}」が大きすぎます（${Math.ceil(length / 1024 / 1024)} MB）。1つのファイルは 30 MB までです。写真は、幅 3,000 画素ほどに縮めてから入れてください。原稿は、まだ何も変わっていません。`,
      );
}

interface Storing {
  key: SubjectKey;
  manuscript: Manuscript;
  files: ReadonlyMap<string, Uint8Array>;
  reason: string;
  known: string | undefined;
}

async function store(office: Office, actor: Actor, given: Storing): Promise<ImportedPlan> {
  const { manuscript, key } = given;
  const incoming = [...flattenBlocks(manuscript.blocks), ...notesOf(manuscript)];
  const live = given.known === undefined ? [] : await listFileRows(office.read, key, given.known);
  const before = new Map(live.map(({ name, sha256 }) => [name, sha256]));
  // 同じ中身のファイルは替えない（替えると、書いた権利と、調査の図の印が消える）。
  const assets = [...given.files].filter(
    ([name, bytes]) =>
      !/^plan\.ya?ml$/.test(name) &&
      !/^[^/]+\.md$/i.test(name) &&
      before.get(name) !== createHash("sha256").update(bytes).digest("hex"),
  );
  const keys: SubjectKey[] = [];
  for (const _ of assets) keys.push(await office.keys.fresh(actor.contract));
  return office.act(actor, async (tx) => {
    const plan = key.id;
    if (given.known === undefined)
      await insertPlan(tx, {
        ...{ id: plan, contract_id: tx.contract, title: manuscript.meta.title, sequence: 0, edition: 1 },
        ...{ meta: JSON.stringify(manuscript.meta), made_by: tx.actor.id, made_at: tx.now },
      });
    if (given.known === undefined) await writeUppers(tx, plan, manuscript);
    const counts = await writeBlocks(tx, { plan, key }, incoming, given.reason);
    for (const [at, [name, bytes]] of assets.entries()) {
      const fileKey = keys[at];
      if (fileKey) await writeFile(tx, { plan, key }, fileKey, name, bytes);
    }
    await tx.record({ kind: "plan.imported", about: plan, payload: { ...counts, files: assets.length } });
    return { id: plan, title: manuscript.meta.title, ...counts, warnings: manuscript.warnings };
  });
}

/** plan.yaml の上位計画を、記号のはじめの「-」の前でまとめて置く。 */
async function writeUppers(tx: Tx, plan: string, { meta }: Manuscript): Promise<void> {
  const groups = Map.groupBy(Object.entries(meta.upper), ([code]) => code.split("-")[0] ?? code);
  for (const [at, [code, items]] of [...groups].entries()) {
    const name = meta.upperPlans?.[code] ?? `上位計画${code}`;
    await putUpperRow(tx, {
      ...{ id: newId(), contract_id: tx.contract, plan_id: plan, code, name, kind: "plan", position: at + 1 },
      short_name: name
        .replace(/^第[０-９\d一二三四五]+次/, "")
        .replace(/（.*$/, "")
        .slice(-10),
      items: JSON.stringify(items.map(([itemCode, title]) => blankItem(itemCode, title))),
      ...{ made_by: tx.actor.id, made_at: tx.now },
    });
  }
}

function notesOf({ footnotes }: Manuscript): IncomingBlock[] {
  return [...footnotes].map(([id, text], at) => ({
    ...{ id: `^${id}`, content: { kind: "footnote" as const, text }, parentAt: -1 },
    position: (at + 1) * POSITION_STEP,
  }));
}

/**
 * データ・画像を一つ置く。seen を言えば、その中身（sha256。なかったら null）のままのときだけ。
 * @throws AppError CONFLICT（ほかの人が先に替えた）
 */
export async function writeFile(
  tx: Tx,
  { plan, key }: { plan: string; key: SubjectKey },
  fileKey: SubjectKey,
  name: string,
  bytes: Uint8Array,
  more: { origin?: string; rights?: string; seen?: string | null } = {},
): Promise<void> {
  const media = /\.csv$/i.test(name) ? "text/csv" : "application/octet-stream";
  const { id, sha256 } = await keepFile(tx, fileKey, { kind: "plan-file", fileName: name, media, bytes });
  const row: PlanFileRow = {
    ...{ id: newId(), contract_id: tx.contract, plan_id: plan, name, blob_id: id, sha256 },
    ...{ size: bytes.length, state: "live", origin: more.origin ?? null, rights: more.rights ?? "" },
    ...{ made_by: tx.actor.id, made_at: tx.now },
  };
  if (more.seen === undefined) await putFileRow(tx, key, row);
  else if (!(await replaceFileRow(tx, key, row, more.seen)))
    throw new AppError("CONFLICT", "ほかの人が先に直しました。今の文をご確認ください。");
}

async function writeBlocks(
  tx: Tx,
  plan: { plan: string; key: SubjectKey },
  incoming: readonly IncomingBlock[],
  reason: string,
): Promise<{ added: number; changed: number; removed: number }> {
  const rows = await listBlockRows(tx, plan.key, plan.plan);
  const byId = new Map(rows.map((row) => [row.block, row]));
  const live = rows.map(blockOf).flatMap((one): PlanBlock[] => (one.live ? [one.block] : []));
  const matched = matchBlocks(live, incoming);
  const ids = incoming.map((one, at) => matched.get(at) ?? (one.id || freshBlockId(one.content.kind)));
  const counts = { added: 0, changed: 0, removed: 0 };
  const kept = new Set(ids);
  const write = (
    before: BlockRow | undefined,
    next: Parameters<typeof writeChange>[4],
    act: "insert" | "change" | "remove",
  ) =>
    takeSequence(tx, tx.contract, plan.plan).then((number) =>
      writeChange(tx, plan, number, before, next, { act, reason }),
    );
  for (const [at, one] of incoming.entries()) {
    const block = ids[at] ?? "";
    const before = byId.get(block);
    const parent = one.parentAt < 0 ? null : (ids[one.parentAt] ?? null);
    const same =
      before?.state === "live" &&
      before.body === JSON.stringify(one.content) &&
      before.parent === parent &&
      before.position === one.position;
    if (same) continue;
    await write(
      before,
      {
        ...{ block, content: one.content, parent, position: one.position, state: "live" },
        ...{ trackedFrom: null, review: before?.review ?? "draft" },
      },
      before?.state === "live" ? "change" : "insert",
    );
    counts[before?.state === "live" ? "changed" : "added"] += 1;
  }
  for (const { id, content, parent, position, review } of live) {
    if (kept.has(id)) continue;
    await write(
      byId.get(id),
      { block: id, content, parent, position, state: "removed", trackedFrom: null, review },
      "remove",
    );
    counts.removed += 1;
  }
  return counts;
}

/** 名のない部分に付ける、変わらない名（種類の頭文字と番号）。 */
export function freshBlockId(kind: string): string {
  return `${kind.slice(0, 1)}-${newId().replaceAll("-", "").slice(-12)}`;
}
