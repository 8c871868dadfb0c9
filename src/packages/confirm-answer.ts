import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import { readFilingNow } from "../filings/read-filing-now.ts";
import type { SubjectKey } from "../platform/key.ts";
import type { Office, Tx } from "../platform/office.ts";
import { refusePackage } from "./package-right.ts";
import {
  type AnswerRow,
  decideOfficerKey,
  findAnswer,
  findOfficerKey,
  findPackageById,
  listUnconfirmed,
  openAnswerRow,
  openKeyRow,
  settleAnswer,
} from "./package-store.ts";
import { applyStored, isFit } from "./read-answer.ts";
import { type AnswerFacts, type Standing, standingOf } from "./review-answer.ts";
import { spokenHash } from "./review-package.ts";

/**
 * 委託者の鍵を、電話で指紋を読み合わせて確かめる。確認を待っていた回答は、ここで反映する。
 * @param given.spoken 相手が読み上げた指紋。違えば確かめられない
 * @param given.heard 電話の相手（部署と職名）
 * @throws AppError BAD_INPUT（欄の名つき）、FORBIDDEN（責任者だけ）、NOT_FOUND、CONFLICT
 */
export async function confirmKey(
  office: Office,
  actor: Actor,
  id: string,
  given: { spoken: string; heard: string },
): Promise<{ applied: number }> {
  refusePackage("confirm", actor);
  const row = await findOfficerKey(office.read, actor.contract, { id });
  if (!row) throw noKey();
  const faults = [];
  const spoken = given.spoken
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^0-9a-z]/g, "");
  if (spoken !== spokenHash(row.fingerprint).replaceAll(" ", ""))
    faults.push({
      field: "spoken",
      message:
        "読み上げられた指紋が、届いた鍵と違います。聞き直しても違うときは、この鍵を確かめずに「使わない」を選んでください。",
    });
  if (given.heard.trim() === "" || [...given.heard].length > 80)
    faults.push({ field: "heard", message: "電話の相手（部署と職名）を80字までで書いてください。" });
  if (faults.length > 0) throw new AppError("BAD_INPUT", "鍵の確認に直すところがあります。", { faults });
  const waiting = await listUnconfirmed(office.read, actor.contract, row.fingerprint);
  const keys = await office.keys.get(actor.contract, [
    ...[row.id, ...waiting.map((one) => one.id)],
    ...waiting.flatMap((one) => one.filing_id ?? []),
  ]);
  const key = keys.get(row.id);
  if (!key) throw noKey();
  return office.act(actor, async (tx) => {
    const change = { state: "confirmed" as const, decided_by: actor.id, decided_at: tx.now };
    const before = openKeyRow(key, row);
    if (
      before.state !== "waiting" ||
      !(await decideOfficerKey(tx, key, before, { ...change, heard: given.heard.trim() }))
    )
      throw changed();
    await tx.record({ kind: "package.key-confirmed", about: id, payload: { fingerprint: row.fingerprint } });
    let applied = 0;
    for (const one of waiting)
      if ((await settleOne(tx, keys, one, { key: "confirmed", phoned: false }, null)) === "applied")
        applied += 1;
    return { applied };
  });
}

/** 鍵を使わないと決める。確認待ちだった回答は、反映されないまま残る。 */
export async function revokeKey(office: Office, actor: Actor, id: string): Promise<void> {
  refusePackage("revoke", actor);
  const row = await findOfficerKey(office.read, actor.contract, { id });
  const key = (await office.keys.get(actor.contract, [id])).get(id);
  if (!row || !key) throw noKey();
  await office.act(actor, async (tx) => {
    const before = openKeyRow(key, row);
    const change = { state: "revoked" as const, decided_by: actor.id, decided_at: tx.now };
    if (before.state === "revoked" || !(await decideOfficerKey(tx, key, before, change))) throw changed();
    await tx.record({ kind: "package.key-revoked", about: id, payload: { fingerprint: row.fingerprint } });
  });
}

/**
 * 署名のない回答（様式の .xlsx・.docx、紙）を、委託者に電話して確かめる。ok が偽なら、委託者の回答ではなかったものとして残す。
 * 出した本人は確かめられない。
 * @throws AppError BAD_INPUT、FORBIDDEN、REFUSED（両方の側、もう決まっている）
 */
export async function confirmAnswer(
  office: Office,
  actor: Actor,
  id: string,
  given: { ok: boolean; heard: string },
): Promise<Standing> {
  refusePackage("phone", actor);
  if (given.heard.trim() === "" || [...given.heard].length > 80)
    throw new AppError("BAD_INPUT", "電話の相手（部署と職名）を80字までで書いてください。", {
      faults: [{ field: "heard", message: "電話の相手（部署と職名）を80字までで書いてください。" }],
    });
  const row = await findAnswer(office.read, actor.contract, id);
  if (!row) throw new AppError("NOT_FOUND", "その回答はありません。一覧から選び直してください。");
  if (row.standing !== "unsigned") throw changed();
  const keys = await office.keys.get(actor.contract, [
    id,
    ...(row.filing_id === null ? [] : [row.filing_id]),
  ]);
  return office.act(actor, (tx) =>
    given.ok
      ? settleOne(tx, keys, row, { key: undefined, phoned: true }, given.heard.trim())
      : settle(tx, keys.get(id), row, "dismissed", given.heard.trim()),
  );
}

/** 待っていた回答の扱いを、いまの状態でもう一度決める。 */
async function settleOne(
  tx: Tx,
  keys: ReadonlyMap<string, SubjectKey>,
  row: AnswerRow,
  proof: Pick<AnswerFacts, "key" | "phoned">,
  heard: string | null,
): Promise<Standing> {
  const answer = openAnswerRow(keys.get(row.id), row);
  const made = row.package_id === null ? undefined : await findPackageById(tx, tx.contract, row.package_id);
  const filing = made && (await readFilingNow(tx, tx.contract, made.filing_id));
  const standing = standingOf({
    ...{ sound: row.source === "signed" ? true : undefined, seen: false, ...proof },
    ...{ packageVersion: made?.version, filing },
    fit: isFit(filing, answer.outcome, answer.words ?? ""),
  });
  const settled = await settle(tx, keys.get(row.id), row, standing, heard);
  const filingKey = made && keys.get(made.filing_id);
  if (standing === "applied" && filingKey && made) await applyStored(tx, filingKey, answer, made);
  return settled;
}

async function settle(
  tx: Tx,
  key: SubjectKey | undefined,
  row: AnswerRow,
  standing: Standing,
  heard: string | null,
): Promise<Standing> {
  if (!key) throw new AppError("NOT_FOUND", "その回答はもう消去されています。");
  const answer = openAnswerRow(key, row);
  const change = { standing, settled_by: tx.actor.id, settled_at: tx.now, heard };
  if (!(await settleAnswer(tx, key, answer, change))) throw changed();
  await tx.record({
    kind: "package.answer-settled",
    about: row.filing_id ?? row.id,
    payload: { standing, source: row.source },
  });
  return standing;
}

function noKey(): AppError {
  return new AppError("NOT_FOUND", "その鍵はありません。一覧から選び直してください。");
}

function changed(): AppError {
  return new AppError("CONFLICT", "もう扱いが決まっています。画面を開き直して、今の状態をご確認ください。");
}
