import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import { listEvents } from "../platform/event-store.ts";
import { dropLink } from "../platform/link-store.ts";
import type { Office } from "../platform/office.ts";
import { refuseContractRole } from "./contract-right.ts";
import { findDuty } from "./find-duty.ts";
import { dutyRef, EVIDENCE, type Mark, markDuty } from "./mark-duty.ts";

/**
 * 委託者の承認・指示で、この一回は要らなくなったと記録する。根拠の届出（ref）が要る。
 * @throws AppError BAD_INPUT（根拠がない）、FORBIDDEN
 */
export async function waiveDuty(office: Office, actor: Actor, key: string, mark: Mark): Promise<void> {
  refuseContractRole("waive", actor.roles);
  await findDuty(office, actor.contract, key);
  if (mark.ref === undefined || mark.ref.trim() === "") {
    const message = "根拠になる委託者の承認・指示（協議・届出）を選んでください。";
    throw new AppError("BAD_INPUT", message, { faults: [{ field: "ref", message }] });
  }
  await markDuty(office, actor, { kind: "obligation.waived", key, mark, needed: true });
}

/** 書き足した証跡・表明・免除を取り消す。entry は、その記録の id。記録は残り、義務は元に戻る。 */
export async function retractMark(office: Office, actor: Actor, key: string, entry: string): Promise<void> {
  refuseContractRole("evidence", actor.roles);
  const events = await listEvents(office.read, { contract: actor.contract, about: key, limit: 500 });
  const found = events.find((event) => event.id === entry && retractable.includes(event.kind));
  if (found === undefined)
    throw new AppError("NOT_FOUND", "取り消せる記録がありません。画面を開き直してください。");
  if (found.kind === "obligation.waived") refuseContractRole("waive", actor.roles);
  const gone = events.some((event) => event.kind === "obligation.retracted" && event.payload.entry === entry);
  if (gone) throw new AppError("CONFLICT", "ほかの人が先に取り消しました。画面を開き直してください。");
  const { ref } = found.payload;
  await office.act(actor, async (tx) => {
    if (typeof ref === "string")
      await dropLink(tx, { from_ref: dutyRef(key), relation: EVIDENCE, to_ref: ref });
    await tx.record({ kind: "obligation.retracted", about: key, payload: { key, entry } });
  });
}

export const retractable: readonly string[] = [
  "obligation.evidenced",
  "obligation.attested",
  "obligation.waived",
];
