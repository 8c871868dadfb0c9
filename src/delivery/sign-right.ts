import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import { dayOf } from "../base/time.ts";
import type { Office } from "../platform/office.ts";
import { noDeliverable } from "./change-deliverable.ts";
import { findDeliverable } from "./deliverable-store.ts";
import { refuseDuty } from "./delivery-right.ts";
import { putRight } from "./register-deliverable.ts";
import { isRightKind, type RightInput, rightFaults, rightKinds, signatureFaults } from "./right.ts";
import { findRight, openRightRow, signRightRow } from "./right-store.ts";

/**
 * 権利を一つ加える（創作者ごとの人格権、素材の利用許諾、残る権利）。引渡しの済んだ成果品には加えられない。
 * @throws AppError BAD_INPUT（欄の名つき）、REFUSED、FORBIDDEN
 */
export async function addRight(
  office: Office,
  actor: Actor,
  deliverable: string,
  given: RightInput,
): Promise<{ id: string }> {
  refuseDuty("right", actor);
  const faults = rightFaults(given);
  const { kind } = given;
  if (faults.length > 0 || !isRightKind(kind))
    throw new AppError("BAD_INPUT", "権利の内容に直すところがあります。", { faults });
  const key = await office.keys.fresh(actor.contract);
  await office.act(actor, async (tx) => {
    const row = await findDeliverable(tx, tx.contract, deliverable);
    if (!row) throw noDeliverable();
    if (row.state === "handed")
      throw new AppError(
        "REFUSED",
        "引き渡した成果品の権利は変えられません。協議書で委託者と相談してください。",
      );
    await putRight(tx, key, {
      ...{ deliverable, code: row.code, kind, holder: given.holder.trim() },
      ...(given.subject.trim() === "" ? {} : { subject: given.subject.trim() }),
      terms: given.terms.trim() === "" ? rightKinds[kind].terms : given.terms.trim(),
    });
  });
  return { id: key.id };
}

/**
 * 権利の確認（署名・書面）を、日付と証跡をつけて記録する（責任者）。
 * @throws AppError BAD_INPUT（欄の名つき）、CONFLICT（もう済んでいる）、NOT_FOUND、FORBIDDEN
 */
export async function signRight(
  office: Office,
  actor: Actor,
  id: string,
  given: { signedOn: string; evidence: string },
): Promise<{ deliverable: string }> {
  refuseDuty("sign", actor);
  const faults = signatureFaults(given, dayOf(office.clock.officeNow(actor.contract)));
  if (faults.length > 0) throw new AppError("BAD_INPUT", "確認の内容に直すところがあります。", { faults });
  const key = (await office.keys.get(actor.contract, [id])).get(id);
  if (!key) throw noRight();
  return office.act(actor, async (tx) => {
    const row = await findRight(tx, tx.contract, id);
    if (!row) throw noRight();
    const signed = await signRightRow(tx, key, openRightRow(key, row), {
      ...{ signed_on: given.signedOn, evidence: given.evidence.trim() },
      ...{ signed_by: actor.id, signed_at: tx.now },
    });
    if (!signed)
      throw new AppError("CONFLICT", "この権利の確認は、もう記録されています。画面を開き直してください。");
    const deliverable = await findDeliverable(tx, tx.contract, row.deliverable_id);
    await tx.record({
      kind: "right.signed",
      about: row.deliverable_id,
      payload: { code: deliverable?.code ?? "", right: id, kind: row.kind, on: given.signedOn },
    });
    return { deliverable: row.deliverable_id };
  });
}

function noRight(): AppError {
  return new AppError("NOT_FOUND", "その権利はありません。一覧から選び直してください。");
}
