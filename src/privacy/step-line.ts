import { endFact } from "../access/handler-fact-store.ts";
import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import { dayOf } from "../base/time.ts";
import { type KeptFile, openFile } from "../platform/keep-file.ts";
import type { SubjectKey } from "../platform/key.ts";
import type { Office } from "../platform/office.ts";
import { closeLineRow, findLine, insertNote, listNotes, openLineRow, type StoredLine } from "./line-store.ts";
import { listLines, noLine } from "./list-lines.ts";
import { refuseReader, refuseWriter } from "./privacy-right.ts";
import { keepLineFields, type LineFields, lineFaults, lineLimits, registerOf } from "./register.ts";
import type { Register } from "./register-field.ts";

async function lineFor(
  office: Office,
  actor: Actor,
  id: string,
): Promise<{ row: StoredLine; key: SubjectKey; register: Register }> {
  const found = await findLine(office.read, actor.contract, id);
  const key = found && (await office.keys.get(actor.contract, [id])).get(id);
  if (!found || !key) throw noLine();
  return { row: openLineRow(key, found), key, register: registerOf(found.register) };
}

/** 書き足す（監督の報告、点検、見直し）。 @throws AppError BAD_INPUT、FORBIDDEN、REFUSED */
export async function noteLine(office: Office, actor: Actor, id: string, note: string): Promise<void> {
  const { row, key, register } = await lineFor(office, actor, id);
  refuseWriter(register, actor);
  if (register.note === undefined || row.closed_at !== null)
    throw new AppError("REFUSED", "この一件には書き足せません。画面を開き直してご確認ください。");
  const text = note.trim();
  const message =
    text === ""
      ? "書き足すことを書いてください。"
      : [...text].length > lineLimits.note
        ? `${lineLimits.note}字までで書いてください。`
        : undefined;
  if (message !== undefined)
    throw new AppError("BAD_INPUT", message, { faults: [{ field: "note", message }] });
  await office.act(actor, async (tx) => {
    await insertNote(tx, key, "note", text);
    await tx.record({
      kind: "privacy.noted",
      about: `privacy/line/${id}`,
      payload: { register: register.code, number: row.number },
    });
  });
}

/**
 * 一件を結ぶ（返却、退出、廃棄、是正の確かめなど）。書いた人とは別の人が結ぶ帳簿がある。
 * 委託者の承認を待っている一件と、認められなかった一件は、取りやめとしてだけ結べる（欄はそのまま要る）。
 * @throws AppError BAD_INPUT（欄の名つき）、FORBIDDEN、REFUSED、CONFLICT
 */
export async function closeLine(office: Office, actor: Actor, id: string, given: LineFields): Promise<void> {
  const { row, key, register } = await lineFor(office, actor, id);
  refuseWriter(register, actor);
  if (register.close === undefined || row.closed_at !== null)
    throw new AppError("REFUSED", "この一件は結べません。画面を開き直してご確認ください。");
  if (register.close.byOther && row.made_by === actor.id)
    throw new AppError(
      "REFUSED",
      "書いた人とは別の人が確かめて結びます。ほかの権限のある人に頼んでください。",
    );
  const fields = keepLineFields(register.close.fields, given);
  const faults = lineFaults(register.close.fields, fields);
  if (faults.length > 0) throw new AppError("BAD_INPUT", "内容に直すところがあります。", { faults });
  if (register.code === "loan") await refuseCopies(office, actor, id);
  await office.act(actor, async (tx) => {
    if (!(await closeLineRow(tx, key, row, JSON.stringify(fields))))
      throw new AppError("CONFLICT", "ほかの人が先に結びました。画面を開き直してください。");
    await endFact(tx, tx.contract, id, fields.last ?? dayBefore(dayOf(tx.now)));
    await tx.record({
      kind: "privacy.closed",
      about: `privacy/line/${id}`,
      payload: { register: register.code, number: row.number },
    });
  });
}

/** 写しが残っている間は、もとのものを返したことにできない。 */
async function refuseCopies(office: Office, actor: Actor, loan: string): Promise<void> {
  const copies = (await listLines(office, actor, "copy")).filter(
    (one) => one.values.loan === loan && one.standing !== "closed",
  );
  if (copies.length > 0)
    throw new AppError(
      "REFUSED",
      `写しが${copies.length}件残っています。「複写・複製」で写しの始末を記録してから、返却を記録してください。`,
    );
}

function dayBefore(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
}

/** 自分が読んだと残す。二度目は何も起きない。 @throws AppError REFUSED（読了を求めない帳簿） */
export async function readLine(office: Office, actor: Actor, id: string): Promise<void> {
  const { row, key, register } = await lineFor(office, actor, id);
  if (!register.read || row.closed_at !== null)
    throw new AppError("REFUSED", "これは、読んだと残すものではありません。いまの版を開いてください。");
  const notes = await listNotes(office.read, key, actor.contract, id);
  if (notes.some((note) => note.kind === "read" && note.made_by === actor.id)) return;
  await office.act(actor, async (tx) => {
    await insertNote(tx, key, "read", null);
    await tx.record({ kind: "privacy.read", about: `privacy/line/${id}`, payload: { number: row.number } });
  });
}

/** 添えたファイルを取り出す。取り出したことを記録してから渡す。 @throws AppError NOT_FOUND */
export async function openLineFile(office: Office, actor: Actor, id: string): Promise<KeptFile> {
  const { row, register } = await lineFor(office, actor, id);
  refuseReader(register, actor);
  if (row.file_id === null) throw noLine();
  const file = await openFile(office, actor.contract, row.file_id);
  await office.act(actor, (tx) =>
    tx.record({
      kind: "privacy.opened",
      about: `privacy/line/${id}`,
      payload: { register: register.code, number: row.number, sha256: file.sha256 },
    }),
  );
  return file;
}
