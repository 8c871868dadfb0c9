import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import { newId } from "../base/identifier.ts";
import type { Office } from "../platform/office.ts";
import { refuseComment } from "./comment-right.ts";
import { insertSigner, listLetterRows, listLetterSigners, updatePerson } from "./letter-store.ts";
import { refusePublished, requirePeriod } from "./read-period.ts";
import { openLetter, stale } from "./split-opinions.ts";

export interface PersonChange {
  /** この通の何人めか（1 から）。 */
  signer: number;
  /** 同じ人の、ほかの通の号。空なら、この通だけの別の人にする。 */
  as: string;
  /** その通の何人めか（1 から）。 */
  asSigner: number;
}

/**
 * 提出者の数え方を直す: ほかの通の差出人と同じ人にする、または別の人にする（二つの方法で送った人、同じ氏名の別の人）。
 * 氏名は開かず、人の印だけを替える。通数・意見数は変わらない。
 * @throws AppError BAD_INPUT（号がない、何人めがいない）、REFUSED（公表済み）、CONFLICT、FORBIDDEN
 */
export async function setPerson(
  office: Office,
  actor: Actor,
  id: string,
  given: PersonChange,
): Promise<void> {
  refuseComment("work", actor);
  const period = await requirePeriod(office, actor.contract);
  refusePublished(period);
  const { row } = await openLetter(office, actor.contract, id);
  const own = await listLetterSigners(office.read, actor.contract, id);
  const signer = own[given.signer - 1];
  if (signer === undefined && (own.length > 0 || given.signer !== 1))
    throw fault("signer", `この通の差出人は${own.length}人です。`);
  const person = given.as.trim() === "" ? newId() : await personOf(office, actor, period.id, id, given);
  const key = (await office.keys.get(actor.contract, [row.original_id])).get(row.original_id);
  if (signer === undefined && key === undefined)
    throw new AppError("NOT_FOUND", "原本は消去されています。提出者は変えられません。");
  await office.act(actor, async (tx) => {
    if (signer) {
      if (!(await updatePerson(tx, tx.contract, signer, person))) throw stale();
    } else if (key)
      await insertSigner(tx, key, {
        ...{ id: newId(), contract_id: tx.contract, period_id: period.id, letter_id: id },
        ...{ key_id: row.original_id, person, match_hmac: null, name: "", address: "", contact: "" },
        ...{ made_by: tx.actor.id, made_at: tx.now },
      });
    await tx.record({
      kind: "comment.person-changed",
      about: id,
      payload: { number: row.number, same: given.as.trim() !== "" },
    });
  });
}

async function personOf(
  office: Office,
  actor: Actor,
  period: string,
  id: string,
  { as, asSigner }: PersonChange,
): Promise<string> {
  const number = Number(as.normalize("NFKC").replace(/[^0-9]/g, "") || Number.NaN);
  const letters = await listLetterRows(office.read, actor.contract, period);
  const other = letters.find((one) => one.number === number);
  if (!other || other.id === id)
    throw fault("as", "その号の意見書はありません。ほかの通の号を書いてください。");
  const signers = await listLetterSigners(office.read, actor.contract, other.id);
  if (signers.length === 0)
    throw fault("as", "その通は無記名です。その通の側から、こちらの号を指してください。");
  const found = signers[asSigner - 1];
  if (!found) throw fault("as", `その通の差出人は${signers.length}人です。`);
  return found.person;
}

function fault(field: string, message: string): AppError {
  return new AppError("BAD_INPUT", message, { faults: [{ field, message }] });
}
