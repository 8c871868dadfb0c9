import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import type { Json } from "../base/event.ts";
import type { Instant } from "../base/time.ts";
import type { Office } from "../platform/office.ts";
import { openText, sealText } from "../sealing/seal.ts";
import { judgeSave } from "./draft.ts";
import { type DraftRow, findDraft, listDrafts, removeDraft, upsertDraft } from "./draft-store.ts";
import { releaseHold } from "./hold-seat.ts";
import { listHolds } from "./hold-store.ts";

export interface Draft {
  id: string;
  version: number;
  fields: Json;
  classId: string | null;
  callStartedAt: Instant | null;
  callEndedAt: Instant | null;
  savedAt: Instant;
}

/** 預ける途中の受付。screen と saveNo は judgeSave の言うとおり。 */
export type DraftToSave = Omit<Draft, "savedAt" | "callEndedAt"> &
  Partial<Pick<Draft, "callEndedAt">> & { screen?: string | undefined; saveNo?: number | undefined };

/** 同時に書く画面や通があっても、判じ直せば必ず決まる。これを超えて負け続けたら断る。 */
const TRIES = 8;

/**
 * 受付の途中を残す。中身は下書きの鍵で封じる。version は最後に受け取った版（はじめは 0）。
 * ほかの画面が書いていれば CONFLICT（detail.version に今の版、screen に書いた画面）。
 * 同じ画面の前の保存（答えが届かなかった、追い越した）は、ほかの画面とは見ない（judgeSave）。
 * 電話が切れても、電源が落ちても、次に開くと続きから始められる。
 */
export async function saveDraft(
  office: Office,
  actor: Actor,
  input: DraftToSave,
): Promise<{ version: number; savedAt: Instant }> {
  const given = { version: input.version, screen: input.screen ?? "", saveNo: input.saveNo ?? 0 };
  for (let left = TRIES; ; left -= 1) {
    const before = await findDraft(office.read, actor.contract, input.id);
    if (before && before.account_id !== actor.id)
      throw new AppError("FORBIDDEN", "ほかの席の受付です。自分の席の受付を開いてください。");
    const judged = judgeSave(before, given);
    if (before && judged === "known") return { version: before.version, savedAt: before.saved_at };
    if (judged === "conflict" || left === 0) throw changedElsewhere(before);
    const saved = await write(office, actor, input, before);
    // 見てから書くまでの間に、ほかの保存が先に書いた。もう一度判じる。
    if (saved) return saved;
  }
}

async function write(office: Office, actor: Actor, input: DraftToSave, before: DraftRow | undefined) {
  const known = before && (await office.keys.get(actor.contract, [before.key_id])).get(before.key_id);
  const key = known ?? (await office.keys.fresh(actor.contract));
  const content = Buffer.from(
    sealText(key.key, `draft|${input.id}|content|${key.id}`, JSON.stringify(input.fields)),
  );
  return office.keepFor(actor, async (scope) => {
    const row: DraftRow = {
      id: input.id,
      contract_id: scope.contract,
      account_id: actor.id,
      desk: actor.desk ?? "",
      key_id: key.id,
      content,
      class_id: input.classId,
      call_started_at: input.callStartedAt,
      call_ended_at: input.callEndedAt ?? null,
      version: (before?.version ?? 0) + 1,
      saved_at: scope.now,
      screen: input.screen ?? "",
      save_no: input.saveNo ?? 0,
    };
    return (await upsertDraft(scope, row)) ? { version: row.version, savedAt: row.saved_at } : undefined;
  });
}

function changedElsewhere(now: DraftRow | undefined): AppError {
  return new AppError(
    "CONFLICT",
    "この受付は、ほかの画面でも開かれています。新しい方の内容で続けてください。",
    { detail: { version: now?.version ?? 0, screen: now?.screen ?? "" } },
  );
}

/** 自分の途中の受付を、新しい順に。 */
export async function openDrafts(
  office: Office,
  actor: Actor,
): Promise<(Draft & { hold?: { id: string; classId: string; expiresAt: Instant } })[]> {
  const rows = await listDrafts(office.read, actor.contract, actor.id);
  if (rows.length === 0) return [];
  const keys = await office.keys.get(
    actor.contract,
    rows.map((row) => row.key_id),
  );
  const now = new Date(office.clock.systemMs()).toISOString();
  const holds = (await listHolds(office.read, actor.contract)).filter((h) => h.expires_at > now);
  return rows.flatMap((row) => {
    const key = keys.get(row.key_id);
    if (!key) return [];
    const hold = holds.find((h) => h.draft_id === row.id && h.account_id === actor.id);
    const fields = JSON.parse(openText(key.key, `draft|${row.id}|content|${key.id}`, row.content)) as Json;
    return [
      {
        id: row.id,
        version: row.version,
        fields,
        classId: row.class_id,
        callStartedAt: row.call_started_at,
        callEndedAt: row.call_ended_at,
        savedAt: row.saved_at,
        ...(hold ? { hold: { id: hold.id, classId: hold.class_id, expiresAt: hold.expires_at } } : {}),
      },
    ];
  });
}

/** 途中の受付をやめる。押さえていた席も放す。 */
export async function discardDraft(office: Office, actor: Actor, id: string): Promise<void> {
  const row = await findDraft(office.read, actor.contract, id);
  if (row && row.account_id !== actor.id)
    throw new AppError("FORBIDDEN", "ほかの席の受付です。自分の席の受付を開いてください。");
  for (const hold of await listHolds(office.read, actor.contract))
    if (hold.draft_id === id) await releaseHold(office, actor, hold.id);
  await office.keepFor(actor, (scope) => removeDraft(scope, scope.contract, id));
}
