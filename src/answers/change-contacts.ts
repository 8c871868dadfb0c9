import type { Actor } from "../base/actor.ts";
import { AppError, type Fault } from "../base/error.ts";
import type { Office } from "../platform/office.ts";
import { refuseRight } from "./answer-right.ts";
import type { EmergencyContact } from "./complaint-contact.ts";
import { insertContacts } from "./complaint-store.ts";

const MOST = 6;

/** 緊急の連絡体制を改める（責任者）。上から順に電話する。 */
export async function changeContacts(
  office: Office,
  actor: Actor,
  given: readonly EmergencyContact[],
): Promise<void> {
  refuseRight("confirm", actor);
  const contacts = given
    .map((one) => ({
      unit: one.unit.trim(),
      post: one.post.trim(),
      phone: one.phone.trim(),
      hours: one.hours.trim(),
    }))
    .filter((one) => one.unit !== "" || one.phone !== "");
  const faults: Fault[] = contacts.flatMap((one, at) => {
    const faults: Fault[] = [];
    if (one.unit === "") faults.push({ field: `unit-${at}`, message: "部署を書いてください。" });
    if (!/^[\d０-９()（）\-－ー—ｰ内線 　]{5,30}$/.test(one.phone))
      faults.push({ field: `phone-${at}`, message: "電話番号を数字で書いてください。" });
    if ([...one.unit, ...one.post, ...one.hours].length > 160)
      faults.push({ field: `unit-${at}`, message: "部署・職名・時間は、合わせて160字までです。" });
    return faults;
  });
  if (contacts.length > MOST)
    faults.push({ field: "unit-0", message: `連絡先は${MOST}つまでにしてください。` });
  if (faults.length > 0) throw new AppError("BAD_INPUT", "連絡体制に直すところがあります。", { faults });
  const key = await office.keys.fresh(actor.contract);
  await office.act(actor, async (tx) => {
    await insertContacts(tx, key, { contract: tx.contract, at: tx.now, contacts });
    await tx.record({
      kind: "contact.changed",
      about: `answers/contacts/${key.id}`,
      payload: { count: contacts.length },
    });
  });
}
